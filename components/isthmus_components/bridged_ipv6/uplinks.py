"""How frames from the tap reach the provider: over a bridge with the port, or by the server as router."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pulumi

from isthmus import linux
from isthmus_components.bridged_ipv6.plan import Plan
from isthmus_components.openvpn.client import Ipv6Client
from isthmus_components.openvpn.forwarding import forwarding, neighbour_proxies

SERVER: Final = "fe80::1"
"""The server on the tap, where it is the clients' router: it takes no address of the network."""
_CLIENT_PREFIX: Final = 124
"""The longest prefix that openvpn takes: nothing but the tunnel is on the client's link."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """What stands on the server before OpenVPN opens the tap.

    ready: what it waits for. inner: the link that carries clients' traffic through the server.
    """

    tap: linux.Tap
    bridge: linux.BridgeTakeover | None
    ready: Sequence[pulumi.Resource]


def build(plan: Plan) -> Built:
    """Declare the tap and what joins it to the port."""
    tap = linux.Tap(f"{plan.name}-tap", name=plan.tap, device=plan.device, opts=plan.opts)
    return _bridged(plan, tap) if plan.uplink == "bridge" else _routed(plan, tap)


def as_reached(plan: Plan, client: Ipv6Client) -> Ipv6Client:
    """Return a client as its profile is to have it: behind a server that routes, nobody else is on its link."""
    if plan.uplink == "bridge":
        return client
    return replace(client, address=f"{client.host}/{_CLIENT_PREFIX}", router=SERVER)


def _bridged(plan: Plan, tap: linux.Tap) -> Built:
    bridge = linux.BridgeTakeover(
        f"{plan.name}-bridge", name=plan.bridge, port=plan.port, device=plan.device, opts=plan.opts
    )
    port = linux.BridgePort(
        f"{plan.name}-tap-port", dev=tap.name, bridge=bridge.name, device=plan.device, opts=plan.opts
    )
    return Built(tap=tap, bridge=bridge, ready=[port])


def _routed(plan: Plan, tap: linux.Tap) -> Built:
    switched = forwarding(plan.name, plan.device, plan.port, plan.opts, advertised=plan.advertised)
    own = linux.Address(f"{plan.name}-router", address=f"{SERVER}/64", dev=tap.name, device=plan.device, opts=plan.opts)
    routes = [
        linux.Route(
            f"{plan.name}-{client.name}-route",
            dst=f"{client.host}/128",
            dev=tap.name,
            device=plan.device,
            opts=plan.after(own),
        )
        for client in plan.clients
    ]
    hosts = {client.name: str(client.host) for client in plan.clients} if plan.uplink == "ndp-proxy" else {}
    proxies = neighbour_proxies(plan.name, plan.device, plan.port, hosts, plan.opts)
    return Built(tap=tap, bridge=None, ready=[*switched, own, *routes, *proxies])
