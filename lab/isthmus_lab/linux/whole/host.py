"""A whole host, as the lab's keeper starts and ends it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from isthmus_lab.errors import LabError
from isthmus_lab.linux import entering, programs
from isthmus_lab.linux.light import sshd
from isthmus_lab.linux.whole import command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus_lab.linux.host import Plan

_PACKAGE: Final = str(Path(__file__).parent.parent.parent)
_GUEST: Final = f"""
import sys, types
package = types.ModuleType("isthmus_lab")  # without what the real one imports
package.__path__ = [{_PACKAGE!r}]
sys.modules["isthmus_lab"] = package
from isthmus_lab.linux.whole.guest.main import main
sys.exit(main(int(sys.argv[1])))
"""

BOOT_SECONDS: Final = 300.0
STOP_SECONDS: Final = 90.0
_SPARE_SECONDS: Final = 60.0


class WholeHost:
    """systemd in a container with a private view of the machine's files."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._process: subprocess.Popen[str] | None = None
        self._pid: int | None = None
        self._first = True

    @property
    def pid(self) -> int | None:
        """Its systemd, as the machine counts it; None while it is down."""
        if self._process is None or self._process.poll() is not None:
            return None
        return self._pid

    @property
    def asks_for_reboot(self) -> bool:
        """Whether it has ended itself to be booted again, as by ``systemctl reboot`` in it."""
        return self._process is not None and self._process.poll() == command.REBOOT

    def start(self) -> None:
        """Boot it; return when systemd has started everything, SSH too."""
        self._pid = self._boot()
        if self._first and self._plan.node.ssh.user != "root":
            sshd.make_user(self._run, self._plan.node.ssh)
        self._first = False

    def stop(self) -> None:
        """Let systemd end everything, as at a shutdown."""
        process, self._process = self._process, None
        if process is None:
            return
        with _pipe_of(process):
            try:
                if process.poll() is None:
                    _tell(process, "stop")
                process.wait(STOP_SECONDS + _SPARE_SECONDS)
            except (OSError, subprocess.TimeoutExpired):
                process.kill()
                process.wait()

    def check(self) -> None:
        """Raise :class:`LabError` where one of its boot commands or programs has failed already."""
        failed = self._run(["systemctl", "--failed", "--plain", "--no-legend", "list-units", "lab-*"]).split()
        if failed:
            said = self._run(["journalctl", "--quiet", "--output=cat", "--lines=1", f"_SYSTEMD_UNIT={failed[0]}"])
            raise LabError(
                f"{self._plan.name}: {failed[0]} has failed: {programs.last_line(said) or 'it said nothing'}"
            )

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
            with suppress(OSError):  # if it has ended already, no answer tells of it
                _tell(self._process, json.dumps(self._description()))
            line = told.readline() if select.select([told], [], [], BOOT_SECONDS + _SPARE_SECONDS)[0] else ""
        answer = json.loads(line) if line else {"error": "it ended while it booted"}
        if "error" in answer:
            self.stop()
            raise LabError(f"{self._plan.name}: {answer['error']}: see {self._plan.log}")
        return int(answer["pid"])

    def _spawn(self, report: int) -> subprocess.Popen[str]:
        guest = (sys.executable, "-I", "-S", "-c", _GUEST, str(report))
        with self._plan.log.open("a") as log:
            return subprocess.Popen(
                ["unshare", "--mount", "--propagation", "private", "--", *guest],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                text=True,
                env={**programs.CLEAN, **command.ENVIRONMENT},
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
            "on_boot": plan.node.on_boot,
            "run": plan.node.run,
            "command": command.nspawn(plan.name, plan.namespace),
            "boot_seconds": BOOT_SECONDS,
            "stop_seconds": STOP_SECONDS,
        }

    def _run(self, command: Sequence[str]) -> str:
        return programs.run(self.entering(command), doing=f"{self._plan.name}: {command[0]}")


def _pipe_of(process: subprocess.Popen[str]) -> IO[str]:
    """The pipe by which a host is told what to do; when it is closed, the host is killed."""
    assert process.stdin is not None  # noqa: S101 - it was asked for
    return process.stdin


def _tell(process: subprocess.Popen[str], line: str) -> None:
    pipe = _pipe_of(process)
    pipe.write(f"{line}\n")
    pipe.flush()
