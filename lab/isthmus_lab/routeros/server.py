"""The router's API services: what listens, and how all of it stops."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Final, Self

from isthmus_lab.errors import LabError
from isthmus_lab.routeros.session import Line, Session

if TYPE_CHECKING:
    import ssl

HOST: Final = "127.0.0.1"
_HANDSHAKE: Final = 10.0
_GOODBYE: Final = 0.5


class Server:
    """Accepts connections to one router, on loopback only."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._listeners: list[asyncio.Server] = []

    async def listen(self, port: int, context: ssl.SSLContext | None = None) -> int:
        """Open a service, with TLS where a context is given; port 0 is any free one. Return the port it got."""
        loop = asyncio.get_running_loop()
        try:
            listener = await loop.create_server(
                lambda: Session(self._line),
                HOST,
                port,
                ssl=context,
                ssl_handshake_timeout=_HANDSHAKE if context else None,
                ssl_shutdown_timeout=_GOODBYE if context else None,
            )
        except OSError as error:
            raise LabError(
                f"cannot listen on {HOST} port {port}: {os.strerror(error.errno or 0)}; choose another, or 0"
            ) from error
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
