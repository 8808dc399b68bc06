"""What every kind of value is: a function from what is given to what the router keeps and prints."""

from __future__ import annotations

from collections.abc import Callable

Normalise = Callable[[str, str], str]
"""``normalise(given, argument)`` returns the printed form, or raises a trap that names the argument."""
