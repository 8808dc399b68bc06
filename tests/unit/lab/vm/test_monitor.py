"""QEMU's monitor is asked one thing at a time, and its refusals are told."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from isthmus_lab.errors import LabError
from isthmus_lab.vm.monitor import Monitor


@contextmanager
def _qemu(path: Path, *answers: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """A monitor for one connection, which greets and answers, and tells of other things in between."""
    asked: list[dict[str, Any]] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rw") as stream:
            stream.write('{"QMP": {"version": {}}}\n')
            for answer in ({"return": {}}, *answers):
                stream.flush()
                asked.append(json.loads(stream.readline()))
                stream.write('{"event": "RTC_CHANGE"}\n' + json.dumps(answer) + "\n")

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        thread = Thread(target=serve)
        thread.start()
        yield asked
        thread.join()


def test_a_port_is_forwarded(tmp_path: Path) -> None:
    with _qemu(tmp_path / "qmp", {"return": ""}) as asked:
        Monitor(tmp_path / "qmp").forward(20001, 22)
    assert asked[0]["execute"] == "qmp_capabilities"
    assert asked[1]["arguments"] == {"command-line": "hostfwd_add m0 tcp:127.0.0.1:20001-10.0.2.15:22"}


def test_a_refusal_is_told_in_its_words(tmp_path: Path) -> None:
    refusal = {"return": "Could not set up host forwarding rule 'tcp:127.0.0.1:22-10.0.2.15:22'\r\n"}
    with _qemu(tmp_path / "qmp", refusal), pytest.raises(LabError, match=r"Could not set up host forwarding"):
        Monitor(tmp_path / "qmp").forward(22, 22)


def test_an_error_is_told_in_its_words(tmp_path: Path) -> None:
    error = {"error": {"class": "GenericError", "desc": "not now"}}
    with _qemu(tmp_path / "qmp", error), pytest.raises(LabError, match=r"refuses quit: not now$"):
        Monitor(tmp_path / "qmp").quit()


def test_a_machine_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"^the virtual machine does not answer at .*qmp: "):
        Monitor(tmp_path / "qmp").forward(1, 1)
