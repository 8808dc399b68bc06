"""A lab from outside: bringing it up, using its hosts, taking it down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from isthmus_lab.control import Control
from isthmus_lab.errors import LabError
from isthmus_lab.linux import namespaces, needs, programs
from isthmus_lab.linux.folder import Folder, kept
from isthmus_lab.linux.keeping import Keeping
from isthmus_lab.topology import Topology, parse, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

LOOPBACK: Final = "127.0.0.1"
_END_SECONDS: Final = 60
_KEEPER: Final = ("--mount", "--propagation", "private", "--pid", "--fork", "--kill-child")


@dataclass(frozen=True, slots=True)
class Node:
    """A Linux host of a running lab."""

    lab: Lab
    name: str

    @property
    def pid(self) -> int:
        """A process in all of its namespaces; a host that is down is a :class:`LabError`."""
        return int(self._about()["pid"])

    @property
    def port(self) -> int:
        """The port of this machine that leads to its SSH."""
        return int(self.lab.status()["hosts"][self.name]["port"])

    def entering(self, command: Sequence[str]) -> list[str]:
        """Give the words that run a command in it, as root."""
        return self.lab.reaching([*self._about()["enter"], *command])

    def run(
        self, command: Sequence[str], *, check: bool = True, input: str | None = None, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in it, as root, and return what it did.

        With ``check`` a failure is a :class:`LabError` with the command's last words. ``timeout`` is in seconds.
        """
        done = subprocess.run(
            self.entering(command),
            input="" if input is None else input,
            capture_output=True,
            text=True,
            env=programs.environment(),
            timeout=timeout,
            check=False,
        )
        if check and done.returncode != 0:
            words = programs.last_line(done.stderr) or programs.last_line(done.stdout)
            raise LabError(f"{self.name}: {command[0]}: {words or 'it said nothing'} (status {done.returncode})")
        return done

    def start(self, command: Sequence[str], **options: Any) -> subprocess.Popen[str]:
        """Start a command in it, as root; ``options`` are those of :class:`subprocess.Popen`."""
        return subprocess.Popen(self.entering(command), text=True, env=programs.environment(), **options)

    def reboot(self) -> None:
        """Boot it anew; return when its SSH answers."""
        self.lab.control.ask("reboot", node=self.name)

    def _about(self) -> Mapping[str, Any]:
        hosts = self.lab.status()["hosts"]
        if self.name not in hosts:
            raise LabError(f"{self.lab.name} has no Linux host {self.name}; there are {', '.join(hosts)}")
        about: Mapping[str, Any] = hosts[self.name]
        if about["pid"] is None:
            raise LabError(f"{self.name} is down: isthmus-lab reboot {self.name} starts it again")
        return about


class Lab:
    """A lab of Linux hosts and emulated routers; up inside ``with``, or from :meth:`up` to :meth:`down`.

    What is brought up by ``with`` ends with this process, however that ends.
    """

    def __init__(self, folder: Folder, described: str = "", source: str = "topology") -> None:
        self.folder = folder
        self._described = described
        self._source = source
        self._process: subprocess.Popen[bytes] | None = None
        self._tied = False

    @classmethod
    def from_file(cls, file: Path, *, name: str | None = None) -> Self:
        """Describe the lab of a topology file, under another name if one is given."""
        text = read(file)
        return cls(Folder.of(name or parse(text, str(file)).name), text, str(file))

    @property
    def name(self) -> str:
        """Its name."""
        return self.folder.name

    @cached_property
    def topology(self) -> Topology:
        """What it is made from."""
        return parse(self._described, self._source)

    @property
    def devices(self) -> Path:
        """The devices file for a deployment on it."""
        return self.folder.devices

    @property
    def control(self) -> Control:
        """Its keeper's control channel."""
        return Control(self.folder.control, "lab")

    def status(self) -> Mapping[str, Any]:
        """Say what stands."""
        told: Mapping[str, Any] = self.control.ask("status")
        return told

    def host(self, name: str) -> Node:
        """Give a Linux host of it."""
        return Node(self, name)

    def reaching(self, words: Sequence[str]) -> list[str]:
        """Give the words that run something where the lab is."""
        return list(words)

    def capturing(self, link: str, words: Sequence[str] = ()) -> list[str]:
        """Give the words that run tcpdump on a link; ``words`` are tcpdump's own."""
        needs.program("tcpdump")
        if link not in self.topology.links:
            raise LabError(f"{self.name} has no link {link}; there are {', '.join(self.topology.links) or 'none'}")
        return self.reaching([*self._in_fabric(), "tcpdump", "-Z", "root", "-i", link, *words])

    def up(self, *, listen: str = LOOPBACK) -> Self:
        """Bring it up and return when everything in it answers.

        What a crash left of an earlier one is removed first. Raises :class:`LabError`, having made nothing, where the
        machine lacks something; and where anything fails, having removed everything.
        """
        needs.check(self.topology)
        self.folder.make()
        with self.folder.locked() as lock:
            if lock is None:
                raise LabError(f"the lab {self.name} is up already: isthmus-lab down {self.name}, or choose a --name")
            self.folder.clear()
            self.folder.topology.write_text(self._described)
            try:
                self._start_keeper(lock, listen)
            except BaseException:
                self._end_keeper()
                self.folder.remove()
                raise
        return self

    def down(self) -> None:
        """Take it down, and remove what it left; one that is not up, but left something, too."""
        if not self.folder.path.exists():
            raise LabError(f"no lab {self.name} is up" + (f"; up are {', '.join(up)}" if (up := kept()) else ""))
        self._end_keeper()
        with self.folder.locked(_END_SECONDS) as lock:
            if lock is not None:
                self.folder.remove()
            elif self.folder.path.exists():
                raise LabError(f"the lab {self.name} is being brought up: wait until it stands")

    def __enter__(self) -> Self:
        self._tied = True
        return self.up()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()

    def _in_fabric(self) -> list[str]:
        return fabric_words(Keeping.read(self.folder.keeper))

    def _start_keeper(self, lock: int, listen: str) -> None:
        self._wait_for_process()
        reading, writing = os.pipe()
        with os.fdopen(reading) as told:
            try:
                self._process = self._spawn(lock, writing, listen)
            finally:
                os.close(writing)
            line = told.readline()
        if not line:
            raise LabError(f"the lab {self.name} was ended before it stood{self._last_words()}")
        if error := json.loads(line).get("error"):
            raise LabError(error)

    def _last_words(self) -> str:
        said = [line for line in self.folder.log.read_text().splitlines() if not line.startswith("unshare: ")]
        return f": {said[-1]}" if said else ""

    def _spawn(self, lock: int, report: int, listen: str) -> subprocess.Popen[bytes]:
        keeper = (sys.executable, "-m", "isthmus_lab.linux.keeper", str(self.folder.path))
        tied = ["--tied"] if self._tied else []
        with self.folder.log.open("w") as log:
            return subprocess.Popen(
                ["unshare", *_KEEPER, "--", *keeper, "--report", str(report), "--listen", listen, *tied],
                stdin=subprocess.PIPE if self._tied else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                pass_fds=(lock, report),
                start_new_session=True,
            )

    def _end_keeper(self) -> None:
        if (keeping := Keeping.read(self.folder.keeper)) is not None and keeping.process.lives():
            with suppress(LabError):
                self.control.ask("shutdown")
                keeping.process.wait(_END_SECONDS)
            keeping.process.kill()
            keeping.process.wait(_END_SECONDS)
        if self._process is not None:
            self._process.kill()
        self._wait_for_process()

    def _wait_for_process(self) -> None:
        """Take note of the end of the process that we started the lab with, which ends with it."""
        if self._process is not None:
            self._process.communicate()
        self._process = None


def fabric_words(keeping: Keeping | None) -> list[str]:
    """Give the words before a command that runs where all links of a lab are."""
    pid = keeping.process.pid if keeping else 0
    return ["nsenter", f"--net=/proc/{pid}/root{namespaces.FOLDER}/{namespaces.FABRIC}", "--"]
