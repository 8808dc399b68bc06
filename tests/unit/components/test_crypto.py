from dataclasses import replace
from typing import Any

import pytest

from isthmus.engine.kinds import Choice, ListOf
from isthmus.routeros.ip.ipsec import Peer, Profile, Proposal
from isthmus_components import crypto
from isthmus_components.mtu import CIPHERS, INTEGRITY
from isthmus_components.suites import MODERN, SUITES, SuiteName


@pytest.mark.parametrize("name", SUITES)
def test_a_named_suite_has_nothing_wrong_with_it(name: SuiteName) -> None:
    assert crypto.problems(crypto.named(name)) == []


def test_an_unknown_suite_is_told_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="there is no suite 'modren': take one of modern, compatible, aes-128, or"):
        crypto.named("modren")  # type: ignore[arg-type]


def test_a_suite_of_ones_own_is_taken_as_it_is() -> None:
    suite = replace(MODERN, pfs_group="ecp521")
    assert crypto.named(suite) is suite


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"enc_algorithms": ("aes-256-gcm", "3des")},
            "the suite's enc-algorithms 3des is weak: its blocks are so short",
        ),
        ({"enc_algorithm": ("des",)}, "the suite's enc-algorithm des is weak: its keys are found by trying them all"),
        ({"hash_algorithm": "md5"}, "the suite's hash-algorithm md5 is weak: it is broken (RFC 8221); take sha256"),
        ({"auth_algorithms": ("null",)}, "the suite's auth-algorithms null is weak: it protects nothing"),
        ({"dh_group": ("ecp384", "modp1024")}, "the suite's dh-group modp1024 is weak: its numbers are short enough"),
        ({"pfs_group": "modp768"}, "the suite's pfs-group modp768 is weak: its numbers are short enough"),
        (
            {"exchange_mode": "aggressive"},
            "the suite's exchange-mode aggressive is weak: it shows a hash of the secret",
        ),
        (
            {"enc_algorithms": ("aes-265-gcm",)},
            "the suite's enc-algorithms 'aes-265-gcm' is unknown: did you mean aes-256-gcm",
        ),
        ({"pfs_group": "x448"}, "the suite's pfs-group 'x448' is unknown: take one of ecp384, ecp256"),
        ({"enc_algorithm": ()}, "the suite's enc-algorithm is empty: name at least one of aes-256, aes-192, aes-128"),
    ],
)
def test_weak_unknown_and_missing_algorithms_are_told_in_a_sentence(change: dict[str, Any], sentence: str) -> None:
    (problem,) = crypto.problems(replace(MODERN, **change))
    assert problem.startswith(sentence)


@pytest.mark.parametrize("word", crypto.STRONG)
def test_whatever_the_provider_declares_is_either_strong_or_weak(word: str) -> None:
    (kind,) = (menu.words()[word].kind for menu in (Peer, Profile, Proposal) if word in menu.words())
    choice = kind.of if isinstance(kind, ListOf) else kind
    assert isinstance(choice, Choice)
    assert set(choice.values) == set(crypto.STRONG[word]) | (set(choice.values) & set(crypto.WEAK))


def test_every_strong_algorithm_for_traffic_has_its_size_known() -> None:
    assert set(crypto.STRONG["enc_algorithms"]) == set(CIPHERS)
    assert set(crypto.STRONG["auth_algorithms"]) == set(INTEGRITY)
