"""OpenVPN servers, clients and peers (openvpn(8), version 2.6)."""

from __future__ import annotations

from isthmus_agent.kinds.openvpn.kinds import Client, Peer, Server

__all__ = ["Client", "Peer", "Server"]
