"""A coroutine on a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


class Service(Protocol):
    """Something that lives until told to close; it calls ``opened`` once it serves."""

    def __call__(self, opened: Callable[[], None], closing: asyncio.Event) -> Coroutine[object, object, None]:
        """Live."""


class Background:
    """Runs a service for callers that know nothing of event loops."""

    def __init__(self, name: str, service: Service) -> None:
        self._service = service
        self._opened: Future[None] = Future()
        self._ended: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Return once the service serves; raise what keeps it from doing so."""
        self._thread.start()
        wait((self._opened, self._ended), return_when=FIRST_COMPLETED)
        if not self._opened.done():
            self._ended.result()

    def close(self) -> None:
        """Tell the service to close, and return when it has; raise what went wrong with it."""
        if not self._ended.done():
            self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()
        self._ended.result()

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        except BaseException as error:  # noqa: BLE001 - it is raised where the service is started or closed
            self._ended.set_exception(error)
        else:
            self._ended.set_result(None)

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        await self._service(lambda: self._opened.set_result(None), self._closing)
