"""Waits until a change is confirmed, and becomes the agent that takes it back if it is not.

This file travels as text: `python3 -I -S -c TEXT NOTE SECONDS COMMAND...`. So it is there at once; the agent itself is
loaded only where something is to be undone. Whoever starts it waits for no more than that it has left.
"""

import os
import sys
import time

_PAUSE = 0.2


def main(note: str, seconds: float, command: "list[str]") -> None:
    """Leave whoever started this, and watch."""
    if os.fork():
        return
    if unconfirmed(note, seconds):
        os.execv(command[0], command)  # noqa: S606 - the agent


def unconfirmed(note: str, seconds: float) -> bool:
    """Wait until the note of a change is gone; True if its time is over and the note is there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not os.path.exists(note):  # noqa: PTH110 - pathlib takes long to load
            return False
        time.sleep(min(_PAUSE, max(0.0, deadline - time.monotonic())))
    return os.path.exists(note)  # noqa: PTH110 - likewise


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3:])
