"""A lab whose hosts run in a virtual machine, used from here as any other."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from isthmus_lab.control import Control
from isthmus_lab.errors import LabError
from isthmus_lab.linux.keeping import Keeping
from isthmus_lab.linux.lab import LOOPBACK, Lab, fabric_words
from isthmus_lab.vm.machine import Vm
from isthmus_lab.vm.progress import showing_boot

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEEPER_INSIDE: Final = "keeper-inside.json"
_UP_SECONDS: Final = 600.0
"""Ten times what a lab takes where nothing else runs."""
_RUNTIME: Final = Path("/run/isthmus/runtime")
"""Where labs have their folders inside: sockets cannot lie in a folder that both see."""


class VmLab(Lab):
    """A lab in a virtual machine: in one of its own, which has its name, or one of several in a given one.

    Its folder here has the same files as that of any lab, and leads to the same ports; so does its control socket.
    The virtual machine is the lab's keeper here: the lab is up for as long as it runs, if not ended before.
    """

    _shared: Vm | None = None

    @classmethod
    def within(cls, vm: Vm, file: Path, *, name: str | None = None) -> Self:
        """Describe the lab of a topology file, to be brought up in a virtual machine that runs already."""
        lab = cls.from_file(file, name=name)
        lab._shared = vm  # noqa: SLF001 - it is one of this class
        return lab

    def up(self, *, listen: str = LOOPBACK) -> Self:
        """Boot the virtual machine, bring the lab up in it, and return when everything answers."""
        if listen != LOOPBACK:
            raise LabError(f"a lab in a virtual machine is reached at {LOOPBACK} only, not at {listen}")
        self.folder.make()
        with self.folder.locked() as lock:
            if lock is None or self.folder.is_kept():
                raise LabError(f"the lab {self.name} is up already: isthmus-lab down {self.name}, or choose a --name")
            self.folder.clear()
            self.folder.topology.write_text(self._described)
            self.folder.machine.write_text(self._shared.name if self._shared else self.name)
            try:
                self._bring_up(self._shared or self._boot(lock))
            except BaseException:
                self._end_keeper()
                self.folder.remove()
                raise
        return self

    @property
    def control(self) -> Control:
        """The control channel of the keeper inside."""
        if not _answers(self.folder.control):
            self._vm.forward_socket(self.folder.control, self._inside / self.folder.control.name)
        return Control(self.folder.control, "lab")

    def reaching(self, words: Sequence[str]) -> list[str]:
        """Give the words that run something inside, on this terminal if there is one."""
        return self._vm.command(words, terminal=sys.stdin.isatty() and sys.stdout.isatty())

    def capturing(self, link: str, words: Sequence[str] = ()) -> list[str]:
        """Give the words that run tcpdump on a link; the file of ``-w`` is one of this machine's."""
        if "-w" not in words[:-1]:
            return super().capturing(link, words)
        file = words[words.index("-w") + 1]
        inside = super().capturing(link, ["-" if word == file else word for word in words])
        return ["sh", "-c", 'file=$1; shift; exec "$@" >"$file"', "sh", file, *inside] if file != "-" else inside

    @property
    def _inside(self) -> Path:
        """The lab's folder inside."""
        return _RUNTIME / self.folder.path.parent.name / self.name

    def _end_keeper(self) -> None:
        if self._machine == self.name:
            self._vm.close()
        elif self.folder.is_kept():
            self._leave()

    def _leave(self) -> None:
        """End the keeper inside, and leave its virtual machine to others."""
        with suppress(LabError):
            ports = self._ports()
            self.control.ask("shutdown")
            for port in ports:
                self._vm.withdraw(port)

    def _in_fabric(self) -> list[str]:
        return fabric_words(Keeping.read(self.folder.path / _KEEPER_INSIDE))

    @property
    def _machine(self) -> str:
        """The name of its virtual machine."""
        try:
            return self.folder.machine.read_text()
        except FileNotFoundError:
            return self.name

    @property
    def _vm(self) -> Vm:
        return self._shared or Vm(self._machine, detached=True)

    def _boot(self, lock: int) -> Vm:
        with showing_boot(self.name) as progress:
            return Vm(self.name, detached=True, kept_open=[lock], progress=progress).start()

    def _bring_up(self, vm: Vm) -> None:
        Keeping(vm.process).write(self.folder.keeper)
        topology = vm.folder / f"{self.name}.yaml"
        shutil.copy(self.folder.topology, topology)
        up = ["isthmus-lab", "up", str(topology), "--name", self.name]
        done = vm.run(up, env={"ISTHMUS_LAB_RUNTIME": str(_RUNTIME)}, check=False, timeout=_UP_SECONDS)
        if done.status != 0:
            raise LabError(_told(done.stderr) or f"the lab {self.name} does not come up in its virtual machine")
        self._fetch(vm)
        for port in self._ports():
            vm.forward(port)

    def _ports(self) -> list[int]:
        status = self.status()
        return [node["port"] for node in (*status["hosts"].values(), *status["routers"].values())]

    def _fetch(self, vm: Vm) -> None:
        """Bring here what those who use the lab need, by the folder that both see."""
        shared = vm.folder / "labs" / self.name
        shutil.rmtree(shared, ignore_errors=True)
        shared.mkdir(parents=True)
        files = ["-maxdepth", "1", "-type", "f", "!", "-name", "*.log", "!", "-name", "lock"]
        vm.run(["find", str(self._inside), *files, "-exec", "cp", "--", "{}", str(shared), ";"])
        for file in shared.iterdir():
            inside = file.name == self.folder.keeper.name
            _place(file, self.folder.path / (_KEEPER_INSIDE if inside else file.name))


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(path)) == 0


def _place(source: Path, target: Path) -> None:
    """Copy a file so that only its owner may read it."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(source.read_bytes())


def _told(stderr: str) -> str:
    """What ``isthmus-lab`` inside said, without its name."""
    return stderr.strip().removeprefix("isthmus-lab: ")
