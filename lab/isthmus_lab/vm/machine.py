"""A virtual machine, started and stopped from Python."""

from __future__ import annotations

import compileall
import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from isthmus_lab import names
from isthmus_lab.errors import LabError
from isthmus_lab.linux.keeping import Keeping, Process
from isthmus_lab.vm import kernel, kvm, launch, programs
from isthmus_lab.vm.monitor import Monitor
from isthmus_lab.vm.ssh import Ssh

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

BOOT_SECONDS: Final = 300.0
"""Ten times what a boot takes where nothing else runs."""

_END_SECONDS: Final = 30.0
_PROBE_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended: its status and what it wrote."""

    status: int
    stdout: str
    stderr: str


class Vm:
    """A virtual machine from ``with`` or :meth:`start` until :meth:`close`.

    It boots Debian's newest kernel of this machine over this machine's files: it sees them all and changes none, but
    for those in :attr:`folder` and in the ``shared`` folders, which both see under the same path. It reaches nothing
    outside; :meth:`forward` lets this machine reach it. ``memory`` is in MiB. Hardware virtualisation is used where
    ``ISTHMUS_LAB_KVM=1`` asks for it and it works. It ends with the process that started it, unless ``detached``;
    then :meth:`find` finds it. ``kept_open`` are descriptors that it holds open as long as it lives, ``progress`` is
    told the seconds that have passed while it boots.
    """

    def __init__(
        self,
        name: str,
        *,
        cpus: int = 2,
        memory: int = 4096,
        shared: Sequence[Path] = (),
        detached: bool = False,
        kept_open: Sequence[int] = (),
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        self.name = names.checked(name)
        self.folder = _folder(name)
        self._cpus = cpus
        self._memory = memory
        self._shared = tuple(shared)
        self._detached = detached
        self._kept_open = tuple(kept_open)
        self._progress = progress
        self._launcher: subprocess.Popen[bytes] | None = None

    @classmethod
    def find(cls, name: str) -> Self | None:
        """Find the virtual machine of that name that runs, whoever started it."""
        return cls(name, detached=True) if _recorded(_folder(name)) else None

    def start(self) -> Self:
        """Boot it and return once commands can be run in it.

        Raises :class:`LabError` where one of this name runs, something is missing here, or it does not come up.
        """
        path = programs.search_path()
        programs.require(path)
        _clear(self.folder, refuse_running=True)
        plan = self._plan()
        self.folder.mkdir(mode=0o700, parents=True)
        # Inside, where they could not be kept, compiling the modules would take longer than all else.
        compileall.compile_dir(Path(__file__).parent.parent, quiet=2)
        ssh = Ssh(self.folder, plan.ssh_port)
        try:
            ssh.prepare()
            self._launch(plan, path)
            self._wait_until_up(plan, ssh)
        except BaseException:
            self.close()
            raise
        return self

    def close(self) -> None:
        """End it at once, and remove its folder; its ports are free when this returns."""
        with suppress(LabError, OSError, ValueError):
            self._ssh.end()
        _clear(self.folder, refuse_running=False)
        if self._launcher is not None:
            self._launcher.wait()
            if self._launcher.stdin:
                self._launcher.stdin.close()
            self._launcher = None

    def run(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        input: str | None = None,
        check: bool = True,
        timeout: float | None = None,
    ) -> Done:
        """Run a command inside, as root, and return when it has ended.

        ``env`` is added to its environment, ``timeout`` is in seconds. Raises :class:`LabError` where the machine is
        not reached, time is over, or, with ``check``, the status is not 0.
        """
        shown = " ".join(command)
        try:
            done = subprocess.run(
                self.command(command, env=env),
                check=False,
                input=input,
                stdin=subprocess.DEVNULL if input is None else None,
                capture_output=True,
                text=True,
                timeout=timeout,
            )
        except subprocess.TimeoutExpired:
            raise LabError(f"virtual machine {self.name}: {shown!r} has not ended after {timeout} s") from None
        if check and done.returncode != 0:
            reason = (done.stderr.strip() or done.stdout.strip()).rpartition("\n")[2]
            raise LabError(f"virtual machine {self.name}: {shown!r} ended with status {done.returncode}: {reason}")
        return Done(done.returncode, done.stdout, done.stderr)

    def command(
        self, command: Sequence[str], *, env: Mapping[str, str] | None = None, terminal: bool = False
    ) -> list[str]:
        """Return the command to be run here that runs a command inside, with this Python first on its path.

        Its status is the command's, or 255 where the machine is not reached.
        """
        settings = {"PATH": programs.search_path(), **(env or {})}
        return self._ssh.command(
            ["env", *(f"{name}={value}" for name, value in settings.items()), *command], terminal=terminal
        )

    def forward(self, port: int, guest_port: int | None = None) -> int:
        """Let connections to a port of 127.0.0.1 here reach a port inside (the same one, if none is given).

        Port 0 is any free one. Returns the port here. Inside, the listener must accept connections to 10.0.2.15.
        """
        chosen = port or _free_port()
        self._monitor.forward(chosen, guest_port or chosen)
        return chosen

    def forward_socket(self, here: Path, there: Path) -> None:
        """Let what listens at a unix socket inside be reached by a socket here."""
        self.run(["true"])
        try:
            self._ssh.forward_socket(here, there)
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip()
            raise LabError(f"virtual machine {self.name}: cannot reach {there} inside: {reason}") from None

    def withdraw(self, port: int) -> None:
        """End the forward of a port here."""
        self._monitor.withdraw(port)

    @property
    def process(self) -> Process:
        """The process here in which all of it runs; one that has ended is a :class:`LabError`."""
        if (process := _recorded(self.folder)) is None:
            raise LabError(f"no virtual machine {self.name} runs")
        return process

    @property
    def log(self) -> Path:
        """The file with what the machine said while it booted."""
        return self.folder / "console.log"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _monitor(self) -> Monitor:
        return Monitor(self.folder / "qmp")

    @property
    def _ssh(self) -> Ssh:
        try:
            port = int((self.folder / "port").read_text())
        except OSError:
            raise LabError(f"no virtual machine {self.name} runs") from None
        return Ssh(self.folder, port)

    def _plan(self) -> launch.Plan:
        wanted = os.environ.get("ISTHMUS_LAB_KVM") == "1"
        return launch.Plan(
            kernel=kernel.newest(),
            folder=self.folder,
            ssh_port=_free_port(),
            cpus=self._cpus,
            memory=self._memory,
            kvm=wanted and kvm.boots(),
            shared=self._shared,
            cached=tuple(programs.folders()),
        )

    def _launch(self, plan: launch.Plan, path: str) -> None:
        (self.folder / "port").write_text(str(plan.ssh_port))
        self._launcher = subprocess.Popen(
            launch.command(plan, path, detached=self._detached),
            stdin=subprocess.DEVNULL if self._detached else subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PATH": path, "HOME": str(Path.home())},
            cwd="/",
            pass_fds=self._kept_open,
            start_new_session=True,
        )
        Keeping(Process.of(self._launcher.pid)).write(_record(self.folder))

    def _wait_until_up(self, plan: launch.Plan, ssh: Ssh) -> None:
        start = time.monotonic()
        while not ssh.answers(BOOT_SECONDS / 10):
            passed = time.monotonic() - start
            self._progress(passed)
            if self._launcher is None or self._launcher.poll() is not None:
                raise LabError(f"virtual machine {self.name} ended while it booted: {_last_line(plan.log)}")
            if passed > BOOT_SECONDS:
                raise LabError(f"virtual machine {self.name} is not up after {passed:.0f} s: {_last_line(plan.log)}")
            time.sleep(_PROBE_SECONDS)


def _folder(name: str) -> Path:
    return names.runtime_folder() / "vm" / names.checked(name)


def _record(folder: Path) -> Path:
    return folder / "keeper.json"


def _recorded(folder: Path) -> Process | None:
    keeping = Keeping.read(_record(folder))
    return keeping.process if keeping and keeping.process.lives() else None


def _clear(folder: Path, *, refuse_running: bool) -> None:
    """End what a folder tells of, wait for its end, and remove the folder."""
    process = _recorded(folder)
    if process is not None:
        if refuse_running:
            raise LabError(f"a virtual machine {folder.name} runs already (process {process.pid}): stop it first")
        _end(folder, process)
    shutil.rmtree(folder, ignore_errors=True)


def _end(folder: Path, process: Process) -> None:
    """Kill it and wait until its QEMU holds no port any more."""
    process.kill()
    if not process.wait(_END_SECONDS):
        raise LabError(f"the virtual machine {folder.name} does not end: kill its process {process.pid} by hand")
    deadline = time.monotonic() + _END_SECONDS
    while _listens(folder / "qmp") and time.monotonic() < deadline:
        time.sleep(_PROBE_SECONDS)


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(path)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _last_line(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").split("\n")
    except OSError:
        lines = []
    said = [line.strip() for line in lines if line.strip()]
    return said[-1] if said else f"it said nothing (see {log})"
