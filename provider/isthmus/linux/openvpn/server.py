"""OpenVPN servers (openvpn(8), server mode)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypedDict

import pulumi

from isthmus.declare.fields import Property, word
from isthmus.declare.values import number
from isthmus.engine import openvpn
from isthmus.linux.openvpn.base import Bound, Texts
from isthmus.linux.openvpn.values import Clients, Line, Lines, Network


class OpenVpnClientFileArgs(TypedDict, total=False):
    """What one client gets: the words of its file in `client-config-dir`."""

    ifconfig_push: pulumi.Input[str]
    ifconfig_ipv6_push: pulumi.Input[str]
    iroute: pulumi.Input[Sequence[pulumi.Input[str]]]
    iroute_ipv6: pulumi.Input[Sequence[pulumi.Input[str]]]
    push: pulumi.Input[Sequence[pulumi.Input[str]]]
    push_reset: pulumi.Input[bool]
    disable: pulumi.Input[bool]
    extra: pulumi.Input[Sequence[pulumi.Input[str]]]


class OpenVpnServer(
    Bound, kind="openvpn/server", key=("name",), listed=False, cuts=True, together=openvpn.server_problems
):
    """A server for any number of clients.

    Without `server`, `server_ipv6` and `server_bridge` it gives out no addresses, as a bridge with router
    advertisements wants it. A change of `clients` restarts nothing: only the clients that it is about connect anew.
    """

    server: Property[Annotated[str, Network(4)]] = word(
        "Network that clients get addresses of, the server the first: `10.8.0.0/24`, /16 to /29 on tun.", default=""
    )
    server_ipv6: Property[Annotated[str, Network(6)]] = word(
        "IPv6 network that clients get addresses of: `2001:db8:1::/64`, /64 to /124.", default=""
    )
    server_bridge: Property[Annotated[str, Line()]] = word(
        "On tap: `gateway netmask first last`, `dhcp` for a DHCP server behind the bridge, or `nogw`.", default=""
    )
    ifconfig_pool: Property[Annotated[str, Line()]] = word("First and last address given out.", default="")
    ifconfig_ipv6_pool: Property[Annotated[str, Line()]] = word(
        "First IPv6 address given out: `2001:db8::10/64`.", default=""
    )
    push: Property[Annotated[Texts, Lines()]] = word("Directives that clients are told.", default="")
    clients: Property[Annotated[Mapping[str, OpenVpnClientFileArgs | Mapping[str, Any]], Clients()]] = word(
        "What single clients get, by common name; `DEFAULT` is for those without a file.", default=""
    )
    ccd_exclusive: Property[bool] = word("Whether only clients in `clients` are let in.", default="no")
    client_to_client: Property[bool] = word("Whether clients reach each other past the kernel.", default="no")
    duplicate_cn: Property[bool] = word("Whether clients may share a certificate.", default="no")
    max_clients: Property[Annotated[int, number(1)]] = word("How many clients at once; 1024 by default.", default="")
    verify_client_cert: Property[Literal["require", "optional", "none"]] = word(
        "Whether clients need a certificate.", default=""
    )

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if arguments.get("secret") is not None:
            raise pulumi.RunError(
                f"{name}: a server has no static key (secret): use linux.OpenVpnPeer, or cert and key"
            )
        return super()._inputs(name, opts, arguments)
