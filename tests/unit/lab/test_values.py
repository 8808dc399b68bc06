"""What the router makes of a value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus_lab.routeros import schema_load
from isthmus_lab.routeros.command import Trap
from isthmus_lab.routeros.values import durations
from isthmus_lab.routeros.values.catalogue import normaliser
from isthmus_lab.routeros.versions import Version

NORMALISED: list[tuple[dict[str, Any], str, str]] = [
    ({"type": "boolean"}, "yes", "true"),
    ({"type": "boolean"}, "false", "false"),
    ({"type": "switch"}, "yes", ""),
    ({"type": "number"}, "0x10", "16"),
    ({"type": "number", "words": "any"}, "any", "any"),
    ({"type": "hexadecimal", "digits": 4}, "32768", "0x8000"),
    ({"type": "mac"}, "aa-bb-cc-dd-ee-0f", "AA:BB:CC:DD:EE:0F"),
    ({"type": "duration"}, "6d24h", "1w"),
    ({"type": "duration"}, "90", "1m30s"),
    ({"type": "duration"}, "00:10:00", "10m"),
    ({"type": "duration"}, "1d02:03:04.5", "1d2h3m4s500ms"),
    ({"type": "duration"}, "31250ms", "31s250ms"),
    ({"type": "duration"}, "0", "0s"),
    ({"type": "duration", "words": "none-static"}, "none-static", "none-static"),
    ({"type": "address4"}, "192.168.1.1", "192.168.1.1"),
    ({"type": "address"}, "2001:DB8::0:1", "2001:db8::1"),
    ({"type": "prefix4"}, "192.168.90.5/24", "192.168.90.0/24"),
    ({"type": "prefix4"}, "10.0.0.1", "10.0.0.1/32"),
    ({"type": "prefix"}, "::/0", "::/0"),
    ({"type": "host4"}, "10.0.0.1/32", "10.0.0.1"),
    ({"type": "interface-address4"}, "192.168.88.1/24", "192.168.88.1/24"),
    ({"type": "interface-address4"}, "10.0.0.1", "10.0.0.1/32"),
    ({"type": "interface-address6"}, "fd00::1", "fd00::1/64"),
    ({"type": "span4"}, "192.168.1.0-192.168.1.255", "192.168.1.0/24"),
    ({"type": "span4"}, "192.168.1.10-192.168.1.20", "192.168.1.10-192.168.1.20"),
    ({"type": "span4"}, "10.0.0.1-10.0.0.1", "10.0.0.1"),
    ({"type": "span4", "not": True}, "!10.1.2.3/8", "!10.0.0.0/8"),
    ({"type": "span4", "host-name": True}, "example.com", "example.com"),
    ({"type": "ports"}, "80,8000-8010,443-443", "80,8000-8010,443"),
    ({"type": "protocol"}, "47", "gre"),
    ({"type": "protocol"}, "200", "200"),
    ({"type": "one-of", "values": "obey strict claim exact"}, "st", "strict"),
    ({"type": "several-of", "values": "invalid established new"}, "new,established", "established,new"),
    ({"type": "several-of", "values": "invalid new", "not": True}, "!new,invalid", "!invalid,new"),
    ({"type": "granted", "values": "read write api"}, "api,read", "read,api,!write"),
    ({"type": "limit"}, "10", "10,5:packet"),
    ({"type": "limit"}, "10/60s,20:packet", "10/1m,20:packet"),
    ({"type": "dst-limit"}, "5,10", "5,10,dst-address/1m40s"),
    ({"type": "icmp-options"}, "8", "8:0-255"),
    ({"type": "port-scan"}, "21,3,3,1", "21,3s,3,1"),
    ({"type": "daytime"}, "08:00:00-17:30:00,tue,mon", "8h-17h30m,mon,tue"),
    ({"type": "keepalive"}, "10,10", "10s,10"),
    ({"type": "rate-pair"}, "10M", "10000000/10000000"),
    ({"type": "rate-pair"}, "512k/1M", "512000/1000000"),
    ({"type": "date"}, "sep/29/2022", "2022-09-29"),
    ({"type": "named-date"}, "2022-09-29", "sep/29/2022"),
    ({"type": "time-of-day"}, "7:5", "07:05:00"),
    ({"type": "gateway"}, "10.0.0.1%ether1", "10.0.0.1%ether1"),
    ({"type": "gateway"}, "ether1", "ether1"),
    ({"type": "queue-target"}, "192.168.1.5", "192.168.1.5/32"),
    ({"type": "address4", "list": True}, "1.1.1.1, 8.8.8.8", "1.1.1.1,8.8.8.8"),
    ({"type": "address4", "list": True}, "", ""),
]

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"type": "boolean"}, "maybe", "invalid value for argument it"),
    ({"type": "number", "low": 1, "high": 255}, "256", "value out of range (1..255)"),
    ({"type": "number"}, "many", "invalid value for argument it"),
    ({"type": "mac"}, "aa:bb", "invalid value of it, mac address required"),
    ({"type": "duration"}, "soon", "invalid value for argument it"),
    ({"type": "duration"}, "", "invalid value for argument it"),
    ({"type": "duration", "low": "4s", "high": "30s"}, "31s", "value out of range (4s..30s)"),
    ({"type": "address4"}, "::1", "invalid value for argument it"),
    ({"type": "prefix4"}, "10.0.0.0/33", "invalid value for argument it"),
    ({"type": "span4"}, "10.0.0.9-10.0.0.1", "value of range expects range of ip addresses"),
    ({"type": "span4"}, "here", "value of range expects range of ip addresses"),
    ({"type": "span4", "host-name": True}, "10.0.0.300", "value of range expects range of ip addresses"),
    ({"type": "ports"}, "80,", "invalid value for argument it"),
    ({"type": "ports"}, "90-80", "invalid value for argument it"),
    ({"type": "ports"}, "70000", "value out of range (0..65535)"),
    (
        {"type": "one-of", "values": "prerouting postrouting"},
        "p",
        "ambiguous value of it, more than one possible value",
    ),
    ({"type": "one-of", "values": "accept drop"}, "", "input does not match any value of it"),
    ({"type": "several-of", "values": "sha1 md5"}, "sha1,sha3", "input does not match any value of it"),
    ({"type": "name"}, "", "invalid value for argument it"),
    ({"type": "text", "longest": 3}, "four", "invalid value for argument it"),
    ({"type": "icmp-options"}, "8:0-256", "value out of range (0..255)"),
    ({"type": "date"}, "feb/30/2022", "invalid value for argument it"),
    ({"type": "time-of-day"}, "1d", "value out of range (00:00:00..23:59:59)"),
    ({"type": "gateway"}, "10.0.0.300", "invalid value for argument it"),
    ({"type": "wireguard-key"}, "short", "invalid value for argument it"),
]


@pytest.mark.parametrize(("spec", "given_", "printed"), NORMALISED)
def test_a_value_is_printed_in_the_router_s_own_spelling(spec: dict[str, Any], given_: str, printed: str) -> None:
    assert normaliser(spec)(given_, "it") == printed


@pytest.mark.parametrize(("spec", "printed"), [(spec, printed) for spec, _, printed in NORMALISED])
def test_the_router_s_own_spelling_stays_as_it_is(spec: dict[str, Any], printed: str) -> None:
    assert normaliser(spec)(printed, "it") == printed


@pytest.mark.parametrize(("spec", "given_", "words"), REFUSED)
def test_a_value_is_refused_in_the_router_s_own_words(spec: dict[str, Any], given_: str, words: str) -> None:
    with pytest.raises(Trap) as caught:
        normaliser(spec)(given_, "it")
    assert caught.value.message.startswith(words)
    assert caught.value.category == 1


@given(st.integers(0, 10**15))
def test_a_printed_duration_is_read_as_what_it_was(value: int) -> None:
    assert durations.microseconds(durations.printed(value)) == value


@given(st.text(max_size=12))
def test_any_text_is_normalised_once_or_refused(given_: str) -> None:
    for spec in {str(spec): spec for spec, _, _ in NORMALISED}.values():
        normalise = normaliser(spec)
        try:
            printed = normalise(given_, "it")
        except Trap:
            continue
        assert normalise(printed, "it") == printed


@pytest.mark.parametrize("version", ["6.49", "7.12", "7.16", "7.20", "7.22", "7.24"])
def test_every_default_is_in_the_router_s_own_spelling(version: str) -> None:
    for menu in schema_load.menus(Version.parse(version)).values():
        for argument in menu.arguments.values():
            if argument.default is not None:
                assert argument.normalise(argument.default, argument.name) == argument.default
