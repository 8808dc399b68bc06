"""Netlink attributes that pyroute2's tables leave out or spell wrongly (linux/if_tunnel.h, linux/if_link.h)."""

from __future__ import annotations

from typing import Any

from pyroute2.netlink import nla
from pyroute2.netlink.rtnl.ifinfmsg import ifinfmsg
from pyroute2.netlink.rtnl.ifinfmsg.plugins import vti as vti_plugin
from pyroute2.netlink.rtnl.ifinfmsg.plugins import xfrm as xfrm_plugin

_KINDS = ifinfmsg.ifinfo.data_map
_BRIDGE: Any = _KINDS["bridge"]


class Vti(nla):  # type: ignore[misc] # pyroute2's types are not read
    """A VTI over IPv4; pyroute2 does not know its mark."""

    prefix = "IFLA_"
    nla_map = (*vti_plugin.vti.nla_map, ("IFLA_VTI_FWMARK", "uint32"))


class Xfrm(nla):  # type: ignore[misc] # likewise
    """An XFRM interface; pyroute2 does not know that one may be told its id by each packet."""

    prefix = "IFLA_"
    nla_map = (*xfrm_plugin.xfrm.nla_map, ("IFLA_XFRM_COLLECT_METADATA", "flag"))


class Ip6Gre(nla):  # type: ignore[misc] # likewise
    """GRE over IPv6: its flags are big-endian, which pyroute2 has wrong, and there are more of its attributes."""

    prefix = "IFLA_"
    nla_map = (
        *(
            (name, "be16" if name in ("IFLA_IP6GRE_IFLAGS", "IFLA_IP6GRE_OFLAGS") else kind)
            for name, kind in _KINDS["ip6gre"].nla_map
        ),
        ("IFLA_IP6GRE_COLLECT_METADATA", "flag"),
        ("IFLA_IP6GRE_IGNORE_DF", "uint8"),
        ("IFLA_IP6GRE_FWMARK", "uint32"),
    )


class Gre(nla):  # type: ignore[misc] # likewise
    """GRE over IPv4: its flags as plain numbers."""

    prefix = "IFLA_"
    nla_map = tuple(
        (name, "be16" if name in ("IFLA_GRE_IFLAGS", "IFLA_GRE_OFLAGS") else kind)
        for name, kind in _KINDS["gre"].nla_map
    )


class Bridge(_BRIDGE):  # type: ignore[misc] # likewise
    """A bridge with its newer attributes."""

    nla_map = (
        *_BRIDGE.nla_map,
        ("IFLA_BR_VLAN_STATS_PER_PORT", "uint8"),
        ("IFLA_BR_MULTI_BOOLOPT", "boolopt"),
    )

    class boolopt(nla):  # type: ignore[misc] # noqa: N801 - pyroute2 looks for it by this name
        """struct br_boolopt_multi."""

        fields = (("optval", "I"), ("optmask", "I"))


ifinfmsg.ifinfo.register_link_kind(
    module={
        "vti": Vti,
        "xfrm": Xfrm,
        "gre": Gre,
        "gretap": Gre,
        "ip6gre": Ip6Gre,
        "ip6gretap": Ip6Gre,
        "bridge": Bridge,
    }
)
