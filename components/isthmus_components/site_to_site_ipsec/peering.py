"""The IPsec part of one end: profile, proposal, peer, identity and policies."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from isthmus import routeros
from isthmus.routeros.ip import ipsec
from isthmus_components.site_to_site_ipsec.selectors import Selector
from isthmus_components.site_to_site_ipsec.side import Side


def profile(side: Side) -> ipsec.Profile:
    """Declare how IKE is protected."""
    suite = side.agreed.suite
    return ipsec.Profile(
        side.called("profile"),
        device=side.own.device,
        enc_algorithm=list(suite.enc_algorithm),
        hash_algorithm=suite.hash_algorithm,
        dh_group=list(suite.dh_group),
        lifetime=suite.ike_lifetime,
        nat_traversal=side.agreed.nat_traversal,
        opts=side.opts,
    )


def proposal(side: Side) -> ipsec.Proposal:
    """Declare how the traffic is protected."""
    suite = side.agreed.suite
    return ipsec.Proposal(
        side.called("proposal"),
        device=side.own.device,
        name=side.agreed.name,
        enc_algorithms=list(suite.enc_algorithms),
        auth_algorithms=list(suite.auth_algorithms),
        pfs_group=suite.pfs_group,
        lifetime=suite.sa_lifetime,
        comment=side.comment("Proposal"),
        opts=side.opts,
    )


def peer(side: Side, profile: ipsec.Profile) -> ipsec.Peer:
    """Declare the other router; behind NAT a router has no public address of its own to speak from."""
    return ipsec.Peer(
        side.called("peer"),
        device=side.own.device,
        name=side.agreed.name,
        address=f"{side.other.public}/{side.other.public.max_prefixlen}",
        local_address=None if side.agreed.nat_traversal else str(side.own.public),
        exchange_mode=side.agreed.suite.exchange_mode,
        profile=profile.name,
        comment=side.comment("Peer"),
        opts=side.opts,
    )


def identity(side: Side, peer: ipsec.Peer) -> ipsec.Identity:
    """Declare the secret that both routers prove to know."""
    return ipsec.Identity(
        side.called("identity"),
        device=side.own.device,
        peer=peer.name,
        auth_method="pre-shared-key",
        secret=side.agreed.secret,
        comment=side.comment("Identity"),
        opts=side.opts,
    )


def policies(side: Side, peer: ipsec.Peer, proposal: ipsec.Proposal) -> Sequence[ipsec.Policy]:
    """Declare one policy for each pair of networks, in this order and before all that components have not made."""
    made: list[ipsec.Policy] = []
    for pair in side.selectors:
        place = routeros.after(made[-1]) if made else routeros.top()
        made.append(_policy(side, pair, peer, proposal, place))
    return made


def _policy(
    side: Side, pair: Selector, peer: ipsec.Peer, proposal: ipsec.Proposal, place: routeros.Place
) -> ipsec.Policy:
    """Declare a policy with keys of its own (`level=unique`), so that a pair that comes later changes no other."""
    return ipsec.Policy(
        side.called(f"policy-{pair}"),
        device=side.own.device,
        peer=pulumi.Output.all(peer.name),
        proposal=proposal.name,
        src_address=str(pair.src),
        dst_address=str(pair.dst),
        tunnel=True,
        action="encrypt",
        level="unique",
        comment=side.comment("Traffic"),
        place=place,
        opts=side.opts,
    )
