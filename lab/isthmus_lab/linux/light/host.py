"""A light host, as the lab's keeper starts and ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from isthmus_lab.errors import LabError
from isthmus_lab.linux import entering, programs
from isthmus_lab.linux.light import sshd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus_lab.linux.host import Plan

_GUEST: Final = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from guest.main import main; main({{}})"
)


class LightHost:
    """Namespaces of its own for everything, and a private view of the machine's files."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._process: subprocess.Popen[str] | None = None
        self._programs: list[subprocess.Popen[bytes]] = []
        self._pid: int | None = None
        self._first = True

    @property
    def pid(self) -> int | None:
        """Its first process, as the machine counts it; None while it is down."""
        if self._process is None or self._process.poll() is not None:
            return None
        return self._pid

    @property
    def asks_for_reboot(self) -> bool:
        """Whether something in it has called for a reboot, of which the kernel tells by SIGHUP (reboot(2))."""
        return self._process is not None and self._process.poll() == -signal.SIGHUP

    def start(self) -> None:
        """Make its namespaces and files, carry out its boot commands, and start its sshd and programs."""
        self._pid = self._boot()
        self._first = False
        if self._plan.node.ssh.user != "root":
            sshd.make_user(self._run, self._plan.node.ssh)
        for command in self._plan.node.on_boot:
            self._run(command)
        self._run(sshd.COMMAND)
        self._programs = [self._start(command) for command in self._plan.node.run]

    def stop(self) -> None:
        """Kill its first process, and with it all others."""
        if self.pid is not None:
            os.kill(_as_counted_here(self.pid), signal.SIGKILL)
        # The one that waits for the first process ends once the kernel has ended all others, and not before.
        for process in (self._process, *self._programs):
            if process is not None:
                process.wait()
        self._process, self._programs, self._pid = None, [], None

    def check(self) -> None:
        """Raise :class:`LabError` where one of its programs has failed already."""
        for command, process in zip(self._plan.node.run, self._programs, strict=False):
            if process.poll():
                words = programs.last_line(self._plan.log.read_text()) or "it said nothing"
                raise LabError(f"{self._plan.name}: run: {command[0]}: {words} (status {process.returncode})")

    def entering(self, command: Sequence[str]) -> list[str]:
        """Give the words that run a command in it."""
        if (pid := self.pid) is None:
            raise LabError(f"{self._plan.name} is down: isthmus-lab reboot {self._plan.name} starts it again")
        return entering.words(pid, command)

    def _boot(self) -> int:
        reading, writing = os.pipe()
        with os.fdopen(reading) as told:
            try:
                self._process = self._spawn(writing)
            finally:
                os.close(writing)
            assert self._process.stdin is not None  # noqa: S101 - it is a pipe
            with self._process.stdin as stream:
                json.dump(self._description(), stream)
            line = told.readline()
        answer = json.loads(line) if line else {"error": "its first process ended"}
        if "error" in answer:
            self.stop()
            raise LabError(f"{self._plan.name}: cannot make its files: {answer['error']}")
        return int(answer["pid"])

    def _spawn(self, report: int) -> subprocess.Popen[str]:
        kinds = ("--mount", "--uts", "--ipc", "--pid", "--propagation", "private", "--fork", "--kill-child")
        guest = (sys.executable, "-I", "-S", "-c", _GUEST.format(report))
        return subprocess.Popen(
            ["nsenter", f"--net={self._plan.namespace}", "unshare", *kinds, "--", *guest],
            stdin=subprocess.PIPE,
            text=True,
            env=programs.CLEAN,
            cwd="/",
            pass_fds=(report,),
            start_new_session=True,
        )

    def _description(self) -> dict[str, Any]:
        plan = self._plan
        return {
            "name": plan.name,
            "first": self._first,
            "store": str(plan.store),
            "private": sshd.private_files(plan),
            "files": {**sshd.public_files(plan), **plan.node.files},
        }

    def _run(self, command: Sequence[str]) -> None:
        programs.run(self.entering(command), doing=f"{self._plan.name}: {command[0]}")

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with self._plan.log.open("a") as log:
            return subprocess.Popen(
                self.entering(command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=programs.CLEAN,
                start_new_session=True,
            )


def _as_counted_here(pid: int) -> int:
    """Tell the number that this process namespace gives to the first process of one below it."""
    status = Path(f"/proc/{pid}/status").read_text()
    numbers = next(line for line in status.splitlines() if line.startswith("NSpid:")).split()
    return int(numbers[-2])
