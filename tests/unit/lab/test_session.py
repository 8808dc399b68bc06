"""What a client's sentences are answered, over a real socket."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from isthmus_lab import EmulatedRouter, Method
from tests.support.raw_api import RawClient


@pytest.fixture
def router() -> Iterator[EmulatedRouter]:
    with EmulatedRouter("seattle", certificate=None) as router:
        yield router


@pytest.fixture
def client(router: EmulatedRouter) -> Iterator[RawClient]:
    with RawClient(router.api_port) as client:
        yield client.log_in()


def challenge_response(challenge: bytes, password: str = "") -> str:
    digest = hashlib.md5(b"\x00" + password.encode() + challenge, usedforsecurity=False)
    return "00" + digest.hexdigest()


def address(client: RawClient, text: str) -> str:
    """Add an address and return its id."""
    [done] = client.ask("/ip/address/add", f"=address={text}", "=interface=ether1")
    assert done[0] == "!done"
    return done[1].removeprefix("=ret=")


class TestLogin:
    def test_name_and_password_let_in(self, router: EmulatedRouter) -> None:
        with RawClient(router.api_port) as client:
            assert client.ask("/login", "=name=admin", "=password=") == [["!done"]]
            assert client.ask("/system/identity/print")[0][0] == "!re"

    def test_a_challenge_and_its_response_let_in(self, router: EmulatedRouter) -> None:
        with RawClient(router.api_port) as client:
            [[done, ret]] = client.ask("/login")
            assert done == "!done"
            challenge = bytes.fromhex(ret.removeprefix("=ret="))
            response = challenge_response(challenge)
            assert client.ask("/login", "=name=admin", f"=response={response}") == [["!done"]]
            assert client.ask("/system/identity/print")[0][0] == "!re"

    def test_a_challenge_serves_one_response(self, router: EmulatedRouter) -> None:
        with RawClient(router.api_port) as client:
            [[_, ret]] = client.ask("/login")
            challenge = bytes.fromhex(ret.removeprefix("=ret="))
            for answer in (challenge_response(challenge, "wrong"), challenge_response(challenge)):
                replies = client.ask("/login", "=name=admin", f"=response={answer}")
                assert replies == [["!trap", "=message=cannot log in"], ["!done"]]

    def test_a_router_before_6_43_asks_for_a_response_to_a_challenge_even_given_a_password(self) -> None:
        with (
            EmulatedRouter("old", "6.49.7", certificate=None, method=Method.CHALLENGE) as router,
            RawClient(router.api_port) as client,
        ):
            [[done, ret]] = client.ask("/login", "=name=admin", "=password=")
            assert (done, len(ret)) == ("!done", len("=ret=") + 32)

    def test_a_router_that_knows_only_passwords_takes_no_response(self) -> None:
        with (
            EmulatedRouter("new", certificate=None, method=Method.PLAIN) as router,
            RawClient(router.api_port) as client,
        ):
            refused = [["!trap", "=message=invalid user name or password (6)"], ["!done"]]
            assert client.ask("/login") == refused
            assert client.ask("/login", "=name=admin", "=response=00")[0] == ["!trap", "=message=cannot log in"]

    def test_a_wrong_password_is_refused_and_may_be_followed_by_the_right_one(self, router: EmulatedRouter) -> None:
        with RawClient(router.api_port) as client:
            assert client.ask("/login", "=name=admin", "=password=x", ".tag=1") == [
                ["!trap", "=message=invalid user name or password (6)", ".tag=1"],
                ["!done", ".tag=1"],
            ]
            client.log_in()

    @pytest.mark.parametrize("path", ["/system/identity/print", "/cancel", "/quit", "/nothing"])
    def test_who_is_not_logged_in_is_sent_away(self, router: EmulatedRouter, path: str) -> None:
        with RawClient(router.api_port) as client:
            client.send(path, ".tag=7")
            assert client.rest() == [["!fatal", "not logged in"]]


class TestReplies:
    def test_quit_ends_the_session(self, client: RawClient) -> None:
        client.send("/quit")
        assert client.rest() == [["!fatal", "session terminated on request"]]

    def test_the_tag_is_the_last_word_of_every_reply(self, client: RawClient) -> None:
        address(client, "192.0.2.1/24")
        replies = client.ask("/ip/address/print", ".tag=a b")
        assert [reply[0] for reply in replies] == ["!re", "!done"]
        assert all(reply[-1] == ".tag=a b" and reply.count(".tag=a b") == 1 for reply in replies)

    def test_add_returns_the_id(self, client: RawClient) -> None:
        [reply] = client.ask("/ip/address/add", "=address=192.0.2.1/24", "=interface=ether1", ".tag=1")
        assert reply[0] == "!done"
        assert reply[1].startswith("=ret=*")
        assert reply[2:] == [".tag=1"]

    def test_a_trap_is_followed_by_an_end_and_says_its_category_first(self, client: RawClient) -> None:
        replies = client.ask("/ip/address/remove", "=.id=*FFFF", ".tag=1")
        assert replies == [["!trap", "=category=0", "=message=no such item", ".tag=1"], ["!done", ".tag=1"]]

    def test_an_unknown_menu_is_two_traps(self, client: RawClient) -> None:
        assert client.ask("/ip/adress/print") == [
            ["!trap", "=category=0", "=message=no such command or directory (adress)"],
            ["!trap", "=message=no such command prefix"],
            ["!done"],
        ]

    def test_a_word_of_no_kind_is_refused(self, client: RawClient) -> None:
        assert client.ask("/ip/address/print", "address", ".tag=1") == [
            ["!trap", "=message=unknown parameter address", ".tag=1"],
            ["!done", ".tag=1"],
        ]

    def test_many_tagged_commands_are_answered_each(self, client: RawClient) -> None:
        client.send_at_once(*(["/system/identity/print", f".tag={number}"] for number in range(200)))
        ends = [reply for reply in client.replies(200) if reply[0] == "!done"]
        assert ends == [["!done", f".tag={number}"] for number in range(200)]

    def test_values_keep_their_equals_signs_and_bytes(self, client: RawClient) -> None:
        name = "a=b= \udcff ü"
        client.ask("/system/identity/set", f"=name={name}")
        assert client.ask("/system/identity/print")[0] == ["!re", f"=name={name}"]

    @pytest.mark.parametrize(("version", "says_empty"), [("7.16", False), ("7.18", True), ("7.20", True)])
    def test_an_empty_print_says_so_from_7_18(self, version: str, *, says_empty: bool) -> None:
        with EmulatedRouter("seattle", version, certificate=None) as router, RawClient(router.api_port) as client:
            replies = client.log_in().ask("/ip/firewall/filter/print", ".tag=1")
            assert replies == [*([["!empty", ".tag=1"]] if says_empty else []), ["!done", ".tag=1"]]
            assert client.ask("/ip/firewall/filter/print", "=count-only=") == [["!done", "=ret=0"]]


class TestListen:
    @pytest.fixture
    def listener(self, router: EmulatedRouter) -> Iterator[RawClient]:
        with RawClient(router.api_port) as listener:
            yield listener.log_in()

    def test_changes_arrive_as_whole_rows_and_removals_as_dead_ones(
        self, client: RawClient, listener: RawClient
    ) -> None:
        listener.send("/ip/address/listen", ".tag=2")
        listener.ask("/system/identity/print")  # by now it listens
        item = address(client, "192.0.2.1/24")
        row = listener.sentence()
        assert row[0] == "!re"
        assert {f"=.id={item}", "=address=192.0.2.1/24", "=interface=ether1"} <= set(row)
        assert row[-1] == ".tag=2"
        client.ask("/ip/address/remove", f"=.id={item}")
        assert listener.sentence() == ["!re", f"=.id={item}", "=.dead=true", ".tag=2"]

    def test_a_session_hears_of_its_own_changes_and_works_on(self, client: RawClient) -> None:
        client.send("/ip/address/listen", ".tag=2")
        client.send("/ip/address/add", "=address=192.0.2.1/24", "=interface=ether1", ".tag=3")
        kinds = sorted((reply[0], reply[-1]) for reply in (client.sentence(), client.sentence()))
        assert kinds == [("!done", ".tag=3"), ("!re", ".tag=2")]

    def test_queries_and_proplist_choose_what_is_heard(self, client: RawClient, listener: RawClient) -> None:
        listener.send("/ip/address/listen", "=.proplist=.id,address", "?comment=wanted")
        listener.ask("/system/identity/print")
        address(client, "192.0.2.1/24")
        [[_, ret]] = client.ask("/ip/address/add", "=address=192.0.2.2/24", "=interface=ether1", "=comment=wanted")
        item = ret.removeprefix("=ret=")
        assert listener.sentence() == ["!re", f"=.id={item}", "=address=192.0.2.2/24"]

    def test_cancel_ends_the_command_of_that_tag_alone(self, client: RawClient) -> None:
        for tag in ("2", "3"):
            client.send("/ip/address/listen", f".tag={tag}")
        assert client.ask("/cancel", "=tag=2", ".tag=7") == [
            ["!trap", "=category=2", "=message=interrupted", ".tag=2"],
            ["!done", ".tag=7"],
        ]
        assert client.replies() == [["!done", ".tag=2"]]
        client.send("/cancel", ".tag=8")
        assert client.replies(2) == [
            ["!trap", "=category=2", "=message=interrupted", ".tag=3"],
            ["!done", ".tag=8"],
            ["!done", ".tag=3"],
        ]

    def test_cancel_of_nothing_is_done(self, client: RawClient) -> None:
        assert client.ask("/cancel", "=tag=9") == [["!done"]]

    def test_what_is_cancelled_is_heard_no_more(self, client: RawClient) -> None:
        client.send("/ip/address/listen", ".tag=2")
        client.send("/cancel")
        client.replies(2)
        address(client, "192.0.2.1/24")
        assert client.ask("/quit") == [["!fatal", "session terminated on request"]]

    def test_an_unknown_menu_cannot_be_listened_to(self, client: RawClient) -> None:
        assert client.ask("/ip/adress/listen")[-1] == ["!done"]

    def test_a_listener_that_goes_away_is_forgotten(self, router: EmulatedRouter, client: RawClient) -> None:
        with RawClient(router.api_port) as leaving:
            leaving.log_in().send("/ip/address/listen")
            leaving.ask("/system/identity/print")
        address(client, "192.0.2.1/24")
        assert client.ask("/system/identity/print")[-1] == ["!done"]


class TestManyClients:
    def test_clients_work_beside_each_other(self, router: EmulatedRouter) -> None:
        def work(number: int) -> list[str]:
            with RawClient(router.api_port) as client:
                client.log_in()
                return [address(client, f"10.{number}.{count}.1/24") for count in range(25)]

        with ThreadPoolExecutor(8) as pool:
            items = [item for found in pool.map(work, range(8)) for item in found]
        assert len(set(items)) == 200

    def test_a_client_that_reads_nothing_holds_nobody_up(self, router: EmulatedRouter, client: RawClient) -> None:
        with RawClient(router.api_port) as silent:
            silent.log_in().send_at_once(*[["/interface/print"]] * 2000)
            assert client.ask("/system/identity/print")[-1] == ["!done"]
