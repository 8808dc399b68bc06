"""The transport and the emulated router, each written from the facts alone, understand each other."""

from __future__ import annotations

import base64
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.devices import RouterOSDevice
from isthmus.errors import ConnectionCut, IsthmusError, LoginRefused, Unreachable
from isthmus.transports.routeros import Command, certificate_of, dial
from isthmus_lab import EmulatedRouter, Method, Where
from tests.support.scripted_router import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.transports.routeros import Session

ADD = "/ip/firewall/address-list/add"


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", PASSWORD)


@contextmanager
def emulated(version: str = "7.16", method: Method = Method.BOTH) -> Iterator[EmulatedRouter]:
    with EmulatedRouter("seattle", version, method=method) as router:
        router.control.execute("/user/add", {"name": "pulumi", "group": "full", "password": PASSWORD})
        yield router


@pytest.fixture
def router() -> Iterator[EmulatedRouter]:
    with emulated() as router:
        yield router


@pytest.fixture
def session(router: EmulatedRouter) -> Iterator[Session]:
    session = dial(seattle(router.api_port), {})
    yield session
    session.close()


def seattle(port: int, tls: Any = "off") -> RouterOSDevice:
    words = {"name": "seattle", "host": "127.0.0.1", "port": port, "user": "pulumi", "tls": tls, "timeout": 5}
    return RouterOSDevice.from_snapshot(words | {"password": {"env": "SEATTLE_PASSWORD"}})


def entries(count: int) -> list[Command]:
    return [Command(ADD, {"list": "sites", "address": f"10.0.{i // 250}.{i % 250}"}) for i in range(count)]


@pytest.mark.parametrize("version", ["6.49", "7.16", "7.20"])
def test_both_doors_lead_to_the_same_router(version: str) -> None:
    with emulated(version) as router:
        pin = "sha256/" + base64.b64encode(bytes.fromhex(str(router.fingerprint))).decode()
        plain, secure = dial(seattle(router.api_port), {}), dial(seattle(router.api_ssl_port, {"pin": pin}), {})
        assert plain.version == version
        assert plain.serial
        assert secure.about == plain.about
        assert secure.fingerprint == pin
        plain.close()
        secure.close()


@pytest.mark.parametrize("method", list(Method))
def test_each_kind_of_login_works_and_fails(method: Method, monkeypatch: pytest.MonkeyPatch) -> None:
    with emulated(method=method) as router:
        dial(seattle(router.api_port), {}).close()
        monkeypatch.setenv("SEATTLE_PASSWORD", "wrong horse")
        with pytest.raises(LoginRefused, match="seattle: refuses the user pulumi"):
            dial(seattle(router.api_port), {})


def test_a_thousand_entries_take_ten_round_trips(router: EmulatedRouter, session: Session) -> None:
    router.control.reset_counters()
    ids = {reply.ret for reply in session.batch(entries(1000))}
    assert len(ids) == 1000
    assert router.control.counters()["round_trips"] == 10


@pytest.mark.parametrize("where", list(Where))
def test_a_cut_anywhere_says_how_far_it_got(router: EmulatedRouter, session: Session, where: Where) -> None:
    router.control.cut(where, 4, "/add")
    with pytest.raises(ConnectionCut) as error:
        session.batch(entries(40))
    assert error.value.answered == (4 if where is Where.AFTER else 3)


def test_a_router_that_refuses_connections_is_unreachable(router: EmulatedRouter) -> None:
    router.control.refuse()
    with pytest.raises(Unreachable, match="does /ip service there allow this address"):
        dial(seattle(router.api_port), {})


def test_a_stock_router_is_told_how_to_make_a_certificate() -> None:
    with EmulatedRouter("seattle", certificate=None) as router, pytest.raises(IsthmusError) as error:
        certificate_of(seattle(router.api_ssl_port, None))
    assert "/ip service set api-ssl certificate=api-ssl" in str(error.value)
