"""One session serves all that a process wants of a device, and a dead device costs one attempt."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from isthmus.devices import LockEntry, RouterOSDevice, write_lock
from isthmus.errors import ConnectionCut, LoginRefused, TrustError
from isthmus.transports.routeros import Command, Pool, pool
from tests.support.scripted_router import PASSWORD, Cut, ScriptedRouter, done
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADD = "/ip/firewall/nat/add"


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", PASSWORD)


@pytest.fixture
def router() -> Iterator[ScriptedRouter]:
    with ScriptedRouter({ADD: done()}) as router:
        yield router


@pytest.fixture
def sessions() -> Iterator[Pool]:
    sessions = Pool()
    yield sessions
    sessions.close()


def seattle(router: ScriptedRouter, name: str = "seattle", folder: Path | None = None) -> RouterOSDevice:
    words = {"name": name, "host": "127.0.0.1", "port": router.port, "user": "pulumi", "tls": "off"}
    return RouterOSDevice.from_snapshot(words | {"password": {"env": "SEATTLE_PASSWORD"}}, folder=folder)


def hang_up(_words: list[str]) -> bytes:
    raise Cut


def test_a_session_is_used_again(router: ScriptedRouter, sessions: Pool) -> None:
    with sessions.session(seattle(router), {}) as first:
        first.batch([Command(ADD)])
    with sessions.session(seattle(router), {}) as second:
        assert second is first
    assert sessions.connects == 1


def test_four_workers_share_one_session(router: ScriptedRouter, sessions: Pool) -> None:
    router.answers[ADD] = lambda words: done(ret=words[1].removeprefix("=comment="))

    def work(worker: int) -> list[str | None]:
        with sessions.session(seattle(router), {}) as session:
            return [reply.ret for reply in session.batch([Command(ADD, {"comment": f"{worker}"})] * 50)]

    with ThreadPoolExecutor(4) as workers:
        assert list(workers.map(work, range(4))) == [[f"{worker}"] * 50 for worker in range(4)]
    assert sessions.connects == 1


def test_a_borrower_may_borrow_again(router: ScriptedRouter, sessions: Pool) -> None:
    with sessions.session(seattle(router), {}) as outer, sessions.session(seattle(router), {}) as inner:
        assert inner is outer


def test_devices_have_sessions_of_their_own(router: ScriptedRouter, sessions: Pool) -> None:
    with sessions.session(seattle(router), {}), sessions.session(seattle(router, name="boise"), {}):
        assert sessions.connects == 2


def test_a_session_that_was_cut_in_use_is_dialled_again(router: ScriptedRouter, sessions: Pool) -> None:
    router.answers[ADD] = hang_up
    with sessions.session(seattle(router), {}) as cut, pytest.raises(ConnectionCut):
        cut.batch([Command(ADD)])
    router.answers[ADD] = done()
    with sessions.session(seattle(router), {}) as session:
        session.batch([Command(ADD)])
    assert sessions.connects == 2


def test_a_session_that_was_cut_while_nobody_looked_is_dialled_again(router: ScriptedRouter, sessions: Pool) -> None:
    with sessions.session(seattle(router), {}) as before:
        router.drop()
        wait_until(lambda: not before.usable)
    with sessions.session(seattle(router), {}) as session:
        session.batch([Command(ADD)])
    assert sessions.connects == 2


def test_a_failed_dial_is_remembered(router: ScriptedRouter, sessions: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", "wrong horse")
    messages = set()
    for _ in range(3):
        with pytest.raises(LoginRefused) as error, sessions.session(seattle(router), {}):
            pass
        messages.add(str(error.value))
    assert len(messages) == 1
    assert len(router.connections) == 1
    assert sessions.connects == 0


def test_four_workers_wait_for_one_failure(
    router: ScriptedRouter, sessions: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", "wrong horse")

    def work(_worker: int) -> str:
        with pytest.raises(LoginRefused) as error, sessions.session(seattle(router), {}):
            pass
        return str(error.value)

    with ThreadPoolExecutor(4) as workers:
        assert len(set(workers.map(work, range(4)))) == 1
    assert len(router.connections) == 1


def test_closing_forgets_a_failure(router: ScriptedRouter, sessions: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", "wrong horse")
    with pytest.raises(LoginRefused), sessions.session(seattle(router), {}):
        pass
    monkeypatch.setenv("SEATTLE_PASSWORD", PASSWORD)
    sessions.close()
    with sessions.session(seattle(router), {}) as session:
        assert session.identity == "seattle-gw"


def test_an_error_of_the_borrower_leaves_the_session(router: ScriptedRouter, sessions: Pool) -> None:
    with pytest.raises(KeyError), sessions.session(seattle(router), {}):
        raise KeyError
    with sessions.session(seattle(router), {}) as session:
        session.batch([Command(ADD)])
    assert sessions.connects == 1


def test_the_lock_file_beside_the_devices_file_is_obeyed(
    router: ScriptedRouter, sessions: Pool, tmp_path: Path
) -> None:
    write_lock(tmp_path, {"seattle": LockEntry(serial="HC0000000", version="7.16.1")})
    with pytest.raises(TrustError), sessions.session(seattle(router, folder=tmp_path), {}):
        pass


def test_a_process_has_one_pool() -> None:
    assert pool() is pool()
