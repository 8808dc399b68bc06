"""`/interface/bridge/port`: interfaces that are joined by a bridge."""

from typing import Annotated, Literal

from isthmus.declare.fields import Fields, Property, Required, required, word
from isthmus.declare.values import number
from isthmus.routeros.base import TypedItem
from isthmus.routeros.interface.bridge import FrameTypes, MulticastRouter

Toggle = Literal["auto", "yes", "no"]
"""On, off, or as the router finds."""

Cost = Annotated[int, number(1, 200_000_000)]
"""A path cost of the spanning tree."""

PortPriority = Annotated[int | str, number(0, 240, digits=2)]
"""A priority of the spanning tree: `0x80`, in steps of 16."""


class _General(Fields):
    bridge: Required[str] = required("Name of the bridge.", cuts=True, refers=True)
    interface: Required[str] = required("Name of the interface, or of an interface list.", cuts=True, refers=True)


class _SpanningTree(Fields):
    auto_isolate: Property[bool] = word("Whether the port waits for messages before it forwards.", default="no")
    bpdu_guard: Property[bool] = word("Whether a message of the spanning tree switches the port off.", default="no")
    edge: Property[Literal["auto", "yes", "no", "yes-discover", "no-discover"]] = word(
        "Whether no other bridge is behind the port.", default="auto"
    )
    internal_path_cost: Property[Cost] = word(
        "Cost of the port within an MSTP region; from 7.13 on its speed tells it.",
        unset="7.13",
        default={"6": "10", "7.13": None},
    )
    path_cost: Property[Cost] = word(
        "Cost of the port on the way to the root; from 7.13 on its speed tells it.",
        unset="7.13",
        default={"6": "10", "7.13": None},
    )
    point_to_point: Property[Toggle] = word("Whether only one bridge is behind the port.", default="auto")
    priority: Property[PortPriority] = word("Priority of the port in the spanning tree.", default="0x80")
    restricted_role: Property[bool] = word("Whether the port is kept from leading to the root.", default="no")
    restricted_tcn: Property[bool] = word("Whether changes of topology behind the port are kept in.", default="no")


class _Vlans(Fields):
    frame_types: Property[FrameTypes] = word("Frames that the port lets in.", default="admit-all", cuts=True)
    ingress_filtering: Property[bool] = word(
        "Whether frames of VLANs that the port is no member of are dropped.",
        default={"6": "no", "7": "yes"},
        cuts=True,
    )
    mvrp_applicant_state: Property[Literal["normal-participant", "non-participant"]] = word(
        "Whether the port announces VLANs.", since="7.15", default="normal-participant"
    )
    mvrp_registrar_state: Property[Literal["normal", "fixed"]] = word(
        "Whether the port learns VLANs.", since="7.15", default="normal"
    )
    pvid: Property[Annotated[int, number(1, 4094)]] = word(
        "VLAN of frames that come in without a tag.", default="1", cuts=True
    )
    tag_stacking: Property[bool] = word("Whether every frame counts as one without a tag.", default="no", cuts=True)


class _Forwarding(Fields):
    broadcast_flood: Property[bool] = word("Whether broadcasts leave by the port.", default="yes", cuts=True)
    fast_leave: Property[bool] = word("Whether a member that leaves is not asked again.", default="no")
    horizon: Property[Annotated[int | str, number(0, 0xFFFFFFFF, "none")]] = word(
        "Ports of the same horizon do not reach one another.", default="none", cuts=True
    )
    hw: Property[bool] = word("Whether the switch chip forwards, where it can.", default="yes")
    learn: Property[Toggle] = word("Whether hosts behind the port are remembered.", default="auto")
    multicast_router: Property[MulticastRouter] = word(
        "Whether a multicast router counts as behind the port.", default="temporary-query"
    )
    trusted: Property[bool] = word("Whether DHCP servers may answer from the port.", default="no")
    trusted_dhcpv6: Property[bool] = word(
        "Whether DHCPv6 servers may answer from the port.", since="7.23", default="no"
    )
    trusted_ra: Property[bool] = word(
        "Whether IPv6 routers may announce themselves from the port.", since="7.22", default="no"
    )
    unknown_multicast_flood: Property[bool] = word("Whether multicast that nobody asked for leaves.", default="yes")
    unknown_unicast_flood: Property[bool] = word("Whether frames for unknown hosts leave.", default="yes", cuts=True)


class _Ending(Fields):
    disabled: Property[bool] = word("Whether the port is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")


class BridgePort(
    _Ending, _Forwarding, _Vlans, _SpanningTree, _General, TypedItem, menu="/interface/bridge/port", key=("interface",)
):
    """An interface that a bridge joins. (MikroTik manual: Bridging and Switching)."""
