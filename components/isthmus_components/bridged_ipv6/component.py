"""IPv6 for clients that have none, through a server whose provider gave it one /64."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from isthmus import linux
from isthmus_components.bridged_ipv6 import checks, uplinks
from isthmus_components.bridged_ipv6.plan import Plan, Uplink
from isthmus_components.bridged_ipv6.uplinks import Built
from isthmus_components.openvpn import keys, opening
from isthmus_components.openvpn.client import Ipv6Client
from isthmus_components.openvpn.handed import Profiles, WindowsFiles, profiles, windows_files
from isthmus_components.openvpn.keys import Keys, Mode
from isthmus_components.openvpn.overhead import Channel, Proto
from isthmus_components.openvpn.profile import Profile


class BridgedIpv6(pulumi.ComponentResource):
    """Puts clients on the server's own link, by OpenVPN in tap mode: they have addresses of its /64.

    device: the server. port: its link to the provider, which goes under a bridge with all its addresses and routes,
    also if it carries the session. remote: the server's IPv4 address, or a name that has one. clients: who gets a
    profile; without an address they take what the provider's router advertises.
    mode: `peer-fingerprint` joins one client by two certificates (OpenVPN 2.6), `static-key` by one key as in older
    days (OpenVPN to 2.7), `server` any number of clients by certificates of an authority of the component's own.
    uplink: `bridge`; or, where the provider takes frames only from the server itself, `router` if it routes the network
    to the server, and `ndp-proxy` if it looks for each address on the link; then clients have addresses by hand.
    network: the /64; needed unless bridged. bridge, tap: names of the links that are made.
    proto, listen: protocol and port of the tunnel. link_mtu: the largest packet in bytes on its way.
    advertised: whether routers advertise the server its own way out; unless bridged, where it is found out.
    install: whether the package openvpn is seen to (Debian and its descendants).

    What cannot work is refused by a preview, with `pulumi.RunError`. The tunnel's port is opened in a table of its own;
    what another table of the server drops stays dropped.
    """

    mtu: int
    """The largest packet, in bytes, that passes the tunnel in one piece; larger ones are split outside of it."""
    mss: int
    """The largest segment, in bytes, of a TCP connection over IPv6; `mssfix` keeps connections to it."""
    bridge: pulumi.Output[str | None]
    """The name of the bridge."""
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
        port: str = "eth0",
        clients: Sequence[Ipv6Client] = (Ipv6Client(name="client"),),
        mode: Mode = "peer-fingerprint",
        uplink: Uplink = "bridge",
        network: str | None = None,
        bridge: str = "br0",
        tap: str = "tap0",
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
            clients=clients,
            mode=mode,
            uplink=uplink,
            network=network,
            bridge=bridge,
            tap=tap,
            listen=listen,
            channel=Channel(proto=proto, link=link_mtu, static=mode == "static-key"),
            advertised=advertised,
            install=install,
            parent=self,
        )
        found = checks.problems(plan)
        if found:
            raise pulumi.RunError("\n".join(f"{name}: {problem}" for problem in found))
        super().__init__("isthmus:components:BridgedIpv6", name, None, opts)
        self.mtu, self.mss = plan.channel.mtu, plan.channel.mss
        made = _keys(plan)
        built = uplinks.build(plan)
        self.bridge = built.bridge.name if built.bridge else pulumi.Output.from_input(None)
        self.openvpn = _openvpn(plan, made, built)
        ends = [_profile(plan, client) for client in clients]
        self.profiles = profiles(ends, made)
        self.windows = windows_files(ends, made, self.mtu)
        self.register_outputs(
            {
                "mtu": self.mtu,
                "mss": self.mss,
                "bridge": self.bridge,
                "tap": built.tap.name,
                "profiles": self.profiles,
                "windows": self.windows,
            }
        )


def _keys(plan: Plan) -> Keys:
    names = [client.name for client in plan.clients]
    parent = plan.opts.parent
    assert parent is not None  # noqa: S101 - the component itself
    if plan.mode == "server":
        return keys.authority(parent, plan.name, names)
    make = keys.shared if plan.mode == "static-key" else keys.fingerprints
    return make(parent, plan.name, names[0])


def _openvpn(plan: Plan, made: Keys, built: Built) -> linux.OpenVpnServer | linux.OpenVpnPeer:
    inner = plan.bridge if built.bridge else plan.tap
    firewall = linux.NftTable(
        f"{plan.name}-firewall",
        name=f"isthmus-{plan.tap}",
        content=opening.table(plan.channel.proto, plan.listen, inner, bridged=built.bridge is not None),
        device=plan.device,
        opts=plan.opts,
    )
    packages = (
        linux.Packages(f"{plan.name}-packages", names=["openvpn"], device=plan.device, opts=plan.opts)
        if plan.install
        else None
    )
    words: dict[str, Any] = {
        "name": plan.name,
        "dev": built.tap.name,
        "dev_type": "tap",
        "proto": f"{plan.channel.proto}4",
        "port": plan.listen,
        "keepalive": "10 60",
        "mssfix": plan.channel.mssfix,
        "persist_tun": True,
        **made.server,
    }
    opts = plan.after(firewall, packages, *built.ready)
    if plan.mode == "server":
        # A bridge never sends a frame back where it came from: openvpn itself hands it from client to client.
        words["client_to_client"] = True
        return linux.OpenVpnServer(f"{plan.name}-openvpn", device=plan.device, **words, opts=opts)
    # The other end may come back from another address before this one has given it up.
    return linux.OpenVpnPeer(f"{plan.name}-openvpn", device=plan.device, **words, extra=["float"], opts=opts)


def _profile(plan: Plan, client: Ipv6Client) -> Profile:
    return Profile(
        client=uplinks.as_reached(plan, client),
        remote=plan.remote,
        port=plan.listen,
        proto=plan.channel.proto,
        words=[["mssfix", str(plan.channel.mssfix)]],
    )
