"""Tunnels: IP in IP, GRE, VTI and XFRM interfaces (ip-link(8), linux/if_tunnel.h)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyroute2 import IPRoute

from isthmus_agent.errors import Refused
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links import modules
from isthmus_agent.kinds.links.data import (
    Word,
    address,
    bit,
    choice,
    flag,
    key,
    limit,
    part,
    plain,
    prefix,
    present,
)
from isthmus_agent.kinds.links.link import REPLACE, Link

CHECKSUM, KEYED, SEQUENCE = 0x8000, 0x2000, 0x1000
"""GRE_CSUM, GRE_KEY, GRE_SEQ."""
IPIP, IPV6, MPLS = 4, 41, 137
"""Numbers of the protocols inside; 0 is any."""
ENCAP = {"none": 0, "fou": 1, "gue": 2}
HIDING = {"fou", "gue"}
NO_LIMIT, CLASS, LABEL, DSCP, MARK = 0x1, 0x2, 0x4, 0x10, 0x20
"""IP6_TNL_F_..., the last two: copy the DSCP to the inner packet, take the mark of it."""
HOPS, NESTED = 64, 4
"""What `ip` gives tunnels over IPv6: hop limit, and tunnels in tunnels."""


def _over4(name: str) -> dict[str, Word]:
    """Return what tunnels over IPv4 have in common."""
    return {
        "local": address(f"IFLA_{name}_LOCAL"),
        "remote": address(f"IFLA_{name}_REMOTE"),
        "ttl": plain(f"IFLA_{name}_TTL"),
        "tos": plain(f"IFLA_{name}_TOS"),
        "pmtudisc": flag(f"IFLA_{name}_PMTUDISC", default=True),
        "fwmark": plain(f"IFLA_{name}_FWMARK"),
    }


def _over6(name: str) -> dict[str, Word]:
    """Return what tunnels over IPv6 have in common."""
    flow, flags = f"IFLA_{name}_FLOWINFO", f"IFLA_{name}_FLAGS"
    return {
        "local": address(f"IFLA_{name}_LOCAL"),
        "remote": address(f"IFLA_{name}_REMOTE"),
        "hoplimit": plain(f"IFLA_{name}_TTL", default=HOPS),
        "tclass": part(flow, 20, 0xFF, flags=flags, inherit=CLASS),
        "flowlabel": part(flow, 0, 0xFFFFF, flags=flags, inherit=LABEL),
        "encaplimit": limit(f"IFLA_{name}_ENCAP_LIMIT", flags, NO_LIMIT, default=NESTED),
        "fwmark": plain(f"IFLA_{name}_FWMARK"),
    }


def _encap(name: str) -> dict[str, Word]:
    """Return what tunnels inside UDP have."""
    return {
        "encap": choice(f"IFLA_{name}_ENCAP_TYPE", ENCAP),
        "encap_sport": plain(f"IFLA_{name}_ENCAP_SPORT"),
        "encap_dport": plain(f"IFLA_{name}_ENCAP_DPORT"),
        "encap_csum": bit(f"IFLA_{name}_ENCAP_FLAGS", 0x1),
        "encap_csum6": bit(f"IFLA_{name}_ENCAP_FLAGS", 0x2),
        "encap_remcsum": bit(f"IFLA_{name}_ENCAP_FLAGS", 0x4),
    }


def _mode(name: str, modes: Mapping[str, int], default: str, *, fixed: bool = False) -> dict[str, Word]:
    return {"mode": choice(f"IFLA_{name}_PROTO", modes, default=default, fixed=fixed)}


def _external(name: str) -> dict[str, Word]:
    return {"external": present(f"IFLA_{name}_COLLECT_METADATA")}


def _gre(name: str) -> dict[str, Word]:
    """Return the flags and keys of GRE."""
    received, sent = f"IFLA_{name}_IFLAGS", f"IFLA_{name}_OFLAGS"
    return {
        "ikey": key(f"IFLA_{name}_IKEY", received, KEYED),
        "okey": key(f"IFLA_{name}_OKEY", sent, KEYED),
        "iseq": bit(received, SEQUENCE),
        "oseq": bit(sent, SEQUENCE),
        "icsum": bit(received, CHECKSUM),
        "ocsum": bit(sent, CHECKSUM),
        **_encap(name),
        **_external(name),
    }


def _vti(name: str) -> dict[str, Word]:
    return {
        "local": address(f"IFLA_{name}_LOCAL"),
        "remote": address(f"IFLA_{name}_REMOTE"),
        "ikey": plain(f"IFLA_{name}_IKEY"),
        "okey": plain(f"IFLA_{name}_OKEY"),
        "fwmark": plain(f"IFLA_{name}_FWMARK"),
    }


POINT_TO_POINT = {"ipip", "sit", "gre", "vti"}
"""Kinds of which the kernel decides as they are made whether they have one other end."""


class Tunnel(Link):
    """A tunnel; it hides in UDP only with a module of its own, which the kernel does not load by itself."""

    def data(self, route: IPRoute, values: Props, *, new: bool) -> dict[str, Any]:
        """Return what a message says of this kind of tunnel."""
        if values.get("encap") in HIDING:
            modules.load("fou6" if self.kind.startswith("ip6") else "fou")
        return super().data(route, values, new=new)

    def refuse_fixed(self, actual: Props, different: Props) -> None:
        """Refuse what the kernel does not change."""
        super().refuse_fixed(actual, different)
        if self.kind in POINT_TO_POINT and "remote" in different and not (actual["remote"] and different["remote"]):
            raise Refused(f"one other end comes and goes only with the link: {REPLACE}", "remote")


def _tunnel(kind: str, words: dict[str, Word], name: str) -> Link:
    return Tunnel(kind, words, whole=True, under=f"IFLA_{name}_LINK")


IGNORED = {"ignore_df": flag("IFLA_GRE_IGNORE_DF")}
RAPID = {
    "sixrd_prefix": prefix("IFLA_SIT_6RD_PREFIX", "IFLA_SIT_6RD_PREFIXLEN"),
    "sixrd_relay_prefix": prefix("IFLA_SIT_6RD_RELAY_PREFIX", "IFLA_SIT_6RD_RELAY_PREFIXLEN"),
}
IN4 = {"ipip": IPIP, "mplsip": MPLS, "any": 0}
IN4_OR_6 = {"ip6ip": IPV6, **IN4}
IN6 = {"ip6ip6": IPV6, "ipip6": IPIP, "any": 0}
COPIES = {"dscp_inherit": bit("IFLA_IP6TNL_FLAGS", DSCP), "fwmark_inherit": bit("IFLA_IP6TNL_FLAGS", MARK)}

TUNNELS = [
    _tunnel(
        "ipip",
        {**_over4("IPIP"), **_mode("IPIP", IN4, "ipip", fixed=True), **_encap("IPIP"), **_external("IPIP")},
        "IPIP",
    ),
    _tunnel(
        "sit",
        {
            **_over4("SIT"),
            **_mode("SIT", IN4_OR_6, "ip6ip", fixed=True),
            **_encap("SIT"),
            "isatap": bit("IFLA_SIT_FLAGS", 0x1),
            **RAPID,
        },
        "SIT",
    ),
    _tunnel("gre", {**_over4("GRE"), **_gre("GRE"), **IGNORED}, "GRE"),
    _tunnel("gretap", {**_over4("GRE"), **_gre("GRE"), **IGNORED}, "GRE"),
    _tunnel("ip6gre", {**_over6("IP6GRE"), **_gre("IP6GRE")}, "IP6GRE"),
    _tunnel("ip6gretap", {**_over6("IP6GRE"), **_gre("IP6GRE")}, "IP6GRE"),
    _tunnel(
        "ip6tnl",
        {**_over6("IP6TNL"), **COPIES, **_mode("IP6TNL", IN6, "ip6ip6"), **_encap("IP6TNL"), **_external("IP6TNL")},
        "IP6TNL",
    ),
    _tunnel("vti", _vti("VTI"), "VTI"),
    _tunnel("vti6", _vti("VTI"), "VTI"),
    Link("xfrm", {"if_id": plain("IFLA_XFRM_IF_ID")}, whole=True, under="IFLA_XFRM_LINK", under_fixed=True),
]
