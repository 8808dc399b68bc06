"""What all parts of a topology have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a topology: it takes no unknown word, guesses no type, and never changes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
