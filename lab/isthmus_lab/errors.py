"""What can go wrong with the lab itself, as one clear line."""

from __future__ import annotations


class LabError(Exception):
    """The lab cannot do what it was asked; the message says why, and what to do."""
