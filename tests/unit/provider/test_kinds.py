"""One value has one spelling, whoever wrote it."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.declare import registry
from isthmus.engine import kinds
from isthmus.engine.kinds import Kind
from isthmus.engine.menu import Word
from isthmus.engine.version import parse
from tests.support.samples import samples

ALL_KINDS = [
    Kind(),
    kinds.YesNo(),
    kinds.Flag(),
    kinds.Number(1, 99, ("auto",)),
    kinds.Number(0, 0xFFFF, digits=4),
    kinds.Duration(("none",)),
    kinds.TimeOfDay(("startup",)),
    kinds.Date(),
    kinds.Daytime(),
    kinds.Choice(("esp", "ah")),
    kinds.Mac(),
    kinds.Address(),
    kinds.Address(4),
    kinds.Prefix(4, ranges=True, names=True),
    kinds.Prefix(4, host_bits="keep", single="full"),
    kinds.Prefix(6, single="full"),
    kinds.Host(),
    kinds.Gateway(),
    kinds.Span(0, 65535),
    kinds.Ports(),
    kinds.Protocol(("all",)),
    kinds.Form(r"\d+,\d+", "100,32"),
    kinds.Rates(),
    kinds.Limit(),
    kinds.DstLimit(),
    kinds.PortScan(),
    kinds.Icmp(),
    kinds.ListOf(kinds.Choice(("esp", "ah"))),
    kinds.ListOf(kinds.Prefix(4, ranges=True), ordered=True),
    kinds.Negatable(kinds.Prefix(4, ranges=True)),
    kinds.Negatable(kinds.ListOf(kinds.Choice(("new", "related")))),
]

WORDS = [
    pytest.param(word, id=f"{path} {word.name}")
    for path in registry.paths()
    if (menu := registry.menu(path))
    for word in menu.words.values()
]


@pytest.mark.parametrize("kind", ALL_KINDS, ids=repr)
def test_a_canonical_spelling_is_its_own(kind: Kind) -> None:
    for value in samples(kind):
        spelled = kind.canonical(value)
        assert kind.canonical(spelled) == spelled


@pytest.mark.parametrize("kind", ALL_KINDS, ids=repr)
def test_what_a_resource_shows_spells_the_same(kind: Kind) -> None:
    for value in samples(kind):
        spelled = kind.canonical(value)
        assert kind.canonical(kind.python(spelled)) == spelled


@pytest.mark.parametrize("kind", ALL_KINDS, ids=repr)
@given(text=st.text(max_size=20))
def test_any_text_is_spelled_once_or_refused_in_words(kind: Kind, text: str) -> None:
    try:
        spelled = kind.canonical(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - what hypothesis finds is either spelled or refused
    else:
        assert kind.canonical(spelled) == spelled


@pytest.mark.parametrize("kind", ALL_KINDS, ids=repr)
@given(text=st.text("0123456789abcdefghikmnopstwxGM-,:./!%@ ", max_size=14))
def test_text_that_looks_like_a_value_is_spelled_once(kind: Kind, text: str) -> None:
    try:
        spelled = kind.canonical(text)
    except ValueError:
        return
    assert kind.canonical(spelled) == spelled
    assert kind.canonical(kind.python(spelled)) == spelled


@given(seconds=st.integers(0, 10**9), milliseconds=st.integers(0, 999))
def test_a_length_of_time_is_the_same_in_every_spelling(seconds: int, milliseconds: int) -> None:
    kind = kinds.Duration()
    hours, rest = divmod(seconds, 3600)
    spellings = [
        f"{seconds}.{milliseconds:03}",
        f"{seconds}s{milliseconds}ms",
        f"{hours}:{rest // 60:02}:{rest % 60:02}.{milliseconds:03}",
    ]
    assert len({kind.canonical(text) for text in spellings}) == 1


@given(first=st.ip_addresses(v=4), size=st.integers(0, 32))
def test_a_range_that_is_a_prefix_is_spelled_as_one(first: Any, size: int) -> None:
    low = int(first) >> size << size
    span = f"{ip_address(low)}-{ip_address(low + 2**size - 1)}"
    kind = kinds.Prefix(4, ranges=True)
    assert kind.canonical(span) == kind.canonical(f"{ip_address(low)}/{32 - size}")


@given(rate=st.integers(0, 10**6), scale=st.sampled_from(["k", "M"]))
def test_a_rate_is_the_same_with_every_unit(rate: int, scale: str) -> None:
    kind = kinds.Limit()
    assert kind.canonical(f"{rate}{scale}") == kind.canonical(f"{rate * {'k': 10**3, 'M': 10**6}[scale]}")


@pytest.mark.parametrize(
    ("kind", "given_value", "printed"),
    [
        (kinds.Duration(), "6d24h", "1w"),
        (kinds.Duration(), 90, "1m30s"),
        (kinds.Prefix(4, ranges=True), "10.0.0.0-10.0.0.255", "10.0.0.0/24"),
        (kinds.Prefix(4, ranges=True), "10.0.0.5/32", "10.0.0.5"),
        (kinds.Prefix(4, single="full"), "165.95.23.2", "165.95.23.2/32"),
        (kinds.Prefix(4, host_bits="keep", single="full"), "192.168.90.1/24", "192.168.90.1/24"),
        (kinds.Number(0, 0xFFFF, digits=4), 32768, "0x8000"),
        (kinds.Number(), 1500.0, "1500"),
        (kinds.Protocol(), 6, "tcp"),
        (kinds.Icmp(), "8", "8:0-255"),
        (kinds.Limit(), "10", "10,5:packet"),
        (kinds.DstLimit(), "10,5", "10,5,dst-address/1m40s"),
        (kinds.Date(), "sep/29/2022", "2022-09-29"),
        (kinds.Flag(), "", "yes"),
        (kinds.YesNo(), "true", "yes"),
    ],
)
def test_a_value_is_spelled_as_routers_print_it(kind: Kind, given_value: Any, printed: str) -> None:
    assert kind.canonical(given_value) == printed


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (kinds.Flag(), False, "expected yes, found False: leave the word out to switch it off"),
        (kinds.Number(1, 65535), 70000, "expected a whole number 1..65535, found 70000"),
        (kinds.Prefix(4), "10.0.0.0/33", "expected an IPv4 prefix such as 192.0.2.0/24, found '10.0.0.0/33'"),
        (kinds.Prefix(4, ranges=True), "10.0.0.9-10.0.0.1", "expected a range from a lower to a higher address"),
        (kinds.Choice(("esp", "ah")), "ip", "expected one of esp, ah, found 'ip'"),
        (kinds.Ports(), "80,", "expected a number or a range such as 1000-2000 within 0..65535, found ''"),
        (kinds.Protocol(), "tpc", "expected an IP protocol such as tcp, udp or 47, found 'tpc'"),
        (kinds.Date(), "29.9.2022", "expected a date such as 2022-09-29, found '29.9.2022'"),
        (kinds.TimeOfDay(), "24:00:00", "expected a time of day such as 23:30:00, found '24:00:00'"),
        (Kind(), {"a": 1}, "expected text, a number or yes/no, found dict"),
    ],
)
def test_a_wrong_value_is_refused_with_what_was_expected(kind: Kind, value: Any, told: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        kind.canonical(value)
    assert str(refused.value).startswith(told)


@pytest.mark.parametrize("word", WORDS)
def test_every_default_is_spelled_as_the_router_prints_it(word: Word) -> None:
    texts = [word.default] if isinstance(word.default, str) else list((word.default or {}).values())
    assert [word.kind.canonical(text) if text else text for text in texts] == texts


@pytest.mark.parametrize("word", WORDS)
def test_every_word_takes_its_samples_and_shows_them_alike(word: Word) -> None:
    for value in samples(word.kind):
        spelled = word.kind.canonical(value)
        assert word.kind.canonical(spelled) == spelled
        assert word.kind.canonical(word.kind.python(spelled)) == spelled


def test_values_that_came_later_are_dated() -> None:
    kind = kinds.Negatable(kinds.ListOf(kinds.Choice(("a", "b", "c"), {"b": "7.10", "c": "7.20"})))
    assert kind.since("a") is None
    assert kind.since("!a,b") == parse("7.10")
    assert kind.since("b,c") == parse("7.20")
