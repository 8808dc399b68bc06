"""From a table's words for a kind of value to the function that normalises it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus_lab.routeros.values import (
    addresses,
    combined,
    dates,
    durations,
    matchers,
    plain,
    protocols,
    rates,
    tunnels,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from isthmus_lab.routeros.values.kinds import Normalise

_FIXED: dict[str, Normalise] = {
    "name": plain.name,
    "boolean": plain.boolean,
    "switch": plain.switch,
    "mac": plain.mac,
    "reference": plain.text(),
    "address": addresses.address(),
    "address4": addresses.address(4),
    "address6": addresses.address(6),
    "prefix": addresses.prefix(),
    "prefix4": addresses.prefix(4),
    "prefix6": addresses.prefix(6),
    "host": addresses.host_or_prefix(),
    "host4": addresses.host_or_prefix(4),
    "host6": addresses.host_or_prefix(6),
    "interface-address4": addresses.interface_address(4, 32),
    "interface-address6": addresses.interface_address(6, 64),
    "span": addresses.span(),
    "span4": addresses.span(4),
    "span6": addresses.span(6),
    "ports": combined.ports(),
    "gateway": combined.gateway,
    "limit": matchers.limit,
    "dst-limit": matchers.dst_limit,
    "icmp-options": matchers.icmp_options,
    "port-scan": matchers.port_scan,
    "daytime": matchers.daytime,
    "protocol": protocols.protocol,
    "rate": rates.rate,
    "rate-pair": rates.rate_pair,
    "keepalive": tunnels.keepalive,
    "wireguard-key": tunnels.wireguard_key,
    "queue-target": combined.queue_target,
    "date": dates.day(iso=True),
    "named-date": dates.day(iso=False),
    "time-of-day": dates.time_of_day,
}

_MADE: dict[str, Callable[[Mapping[str, Any]], Normalise]] = {
    "text": lambda spec: plain.text(spec.get("longest")),
    "number": lambda spec: plain.number(**_bounds(spec)),
    "hexadecimal": lambda spec: plain.hexadecimal(**_bounds(spec), digits=spec.get("digits", 1)),
    "number-range": lambda spec: combined.number_range(spec.get("low", 0), spec.get("high", 2**32 - 1)),
    "duration": lambda spec: durations.duration(spec.get("low"), spec.get("high")),
    "matching": lambda spec: plain.matching(spec["form"]),
    "one-of": lambda spec: words.one_of(spec["values"].split()),
    "granted": lambda spec: words.granted(spec["values"].split()),
    "several-of": lambda spec: words.several_of(spec["values"].split(), negated=spec.get("not", False)),
}


def normaliser(spec: Mapping[str, Any]) -> Normalise:
    """Build the normaliser of one argument.

    ``type`` names the kind; ``words`` are taken as they are beside it, so is
    nothing with ``empty``, ``host-name`` lets a DNS name
    stand for it, ``list`` makes it a list, ``not`` lets a ``!``
    lead it. An unknown kind is a :class:`KeyError`: the table is wrong.
    """
    kind = spec.get("type", "text")
    made = _FIXED[kind] if kind in _FIXED else _MADE[kind](spec)
    if spec.get("host-name"):
        made = combined.or_host_name(made)
    if "words" in spec or "empty" in spec:
        made = combined.words_or([*spec.get("words", "").split(), *([""] if "empty" in spec else [])], made)
    if spec.get("list"):
        made = combined.list_of(made)
    if spec.get("not") and kind != "several-of":
        made = combined.negatable(made)
    return made


def _bounds(spec: Mapping[str, Any]) -> dict[str, int]:
    return {key: spec[key] for key in ("low", "high") if key in spec}
