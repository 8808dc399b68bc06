"""IP protocols by number, under the names that RouterOS gives them (IANA's numbers, RouterOS's words)."""

from __future__ import annotations

from isthmus_lab.routeros.values import refusals
from isthmus_lab.routeros.values.words import completed

_NAMES = {
    1: "icmp",
    2: "igmp",
    3: "ggp",
    4: "ipencap",
    5: "st",
    6: "tcp",
    8: "egp",
    12: "pup",
    17: "udp",
    20: "hmp",
    22: "xns-idp",
    27: "rdp",
    29: "iso-tp4",
    33: "dccp",
    36: "xtp",
    37: "ddp",
    38: "idpr-cmtp",
    41: "ipv6-encap",
    43: "ipv6-route",
    44: "ipv6-frag",
    46: "rsvp",
    47: "gre",
    50: "ipsec-esp",
    51: "ipsec-ah",
    58: "icmpv6",
    59: "ipv6-nonxt",
    60: "ipv6-opts",
    73: "rspf",
    81: "vmtp",
    89: "ospf",
    94: "ipip",
    97: "etherip",
    98: "encap",
    103: "pim",
    112: "vrrp",
    115: "l2tp",
    132: "sctp",
    136: "udp-lite",
}
_LAST = 255

NAMES = tuple(_NAMES.values())


def protocol(given: str, argument: str) -> str:
    """Return a protocol's name, or its number where it has none."""
    if not given.isdecimal():
        return completed(given, NAMES, argument)
    if int(given) > _LAST:
        raise refusals.out_of_range("0", str(_LAST))
    return _NAMES.get(int(given), str(int(given)))
