"""What a program asks for, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pulumi

from isthmus_components.openvpn.client import Ipv6Client
from isthmus_components.openvpn.keys import Mode
from isthmus_components.openvpn.overhead import Channel

Uplink = Literal["bridge", "router", "ndp-proxy"]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The arguments of the component, checked or to be."""

    name: str
    device: str | Mapping[str, Any]
    port: str
    remote: str
    clients: Sequence[Ipv6Client]
    mode: Mode
    uplink: Uplink
    network: str | None
    bridge: str
    tap: str
    listen: int
    channel: Channel
    advertised: bool
    install: bool
    parent: pulumi.Resource | None = None

    @property
    def opts(self) -> pulumi.ResourceOptions:
        """Options of what belongs to the component."""
        return pulumi.ResourceOptions(parent=self.parent)

    def after(self, *resources: pulumi.Resource | None) -> pulumi.ResourceOptions:
        """Options of what needs others to be there first."""
        return pulumi.ResourceOptions(parent=self.parent, depends_on=[it for it in resources if it is not None])
