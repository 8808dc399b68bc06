"""The lab's own channel to a router: what a router lacks and tests need, as JSON lines on a unix socket.

A request is an object with one key, the operation, and its arguments: ``{"cut": {"where": "within", "nth": 3}}``.
The reply is ``{"result": ...}``, ``{"trap": {"message": ..., "category": ...}}`` where the router refuses, or
``{"error": ...}`` where the request makes no sense. Nothing that comes this way is counted, delayed or cut.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import TYPE_CHECKING, Any, Self, cast

from pydantic import ConfigDict, ValidationError, validate_call

from isthmus_lab.errors import LabError
from isthmus_lab.routeros.command import Trap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Table = Mapping[str, Callable[..., Any]]

_STRICT = ConfigDict(strict=True, allow_inf_nan=False)


class ControlChannel:
    """Serves the given operations on a unix socket while entered."""

    def __init__(self, operations: Table, socket: Path) -> None:
        self._operations = operations
        self._socket = socket
        self._clients: set[_Client] = set()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        try:
            self._listener = await loop.create_unix_server(
                lambda: _Client(self._operations, self._clients), self._socket
            )
        except OSError as error:
            raise LabError(f"cannot open the control socket {self._socket}: {error.strerror or error}") from error
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the socket and every connection to it."""
        self._listener.close()
        await asyncio.gather(*(client.close() for client in self._clients))
        self._socket.unlink(missing_ok=True)


class _Client(asyncio.Protocol):
    """One connection: lines in, lines out."""

    def __init__(self, operations: Table, clients: set[_Client]) -> None:
        self._operations = operations
        self._clients = clients
        self._unread = b""
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._clients.add(self)

    def data_received(self, data: bytes) -> None:
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            self._transport.write(json.dumps(reply(self._operations, line)).encode() + b"\n")

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - why it ended makes no difference
        self._clients.discard(self)
        self.gone.set_result(None)

    async def close(self) -> None:
        self._transport.close()
        await self.gone


def reply(operations: Table, line: bytes) -> dict[str, Any]:
    """Perform what one line requests, and put into words how it went."""
    try:
        return {"result": _perform(operations, json.loads(line))}
    except Trap as trap:
        return {"trap": {"message": trap.message, "category": trap.category}}
    except ValidationError as error:
        return {"error": _unfit(error)}
    except (LabError, TypeError, ValueError, OSError) as error:
        return {"error": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever a request did, the channel answers and goes on
        return {"error": f"the request failed: {type(error).__name__}: {error}"}


def _perform(operations: Table, request: Any) -> Any:
    """Call the operation that the request names, if its arguments fit."""
    if not isinstance(request, dict) or len(request) != 1:
        raise LabError('a request is an object with one operation, such as {"export": {}}')
    [(name, arguments)] = request.items()
    if name not in operations:
        raise LabError(f"no operation {name!r}; there are {', '.join(sorted(operations))}")
    inspect.signature(operations[name]).bind(**arguments)
    return validate_call(config=_STRICT)(operations[name])(**arguments)


def _unfit(error: ValidationError) -> str:
    """Say in one line which arguments have no value that makes sense."""
    found = [(".".join(str(part) for part in problem["loc"]), problem["msg"]) for problem in error.errors()]
    return "; ".join(f"{argument}: {message}" for argument, message in found)
