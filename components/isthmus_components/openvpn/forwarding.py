"""A server that routes between its clients and its provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from isthmus import linux

Device = str | Mapping[str, Any]


def forwarding(
    name: str, device: Device, port: str, opts: pulumi.ResourceOptions, *, advertised: bool
) -> list[pulumi.Resource]:
    """Declare that the server forwards IPv6.

    advertised: whether routers advertise the server's own way out to its port; a host that forwards listens to them
    only if it is told to (`accept_ra=2`, ip-sysctl), and it is told first.
    """
    made: list[pulumi.Resource] = []
    if advertised:
        setting = f"net/ipv6/conf/{port}/accept_ra"
        made.append(linux.Sysctl(f"{name}-accept-ra", name=setting, value=2, device=device, opts=opts))
    after = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=list(made)))
    forward = "net.ipv6.conf.all.forwarding"
    return [*made, linux.Sysctl(f"{name}-forwarding", name=forward, value=1, device=device, opts=after)]


def neighbour_proxies(
    name: str, device: Device, port: str, hosts: Mapping[str, str], opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Declare that the server answers on its port for clients' addresses, which the provider takes for neighbours."""
    if not hosts:
        return []
    setting = f"net/ipv6/conf/{port}/proxy_ndp"
    switch = linux.Sysctl(f"{name}-proxy-ndp", name=setting, value=1, device=device, opts=opts)
    proxies = [
        linux.NeighbourProxy(f"{name}-{client}-proxy", address=address, dev=port, device=device, opts=opts)
        for client, address in hosts.items()
    ]
    return [switch, *proxies]
