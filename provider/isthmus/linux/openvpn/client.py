"""OpenVPN clients (openvpn(8), client mode)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import pulumi

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import number
from isthmus.engine import openvpn
from isthmus.linux.openvpn.base import Texts, Tls
from isthmus.linux.openvpn.values import Block, Lines, Remote


class OpenVpnClient(
    Tls, kind="openvpn/client", key=("name",), listed=False, cuts=True, together=openvpn.client_problems
):
    """A client of a server, which tells it addresses and routes."""

    remote: Required[Annotated[Texts, Lines(Remote())]] = required(
        "Servers, tried in this order: `vpn.example.com`, `192.0.2.1 1194` or `2001:db8::1 1194 udp6`."
    )
    remote_random: Property[bool] = word("Whether the servers are tried in any order.", default="no")
    auth_user_pass: Property[Annotated[str, Block()]] = word("Name and password, a line each.", default="", secret=True)
    route_nopull: Property[bool] = word("Whether routes that the server tells are left out.", default="no")
    explicit_exit_notify: Property[Annotated[int, number(1, 10)]] = word(
        "How often the server is told of the end; UDP only.", default=""
    )

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if arguments.get("secret") is not None:
            raise pulumi.RunError(
                f"{name}: a client has no static key (secret): use linux.OpenVpnPeer, or cert and key"
            )
        return super()._inputs(name, opts, arguments)
