"""Links by kind, as `ip link add type` names them."""

from __future__ import annotations

from isthmus_agent.kinds.links.data import Word, address, flag
from isthmus_agent.kinds.links.link import Link

_LINKS = [
    Link("dummy"),
    Link("bridge", {"stp": flag("IFLA_BR_STP_STATE"), "vlan_filtering": flag("IFLA_BR_VLAN_FILTERING")}),
    Link(
        "gre",
        {"local": address("IFLA_GRE_LOCAL"), "remote": address("IFLA_GRE_REMOTE"), "ttl": Word("IFLA_GRE_TTL")},
        whole=True,
    ),
]

LINKS = {f"link/{link.kind}": link for link in _LINKS}
