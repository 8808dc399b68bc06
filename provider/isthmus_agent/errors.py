"""What the agent says when it cannot do what was asked."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - what the host did
    """The host refuses; `reason` ends a sentence that begins with the object, `word` is the property at fault."""

    def __init__(self, reason: str, word: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.word = word
