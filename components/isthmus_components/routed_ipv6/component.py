"""IPv6 for clients that have none, through a server that routes a network of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from isthmus import linux
from isthmus_components.openvpn import keys, opening
from isthmus_components.openvpn.client import Ipv6Client
from isthmus_components.openvpn.forwarding import forwarding, neighbour_proxies
from isthmus_components.openvpn.handed import Profiles, WindowsFiles, profiles, windows_files
from isthmus_components.openvpn.keys import Keys
from isthmus_components.openvpn.overhead import Channel, Proto
from isthmus_components.openvpn.profile import EVERYWHERE, Profile
from isthmus_components.routed_ipv6 import checks
from isthmus_components.routed_ipv6.plan import Plan, Uplink


class RoutedIpv6(pulumi.ComponentResource):
    """Gives clients addresses of a network behind the server, by OpenVPN in tun mode: phones can do it, too.

    device: the server. port: its link to the provider. remote: the server's IPv4 address, or a name that has one.
    network: what clients have addresses of, a /64 to a /124; the server has the first. clients: who gets a profile;
    without an address they get one of the network, `::1000` and on.
    uplink: `router` where the provider routes the network to the server, `ndp-proxy` where it looks for each address
    on the link: then network is a part of the link's own /64, such as a /112, and clients have addresses.
    tun: name of the link that is made. proto, listen: protocol and port of the tunnel. link_mtu: the largest packet in
    bytes on its way. advertised: whether routers advertise the server its own way out.
    install: whether the package openvpn is seen to (Debian and its descendants).

    What cannot work is refused by a preview, with `pulumi.RunError`. The tunnel's port is opened in a table of its own;
    what another table of the server drops stays dropped.
    """

    mtu: int
    """The largest packet, in bytes, that passes the tunnel; it is the MTU of both ends."""
    mss: int
    """The largest segment, in bytes, of a TCP connection over IPv6 through the tunnel."""
    openvpn: linux.OpenVpnServer
    profiles: Profiles
    """Each client's `.ovpn`, by name: secret."""
    windows: WindowsFiles
    """Each client's files for `C:\\Program Files\\OpenVPN\\config`, by name: secret."""

    def __init__(
        self,
        name: str,
        *,
        device: str | Mapping[str, Any],
        remote: str,
        network: str,
        port: str = "eth0",
        clients: Sequence[Ipv6Client] = (Ipv6Client(name="client"),),
        uplink: Uplink = "router",
        tun: str = "tun0",
        proto: Proto = "udp",
        listen: int = 1194,
        link_mtu: int = 1500,
        advertised: bool = True,
        install: bool = True,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        plan = Plan(
            name=name,
            device=device,
            port=port,
            remote=remote,
            network=network,
            clients=clients,
            uplink=uplink,
            tun=tun,
            listen=listen,
            channel=Channel(proto=proto, frames=False, link=link_mtu),
            advertised=advertised,
            install=install,
        )
        found = checks.problems(plan)
        if found:
            raise pulumi.RunError("\n".join(f"{name}: {problem}" for problem in found))
        super().__init__("isthmus:components:RoutedIpv6", name, None, opts)
        self.mtu, self.mss = plan.channel.mtu, plan.channel.mss
        made = keys.authority(self, name, [client.name for client in clients])
        self.openvpn = _openvpn(self, plan, made)
        ends = [_profile(plan, client) for client in clients]
        self.profiles = profiles(ends, made)
        self.windows = windows_files(ends, made, self.mtu)
        outputs = {"mtu": self.mtu, "mss": self.mss, "profiles": self.profiles, "windows": self.windows}
        self.register_outputs({**outputs, "network": str(plan.prefix), "server": str(plan.server)})


def _openvpn(parent: pulumi.Resource, plan: Plan, made: Keys) -> linux.OpenVpnServer:
    opts = pulumi.ResourceOptions(parent=parent)
    device = plan.device
    hosts = {client.name: str(client.host) for client in plan.clients if client.host}
    ready: list[pulumi.Resource] = [
        *forwarding(plan.name, device, plan.port, opts, advertised=plan.advertised),
        *neighbour_proxies(plan.name, device, plan.port, hosts if plan.uplink == "ndp-proxy" else {}, opts),
        linux.NftTable(
            f"{plan.name}-firewall",
            name=f"isthmus-{plan.tun}",
            content=opening.table(plan.channel.proto, plan.listen, plan.tun, bridged=False),
            device=device,
            opts=opts,
        ),
    ]
    if plan.install:
        ready.append(linux.Packages(f"{plan.name}-packages", names=["openvpn"], device=device, opts=opts))
    return linux.OpenVpnServer(
        f"{plan.name}-openvpn",
        name=plan.name,
        device=device,
        dev=plan.tun,
        dev_type="tun",
        proto="tcp4" if plan.channel.proto == "tcp" else "udp4",
        port=plan.listen,
        keepalive="10 60",
        tun_mtu=plan.channel.mtu,
        persist_tun=True,
        server_ipv6=str(plan.prefix),
        push=[f"route-ipv6 {EVERYWHERE}"],
        clients={name: {"ifconfig_ipv6_push": _pushed(plan, address)} for name, address in hosts.items()},
        **made.server,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=ready),
    )


def _pushed(plan: Plan, address: str) -> str:
    return f"{address}/{plan.prefix.prefixlen} {plan.server}"


def _profile(plan: Plan, client: Ipv6Client) -> Profile:
    return Profile(
        client=client,
        remote=plan.remote,
        port=plan.listen,
        proto=plan.channel.proto,
        dev="tun",
        words=[["tun-mtu", str(plan.channel.mtu)]],
        addressed=False,
    )
