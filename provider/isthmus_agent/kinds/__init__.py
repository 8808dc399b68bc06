"""The kinds of objects that the agent knows, by name. Adding one is adding a module and its line here."""

from __future__ import annotations

from isthmus_agent.errors import Refused
from isthmus_agent.kinds.address import Address
from isthmus_agent.kinds.file import File
from isthmus_agent.kinds.folder import Folder
from isthmus_agent.kinds.kind import Kind, Props
from isthmus_agent.kinds.links import LINKS, BridgePort
from isthmus_agent.kinds.neighbour_proxy import NeighbourProxy
from isthmus_agent.kinds.netns import Netns
from isthmus_agent.kinds.nft import NftTable
from isthmus_agent.kinds.openvpn import Client, Peer, Server
from isthmus_agent.kinds.package import Packages
from isthmus_agent.kinds.route import Route
from isthmus_agent.kinds.rule import Rule
from isthmus_agent.kinds.service import Service
from isthmus_agent.kinds.sysctl import Sysctl
from isthmus_agent.kinds.takeover import Takeover

KINDS: dict[str, Kind] = {
    **LINKS,
    "bridge-port": BridgePort(),
    "netns": Netns(),
    "address": Address(),
    "route": Route(),
    "rule": Rule(),
    "neighbour-proxy": NeighbourProxy(),
    "file": File(),
    "folder": Folder(),
    "nft/table": NftTable(),
    "sysctl": Sysctl(),
    "openvpn/server": Server(),
    "openvpn/client": Client(),
    "openvpn/peer": Peer(),
    "packages": Packages(),
    "service": Service(),
    "takeover": Takeover(),
}

__all__ = ["KINDS", "Kind", "Props", "kind_named"]


def kind_named(name: str) -> Kind:
    """Return a kind by name."""
    if name not in KINDS:
        raise Refused(f"this agent knows no {name!r}: the provider that sent it is of another version")
    return KINDS[name]
