"""Connections are carried into a lab byte for byte, and end as their ends do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from isthmus_lab import LabError
from isthmus_lab.background import Background
from isthmus_lab.linux import namespaces
from isthmus_lab.linux.forward import Forwarders, listener
from isthmus_lab.linux.management import Way


@pytest.fixture(autouse=True)
def one_namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(namespaces, "entered", lambda _: nullcontext())


@contextmanager
def forwarded(port: int) -> Iterator[int]:
    """Forward to a port of this machine; give the port to connect to."""
    with listener("127.0.0.1", 0) as taken:
        way = Way(Path("/nowhere"), "127.0.0.1", port)
        forwarding = Background("forward", Forwarders({"a": way}, {"a": taken}))
        forwarding.start()
        try:
            yield taken.getsockname()[1]
        finally:
            forwarding.close()


def test_both_directions_are_carried_and_each_ends_by_itself() -> None:
    sent = bytes(range(256)) * 512
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        forwarded(server.getsockname()[1]) as port,
        socket.create_connection(("127.0.0.1", port), 10) as client,
    ):
        inside, _ = server.accept()
        with inside, inside.makefile("rb") as heard:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            assert heard.read() == sent
            inside.sendall(b"heard")
        with client.makefile("rb") as answer:
            assert answer.read() == b"heard"


def test_a_host_that_does_not_listen_ends_the_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with forwarded(port) as entrance, socket.create_connection(("127.0.0.1", entrance), 10) as client:
        assert client.recv(1) == b""


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(LabError, match=rf"cannot listen on 127\.0\.0\.1:{port}: .*: choose another ssh\.port"):
            listener("127.0.0.1", port)
