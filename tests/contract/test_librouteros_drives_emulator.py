"""librouteros, by its own public calls, finds in the emulator the router it expects."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import librouteros
import pytest
from librouteros.api import Api, Path
from librouteros.exceptions import ConnectionClosed, FatalError, MultiTrapError, TrapError
from librouteros.login import plain, token
from librouteros.query import And, Key, Or

from isthmus_lab import EmulatedRouter, Method

VERSIONS = ["6.49.7", "7.12", "7.16", "7.20", "7.22", "7.24"]
Connect = Callable[..., Api]


@pytest.fixture(params=VERSIONS, scope="module")
def router(request: pytest.FixtureRequest) -> Iterator[EmulatedRouter]:
    with EmulatedRouter("seattle", request.param) as router:
        yield router


@pytest.fixture
def connect(router: EmulatedRouter) -> Iterator[Connect]:
    """Connect to the router, as often as wanted, until the end of the test."""
    opened: list[Api] = []

    def connect(name: str = "admin", password: str = "", **options: Any) -> Api:
        opened.append(librouteros.connect(router.host, name, password, **{"port": router.api_port, **options}))
        return opened[-1]

    yield connect
    for api in opened:
        api.close()


@pytest.fixture
def api(connect: Connect) -> Api:
    return connect(encoding="UTF-8")


@pytest.fixture
def scripts(api: Api) -> Iterator[list[str]]:
    """Three scripts, which are gone after the test."""
    scripts = api.path("system", "script")
    names = [f"script-{number}" for number in range(3)]
    ids = [scripts.add(name=name, comment=f"number {number}") for number, name in enumerate(names)]
    yield ids
    scripts.remove(*ids_of(scripts, *names))


def ids_of(path: Path, *names: str) -> list[str]:
    """Find the ids of the items with these names."""
    return [str(row[".id"]) for row in path if row["name"] in names]


class TestLogin:
    @pytest.mark.parametrize("method", [plain, token])
    def test_both_logins_let_in(self, connect: Connect, method: Callable[[Api, str, str], None]) -> None:
        assert tuple(connect(login_method=method)("/system/identity/print")) == ({"name": "MikroTik"},)

    @pytest.mark.parametrize("method", [plain, token])
    def test_a_password_is_needed_where_the_user_has_one(
        self, router: EmulatedRouter, connect: Connect, method: Callable[[Api, str, str], None]
    ) -> None:
        added = router.control.execute("/user/add", {"name": "pulumi", "password": "secret!", "group": "full"})
        try:
            connect("pulumi", "secret!", login_method=method)
            with pytest.raises(TrapError, match=r"invalid user name or password \(6\)|cannot log in"):
                connect("pulumi", "wrong", login_method=method)
        finally:
            router.control.execute("/user/remove", {".id": str(added.ret)})

    def test_tls_with_the_certificate_verified(self, router: EmulatedRouter, connect: Connect) -> None:
        context = ssl.create_default_context(cadata=router.certificate)
        wrap = partial(context.wrap_socket, server_hostname="localhost")
        api = connect(port=router.api_ssl_port, ssl_wrapper=wrap)
        assert list(api.path("system", "identity")) == [{"name": "MikroTik"}]

    def test_the_old_login_on_a_router_that_knows_no_other(self) -> None:
        with EmulatedRouter("old", "6.49.7", certificate=None, method=Method.CHALLENGE) as router:
            api = librouteros.connect(router.host, "admin", "", port=router.api_port, login_method=token)
            assert list(api.path("system", "identity")) == [{"name": "MikroTik"}]
            api.close()


class TestItems:
    def test_add_returns_the_id_and_the_row_shows_it(self, api: Api, scripts: list[str]) -> None:
        rows = {row[".id"]: row["name"] for row in api.path("system", "script")}
        assert [rows[item] for item in scripts] == ["script-0", "script-1", "script-2"]

    def test_select_and_where_choose(self, api: Api, scripts: list[str]) -> None:
        number, name, comment = Key(".id"), Key("name"), Key("comment")
        path = api.path("system", "script")
        assert list(path.select(number).where(name == "script-1")) == [{".id": scripts[1]}]
        both = path.select(name).where(And(name != "script-1", Or(comment == "number 0", comment == "number 1")))
        assert list(both) == [{"name": "script-0"}]
        assert list(path.select(name).where(name.In("script-0", "script-2"))) == [
            {"name": "script-0"},
            {"name": "script-2"},
        ]

    def test_update_changes_one(self, api: Api, scripts: list[str]) -> None:
        path = api.path("system", "script")
        path.update(**{".id": scripts[2], "comment": "changed, and ünusual"})
        comments = [row["comment"] for row in path if row[".id"] in scripts]
        assert comments == ["number 0", "number 1", "changed, and ünusual"]

    def test_remove_takes_several(self, api: Api, scripts: list[str]) -> None:
        path = api.path("system", "script")
        path.remove(*scripts[:2])
        assert [row["name"] for row in path if row[".id"] in scripts] == ["script-2"]

    def test_booleans_and_numbers_come_back_as_such(self, api: Api) -> None:
        rules = api.path("ip", "firewall", "nat")
        item = rules.add(chain="srcnat", action="masquerade", disabled=True, **{"src-address": "192.0.2.0/24"})
        [row] = [row for row in rules if row[".id"] == item]
        assert (row["disabled"], row["bytes"], row["src-address"]) == (True, 0, "192.0.2.0/24")
        rules.remove(item)

    def test_move_puts_a_rule_before_another(self, api: Api) -> None:
        rules = api.path("ip", "firewall", "nat")
        first, second = (rules.add(chain="srcnat", action="accept", comment=name) for name in "ab")
        tuple(rules("move", numbers=second, destination=first))
        assert [row[".id"] for row in rules] == [second, first]
        rules.remove(first, second)

    def test_a_long_value_survives(self, api: Api) -> None:
        path = api.path("system", "script")
        item = path.add(name="long", source="x" * 20_000)
        [row] = path.select(Key("source")).where(Key("name") == "long")
        assert row == {"source": "x" * 20_000}
        path.remove(item)


class TestRefusals:
    def test_a_refusal_is_one_trap_and_the_connection_lives_on(self, api: Api) -> None:
        with pytest.raises(TrapError, match="no such item") as caught:
            api.path("system", "script").remove("*FFFF")
        assert caught.value.category == 0
        assert list(api.path("system", "identity")) == [{"name": "MikroTik"}]

    def test_an_unknown_menu_is_two_traps(self, api: Api) -> None:
        with pytest.raises(MultiTrapError, match="no such command prefix"):
            list(api.path("system", "identify"))

    def test_quit_is_fatal(self, api: Api) -> None:
        with pytest.raises(FatalError, match="session terminated on request"):
            tuple(api("/quit"))

    def test_a_cut_connection_is_seen_as_closed(self, router: EmulatedRouter, api: Api) -> None:
        router.control.cut("within", path="/identity/print")
        with pytest.raises((ConnectionClosed, ConnectionResetError)):
            list(api.path("system", "identity"))


class TestTags:
    def test_listen_and_cancel_run_beside_other_commands(self, api: Api) -> None:
        api.protocol.writeSentence("/system/script/listen", ".tag=1")
        api.protocol.writeSentence("/system/script/add", "=name=heard", ".tag=2")
        heard = {reply[1][-1]: reply for reply in (api.protocol.readSentence(), api.protocol.readSentence())}
        assert heard[".tag=2"][0] == "!done"
        assert "=name=heard" in heard[".tag=1"][1]
        api.protocol.writeSentence("/cancel", "=tag=1", ".tag=3")
        assert [api.protocol.readSentence() for _ in range(3)] == [
            ("!trap", ("=category=2", "=message=interrupted", ".tag=1")),
            ("!done", (".tag=3",)),
            ("!done", (".tag=1",)),
        ]
        path = api.path("system", "script")
        path.remove(*ids_of(path, "heard"))
