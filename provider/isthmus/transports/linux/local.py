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
from isthmus.transports.linux.lines import Lines
from isthmus.transports.linux.zipapp import zipapp

_LINGER_SECONDS = 1.0
"""How long an end is awaited that has begun already."""


class LocalChannel:
    """The agent as a child process; as root by `sudo` where we are not."""

    host_key: str | None = None
    jump_host_key: str | None = None

    def __init__(self, device: LinuxDevice) -> None:
        self._timeout = device.timeout
        self._folder = tempfile.TemporaryDirectory(prefix="isthmus-")
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the agent
        agent = Path(self._folder.name, "agent.pyz")
        agent.write_bytes(zipapp().content)
        self._lines = Lines(self._read)
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
        return self._lines.next()

    def close(self) -> None:
        """End the agent: it ends with its input, or is killed if it hangs."""
        with suppress(OSError):
            try:
                self._process.communicate(timeout=self._timeout)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.communicate(timeout=self._timeout)
        self._errors.close()
        self._folder.cleanup()

    def ended(self) -> str:
        """Return the last line of what the agent said on its standard error."""
        try:
            status = self._process.wait(_LINGER_SECONDS)
        except subprocess.TimeoutExpired:
            return ""
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().splitlines()
        return said[-1] if said else "the agent was killed" if status < 0 else f"the agent ended with status {status}"

    def _read(self) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - a pipe
        descriptor = self._process.stdout.fileno()
        if not select.select([descriptor], [], [], self._timeout)[0]:
            raise TimeoutError(f"no answer within {self._timeout:g} s")
        return os.read(descriptor, 1 << 20)


def _root() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]
