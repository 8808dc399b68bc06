"""The process that keeps a lab: first of its process namespace, so that everything of the lab ends with it.

Its mounts are its own, too; network namespaces live by its mounts or by processes below it. What a crash leaves are
files in the lab's folder, nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from isthmus_lab import names
from isthmus_lab.background import Background
from isthmus_lab.errors import LabError
from isthmus_lab.linux.folder import Folder
from isthmus_lab.linux.keeping import Keeping, Process
from isthmus_lab.linux.standing import Standing
from isthmus_lab.routeros.control import ControlChannel
from isthmus_lab.topology import load

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Keep a lab until told to end; tell the writing end of a pipe, in one line of JSON, once it stands or cannot."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--report", type=int, required=True)
    parser.add_argument("--listen", required=True)
    parser.add_argument("--tied", action="store_true", help="end when standard input does")
    chosen = parser.parse_args(arguments)
    try:
        keeper = Keeper(Folder(chosen.folder), chosen.listen)
        if chosen.tied:
            keeper.end_with_standard_input()
        keeper.keep(lambda: _tell(chosen.report, {"ready": True}))
    except LabError as error:
        _tell(chosen.report, {"error": str(error)})
        return 1
    except Exception as error:  # noqa: BLE001 - the log has it all, and who waits for the lab is told of it
        traceback.print_exc()
        _tell(chosen.report, {"error": f"the lab failed by a fault of its own: {type(error).__name__}: {error}"})
        return 1
    return 0


def _tell(report: int, message: Mapping[str, Any]) -> None:
    try:
        os.write(report, json.dumps(message).encode() + b"\n")
        os.close(report)
    except BrokenPipeError:
        pass  # who started the lab has gone; the lab stays


class Keeper:
    """Makes a lab stand, answers its control socket, and waits for the end."""

    def __init__(self, folder: Folder, listen: str) -> None:
        self._folder = folder
        self._listen = listen
        self._ends: SimpleQueue[None] = SimpleQueue()

    def keep(self, ready: Callable[[], None]) -> None:
        """Return when the lab has been told to end."""
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._ends.put(None))
        topology = load(self._folder.topology)
        routers = {name: f"{self._folder.name}.{name}" for name in topology.routers}
        Keeping(Process.this(), tuple(names.checked(name) for name in routers.values())).write(self._folder.keeper)
        with Standing(topology, self._folder, self._listen) as standing:
            control = Background("control", self._service(standing))
            control.start()
            ready()
            self._ends.get()
            control.close()

    def end_with_standard_input(self) -> None:
        """End the lab when whoever holds the other end of standard input closes it, or dies."""
        Thread(target=self._wait_for_standard_input, name="tie", daemon=True).start()

    def _wait_for_standard_input(self) -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        self._ends.put(None)

    def _service(self, standing: Standing) -> Callable[..., Any]:
        async def serve(opened: Callable[[], None], closing: asyncio.Event) -> None:
            async with ControlChannel(self._operations(standing), self._folder.control):
                opened()
                await closing.wait()

        return serve

    def _operations(self, standing: Standing) -> Mapping[str, Callable[..., Any]]:
        return {"status": standing.status, "reboot": standing.reboot, "shutdown": lambda: self._ends.put(None)}


if __name__ == "__main__":
    sys.exit(main())
