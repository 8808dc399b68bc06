"""Users, their groups, and what a group does not allow."""

from __future__ import annotations

import hashlib

import pytest

from isthmus_lab.routeros.users import User
from tests.support.console import Console

REFUSED = "not enough permissions (9)"


@pytest.fixture
def console() -> Console:
    return Console()


def test_admin_has_no_password_on_a_fresh_router(console: Console) -> None:
    assert isinstance(console.router.authenticate("admin", ""), User)
    assert console.router.authenticate("admin", "x") is None
    assert console.router.authenticate("nobody", "") is None


def test_the_older_login_responds_to_a_challenge(console: Console) -> None:
    console.run("/user/set", numbers="admin", password="passTest")
    digest = hashlib.md5(b"\x00passTest\xab\xc1\x23", usedforsecurity=False).hexdigest()
    assert console.router.authenticate_challenge("admin", b"\xab\xc1\x23", "00" + digest) is not None
    assert console.router.authenticate_challenge("admin", b"\xab\xc1\x24", "00" + digest) is None


def test_a_password_is_never_shown(console: Console) -> None:
    console.run("/user/set", numbers="admin", password="secret")
    assert "password" not in console.row("/user")


def test_a_disabled_user_cannot_log_in(console: Console) -> None:
    console.run("/user/disable", numbers="admin")
    assert console.router.authenticate("admin", "") is None


def test_a_reader_reads_and_changes_nothing(console: Console) -> None:
    reader = console.as_member("read")
    assert reader.rows("/ip/address") == []
    for path, words in [("/ip/pool/add", {"ranges": "10.0.0.1"}), ("/system/identity/set", {"name": "x"})]:
        assert reader.refusal(path, **words) == REFUSED
    assert console.router.export().count("\n/") == 1


def test_a_writer_does_not_change_users(console: Console) -> None:
    writer = console.as_member("read,write")
    assert writer.refusal("/user/add", name="x", group="full", password="") == REFUSED
    writer.add("/ip/pool", ranges="10.0.0.1")


def test_only_who_may_see_secrets_sees_them(console: Console) -> None:
    console.add("/ip/ipsec/peer", name="p", address="10.0.0.1")
    console.add("/ip/ipsec/identity", peer="p", secret="very secret")
    assert console.row("/ip/ipsec/identity")["secret"] == "very secret"
    assert "secret" not in console.as_member("read").row("/ip/ipsec/identity")


def test_a_group_without_the_policy_api_is_not_let_in(console: Console) -> None:
    console.add("/user/group", name="web", policy="read,web")
    console.add("/user", name="u", group="web", password="")
    assert console.router.authenticate("u", "") is None


def test_a_group_shows_what_it_grants_and_what_not(console: Console) -> None:
    console.add("/user/group", name="g", policy="read,api")
    policy = console.row("/user/group", "name=g")["policy"]
    assert policy.startswith("read,api,!local,")
    assert policy.endswith("!rest-api")
