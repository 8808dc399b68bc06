"""Links by kind, as `ip link add type` names them."""

from __future__ import annotations

from isthmus_agent.kinds.links import nlas
from isthmus_agent.kinds.links.link import Link
from isthmus_agent.kinds.links.port import BridgePort
from isthmus_agent.kinds.links.switching import SWITCHING
from isthmus_agent.kinds.links.tunnels import TUNNELS
from isthmus_agent.kinds.links.tuntap import TunTap
from isthmus_agent.kinds.links.veth import Veth
from isthmus_agent.kinds.links.wireguard import WireGuard

__all__ = ["LINKS", "BridgePort", "Link", "nlas"]

_LINKS: list[Link] = [*SWITCHING, *TUNNELS, TunTap("tun", 1), TunTap("tap", 2), Veth(), WireGuard("wireguard")]

LINKS = {f"link/{link.kind}": link for link in _LINKS}
