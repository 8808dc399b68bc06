"""What one end of a tunnel is built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from isthmus_components.site import Address, Site
from isthmus_components.site_to_site_ipsec.selectors import Selector
from isthmus_components.suites import Suite


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What both ends share; `mtu` is that of the packets inside, in bytes."""

    name: str
    suite: Suite
    secret: pulumi.Output[str]
    mtu: int
    nat_traversal: bool
    keep_alive: bool
    fasttrack_bypass: bool


@dataclass(frozen=True, kw_only=True)
class Side:
    """One end: its own site, the other one, and the traffic between them as this router sees it."""

    agreed: Agreement
    own: Site
    other: Site
    selectors: Sequence[Selector]
    parent: pulumi.Resource

    @property
    def opts(self) -> pulumi.ResourceOptions:
        """The options of this end's resources: children of the component."""
        return pulumi.ResourceOptions(parent=self.parent)

    @property
    def lan(self) -> Address:
        """This router's own address inside."""
        return self.own.lan_in(self.selectors[0].src)

    @property
    def other_lan(self) -> Address:
        """The other router's address inside."""
        return self.other.lan_in(self.selectors[0].dst)

    def pairs(self, version: int) -> list[Selector]:
        """The pairs of networks of one IP version."""
        return [pair for pair in self.selectors if pair.src.version == version]

    def called(self, part: str) -> str:
        """Return the name of a resource of this end, such as `seattle-boise-seattle-peer`."""
        return f"{self.agreed.name}-{self.own}-{part}"

    def comment(self, part: str) -> str:
        """Return a comment that names the other side, such as `Boise Peer`."""
        return f"{self.other.title} {part}"
