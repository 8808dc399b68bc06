"""Where the Pulumi CLI comes from."""

from pathlib import Path

PINS = Path(__file__).parent

PROGRAMS = ("pulumi", "pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")
"""What must stand in one folder for Pulumi to run a Python program with dynamic providers."""
