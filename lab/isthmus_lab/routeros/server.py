"""The router's API services: what listens, and how all of it stops."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any, Final, Self

from isthmus_lab.errors import LabError
from isthmus_lab.routeros.session import Line, Session
from isthmus_lab.routeros.tls import HandshakeRefusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus_lab.routeros.tls import Certificate

HOST: Final = "127.0.0.1"
_HANDSHAKE: Final = 10.0
_GOODBYE: Final = 0.5


class Server:
    """Accepts connections to one router, on loopback only."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._listeners: list[asyncio.Server] = []

    async def listen(self, port: int) -> int:
        """Open the API in clear; port 0 is any free one. Return the port it got."""
        return await self._open(port, lambda: Session(self._line))

    async def listen_tls(self, port: int, certificate: Certificate | None) -> int:
        """Open the API over TLS; without a certificate it refuses every handshake. Return the port it got."""
        if certificate is None:
            return await self._open(port, HandshakeRefusal)
        return await self._open(
            port,
            lambda: Session(self._line),
            ssl=certificate.server_context(),
            ssl_handshake_timeout=_HANDSHAKE,
            ssl_shutdown_timeout=_GOODBYE,
        )

    async def _open(self, port: int, client: Callable[[], asyncio.Protocol], **tls: Any) -> int:
        try:
            listener = await asyncio.get_running_loop().create_server(client, HOST, port, **tls)
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            raise LabError(f"cannot listen on {HOST} port {port}: {reason}; choose another, or 0") from error
        self._listeners.append(listener)
        return int(listener.sockets[0].getsockname()[1])

    def drop_all(self) -> None:
        """Close every connection at once."""
        for session in list(self._line.sessions):
            session.drop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the services, then the connections, and wait until all are gone."""
        for listener in self._listeners:
            listener.close()
        gone = [session.gone for session in self._line.sessions]
        self.drop_all()
        await asyncio.gather(*gone)
        for listener in self._listeners:
            await listener.wait_closed()
