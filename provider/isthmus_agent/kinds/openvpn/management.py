"""What a running openvpn tells over its management socket (management-notes.txt of openvpn)."""

from __future__ import annotations

import socket
import time
from collections.abc import Collection
from pathlib import Path

SECONDS = 3.0
"""How long an answer may take: openvpn does one thing at a time."""
PATIENCE = 120.0
"""Seconds without a connection after which an end that calls counts as disconnected; a reconnect is shorter."""
_CLIENT_ID = "Client ID"


class Silent(Exception):  # noqa: N818 - it says what the daemon is
    """openvpn does not answer: it is not there, or busy."""


def ask(path: Path, command: str, *, end: str = "END") -> list[str]:
    """Return the lines that openvpn answers; Silent if it does not."""
    deadline = time.monotonic() + SECONDS
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stream:
            stream.settimeout(SECONDS)
            stream.connect(str(path))
            stream.sendall(f"{command}\n".encode())
            return _lines(stream, end, deadline)
    except OSError as error:
        raise Silent(str(error)) from None


def state(path: Path) -> str:
    """Return the state that openvpn is in, such as CONNECTED."""
    return _states(path)[-1][1]


def disconnected(path: Path) -> bool:
    """Tell whether openvpn has been without a connection for long."""
    states = _states(path)
    if states[-1][1] == "CONNECTED":
        return False
    since = states[0][0]
    for moment, before in zip(states[1:], states):
        if before[1] == "CONNECTED":
            since = moment[0]
    return time.time() - since > PATIENCE


def disconnect(path: Path, clients: Collection[str]) -> None:
    """Let clients connect anew, by the names of their files; all that have none by DEFAULT's."""
    rows = [line.split("\t") for line in ask(path, "status 3")]
    header = next((row for row in rows if row[:2] == ["HEADER", "CLIENT_LIST"]), [])
    if _CLIENT_ID not in header:
        return
    column = header.index(_CLIENT_ID) - 1
    for row in rows:
        if row[0] == "CLIENT_LIST" and len(row) > column and (row[1] in clients or "DEFAULT" in clients):
            ask(path, f"client-kill {row[column]}", end="SUCCESS")


def _states(path: Path) -> list[tuple[float, str]]:
    rows = [line.split(",") for line in ask(path, "state all") if not line.startswith(">")]
    found = [(float(row[0]), row[1]) for row in rows if len(row) > 1 and row[0].isdecimal()]
    if not found:
        raise Silent("it tells no state")
    return found


def _lines(stream: socket.socket, end: str, deadline: float) -> list[str]:
    text = b""
    while time.monotonic() < deadline:
        received = stream.recv(65536)
        text += received
        lines = text.decode(errors="replace").replace("\r", "").split("\n")
        if not received or any(line.startswith((end, "ERROR")) for line in lines[:-1]):
            return [line for line in lines if line and not line.startswith((end, ">"))]
    raise Silent("it does not come to an end")
