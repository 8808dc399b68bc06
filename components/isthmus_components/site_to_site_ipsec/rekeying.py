"""When a changed secret or algorithm is used: at the next rekey, or at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import Literal

import pulumi

from isthmus import routeros
from isthmus_components.site_to_site_ipsec.end import End
from isthmus_components.site_to_site_ipsec.side import Side

Rekey = Literal["next", "now"]

_COMMANDS = ("/ip/ipsec/active-peers/kill-connections", "/ip/ipsec/installed-sa/flush")
"""What forgets the keys of IKE, for which the secret is proved, and then those of ESP."""
_IGNORED: dict[Rekey, list[str]] = {"now": [], "next": ["triggers"]}


def commands(side: Side, rekey: Rekey, ends: Sequence[End]) -> None:
    """Declare the commands that make a router agree on keys anew once both ends have what changed.

    They run when secret or algorithms are others than when they last ran, and concern all of the router's tunnels,
    which come up again with the next packet. With `next` they only wait.
    """
    triggers = [side.agreed.secret, repr(astuple(side.agreed.suite))]
    before: list[pulumi.Resource] = [made for end in ends for made in end.negotiated]
    for path in _COMMANDS:
        opts = pulumi.ResourceOptions(parent=side.parent, depends_on=before, ignore_changes=_IGNORED[rekey])
        name = side.called(path.rpartition("/")[2])
        before = [routeros.Command(name, device=side.own.device, path=path, triggers=triggers, opts=opts)]
