"""Links that switch, divide or stand for other links: bridges, VLANs, VXLANs, MACVLANs, VRFs, dummies (ip-link(8))."""

from __future__ import annotations

import socket
from typing import Any, ClassVar

from pyroute2 import IPRoute

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links.data import (
    Data,
    Word,
    bit,
    choice,
    either_address,
    flag,
    mapped,
    plain,
    present,
    seconds,
)
from isthmus_agent.kinds.links.link import HEADER, Link
from isthmus_agent.kinds.links.netlink import index_of
from isthmus_agent.kinds.links.vlans import VLANS, Vlans

PROTOCOLS = {"802.1Q": 0x8100, "802.1ad": 0x88A8}
ROUTERS = {"never": 0, "auto": 1, "always": 2}
"""Whether a bridge, or a port, has multicast routers."""
_COUNTS = {
    "mcast_hash_max": "HASH_MAX",
    "mcast_last_member_count": "LAST_MEMBER_CNT",
    "mcast_startup_query_count": "STARTUP_QUERY_CNT",
    "mcast_igmp_version": "IGMP_VERSION",
    "mcast_mld_version": "MLD_VERSION",
}
_TIMES = {
    "mcast_last_member_interval": "LAST_MEMBER_INTVL",
    "mcast_membership_interval": "MEMBERSHIP_INTVL",
    "mcast_querier_interval": "QUERIER_INTVL",
    "mcast_query_interval": "QUERY_INTVL",
    "mcast_query_response_interval": "QUERY_RESPONSE_INTVL",
    "mcast_startup_query_interval": "STARTUP_QUERY_INTVL",
}
_SWITCHES = {
    "mcast_snooping": "MCAST_SNOOPING",
    "mcast_query_use_ifaddr": "MCAST_QUERY_USE_IFADDR",
    "mcast_querier": "MCAST_QUERIER",
    "mcast_stats": "MCAST_STATS_ENABLED",
    "vlan_stats": "VLAN_STATS_ENABLED",
    "vlan_stats_per_port": "VLAN_STATS_PER_PORT",
    "nf_call_iptables": "NF_CALL_IPTABLES",
    "nf_call_ip6tables": "NF_CALL_IP6TABLES",
    "nf_call_arptables": "NF_CALL_ARPTABLES",
}
_BRIDGE = {
    "stp": flag("IFLA_BR_STP_STATE"),
    "priority": plain("IFLA_BR_PRIORITY"),
    "forward_delay": seconds("IFLA_BR_FORWARD_DELAY"),
    "hello_time": seconds("IFLA_BR_HELLO_TIME"),
    "max_age": seconds("IFLA_BR_MAX_AGE"),
    "ageing_time": seconds("IFLA_BR_AGEING_TIME"),
    "group_fwd_mask": plain("IFLA_BR_GROUP_FWD_MASK"),
    "group_address": plain("IFLA_BR_GROUP_ADDR"),
    "vlan_filtering": flag("IFLA_BR_VLAN_FILTERING"),
    "vlan_protocol": choice("IFLA_BR_VLAN_PROTOCOL", PROTOCOLS),
    "vlan_default_pvid": plain("IFLA_BR_VLAN_DEFAULT_PVID"),
    "mcast_router": choice("IFLA_BR_MCAST_ROUTER", ROUTERS),
    **{name: plain(f"IFLA_BR_MCAST_{attribute}") for name, attribute in _COUNTS.items()},
    **{name: seconds(f"IFLA_BR_MCAST_{attribute}") for name, attribute in _TIMES.items()},
    **{name: flag(f"IFLA_BR_{attribute}") for name, attribute in _SWITCHES.items()},
}
_VXLAN_SWITCHES = {
    "learning": "LEARNING",
    "proxy": "PROXY",
    "rsc": "RSC",
    "l2miss": "L2MISS",
    "l3miss": "L3MISS",
    "udpcsum": "UDP_CSUM",
    "udp6zerocsumtx": "UDP_ZERO_CSUM6_TX",
    "udp6zerocsumrx": "UDP_ZERO_CSUM6_RX",
}
LEAST = 68
"""The least MTU of a link that carries IPv4 (RFC 791)."""
CHANGEABLE = {"learning"}
"""Of a VXLAN's switches, those that can be changed."""


class Bridge(Link):
    """A bridge, with the VLANs of its own port; the kernel takes a new default VLAN only while it filters none."""

    remembered: ClassVar[tuple[str, ...]] = ()

    def shown(self, host: Host, message: Any, netns: str, others: Any) -> Props:
        """Return the properties of a bridge."""
        vlans = Vlans(host.route(netns)).of(message["index"])
        return {**super().shown(host, message, netns, others), **vlans}

    def add(self, host: Host, home: str, wanted: Props) -> None:
        """Make the bridge, and let it filter once it has its default VLAN."""
        super().add(host, home, {**wanted, "vlan_filtering": None, "mtu": None})
        if wanted.get("vlan_filtering"):
            self.filter(host, home, wanted["name"], on=True)

    def settle(self, host: Host, wanted: Props) -> None:
        """Give the bridge its VLANs, and an MTU that its ports do not change."""
        route = host.route(wanted.get("netns") or "")
        Vlans(route).set(wanted["name"], wanted, own=True)
        if wanted.get("mtu"):
            _insist(route, wanted["name"], int(wanted["mtu"]))

    def change_data(self, host: Host, netns: str, actual: Props, different: Props) -> None:
        """Change what only bridges have."""
        filtering = "vlan_default_pvid" in different and actual.get("vlan_filtering")
        if filtering:
            self.filter(host, netns, actual["name"], on=False)
            different = {"vlan_filtering": True, **different}
        late = {name: different[name] for name in ("vlan_filtering",) if name in different}
        super().change_data(host, netns, actual, {n: v for n, v in different.items() if n not in {*late, *VLANS}})
        super().change_data(host, netns, actual, late)
        Vlans(host.route(netns)).set(actual["name"], different, own=True)

    def filter(self, host: Host, netns: str, name: str, *, on: bool) -> None:
        """Switch the filter on or off."""
        super().change_data(host, netns, {"name": name}, {"vlan_filtering": on})


def _ports() -> Word:
    def writes(value: Any) -> Data:
        low, _, high = str(value).partition("-")
        return {"IFLA_VXLAN_PORT_RANGE": {"low": int(low), "high": int(high or low)}}

    def reads(data: Data) -> Any:
        found = data.get("IFLA_VXLAN_PORT_RANGE")
        return f"{found['low']}-{found['high']}" if found and found["high"] else ""

    return Word(writes, reads, fixed=True)


def _priorities(attribute: str) -> Word:
    """Return how VLAN priorities map to others, as `from:to`; one that is taken away is mapped to 0."""

    def writes(value: Any) -> Data:
        pairs = [pair.split(":") for pair in value]
        mapping = [("IFLA_VLAN_QOS_MAPPING", {"from": int(one), "to": int(other)}) for one, other in pairs]
        return {attribute: {"attrs": mapping}}

    def reads(data: Data) -> Any:
        found = data.get(attribute)
        pairs = [slot[1] for slot in found["attrs"]] if found else []
        return sorted(f"{pair['from']}:{pair['to']}" for pair in pairs if pair["to"]) or ""

    return Word(writes, reads)


class Vlan(Link):
    """A VLAN; its priorities are changed one by one, and its MAC address is that of the link below."""

    remembered: ClassVar[tuple[str, ...]] = ()

    def change_data(self, host: Host, netns: str, actual: Props, different: Props) -> None:
        """Change what only VLANs have."""
        mended = dict(different)
        for name in ("egress_qos_map", "ingress_qos_map"):
            if name in different:
                wanted = different[name] or []
                kept = {pair.split(":")[0] for pair in wanted}
                gone = [pair.split(":")[0] for pair in actual.get(name) or []]
                mended[name] = [*wanted, *(f"{priority}:0" for priority in gone if priority not in kept)]
        super().change_data(host, netns, actual, mended)


def _vlan_flag(mask: int) -> Word:
    """Return a property that is one bit; the mask says which bits are meant."""
    inner = bit("flags", mask)

    def writes(value: Any) -> Data:
        return {"IFLA_VLAN_FLAGS": _Flags(mask if value else 0, mask)}

    def reads(data: Data) -> Any:
        return inner.reads(data.get("IFLA_VLAN_FLAGS") or {})

    return Word(writes, reads)


class _Flags(dict):  # type: ignore[type-arg] # what pyroute2 packs
    """VLAN flags with the mask of those that are meant."""

    def __init__(self, flags: int, mask: int) -> None:
        super().__init__(flags=flags, mask=mask)

    def __or__(self, other: Any) -> Any:
        return _Flags(self["flags"] | other["flags"], self["mask"] | other["mask"])


class Vxlan(Link):
    """A VXLAN, whose group is a link's business where it is a multicast address."""

    def explained(self, host: Host, netns: str, wanted: Props, error: Any) -> tuple[str, str]:
        """Return the property that an error is about, and what to do."""
        word, reason = super().explained(host, netns, wanted, error)
        return ("vni", reason.replace("endpoints and keys", "id and port")) if reason and not word else (word, reason)


class Macvlan(Link):
    """A MACVLAN; one that passes all through is made so."""

    def refuse_fixed(self, actual: Props, different: Props) -> None:
        """Refuse what the kernel does not change."""
        super().refuse_fixed(actual, different)
        if "passthru" in (different.get("mode"), "mode" in different and actual.get("mode")):
            raise Refused("passthru comes and goes only with the link: remove the link and make it anew", "mode")


SWITCHING = [
    Link("dummy"),
    Bridge("bridge", _BRIDGE, local=True),
    Link("vrf", {"table": plain("IFLA_VRF_TABLE", fixed=True)}, local=True),
    Vlan(
        "vlan",
        {
            "vid": plain("IFLA_VLAN_ID", fixed=True),
            "protocol": choice("IFLA_VLAN_PROTOCOL", PROTOCOLS, fixed=True),
            "reorder_hdr": _vlan_flag(0x1),
            "gvrp": _vlan_flag(0x2),
            "loose_binding": _vlan_flag(0x4),
            "mvrp": _vlan_flag(0x8),
            "bridge_binding": _vlan_flag(0x10),
            "egress_qos_map": _priorities("IFLA_VLAN_EGRESS_QOS"),
            "ingress_qos_map": _priorities("IFLA_VLAN_INGRESS_QOS"),
        },
        under=HEADER,
        under_fixed=True,
    ),
    Macvlan(
        "macvlan",
        {
            "mode": mapped("IFLA_MACVLAN_MODE", str, str, default="vepa"),
            "nopromisc": mapped(
                "IFLA_MACVLAN_FLAGS", lambda on: "nopromisc" if on else "none", lambda name: name == "nopromisc"
            ),
        },
        under=HEADER,
        under_fixed=True,
    ),
    Vxlan(
        "vxlan",
        {
            "vni": plain("IFLA_VXLAN_ID", fixed=True),
            "remote": either_address("IFLA_VXLAN_GROUP", "IFLA_VXLAN_GROUP6"),
            "local": either_address("IFLA_VXLAN_LOCAL", "IFLA_VXLAN_LOCAL6"),
            "ttl": plain("IFLA_VXLAN_TTL"),
            "tos": plain("IFLA_VXLAN_TOS"),
            "df": choice("IFLA_VXLAN_DF", {"unset": 0, "set": 1, "inherit": 2}),
            "flowlabel": mapped("IFLA_VXLAN_LABEL", socket.htonl, socket.ntohl),
            "ageing": plain("IFLA_VXLAN_AGEING"),
            "maxaddress": plain("IFLA_VXLAN_LIMIT", fixed=True),
            "dstport": plain("IFLA_VXLAN_PORT", fixed=True, default=4789),
            "srcport": _ports(),
            **{
                name: flag(f"IFLA_VXLAN_{attribute}", fixed=name not in CHANGEABLE)
                for name, attribute in _VXLAN_SWITCHES.items()
            },
            "external": flag("IFLA_VXLAN_COLLECT_METADATA", fixed=True),
            "gbp": present("IFLA_VXLAN_GBP"),
        },
        under="IFLA_VXLAN_LINK",
    ),
]


def _insist(route: IPRoute, name: str, mtu: int) -> None:
    """Set an MTU so that it stays: the kernel keeps one only if it was another before (br_change_mtu)."""
    for value in (mtu - 1 if mtu > LEAST else mtu + 1, mtu):
        route.link("set", index=index_of(route, name), mtu=value)
