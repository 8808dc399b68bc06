"""A host's Python that notes what passes through it: how often its agent is asked, and how long it takes to answer."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCRIPT = """#!{python}
import json, os, subprocess, sys, threading, time

if "-I" not in sys.argv:
    os.execv({python!r}, [{python!r}, *sys.argv[1:]])
agent = subprocess.Popen([{python!r}, *sys.argv[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
asked, noted = [], []

def pump(source, target, note):
    rest = b""
    while True:
        more = os.read(source, 1 << 20)
        if not more:
            break
        now = time.time()
        *lines, rest = (rest + more).split(b"\\n")
        for line in lines:
            note(line, now)
        write_all(target, more)

def write_all(target, data):
    while data:
        data = data[os.write(target, data):]

def request(line, now):
    if b'{{"calls":' in line:
        calls = json.loads(line[line.index(b'{{"calls":'):])["calls"]
        asked.append((now, [call[0] for call in calls]))

def answer(line, now):
    if line.startswith(b'{{"replies"'):
        since, calls = asked.pop(0)
        with open({log!r}, "a") as log:
            log.write(json.dumps({{"calls": calls, "seconds": now - since}}) + "\\n")

threading.Thread(target=lambda: (pump(0, agent.stdin.fileno(), request), agent.stdin.close()), daemon=True).start()
pump(agent.stdout.fileno(), 1, answer)
sys.exit(agent.wait())
"""


@dataclass(frozen=True)
class Meter:
    """The Python to name in the devices file, and what it has noted."""

    python: Path
    log: Path

    def reset(self) -> None:
        """Forget what was noted."""
        self.log.write_text("")

    @property
    def requests(self) -> list[list[str]]:
        """The calls of each round trip."""
        return [entry["calls"] for entry in self._entries()]

    @property
    def round_trips(self) -> int:
        """How often an agent was asked."""
        return len(self._entries())

    def seconds(self, *names: str) -> float:
        """How long agents worked, from a request's last byte to its answer's: at all, or at calls of some names."""
        asked = (entry for entry in self._entries() if not names or set(names) & set(entry["calls"]))
        return float(sum(entry["seconds"] for entry in asked))

    def _entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def meter(folder: Path) -> Meter:
    """Put such a Python into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    python, log = folder / "python3", folder / "requests"
    log.write_text("")
    python.write_text(_SCRIPT.format(python=sys.executable, log=str(log)))
    python.chmod(0o755)
    return Meter(python, log)
