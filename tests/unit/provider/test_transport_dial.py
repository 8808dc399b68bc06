"""A login ends in a session of the router that was meant, or in one line that says why not."""

from __future__ import annotations

import hashlib
import socket
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.devices import LockEntry, RouterOSDevice
from isthmus.errors import ConfigurationError, LoginRefused, TrustError, Unreachable
from isthmus.transports.routeros import Command, dial
from tests.support.scripted_router import PASSWORD, STOCK, Cut, ScriptedRouter, done, row, trap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", PASSWORD)


@pytest.fixture
def router() -> Iterator[ScriptedRouter]:
    with ScriptedRouter() as router:
        yield router


def seattle(port: int, **fields: Any) -> RouterOSDevice:
    plain = {"name": "seattle", "host": "127.0.0.1", "port": port, "user": "pulumi", "tls": "off", "timeout": 5}
    return RouterOSDevice.from_snapshot(plain | {"password": {"env": "SEATTLE_PASSWORD"}} | fields)


def test_a_session_knows_its_router(router: ScriptedRouter) -> None:
    session = dial(seattle(router.port), {})
    assert (session.version, session.board, session.identity) == ("7.16.1", "RB5009UG+S+", "seattle-gw")
    assert session.serial == "HC1234567"
    assert session.fingerprint is None
    session.close()


def test_a_session_asks_in_two_round_trips_at_most(router: ScriptedRouter) -> None:
    dial(seattle(router.port), {}).close()
    assert [words[0] for words in router.sentences] == list(STOCK)


@pytest.mark.parametrize(
    ("licence", "serial"),
    [
        ({"software-id": "ABCD-1234"}, "ABCD-1234"),
        ({"system-id": "pXlrB9gV0LL", "level": "free"}, "pXlrB9gV0LL"),
        ({}, ""),
    ],
)
def test_without_a_routerboard_the_licence_tells_the_serial(
    router: ScriptedRouter, licence: dict[str, str], serial: str
) -> None:
    router.answers["/system/routerboard/print"] = row({"routerboard": "false"}) + done()
    router.answers["/system/license/print"] = row(licence) + done()
    session = dial(seattle(router.port), {})
    assert session.serial == serial
    session.close()


def test_a_menu_that_the_router_lacks_is_no_failure(router: ScriptedRouter) -> None:
    router.answers["/system/routerboard/print"] = trap("no such command prefix")
    session = dial(seattle(router.port), {})
    assert session.serial == "ABCD-1234"
    session.close()


def test_a_user_who_may_not_read_is_told_which_policy_is_missing(router: ScriptedRouter) -> None:
    router.answers["/system/resource/print"] = trap("not enough permissions (9)")
    with pytest.raises(LoginRefused) as error:
        dial(seattle(router.port), {})
    why = "/system/resource (not enough permissions (9)): give the user's group the policy read"
    assert str(error.value) == f"seattle: lets pulumi in but not read {why}"


def challenge(words: list[str]) -> bytes:
    """Answer as RouterOS before 6.43 does: a password counts for nothing, only a challenge's response."""
    token = "ebddd18303a54111e2dea05a92ab46b4"
    response = hashlib.md5(b"\0" + PASSWORD.encode() + bytes.fromhex(token), usedforsecurity=False).hexdigest()
    if not any(word.startswith("=response=") for word in words):
        return done(ret=token)
    return done() if f"=response=00{response}" in words else trap("cannot log in")


def test_a_router_before_6_43_is_logged_in_to_by_challenge(router: ScriptedRouter) -> None:
    router.answers["/login"] = challenge
    session = dial(seattle(router.port), {})
    assert session.identity == "seattle-gw"
    session.close()


@pytest.mark.parametrize(
    ("answer", "words"), [(STOCK["/login"], "invalid user name or password (6)"), (challenge, "cannot log in")]
)
def test_a_wrong_password_is_refused_and_not_shown(
    router: ScriptedRouter, monkeypatch: pytest.MonkeyPatch, answer: Callable[[list[str]], bytes], words: str
) -> None:
    router.answers["/login"] = answer
    monkeypatch.setenv("SEATTLE_PASSWORD", "wrong horse")
    with pytest.raises(LoginRefused) as error:
        dial(seattle(router.port), {})
    where = "check env SEATTLE_PASSWORD, and that the user's group has the policy api"
    assert str(error.value) == f"seattle: refuses the user pulumi ({words}): {where}"


def test_a_challenge_cannot_take_a_password_beyond_ascii(
    router: ScriptedRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    router.answers["/login"] = challenge
    monkeypatch.setenv("SEATTLE_PASSWORD", "pässword")
    with pytest.raises(ConfigurationError, match=r"seattle: env SEATTLE_PASSWORD: the password is not ASCII") as error:
        dial(seattle(router.port), {})
    assert "pässword" not in str(error.value)


def test_a_missing_credential_is_told_before_anything_is_dialled(
    router: ScriptedRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEATTLE_PASSWORD")
    with pytest.raises(ConfigurationError, match="seattle: env SEATTLE_PASSWORD is not set"):
        dial(seattle(router.port), {})
    assert router.connections == []


def test_a_refused_connection_names_the_service() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unreachable) as error:
        dial(seattle(port), {})
    remedy = "is it enabled (/ip service enable api)?"
    assert str(error.value) == f"seattle: 127.0.0.1:{port} refuses the connection: {remedy}"


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b"])
def test_a_host_name_that_means_nothing_is_named(host: str) -> None:
    with pytest.raises(Unreachable, match=f"seattle: .*{host} (cannot be resolved|is no host name)"):
        dial(seattle(1, host=host), {})


def test_a_host_that_swallows_everything_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=1) as server, pytest.raises(Unreachable) as error:
        dial(seattle(server.getsockname()[1], timeout=0.05), {})
    assert "does not let a login through (no answer in time)" in str(error.value)


def test_a_router_that_hangs_up_on_a_stranger_is_told(router: ScriptedRouter) -> None:
    def hang_up(_words: list[str]) -> bytes:
        raise Cut

    router.answers["/login"] = hang_up
    with pytest.raises(Unreachable, match="does /ip service there allow this address"):
        dial(seattle(router.port), {})


def test_the_recorded_router_is_let_in(router: ScriptedRouter) -> None:
    session = dial(seattle(router.port), {}, LockEntry(serial="HC1234567", version="7.16.1"))
    assert session.warnings == ()
    session.close()


def test_another_version_than_recorded_is_a_warning(router: ScriptedRouter) -> None:
    session = dial(seattle(router.port), {}, LockEntry(serial="HC1234567", version="7.15.3"))
    remedy = "run isthmus devices trust seattle"
    assert session.warnings == (f"seattle: runs RouterOS 7.16.1, the lock file says 7.15.3: {remedy}",)
    session.close()


def test_another_router_than_recorded_is_refused(router: ScriptedRouter) -> None:
    with pytest.raises(TrustError) as error:
        dial(seattle(router.port), {}, LockEntry(serial="HC0000000", version="7.16.1"))
    assert "is another router: serial HC1234567, trusted is HC0000000" in str(error.value)
    assert [words[0] for words in router.sentences] == list(STOCK)


def test_a_session_carries_batches(router: ScriptedRouter) -> None:
    router.answers["/ip/address/print"] = row({"address": "10.0.0.1/24"}) + done()
    session = dial(seattle(router.port), {})
    assert session.batch([Command("/ip/address/print")])[0].rows == ({"address": "10.0.0.1/24"},)
    session.close()
