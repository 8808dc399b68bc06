"""The agent on a host, over SSH."""

from __future__ import annotations

import select
import time
from collections.abc import Mapping
from contextlib import suppress

import paramiko

from isthmus.devices import LinuxDevice, LockEntry, resolve
from isthmus.errors import LoginRefused, Unreachable
from isthmus.transports.linux.lines import Lines
from isthmus.transports.linux.ssh.connection import connect
from isthmus.transports.linux.ssh.start import MARK, PROMPT, command, why
from isthmus.transports.linux.zipapp import zipapp

_BLOCK = 1 << 16
_LINGER_SECONDS = 1.0
"""How long an end is awaited that has begun already."""


class SshChannel:
    """The agent as a command on a host; as root by `sudo` where the user is not. It ends with its connection."""

    def __init__(self, device: LinuxDevice, config: Mapping[str, str], trusted: LockEntry | None) -> None:
        self._device = device
        self._errors = b""
        self._lines = Lines(self._read)
        self._sudo = resolve(device.sudo, device=device, config=config) if device.sudo else None
        self._asked = 0
        self._connection = connect(device, config, trusted)
        try:
            self._channel = self._run()
            self._start()
        except (paramiko.SSHException, OSError, EOFError) as error:
            self._connection.close()
            reason = f"{device.address} does not start the agent: {error or 'the connection ended'}"
            raise Unreachable(device.name, reason) from None
        except BaseException:
            self._connection.close()
            raise
        self.host_key = self._connection.host_key
        self.jump_host_key = self._connection.jump_host_key

    def send(self, line: bytes) -> None:
        """Send a line."""
        self._channel.sendall(line)

    def receive(self) -> bytes:
        """Return the next line."""
        return self._lines.next()

    def close(self) -> None:
        """End the agent and the connection."""
        with suppress(OSError, EOFError, paramiko.SSHException):
            self._channel.close()
        self._connection.close()

    def ended(self) -> str:
        """Return the last line of what the agent said on its standard error."""
        if not self._connection.transport.is_active():
            return f"{self._device.address} is gone: the connection ended"
        if not self._channel.status_event.wait(_LINGER_SECONDS):
            return ""
        self._drain()
        said = self._errors.decode(errors="replace").strip().splitlines()
        status = self._channel.recv_exit_status()
        return said[-1] if said else "the agent was killed" if status < 0 else f"the agent ended with status {status}"

    def _run(self) -> paramiko.Channel:
        channel = self._connection.transport.open_session(timeout=self._device.timeout)
        channel.settimeout(self._device.timeout)
        channel.exec_command(command(self._device))
        return channel

    def _start(self) -> None:
        """Wait for the first words; send the agent where it is not there yet."""
        said = self._said()
        if said == "need":
            self._channel.sendall(zipapp().content)
            said = self._said()
        if said not in ("have", "stored"):
            self._channel.status_event.wait(_LINGER_SECONDS)
            self._drain()
            raise why(self._device, said, self._errors.decode(errors="replace"))

    def _said(self) -> str:
        """Return the start's next own line, '' at the end; what a login shell prints is passed over."""
        line = self._lines.next()
        while line and not line.startswith(MARK):
            line = self._lines.next()
        return line.removeprefix(MARK).decode(errors="replace")

    def _read(self) -> bytes:
        """Return what comes on standard output; what comes on standard error is kept, a question there answered."""
        deadline = time.monotonic() + self._device.timeout
        while not (self._channel.recv_ready() or self._channel.eof_received or self._channel.closed):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._channel], [], [], left)[0]:
                raise TimeoutError(f"no answer within {self._device.timeout:g} s")
            self._drain()
            self._answer()
        return self._channel.recv(_BLOCK)

    def _drain(self) -> None:
        while self._channel.recv_stderr_ready():
            self._errors += self._channel.recv_stderr(_BLOCK)

    def _answer(self) -> None:
        """Give sudo its password, once: a second question says that it was wrong."""
        asked = self._errors.count(PROMPT.encode())
        if self._sudo is None or asked <= self._asked:
            return
        self._asked = asked
        if asked > 1:
            reason = f"{self._device.address}: sudo refuses the password of {self._device.user} ({self._device.sudo})"
            raise LoginRefused(self._device.name, reason)
        self._channel.sendall(self._sudo.encode() + b"\n")
