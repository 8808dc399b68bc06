"""One end of a tunnel: everything that stands on its router."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from isthmus.routeros.ip import firewall, ipsec
from isthmus_components.site_to_site_ipsec import ipv6, peering, rule_lists
from isthmus_components.site_to_site_ipsec.ipv6 import Ipv6
from isthmus_components.site_to_site_ipsec.keep_alive import KeepAlive, keep_alive
from isthmus_components.site_to_site_ipsec.side import Side


@dataclass(frozen=True, kw_only=True)
class End:
    """The resources on one router, those in its IPv6 firewall apart.

    `keep_alive` and `fasttrack_bypass` are None where none was asked for.
    """

    profile: ipsec.Profile
    proposal: ipsec.Proposal
    peer: ipsec.Peer
    identity: ipsec.Identity
    policies: Sequence[ipsec.Policy]
    nat_bypass: firewall.NatRules
    input: firewall.FilterRules
    fasttrack_bypass: firewall.FilterRules | None
    mss_clamp: firewall.MangleRules
    keep_alive: KeepAlive | None
    ipv6: Ipv6

    @property
    def negotiated(self) -> Sequence[pulumi.Resource]:
        """What both routers must have alike before they agree on keys."""
        return self.profile, self.proposal, self.peer, self.identity

    @property
    def built(self) -> Mapping[str, pulumi.Input[object]]:
        """What stands on the router: names and selectors."""
        return {
            "profile": self.profile.name,
            "proposal": self.proposal.name,
            "peer": self.peer.name,
            "policies": [pulumi.Output.concat(one.src_address, " to ", one.dst_address) for one in self.policies],
        }


def build(side: Side) -> End:
    """Declare everything that one end needs."""
    profile, proposal = peering.profile(side), peering.proposal(side)
    peer = peering.peer(side, profile)
    return End(
        profile=profile,
        proposal=proposal,
        peer=peer,
        identity=peering.identity(side, peer),
        policies=peering.policies(side, peer, proposal),
        nat_bypass=rule_lists.nat_bypass(side),
        input=rule_lists.input_accept(side),
        fasttrack_bypass=rule_lists.fasttrack_bypass(side) if side.agreed.fasttrack_bypass else None,
        mss_clamp=rule_lists.mss_clamp(side),
        keep_alive=keep_alive(side) if side.agreed.keep_alive else None,
        ipv6=ipv6.build(side),
    )
