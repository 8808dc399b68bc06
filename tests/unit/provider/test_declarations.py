"""What holds of every declared menu."""

from __future__ import annotations

import re

import pytest

from isthmus.declare import registry
from isthmus.dynamic import state
from isthmus.engine import checks, text
from isthmus.engine.checks import Target
from isthmus.engine.menu import Menu, Word
from isthmus.engine.version import parse

MENUS = {path: menu for path in registry.paths() if (menu := registry.menu(path)) is not None}
WORDS = [
    pytest.param(menu, word, id=f"{path} {word.name}") for path, menu in MENUS.items() for word in menu.words.values()
]
FIREWALL = [path for path in MENUS if MENUS[path].group == "chain"]


def test_the_menus_of_a_vpn_are_declared() -> None:
    ipsec = {"", "/group"}
    wanted = {
        *(f"/ip/ipsec/{name}" for name in ("profile", "proposal", "peer", "identity", "settings")),
        *(f"/ip/ipsec/policy{name}" for name in ipsec),
        *(f"/ip/firewall/{name}" for name in ("filter", "nat", "mangle", "raw", "address-list")),
        *(f"/ip/{name}" for name in ("address", "route", "pool")),
        *(f"/interface/{name}" for name in ("list", "list/member", "bridge", "bridge/port")),
        *(f"/system/{name}" for name in ("identity", "script", "scheduler")),
        "/routing/table",
        "/tool/netwatch",
    }
    assert wanted <= set(MENUS)


@pytest.mark.parametrize("menu", MENUS.values(), ids=MENUS)
def test_a_menu_is_told_by_words_that_it_has(menu: Menu) -> None:
    assert set(menu.key) <= set(menu.by_name)
    assert not menu.group or menu.group in menu.by_name
    assert menu.comment == ("comment" in menu.by_name)


@pytest.mark.parametrize("menu", MENUS.values(), ids=MENUS)
def test_a_menu_says_what_it_is_and_where_that_is_from(menu: Menu) -> None:
    assert re.match(r"[A-Z][^.]*\. ?", menu.doc)
    assert "(MikroTik manual: " in menu.doc


@pytest.mark.parametrize(("menu", "word"), WORDS)
def test_a_word_is_described_in_one_sentence(menu: Menu, word: Word) -> None:
    assert re.fullmatch(r"[A-Z].{8,}\.", word.doc), menu.path
    assert len(re.findall(r"[.!?]( |$)", word.doc)) == 1


@pytest.mark.parametrize(("menu", "word"), WORDS)
def test_a_word_is_no_argument_of_every_resource(menu: Menu, word: Word) -> None:
    reserved = {*state.OPTIONS, *state.KEPT, "properties", "opts", "resource_name"}
    assert word.attribute not in reserved, menu.path


@pytest.mark.parametrize(("menu", "word"), WORDS)
def test_a_word_stands_under_its_own_name(menu: Menu, word: Word) -> None:
    assert word.attribute.rstrip("_") == word.name.replace("-", "_"), menu.path


def test_secrets_are_marked() -> None:
    secrets = {(menu.path, word.name) for menu in MENUS.values() for word in menu.words.values() if word.secret}
    assert secrets == {
        ("/ip/ipsec/identity", "secret"),
        ("/ip/ipsec/identity", "password"),
        ("/ip/ipsec/peer", "ppk-secret"),
    }


@pytest.mark.parametrize("path", FIREWALL)
def test_a_rule_reads_action_first_and_comment_last(path: str) -> None:
    words = {"comment": "why", "protocol": "tcp", "disabled": "yes", "action": "accept", "src-address": "10.0.0.0/8"}
    line = text.line(MENUS[path], words)
    assert line == "action=accept protocol=tcp src-address=10.0.0.0/8 disabled=yes comment=why"


@pytest.mark.parametrize("path", FIREWALL)
def test_whatever_a_rule_matches_can_cut_the_way_in(path: str) -> None:
    harmless = {word.name for word in MENUS[path].words.values() if not word.cuts}
    assert harmless == {"log", "log-prefix", "comment"}


@pytest.mark.parametrize(
    ("path", "words", "version", "told"),
    [
        ("/ip/route", {"routing_table": "main"}, "6.49.10", "does not know this word (it came with 7)"),
        ("/ip/route", {"routing_mark": "office"}, "7.16", "does not know this word (it is gone from 7)"),
        ("/routing/table", {"name": "office"}, "6.49.10", "does not have this menu (it came with 7)"),
        ("/ip/ipsec/identity", {"peer": "boise"}, "6.43", "does not have this menu (it came with 6.44)"),
        ("/ip/ipsec/profile", {"dh_group": "x25519"}, "6.49.10", "does not know 'x25519' (it came with 7.0)"),
        ("/ip/firewall/nat", {"action": "socksify"}, "7.16", "does not know 'socksify' (it came with 7.20)"),
        ("/ip/firewall/nat", {"tls_host": "*.example.org"}, "7.20", "does not know this word (it is gone from 7.16)"),
        ("/tool/netwatch", {"src_address": "192.0.2.1"}, "7.10", "does not know this word (it came with 7.11)"),
        ("/ip/firewall/filter", {"hw_offload": "yes"}, "7.24", "(it is in 7 and later, before 7.21)"),
    ],
)
def test_what_a_version_does_not_know_is_refused(path: str, words: dict[str, str], version: str, told: str) -> None:
    (problem,) = checks.gates(MENUS[path], words, Target("seattle", parse(version)))
    assert told in problem.reason
    assert "seattle" in problem.reason
