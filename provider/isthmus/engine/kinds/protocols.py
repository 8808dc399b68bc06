"""IP protocols under RouterOS's names (numbers: IANA, Assigned Internet Protocol Numbers)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from isthmus.engine.kinds.kind import Kind, plain

NUMBERS = {
    "icmp": 1,
    "igmp": 2,
    "ggp": 3,
    "ipencap": 4,
    "st": 5,
    "tcp": 6,
    "egp": 8,
    "pup": 12,
    "udp": 17,
    "hmp": 20,
    "xns-idp": 22,
    "rdp": 27,
    "iso-tp4": 29,
    "dccp": 33,
    "xtp": 36,
    "ddp": 37,
    "idpr-cmtp": 38,
    "ipv6-encap": 41,
    "ipv6-route": 43,
    "ipv6-frag": 44,
    "rsvp": 46,
    "gre": 47,
    "ipsec-esp": 50,
    "ipsec-ah": 51,
    "icmpv6": 58,
    "ipv6-nonxt": 59,
    "ipv6-opts": 60,
    "rspf": 73,
    "vmtp": 81,
    "ospf": 89,
    "ipip": 94,
    "etherip": 97,
    "encap": 98,
    "pim": 103,
    "vrrp": 112,
    "l2tp": 115,
    "sctp": 132,
    "udp-lite": 136,
}
_NAMES = {number: name for name, number in NUMBERS.items()}
_LAST = 255


@dataclass(frozen=True, slots=True)
class Protocol(Kind):
    """An IP protocol by its name, or by its number where it has none; words such as `all` may stand in its place."""

    words: tuple[str, ...] = ()

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if text in NUMBERS or text in self.words:
            return text
        if not text.isdecimal() or int(text) > _LAST:
            raise ValueError(f"expected an IP protocol such as tcp, udp or 47, found {text!r}")
        return _NAMES.get(int(text), str(int(text)))
