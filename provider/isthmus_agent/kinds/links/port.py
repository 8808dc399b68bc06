"""Ports of bridges (bridge(8), linux/if_link.h)."""

from __future__ import annotations

import errno
from typing import Any, ClassVar

from pyroute2 import IPRoute
from pyroute2.netlink import NLA_F_NESTED, NLM_F_ACK, NLM_F_REQUEST
from pyroute2.netlink.exceptions import NetlinkError
from pyroute2.netlink.rtnl import RTM_SETLINK
from pyroute2.netlink.rtnl.ifinfmsg import ifinfmsg

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Kind, Props
from isthmus_agent.kinds.links import session
from isthmus_agent.kinds.links.data import Word, attributes, choice, flag, plain, told
from isthmus_agent.kinds.links.netlink import Others, data_of, index_of, kind_of, message_of
from isthmus_agent.kinds.links.vlans import VLANS, Vlans

ROUTERS = {"never": 0, "auto": 1, "always": 2, "temporary": 3}
AF_BRIDGE = 7
STATES = {"disabled": 0, "listening": 1, "learning": 2, "forwarding": 3, "blocking": 4}
_SWITCHES = {
    "hairpin": "MODE",
    "guard": "GUARD",
    "root_block": "PROTECT",
    "fastleave": "FAST_LEAVE",
    "learning": "LEARNING",
    "flood": "UNICAST_FLOOD",
    "mcast_flood": "MCAST_FLOOD",
    "bcast_flood": "BCAST_FLOOD",
    "mcast_to_unicast": "MCAST_TO_UCAST",
    "proxy_arp": "PROXYARP",
    "proxy_arp_wifi": "PROXYARP_WIFI",
    "neigh_suppress": "NEIGH_SUPPRESS",
    "vlan_tunnel": "VLAN_TUNNEL",
    "isolated": "ISOLATED",
    "locked": "LOCKED",
}
WORDS: dict[str, Word] = {
    "state": choice("IFLA_BRPORT_STATE", STATES),
    "cost": plain("IFLA_BRPORT_COST"),
    "priority": plain("IFLA_BRPORT_PRIORITY"),
    "group_fwd_mask": plain("IFLA_BRPORT_GROUP_FWD_MASK"),
    "mcast_router": choice("IFLA_BRPORT_MULTICAST_ROUTER", ROUTERS),
    **{name: flag(f"IFLA_BRPORT_{attribute}") for name, attribute in _SWITCHES.items()},
}


class BridgePort(Kind):
    """A link under a bridge, and what the bridge does with what comes from there."""

    keys: ClassVar[tuple[str, ...]] = ("dev",)

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return the ports of all bridges."""
        route, others = host.route(netns), Others(host, netns)
        ports = [message for message in route.get_links() if _is_port(message)]
        vlans = Vlans(route).all() if ports else {}
        return [_shown(message, netns, others, vlans.get(message["index"], {})) for message in ports]

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the port that a link is, None if it is under no bridge."""
        netns = wanted.get("netns") or ""
        route = host.route(netns)
        message = message_of(route, wanted["dev"])
        if message is None or not _is_port(message):
            return None
        return _shown(message, netns, Others(host, netns), Vlans(route).of(message["index"]))

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - the link's alias is not ours
        """Put the link under the bridge; Refused if the session that asks for it comes in by that link."""
        netns = wanted.get("netns") or ""
        _refuse_taken(host, netns, wanted)
        index_of(host.route(netns), wanted["bridge"])
        session.refuse_cutting(host, netns, wanted["dev"])
        _enslave(host, netns, wanted["dev"], wanted["bridge"])
        self.change(
            host, {**wanted, **_EMPTY}, {n: v for n, v in wanted.items() if n not in ("bridge", *self.keys)}, ""
        )

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:  # noqa: ARG002 - as in make
        """Change the port in place."""
        netns, name = actual.get("netns") or "", actual["dev"]
        if told(different.get("bridge")):
            session.refuse_cutting(host, netns, name)
            _enslave(host, netns, name, different["bridge"])
        route = host.route(netns)
        data = attributes(WORDS, {word: value for word, value in different.items() if word != "state"}, new=False)
        if data:
            route.link("set", index=index_of(route, name), kind="bridge_slave", **data)
        Vlans(route).set(name, different, own=False)
        if told(different.get("state")):
            # Said as a property of a link, it would be the link's change that opens the port again.
            _set_state(route, index_of(route, name), STATES[different["state"]])

    def cuts(self, host: Host, props: Props) -> bool:
        """Tell whether the session comes in by the port or its bridge."""
        return session.over(host, props.get("netns") or "", props["dev"], str(props.get("bridge") or ""))

    def remove(self, host: Host, actual: Props) -> None:
        """Take the link out of the bridge."""
        route = host.route(actual.get("netns") or "")
        route.link("set", index=index_of(route, actual["dev"]), master=0)


_EMPTY: Props = dict.fromkeys((*WORDS, *VLANS), "")


def _set_state(route: IPRoute, index: int, state: int) -> None:
    message = ifinfmsg()
    message["family"], message["index"] = AF_BRIDGE, index
    message["attrs"] = [("IFLA_PROTINFO", {"attrs": [("IFLA_BRPORT_STATE", state)]}, NLA_F_NESTED)]
    message["header"] = {"type": RTM_SETLINK, "flags": NLM_F_REQUEST | NLM_F_ACK}
    try:
        route.nlm_request_batch([message])
    except NetlinkError as error:
        if error.code != errno.ENETDOWN:
            raise
        raise Refused("the link is down, or has no carrier: leave its state to the bridge", "state") from None


def _is_port(message: Any) -> bool:
    info = message.get("linkinfo")
    return bool(info and info.get("slave_kind") == "bridge")


def _shown(message: Any, netns: str, others: Others, vlans: Props) -> Props:
    data = data_of(message, "IFLA_INFO_SLAVE_DATA")
    return {
        "dev": message.get("ifname"),
        "bridge": others.link(message.get("master"), netns),
        "netns": netns,
        **{name: word.reads(data) for name, word in WORDS.items()},
        **{name: vlans.get(name, "") for name in VLANS},
    }


def _refuse_taken(host: Host, netns: str, wanted: Props) -> None:
    route = host.route(netns)
    message = message_of(route, wanted["dev"])
    if message is None:
        raise Refused(f"there is no link {wanted['dev']!r}; declare it and refer to it by its resource", "dev")
    if message.get("master"):
        other = Others(host, netns).link(message.get("master"), netns)
        raise Refused(f"belongs to {other} already: take it out there first", "dev")


def _enslave(host: Host, netns: str, name: str, bridge: str) -> None:
    route = host.route(netns)
    message = message_of(route, bridge)
    if message is None:
        raise Refused(f"there is no bridge {bridge!r}; declare it and refer to it by its resource", "bridge")
    if kind_of(message) != "bridge":
        raise Refused(f"{bridge!r} is no bridge but a link of kind {kind_of(message) or 'hardware'}", "bridge")
    route.link("set", index=index_of(route, name), master=message["index"])
