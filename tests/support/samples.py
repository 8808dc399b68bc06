"""Values as people write them, for every kind: each in several spellings."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from isthmus.engine import kinds
from isthmus.engine.kinds import Kind

PREFIXES = {
    4: ["192.0.2.7", "192.0.2.7/24", "192.0.2.7/32", "0.0.0.0/0"],
    6: ["2001:DB8::7", "2001:db8::7/64", "2001:db8:0::7/128", "::/0"],
}


@singledispatch
def samples(_kind: Kind) -> list[Any]:
    """Return values that a kind takes; plain text takes any."""
    return ["office", "main"]


@samples.register
def _(_kind: kinds.YesNo) -> list[Any]:
    return [True, False, "yes", "no", "true", "false"]


@samples.register
def _(_kind: kinds.Flag) -> list[Any]:
    return [True, "yes"]


@samples.register
def _(kind: kinds.Number) -> list[Any]:
    low = max(kind.low or 0, 1) if kind.high is None else kind.low or 0
    return [*kind.words, low, hex(low), f"{low:04}", *([] if kind.high is None else [kind.high, float(kind.high)])]


@samples.register
def _(kind: kinds.Duration) -> list[Any]:
    return [*kind.words, 10, "10s", "00:00:10", "90", "1m30s", "6d24h", "1w2d3h4m5s", "250ms"]


@samples.register
def _(kind: kinds.TimeOfDay) -> list[Any]:
    return [*kind.words, "23:30:00", "8h", "90"]


@samples.register
def _(_kind: kinds.Date) -> list[Any]:
    return ["2022-09-29", "sep/29/2022", "Sep/29/2022"]


@samples.register
def _(_kind: kinds.Daytime) -> list[Any]:
    return ["8h-17h,mon,tue", "08:00:00-17:00:00,tue,mon", "0s-1d,sun,sat"]


@samples.register
def _(kind: kinds.Choice) -> list[Any]:
    return list(kind.values)


@samples.register
def _(_kind: kinds.Mac) -> list[Any]:
    return ["00:00:5e:00:53:01", "00-00-5E-00-53-01"]


@samples.register
def _(kind: kinds.Address) -> list[Any]:
    found = {4: ["192.0.2.7"], 6: ["2001:DB8:0::7"]}
    return [*kind.words, *(found[kind.family] if kind.family else found[4] + found[6])]


@samples.register
def _(kind: kinds.Prefix) -> list[Any]:
    found = PREFIXES[kind.family] if kind.family else PREFIXES[4] + PREFIXES[6]
    ranges = ["192.0.2.10-192.0.2.20", "192.0.2.0-192.0.2.255", "192.0.2.7-192.0.2.7"] if kind.ranges else []
    return [*found, *ranges, *(["vpn.example.org"] if kind.names else [])]


@samples.register
def _(_kind: kinds.Host) -> list[Any]:
    return ["192.0.2.7", "2001:DB8:0::7", "vpn.example.org"]


@samples.register
def _(_kind: kinds.Gateway) -> list[Any]:
    return ["192.0.2.1", "192.0.2.1%ether1", "192.0.2.1@main", "ether1", "192.0.2.1, 192.0.2.2"]


@samples.register
def _(kind: kinds.Span) -> list[Any]:
    return [kind.low, f"{kind.low}-{kind.high}", f"{kind.high}-{kind.high}", f"0{kind.low}"]


@samples.register
def _(_kind: kinds.Ports) -> list[Any]:
    return [80, "80,443", "443, 80", "1000-2000,22-22", [80, 443]]


@samples.register
def _(kind: kinds.Protocol) -> list[Any]:
    return [*kind.words, "tcp", "6", 17, "253"]


@samples.register
def _(kind: kinds.Form) -> list[Any]:
    return [kind.example, *(["auto"] if kind.pattern.startswith("auto") else [])]


@samples.register
def _(_kind: kinds.Rates) -> list[Any]:
    return ["0-100k", "0-100000", "1000k-2M"]


@samples.register
def _(_kind: kinds.Limit) -> list[Any]:
    return ["10", "10,5", "10/1m,5:packet", "10/60,5", "100M,0:bit", "5/00:01:00,5:packet"]


@samples.register
def _(_kind: kinds.DstLimit) -> list[Any]:
    return ["10,5", "10,5,src-address", "10/1m,5,dst-address-and-port/1m40s", "10,5,dst-address/100"]


@samples.register
def _(_kind: kinds.PortScan) -> list[Any]:
    return ["21,3s,3,1", "21,3,3,1", "021,00:00:03,3,1"]


@samples.register
def _(_kind: kinds.Icmp) -> list[Any]:
    return ["8", "8:0-255", "3:1", "3:0-15"]


@samples.register
def _(kind: kinds.ListOf) -> list[Any]:
    each = samples(kind.of)
    return [*([value] for value in each), each[:2], each[1::-1], ",".join(str(value) for value in each[:1])]


@samples.register
def _(kind: kinds.Negatable) -> list[Any]:
    each = samples(kind.of)
    return [*each, *(f"!{kinds.plain(value)}" for value in each)]
