"""OpenVPN (openvpn(8), version 2.6): servers, clients, and peers that are neither."""

from isthmus.linux.openvpn.client import OpenVpnClient
from isthmus.linux.openvpn.peer import OpenVpnPeer
from isthmus.linux.openvpn.server import OpenVpnServer

__all__ = ["OpenVpnClient", "OpenVpnPeer", "OpenVpnServer"]
