"""An emulated router, started and stopped from Python."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, Self

from isthmus_lab import names
from isthmus_lab.background import Background
from isthmus_lab.control import Control
from isthmus_lab.errors import LabError
from isthmus_lab.routeros.control import ControlChannel
from isthmus_lab.routeros.faults import Faults
from isthmus_lab.routeros.login import Method
from isthmus_lab.routeros.operations import Operations
from isthmus_lab.routeros.router import Router
from isthmus_lab.routeros.server import HOST, Server
from isthmus_lab.routeros.session import Line
from isthmus_lab.routeros.tls import Certificate
from isthmus_lab.routeros.versions import Version

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType


class EmulatedRouter:
    """A RouterOS router on loopback, from ``with`` or :meth:`start` until its end.

    A fresh one has the user ``admin`` with an empty password. ``state`` is a file to go on from, if it exists, and to
    save to at the end. Port 0 is any free one. ``certificate`` is what ``api-ssl`` shows: a given one, or a self-signed
    one that is kept beside the state; with ``None``, as on a stock router, no handshake succeeds. ``delay`` is the
    round trip to it, in milliseconds. ``method`` says which logins it knows. ``control_socket`` is where
    :class:`Control` finds it, by default a place of its own.
    """

    def __init__(
        self,
        name: str,
        version: str = "7.16",
        *,
        state: Path | None = None,
        api_port: int = 0,
        api_ssl_port: int = 0,
        certificate: Certificate | Literal["self-signed"] | None = "self-signed",
        delay: float = 0,
        method: Method = Method.BOTH,
        control_socket: Path | None = None,
    ) -> None:
        self.name = names.checked(name)
        self.router = _router(name, version, state)
        self.api_port = api_port
        self.api_ssl_port = api_ssl_port
        self._state = state
        self._certificate = _self_signed(name, state) if certificate == "self-signed" else certificate
        self._line = Line(self.router, Faults(delay / 1000), method=method)
        self._server = Server(self._line)
        self._given_socket = control_socket
        self._background = Background(name, self._live)
        self._asked_to_end: SimpleQueue[None] = SimpleQueue()

    @property
    def host(self) -> str:
        """The address it listens on."""
        return HOST

    @property
    def fingerprint(self) -> str | None:
        """The SHA-256 fingerprint of its certificate in hex; ``None`` without one."""
        return self._certificate.fingerprint if self._certificate else None

    @property
    def certificate(self) -> str | None:
        """Its certificate as PEM, to be trusted by clients; ``None`` without one."""
        return self._certificate.certificate.decode() if self._certificate else None

    @property
    def control(self) -> Control:
        """Its control channel."""
        return Control(self._control_socket)

    def start(self) -> Self:
        """Open its ports and its control channel; a port that is taken is a :class:`LabError`."""
        self._background.start()
        return self

    def close(self) -> None:
        """Close its ports and every connection, save the state, and close the control channel last."""
        self._background.close()

    def wait(self) -> None:
        """Wait until someone asks for its end, by the control channel or by :meth:`end`."""
        self._asked_to_end.get()

    def end(self) -> None:
        """Ask for its end, from any thread or signal handler."""
        self._asked_to_end.put(None)

    def about(self) -> Mapping[str, Any]:
        """Say what it is and where it listens, as data that JSON can hold."""
        return {
            "name": self.name,
            "version": str(self.router.version),
            "pid": os.getpid(),
            "host": self.host,
            "api_port": self.api_port,
            "api_ssl_port": self.api_ssl_port,
            "fingerprint": self.fingerprint,
            "control": str(self._control_socket),
        }

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def _live(self, opened: Callable[[], None], closing: asyncio.Event) -> None:
        operations = Operations(self._line, self._server, self.about, self.end)
        with self._socket() as self._control_socket:
            async with ControlChannel(operations.table(), self._control_socket):
                async with self._server:
                    await self._listen()
                    opened()
                    await closing.wait()
                self._save()

    def _save(self) -> None:
        if self._state is None:
            return
        try:
            self.router.save(self._state)
        except OSError as error:
            raise LabError(f"cannot save the state to {self._state}: {error.strerror}") from error

    @contextmanager
    def _socket(self) -> Iterator[Path]:
        if self._given_socket is not None:
            yield self._given_socket
            return
        with TemporaryDirectory(prefix="isthmus-lab-") as folder:
            yield Path(folder) / "control.sock"

    async def _listen(self) -> None:
        self.api_port = await self._server.listen(self.api_port)
        self.api_ssl_port = await self._server.listen_tls(self.api_ssl_port, self._certificate)


def _router(name: str, version: str, state: Path | None) -> Router:
    try:
        Version.parse(version)
    except ValueError as error:
        raise LabError(str(error)) from error
    if state is None or not state.exists():
        return Router(name, version)
    try:
        return Router(name, version, state=state)
    except (OSError, LookupError, TypeError, ValueError) as error:
        raise LabError(f"cannot go on from {state}, which is no state that a lab router saved: {error}") from error


def _self_signed(name: str, state: Path | None) -> Certificate:
    """Make a certificate, or go on with the one that lies beside the state."""
    if state is None:
        return Certificate.self_signed(name)
    beside = state.with_name(f"{state.name}.pem")
    try:
        return Certificate.kept_in(beside, name)
    except OSError as error:
        raise LabError(f"cannot keep the certificate in {beside}: {error.strerror}") from error
