"""The lab's own channel to a router."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isthmus_lab import Control, EmulatedRouter, LabError, Trap


@pytest.fixture
def router() -> Iterator[EmulatedRouter]:
    with EmulatedRouter("seattle", certificate=None) as router:
        yield router


def ask(router: EmulatedRouter, line: bytes) -> dict[str, Any]:
    with socket.socket(socket.AF_UNIX) as connection, connection.makefile("rwb") as lines:
        connection.connect(str(router.control.socket))
        lines.write(line + b"\n")
        lines.flush()
        reply: dict[str, Any] = json.loads(lines.readline())
        return reply


def test_info_says_where_the_router_listens(router: EmulatedRouter) -> None:
    about = router.control.info()
    assert (about["name"], about["version"], about["pid"]) == ("seattle", "7.16", os.getpid())
    assert (about["api_port"], about["api_ssl_port"]) == (router.api_port, router.api_ssl_port)
    assert min(router.api_port, router.api_ssl_port) > 0


def test_the_operator_changes_what_the_export_shows(router: EmulatedRouter) -> None:
    fresh = router.control.export()
    made = router.control.execute("/system/script/add", {"name": "greet", "comment": "hello\u00fc"})
    [row] = router.control.execute("/system/script/print", queries=["name=greet"]).rows
    assert (row[".id"], row["comment"]) == (made.ret, "hello\u00fc")
    assert "greet" in router.control.export()
    router.control.execute("/system/script/remove", {".id": str(made.ret)})
    assert router.control.export() == fresh


def test_a_refusal_by_the_router_is_a_trap(router: EmulatedRouter) -> None:
    with pytest.raises(Trap, match="no such item") as caught:
        router.control.execute("/system/script/remove", {".id": "*FFFF"})
    assert caught.value.category == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{}", "an object with one operation"),
        (b"[]", "an object with one operation"),
        (b'{"export": {}, "info": {}}', "an object with one operation"),
        (b'{"reboot": {}}', "no operation 'reboot'; there are advance, counters, cut"),
        (b'{"cut": {}}', "missing a required argument: 'where'"),
        (b'{"export": {"what": 1}}', "got an unexpected keyword argument 'what'"),
        (b'{"export": 1}', "must be a mapping"),
        (b'{"save": {"path": "/nowhere/at/all"}}', "No such file or directory"),
        (b"null", "an object with one operation"),
        (b"7", "an object with one operation"),
        (b'"export"', "an object with one operation"),
        (b'{"cut": null}', "must be a mapping"),
        (b'{"cut": [1]}', "must be a mapping"),
        (b'{"cut": {"where": 1}}', "where: Input should be a valid string"),
        (b'{"cut": {"where": "within", "nth": "3"}}', "nth: Input should be a valid integer"),
        (b'{"cut": {"where": "within", "nth": 1.5}}', "nth: Input should be a valid integer"),
        (b'{"cut": {"where": "within", "path": ["/add"]}}', "path: Input should be a valid string"),
        (b'{"cut": {"where": "beside"}}', "'beside' is not a valid Where"),
        (b'{"delay": {"milliseconds": "50"}}', "milliseconds: Input should be a valid number"),
        (b'{"delay": {"milliseconds": NaN}}', "milliseconds: Input should be a finite number"),
        (b'{"delay": {"milliseconds": -1}}', "milliseconds: Input should be greater than or equal to 0"),
        (b'{"advance": {"seconds": 1e300}}', "seconds: Input should be less than or equal to"),
        (b'{"refuse": {"refused": "yes"}}', "refused: Input should be a valid boolean"),
        (b'{"execute": {"path": 5}}', "path: Input should be a valid string"),
        (b'{"execute": {"path": "/ip/address/add", "attributes": [1]}}', "attributes: Input should be a valid"),
        (b'{"execute": {"path": "/ip/address/add", "attributes": {"address": 5}}}', "attributes.address: Input should"),
        (b'{"execute": {"path": "/ip/address/print", "queries": "name"}}', "queries: "),
        (b'{"execute": {"path": "/ip/address/print", "queries": [1]}}', "queries.0: Input should be a valid string"),
        (b'{"save": {"path": "a\\u0000b"}}', "null byte"),
        (b"[" * 100_000, "RecursionError"),
        (b"no json", "Expecting value"),
        (b"\xff", "codec can't decode"),
    ],
)
def test_a_request_that_makes_no_sense_is_answered_so(router: EmulatedRouter, line: bytes, message: str) -> None:
    assert message in ask(router, line)["error"]
    assert router.control.info()["name"] == "seattle"


def test_where_nothing_runs_there_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"no router answers at .*: is it running\?"):
        Control(tmp_path / "nobody.sock").info()


def test_nothing_is_left_of_a_router_that_ended() -> None:
    with EmulatedRouter("seattle", certificate=None) as router:
        place = router.control.socket
        assert place.stat().st_mode & 0o077 == 0 or place.parent.stat().st_mode & 0o077 == 0
    assert not place.parent.exists()


def test_shutting_down_ends_the_wait_of_who_runs_it(router: EmulatedRouter) -> None:
    assert router.control.ask("shutdown") is None
    router.wait()


def test_time_can_be_let_pass(router: EmulatedRouter) -> None:
    def clock() -> str:
        [row] = router.control.execute("/system/clock/print").rows
        return row["date"]

    before = clock()
    router.control.advance(7 * 86400)
    assert clock() != before


def test_a_taken_port_is_one_clear_line(router: EmulatedRouter) -> None:
    with pytest.raises(LabError, match=f"cannot listen on 127.0.0.1 port {router.api_port}: .* in use; choose another"):
        EmulatedRouter("boise", certificate=None, api_port=router.api_port).start()


def test_the_state_outlives_the_router(tmp_path: Path) -> None:
    state = tmp_path / "seattle.json"
    with EmulatedRouter("seattle", state=state) as router:
        router.control.execute("/system/script/add", {"name": "greet"})
        exported, fingerprint = router.control.export(), router.fingerprint
    with EmulatedRouter("seattle", state=state) as router:
        assert (router.control.export(), router.fingerprint) == (exported, fingerprint)
        assert "greet" in exported
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_a_state_that_no_router_saved_is_one_clear_line(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text('{"what": "ever"')
    with pytest.raises(LabError, match=f"cannot go on from {state}, which is no state that"):
        EmulatedRouter("seattle", certificate=None, state=state)


def test_a_state_that_cannot_be_saved_is_said_at_the_end(tmp_path: Path) -> None:
    router = EmulatedRouter("seattle", certificate=None, state=tmp_path / "no" / "where" / "state.json").start()
    with pytest.raises(LabError, match=r"cannot save the state to .*: No such file or directory"):
        router.close()
