"""An agent on this machine."""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from isthmus.devices import LinuxDevice
from isthmus.errors import Unreachable
from isthmus.transports.linux.zipapp import zipapp


class LocalChannel:
    """The agent as a child process; as root by `sudo` where we are not."""

    def __init__(self, device: LinuxDevice) -> None:
        self._timeout = device.timeout
        self._folder = tempfile.TemporaryDirectory(prefix="isthmus-")
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the agent
        agent = Path(self._folder.name, "agent.pyz")
        agent.write_bytes(zipapp().content)
        self._rest = b""
        try:
            self._process = subprocess.Popen(
                [*_root(), device.python, "-I", str(agent), "serve", "--netns", device.netns],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        except OSError as error:
            raise Unreachable(device.name, f"{device.python} cannot be run here: {error.strerror}") from None

    def send(self, line: bytes) -> None:
        """Send a line."""
        assert self._process.stdin is not None  # noqa: S101 - a pipe
        self._process.stdin.write(line)
        self._process.stdin.flush()

    def receive(self) -> bytes:
        """Return the next line."""
        assert self._process.stdout is not None  # noqa: S101 - a pipe
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._rest:
            if not select.select([descriptor], [], [], self._timeout)[0]:
                raise TimeoutError(f"no answer within {self._timeout:g} s")
            more = os.read(descriptor, 1 << 20)
            if not more:
                return b""
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line

    def close(self) -> None:
        """End the agent: it ends with its input."""
        with suppress(OSError):
            self._process.communicate(timeout=self._timeout)
        self._errors.close()
        self._folder.cleanup()

    def ended(self) -> str:
        """Return the last line of what the agent said on its standard error."""
        self._process.wait(self._timeout)
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().splitlines()
        return said[-1] if said else f"the agent ended with status {self._process.returncode}"


def _root() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]
