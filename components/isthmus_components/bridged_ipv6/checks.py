"""What makes a bridge to clients impossible, each as one sentence with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from isthmus_components.bridged_ipv6.plan import Plan, Uplink
from isthmus_components.openvpn import checks
from isthmus_components.openvpn.keys import Mode


def problems(plan: Plan) -> list[str]:
    """Return what is wrong with a plan."""
    found = [
        *checks.remote_problems(plan.remote),
        *checks.client_problems(plan.clients),
        *checks.channel_problems(plan.channel, plan.listen),
        *_links(plan),
        *_words(plan),
    ]
    return found or [*_one_client(plan), *_network(plan)]


def _links(plan: Plan) -> Iterator[str]:
    if plan.uplink == "bridge":
        yield from checks.link_problems(port=plan.port, bridge=plan.bridge, tap=plan.tap)
    else:
        yield from checks.link_problems(port=plan.port, tap=plan.tap)


def _words(plan: Plan) -> Iterator[str]:
    for argument, value, known in (("mode", plan.mode, Mode), ("uplink", plan.uplink, Uplink)):
        if value not in get_args(known):
            yield f"{argument} {value!r} is unknown: give {', '.join(get_args(known))}"


def _one_client(plan: Plan) -> Iterator[str]:
    if plan.mode != "server" and len(plan.clients) > 1:
        yield f"{plan.mode} joins two ends and there are {len(plan.clients)} clients: set mode='server', or keep one"


def _network(plan: Plan) -> Iterator[str]:
    if plan.network is not None:
        yield from checks.network_problems(plan.network, plan.clients)
    if plan.uplink == "bridge":
        return
    if plan.network is None:
        yield f"uplink='{plan.uplink}' needs the network that clients have addresses of: network='2001:db8:1::/64'"
    behind = f"behind uplink='{plan.uplink}'"
    for client in plan.clients:
        if client.address is None:
            yield f"{client.name} has no address, and {behind} no router advertises one: give it one"
        if client.router is not None:
            yield f"{client.name} has a router, and {behind} the server is it: leave it out"
