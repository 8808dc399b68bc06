"""Forwarding from ports of the machine into a lab: one for each host's sshd."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Final

from isthmus_lab.errors import LabError
from isthmus_lab.linux import namespaces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from isthmus_lab.linux.management import Way

_CHUNK: Final = 1 << 16
_PATIENCE: Final = 10.0
"""Seconds for a host to take a connection."""


def listener(host: str, port: int) -> socket.socket:
    """Take a port of the machine, 0 for any free one."""
    try:
        return socket.create_server((host, port), backlog=100)
    except OSError as error:
        raise LabError(f"cannot listen on {host}:{port}: {error.strerror}: choose another ssh.port") from error


class Forwarders:
    """Carries connections between ports and hosts, as a service of :class:`isthmus_lab.background.Background`."""

    def __init__(self, ways: Mapping[str, Way], listeners: Mapping[str, socket.socket]) -> None:
        self._ways = ways
        self._listeners = listeners

    async def __call__(self, opened: Callable[[], None], closing: asyncio.Event) -> None:
        """Forward until told to close."""
        servers = [
            await asyncio.start_server(_Forwarder(self._ways[name]), sock=taken)
            for name, taken in self._listeners.items()
        ]
        opened()
        await closing.wait()
        for server in servers:
            server.close()


class _Forwarder:
    """Carries the connections to one host."""

    def __init__(self, way: Way) -> None:
        self._way = way

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(OSError, TimeoutError):
            there, back = await asyncio.wait_for(self._connected(), _PATIENCE)
            with contextlib.closing(back):
                await asyncio.gather(_copy(reader, back), _copy(there, writer))

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        family = socket.AF_INET6 if ":" in self._way.address else socket.AF_INET
        # A reboot replaces the namespace under the same name: it is looked up for each connection.
        with namespaces.entered(self._way.namespace):
            out = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        try:
            await asyncio.get_running_loop().sock_connect(out, (self._way.address, self._way.port))
            return await asyncio.open_connection(sock=out)
        except BaseException:
            out.close()
            raise


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        writer.write(data)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
