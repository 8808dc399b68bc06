"""Stores the agent on a host that does not have it yet, and becomes it.

This file travels as text and is run by the host's Python as root: `python3 -I -c TEXT DIGEST SIZE ARGUMENTS`. It needs
Python 3.9 and nothing else. The agent comes on its standard input; it is compared with its digest, written under a
draft name, flushed, and only then given the name that is run. Its folder is gone after a reboot: nothing is left on
a host that is not managed any more.
"""

import hashlib
import os
import sys
import time
from pathlib import Path

HOME = Path("/run/isthmus")
KEPT_SECONDS = 24 * 3600
"""How long another version stays after its last start: a run or an undo of another checkout may be using it."""


def main(digest: str, size: int, arguments: "list[str]") -> None:
    """Store the agent and run it."""
    try:
        _prepare()
        print("isthmus need", flush=True)
        agent = _store(digest, _receive(size))
        print("isthmus stored", flush=True)
    except OSError as error:
        sys.exit(_failed(f"{HOME}: {error.strerror}: root needs 1 MB there"))
    os.execv(sys.executable, [sys.executable, "-I", str(agent), "serve", *arguments])  # noqa: S606


def _prepare() -> None:
    HOME.mkdir(exist_ok=True, mode=0o700)
    status = HOME.stat()
    if status.st_uid != os.geteuid() or status.st_mode & 0o022:
        sys.exit(_failed(f"{HOME} may be written by others than root: remove it (rm -r {HOME})"))


def _receive(size: int) -> bytes:
    content = b""
    while len(content) < size:
        more = os.read(0, min(size - len(content), 1 << 20))
        if not more:
            sys.exit(_failed("the agent arrived cut short: run again"))
        content += more
    return content


def _store(digest: str, content: bytes) -> Path:
    if hashlib.sha256(content).hexdigest() != digest:
        sys.exit(_failed("the agent arrived damaged: run again"))
    agent = HOME / f"{digest}.pyz"
    draft = agent.with_suffix(f".{os.getpid()}")
    try:
        _write(draft, content)
        draft.replace(agent)
    finally:
        draft.unlink(missing_ok=True)
    _remove_old(agent)
    return agent


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _remove_old(agent: Path) -> None:
    for path in HOME.iterdir():
        if path != agent and path.stat().st_mtime < time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)


def _failed(reason: str) -> int:
    print(f"isthmus failed {reason}", flush=True)
    return 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
