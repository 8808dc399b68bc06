"""A tunnel between two sites, both ends of it."""

from __future__ import annotations

import pulumi

from isthmus import Secret
from isthmus_components import crypto
from isthmus_components.mtu import tcp_mss, tunnel_mtu
from isthmus_components.site import Site
from isthmus_components.site_to_site_ipsec import checks, rekeying
from isthmus_components.site_to_site_ipsec.end import End, build
from isthmus_components.site_to_site_ipsec.rekeying import Rekey
from isthmus_components.site_to_site_ipsec.selectors import selectors
from isthmus_components.site_to_site_ipsec.side import Agreement, Side
from isthmus_components.suites import Suite, SuiteName


class SiteToSiteIpsec(pulumi.ComponentResource):
    """Joins the networks of two sites by IPsec in tunnel mode, and declares all of it on both routers.

    suite: `modern` (IKEv2, AES-256-GCM), `compatible`, `aes-128`, or a `Suite` of one's own.
    secret: the pre-shared secret, at least 16 characters; by default one is generated. rotation: any text (a date,
    say); when it changes, another one is generated.
    nat_traversal: whether a router may stand behind NAT; then ESP travels in UDP, and fewer bytes fit.
    keep_alive: whether each router pings the other's LAN address, so that the tunnel is always up.
    fasttrack_bypass: whether the tunnel's traffic is accepted on top of forward, before FastTrack can lead it past the
    policies and before any other rule judges it; without it, rules of one's own let the traffic through and keep it
    from FastTrack.
    rekey: when a changed secret or suite is used: with the `next` keys, or `now`, which interrupts all IPsec tunnels
    of both routers for a moment.

    What cannot work is refused by a preview, with `pulumi.RunError`. IPv6, outside or inside, gets its rules in
    `/ipv6/firewall`; where a router translates IPv6 addresses, the tunnel's are to be kept from that by hand.
    """

    mtu: int
    """The largest packet, in bytes, that passes the tunnel in one piece."""
    mss: int
    """The largest segment, in bytes, of a TCP connection over IPv4 through the tunnel."""
    secret: pulumi.Output[str]
    """The secret that both routers know."""
    left: End
    right: End

    def __init__(
        self,
        name: str,
        left: Site,
        right: Site,
        *,
        suite: SuiteName | Suite = "modern",
        secret: pulumi.Input[str] | None = None,
        rotation: pulumi.Input[str] | None = None,
        nat_traversal: bool = False,
        keep_alive: bool = False,
        fasttrack_bypass: bool = True,
        rekey: Rekey = "next",
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        algorithms = _suite(name, suite)
        rotated = checks.rotation_problems(given=secret is not None, rotated=rotation is not None)
        _refuse(name, checks.site_problems(left, right) + crypto.problems(algorithms) + rotated)
        super().__init__("isthmus:components:SiteToSiteIpsec", name, None, opts)
        self.mtu = _mtu(left, right, algorithms, nat_traversal=nat_traversal)
        self.mss = tcp_mss(self.mtu, 4)
        self.secret = self._shared_secret(name, secret, rotation)
        agreed = Agreement(
            name=name,
            suite=algorithms,
            secret=self.secret,
            mtu=self.mtu,
            nat_traversal=nat_traversal,
            keep_alive=keep_alive,
            fasttrack_bypass=fasttrack_bypass,
        )
        self.left, self.right = self._build(agreed, left, right, rekey)
        built = {str(left): self.left.built, str(right): self.right.built}
        self.register_outputs({"mtu": self.mtu, "mss": self.mss, "secret": self.secret, "built": built})

    def _shared_secret(
        self, name: str, given: pulumi.Input[str] | None, rotation: pulumi.Input[str] | None
    ) -> pulumi.Output[str]:
        if given is None:
            return Secret(f"{name}-secret", rotation=rotation, opts=pulumi.ResourceOptions(parent=self)).value
        if isinstance(given, str):
            return pulumi.Output.secret(_long_enough(name, given))
        hidden: pulumi.Output[str] = pulumi.Output.secret(given)
        return hidden.apply(lambda secret: _long_enough(name, secret))

    def _build(self, agreed: Agreement, left: Site, right: Site, rekey: Rekey) -> list[End]:
        pairs = selectors(left, right)
        mirrored = [pair.mirrored for pair in pairs]
        sides = (
            Side(agreed=agreed, own=left, other=right, selectors=pairs, parent=self),
            Side(agreed=agreed, own=right, other=left, selectors=mirrored, parent=self),
        )
        ends = [build(side) for side in sides]
        for side in sides:
            rekeying.commands(side, rekey, ends)
        return ends


def _mtu(left: Site, right: Site, suite: Suite, *, nat_traversal: bool) -> int:
    link = min(left.link_mtu, right.link_mtu)
    return tunnel_mtu(suite, link, outer=left.public.version, nat_traversal=nat_traversal)


def _suite(name: str, suite: SuiteName | Suite) -> Suite:
    try:
        return crypto.named(suite)
    except ValueError as error:
        raise pulumi.RunError(f"{name}: {error}") from None


def _long_enough(name: str, secret: str) -> str:
    problem = checks.secret_problem(secret)
    _refuse(name, [problem] if problem else [])
    return secret


def _refuse(name: str, problems: list[str]) -> None:
    if problems:
        raise pulumi.RunError("\n".join(f"{name}: {problem}" for problem in problems))
