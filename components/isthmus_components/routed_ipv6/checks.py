"""What makes routing to clients impossible, each as one sentence with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from isthmus_components.openvpn import checks
from isthmus_components.routed_ipv6.plan import Plan, Uplink

SIZES: Final = range(64, 125)
"""Prefix lengths that openvpn takes in `server-ipv6` (helper.c)."""


def problems(plan: Plan) -> list[str]:
    """Return what is wrong with a plan."""
    found = [
        *checks.remote_problems(plan.remote),
        *checks.client_problems(plan.clients),
        *checks.channel_problems(plan.channel, plan.listen),
        *checks.link_problems(port=plan.port, tun=plan.tun),
        *_uplink(plan),
    ]
    return found or list(checks.network_problems(plan.network, plan.clients)) or [*_size(plan)] or [*_addresses(plan)]


def _uplink(plan: Plan) -> Iterator[str]:
    if plan.uplink not in get_args(Uplink):
        yield f"uplink {plan.uplink!r} is unknown: give {', '.join(get_args(Uplink))}"


def _size(plan: Plan) -> Iterator[str]:
    if plan.prefix.prefixlen not in SIZES:
        yield f"network {plan.network}: openvpn gives addresses of a /64 to a /124: give a part of it, or a larger one"


def _addresses(plan: Plan) -> Iterator[str]:
    pooled = [client.name for client in plan.clients if client.address is None]
    for client in plan.clients:
        if client.router is not None:
            yield f"{client.name} has a router, and the server is it: leave it out"
        if client.host == plan.server:
            yield f"{client.name} has the address {client.host}, which is the server's: give another"
        elif client.host is not None and pooled and client.host >= plan.pool:
            remedy = f"give one below {plan.pool}, or {pooled[0]} one, too"
            yield f"{client.name} has the address {client.host}, which {pooled[0]} may be given: {remedy}"
        elif client.host is None and plan.uplink == "ndp-proxy":
            yield f"{client.name} has no address, and the server must know for whom it answers: give it one"
