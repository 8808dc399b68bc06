"""What the router says of a row beside what was set on it, computed when it is printed, by path.

``None`` stands for a property that is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros import timeouts
from isthmus_lab.routeros.facts import addresses, interfaces, ipsec, routes, system

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Row

    Facts = Callable[[Device, Row, Mapping[str, str]], dict[str, str | None]]

FACTS: Mapping[str, Facts] = {
    "/interface/bridge": interfaces.bridge,
    "/interface/wireguard": interfaces.wireguard,
    "/ip/address": addresses.address4,
    "/ip/firewall/address-list": timeouts.remaining,
    "/ip/ipsec/peer": ipsec.peer,
    "/ip/ipsec/policy": ipsec.policy,
    "/ip/route": routes.route,
    "/ipv6/address": addresses.address6,
    "/ipv6/firewall/address-list": timeouts.remaining,
    "/ipv6/route": routes.route,
    "/routing/table": routes.table,
    "/system/clock": system.clock,
    "/system/license": system.license_,
    "/system/resource": system.resource,
}
