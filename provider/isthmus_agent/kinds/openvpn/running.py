"""How openvpn is run: by systemd's own units where systemd runs, else as a daemon that the agent starts."""

from __future__ import annotations

import os
import re
import signal
import time
from contextlib import suppress
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.kinds import service_unit as units
from isthmus_agent.kinds.openvpn import management
from isthmus_agent.kinds.openvpn.management import Silent
from isthmus_agent.kinds.openvpn.place import Place
from isthmus_agent.programs import attempt

STARTING, SETTLING, STOPPING = 10.0, 1.5, 15.0
"""Seconds until a process must be there, for which it must stay without a connection, and until it has ended."""
_EMPTY = ("Exiting due to fatal error", "Use --help", "SIGTERM", "SIGUSR1", "Restart pause", "WARNING", "Note:")
_TELLING = re.compile(r"(?i)error|fail|cannot|unable|not permitted|in use|no such|refused")
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (us=\d+ )?")


class Runner:
    """What runs a configuration. Refused tells what openvpn says where it does not start."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def alive(self) -> bool:
        """Tell whether the process runs."""
        raise NotImplementedError

    def enabled(self) -> bool | None:
        """Tell whether it starts at boot; None where the agent's own record says so."""
        return None

    def enable(self, *, wanted: bool) -> None:
        """Let it start at boot, or not."""

    def start(self) -> None:
        """Start it, anew if it runs, and wait until it surely does."""
        raise NotImplementedError

    def stop(self) -> None:
        """End it, and wait for its end."""
        raise NotImplementedError

    def settle(self) -> None:
        """Wait until the process has a connection, or has lived for a while."""
        deadline = time.monotonic() + SETTLING
        while time.monotonic() < deadline:
            if not self.alive():
                raise Refused(f"openvpn ended right after its start: {self.last_words()}")
            with suppress(Silent):
                if management.state(self.place.socket) == "CONNECTED":
                    return
            time.sleep(0.1)

    def last_words(self) -> str:
        """Return what it said before its end."""
        raise NotImplementedError


class BySystemd(Runner):
    """openvpn as a unit made of the template that its package brings."""

    @property
    def unit(self) -> str:
        """The unit's name."""
        return f"openvpn-{self.place.part}@{self.place.name}.service"

    def alive(self) -> bool:
        """Tell whether the unit is active."""
        return units.show(self.unit)["ActiveState"] in {"active", "reloading"}

    def enabled(self) -> bool | None:
        """Tell whether the unit starts at boot."""
        return units.show(self.unit).get("UnitFileState") == "enabled"

    def enable(self, *, wanted: bool) -> None:
        """Enable the unit or not."""
        if self.enabled() != wanted:
            units.tell("enable" if wanted else "disable", self.unit, "enabled")

    def start(self) -> None:
        """Start or restart the unit."""
        attempt("systemctl", "reset-failed", self.unit)
        done = attempt("systemctl", "restart", self.unit, seconds=units.SECONDS)
        if done.returncode:
            raise Refused(f"systemctl restart {self.unit}: {self.last_words() or done.stderr.strip()}")
        self.settle()

    def stop(self) -> None:
        """Stop the unit; without its package there is none."""
        if units.show(self.unit)["LoadState"] == "not-found":
            return
        units.tell("stop", self.unit, "running")
        attempt("systemctl", "reset-failed", self.unit)

    def last_words(self) -> str:
        """Return the end of what openvpn itself said in its last run to systemd's journal."""
        run = attempt("systemctl", "show", "--property=InvocationID", "--value", self.unit).stdout.strip()
        if not run:
            return ""
        done = attempt("journalctl", f"_SYSTEMD_INVOCATION_ID={run}", "--output", "cat", "--no-pager", "--quiet")
        return telling(done.stdout)


class ByAgent(Runner):
    """openvpn as a daemon, found by the file with its process's number."""

    def alive(self) -> bool:
        """Tell whether the process is there and runs this configuration."""
        return self._process() is not None

    def start(self) -> None:
        """Start the daemon, after ending one that is there."""
        self.stop()
        for folder in (self.place.run, self.place.log.parent):
            folder.mkdir(mode=0o710, parents=True, exist_ok=True)
        self.place.log.unlink(missing_ok=True)
        files = ["--writepid", str(self.place.pid), "--log-append", str(self.place.log)]
        config = ["--cd", str(self.place.folder), "--config", str(self.place.config)]
        name = f"openvpn-{self.place.part}-{self.place.name}"
        done = attempt("openvpn", *config, "--daemon", name, *files)
        if done.returncode:
            raise Refused(f"openvpn does not start: {telling(done.stdout + self._log())}")
        deadline = time.monotonic() + STARTING
        while not self.alive() and not self._ended() and time.monotonic() < deadline:
            time.sleep(0.02)
        self.settle()

    def stop(self) -> None:
        """End the process, by force if it does not listen."""
        pid = self._process()
        deadline = time.monotonic() + STOPPING
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
        while pid is not None and self._process() == pid:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        self.place.pid.unlink(missing_ok=True)
        self.place.socket.unlink(missing_ok=True)

    def last_words(self) -> str:
        """Return the end of the log."""
        return telling(self._log())

    def _process(self) -> int | None:
        try:
            pid = int(self.place.pid.read_text())
            words = Path("/proc", str(pid), "cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            return None
        return pid if str(self.place.config).encode() in words else None

    def _ended(self) -> bool:
        return "Exiting due to fatal error" in self._log()

    def _log(self) -> str:
        try:
            return self.place.log.read_text(errors="replace")
        except OSError:
            return ""


def runner(place: Place) -> Runner:
    """Return what runs configurations here; systemd knows only the machine's own namespace."""
    systemd = not place.netns and Path("/run/systemd/system").exists()
    return BySystemd(place) if systemd else ByAgent(place)


def telling(text: str) -> str:
    """Return the last lines that tell why it ended, without what may be a secret."""
    lines = [_MOMENT.sub("", line.strip()) for line in text.splitlines()]
    lines = [line for line in lines if line and not any(part in line for part in _EMPTY)]
    last = [line for line in lines if _TELLING.search(line)] or lines
    return " | ".join(units.discreet(line) for line in last[-2:]) or "it says nothing"
