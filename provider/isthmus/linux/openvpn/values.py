"""How the values of OpenVPN's directives are written (openvpn(8))."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from isthmus.engine.kinds import Kind, plain

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
_CLIENT = re.compile(r"[A-Za-z0-9_@.=-]{1,64}")
"""What openvpn leaves of a common name when it looks for the client's file (string_mod in misc.c)."""
_FINGERPRINT = re.compile(r"([0-9A-F]{2}:){31}[0-9A-F]{2}")
_PORTS = 0xFFFF
_ROUTE_PARTS = 3
_LISTS = ("iroute", "iroute_ipv6", "push", "extra")


@dataclass(frozen=True, slots=True)
class Name(Kind):
    """The name of a configuration: of its file, and of systemd's unit."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if not _NAME.fullmatch(text):
            raise ValueError(f"expected at most 64 letters, digits and _ . -, found {text!r}: give another name=")
        return text


@dataclass(frozen=True, slots=True)
class Line(Kind):
    """The arguments of one directive."""

    @override
    def canonical(self, value: Any) -> str:
        parts = value if isinstance(value, list | tuple) else [value]
        text = " ".join(" ".join(plain(part) for part in parts).split())
        if any(ord(sign) < ord(" ") for sign in text):
            raise ValueError(f"expected one line, found {text!r}")
        return text


@dataclass(frozen=True, slots=True)
class Pair(Line):
    """Two numbers: how often a ping is sent, and after how long without one the other is taken for dead."""

    @override
    def canonical(self, value: Any) -> str:
        text = Line.canonical(self, value)
        parts = text.split()
        if len(parts) != 2 or not all(part.isdecimal() for part in parts):  # noqa: PLR2004 - a pair
            raise ValueError(f"expected two numbers of seconds such as '10 60', found {text!r}")
        if int(parts[1]) < 2 * int(parts[0]) or int(parts[0]) < 1:
            raise ValueError(f"expected the second number to be at least twice the first, found {text!r}")
        return f"{int(parts[0])} {int(parts[1])}"


@dataclass(frozen=True, slots=True)
class Lines(Kind):
    """Several texts, each a line, in this order; their commas are their own."""

    of: Kind = Line()

    @override
    def canonical(self, value: Any) -> str:
        parts = value if isinstance(value, list | tuple) else plain(value).split("\n")
        return "\n".join(self.of.canonical(part) for part in parts if part not in ("", None))

    @override
    def python(self, wire: str) -> Any:
        return wire.split("\n") if wire else []

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Directives(Kind):
    """Lines of a configuration file as they are, without comments; an inline file is `<dh>`, its lines, `</dh>`."""

    @override
    def canonical(self, value: Any) -> str:
        parts = value if isinstance(value, list | tuple) else [plain(value)]
        lines = [line.strip() for part in parts for line in plain(part).split("\n")]
        return "\n".join(line for line in lines if line and line[0] not in "#;")

    @override
    def python(self, wire: str) -> Any:
        return wire.split("\n") if wire else []

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Colons(Kind):
    """Names in order, as openvpn writes them with colons: ciphers."""

    @override
    def canonical(self, value: Any) -> str:
        parts = value if isinstance(value, list | tuple) else re.split(r"[:,]", plain(value))
        return ":".join(plain(part).strip() for part in parts if plain(part).strip())

    @override
    def python(self, wire: str) -> Any:
        return wire.split(":") if wire else []

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Remote(Kind):
    """Where the other end is: `host`, `host port` or `host port proto`."""

    @override
    def canonical(self, value: Any) -> str:
        text = Line().canonical(value)
        host, *more = text.split()
        if not host or len(more) > 2 or (more and not _port(more[0])):  # noqa: PLR2004 - port and protocol
            raise ValueError(f"expected `host`, `host port` or `host port proto`, found {text!r}")
        return text


@dataclass(frozen=True, slots=True)
class Network(Kind):
    """A network of one family with its prefix length; the netmask of an IPv4 one may stand behind it instead."""

    family: int

    @override
    def canonical(self, value: Any) -> str:
        return _network(Line().canonical(value), self.family)


@dataclass(frozen=True, slots=True)
class RouteLine(Kind):
    """A network of one family, perhaps with a gateway and a metric: `192.0.2.0/24 vpn_gateway 10`."""

    family: int

    @override
    def canonical(self, value: Any) -> str:
        parts = Line().canonical(value).split()
        mask = parts[1:2] if self.family == 4 and "/" not in parts[0] and _mask(parts[1:2]) else []  # noqa: PLR2004
        rest = parts[1 + len(mask) :]
        if len(rest) >= _ROUTE_PARTS:
            raise ValueError(f"expected a network, a gateway and a metric at most, found {' '.join(parts)!r}")
        return " ".join([_network(" ".join([parts[0], *mask]), self.family), *rest])


@dataclass(frozen=True, slots=True)
class Fingerprint(Kind):
    """The SHA-256 fingerprint of a certificate."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip().upper()
        if not _FINGERPRINT.fullmatch(text):
            raise ValueError(f"expected a SHA-256 fingerprint, 32 bytes such as 00:AB:..., found {text!r}")
        return text


@dataclass(frozen=True, slots=True)
class Block(Kind):
    """The text of an inline file: PEM, or a key of OpenVPN's own."""

    begin: str = ""

    @override
    def canonical(self, value: Any) -> str:
        text = "\n".join(line.strip() for line in plain(value).strip().splitlines()).strip()
        if text and self.begin and self.begin not in text:
            raise ValueError(f"expected text with {self.begin!r} in it")
        return f"{text}\n" if text else ""


@dataclass(frozen=True, slots=True)
class Clients(Kind):
    """What single clients get, by the common names of their certificates."""

    @override
    def canonical(self, value: Any) -> str:
        given = json.loads(value) if isinstance(value, str) else value
        if not isinstance(given, Mapping):
            raise ValueError("expected clients by their common names")  # noqa: TRY004 - what a check reports
        spelled = {_client_name(name): _client(name, words or {}) for name, words in given.items()}
        return json.dumps(spelled, sort_keys=True, separators=(",", ":")) if spelled else ""

    @override
    def python(self, wire: str) -> Any:
        return json.loads(wire) if wire else {}

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "object"}


_CLIENT_WORDS: Mapping[str, Kind] = {
    "ifconfig_push": Line(),
    "ifconfig_ipv6_push": Line(),
    "iroute": Lines(RouteLine(4)),
    "iroute_ipv6": Lines(RouteLine(6)),
    "push": Lines(),
    "extra": Directives(),
}


def _client_name(name: str) -> str:
    if not _CLIENT.fullmatch(name) or name in {".", ".."}:
        raise ValueError(f"expected a common name of letters, digits and _ @ . = -, found {name!r}")
    return name


def _client(name: str, words: Any) -> dict[str, Any]:
    if not isinstance(words, Mapping):
        raise ValueError(f"{name}: expected its words, found {type(words).__name__}")  # noqa: TRY004 - see above
    unknown = sorted(words.keys() - {*_CLIENT_WORDS, "disable", "push_reset"})
    if unknown:
        known = ", ".join([*_CLIENT_WORDS, "push_reset", "disable"])
        raise ValueError(f"{name}: a client has no {unknown[0]!r}: {known}")
    spelled = {
        word: _spelled(f"{name}: {word}", kind, words[word]) for word, kind in _CLIENT_WORDS.items() if words.get(word)
    }
    flags = {word: True for word in ("disable", "push_reset") if plain(words.get(word) or False) in {"yes", "true"}}
    return {word: value for word, value in {**spelled, **flags}.items() if value}


def _spelled(place: str, kind: Kind, value: Any) -> Any:
    try:
        return kind.python(kind.canonical(value))
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def _network(text: str, family: int) -> str:
    build: Callable[[str], Any] = ipaddress.IPv4Network if family == 4 else ipaddress.IPv6Network  # noqa: PLR2004
    try:
        return str(build(text.replace(" ", "/")))
    except ValueError as error:
        sample = "192.0.2.0/24" if family == 4 else "2001:db8::/64"  # noqa: PLR2004
        raise ValueError(f"expected an IPv{family} network such as {sample}, found {text!r} ({error})") from None


def _mask(parts: Sequence[str]) -> bool:
    return bool(parts) and re.fullmatch(r"(255|254|252|248|240|224|192|128|0)(\.\d+){3}", parts[0]) is not None


def _port(text: str) -> bool:
    return text.isdecimal() and 0 < int(text) <= _PORTS
