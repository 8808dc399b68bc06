"""A table of nftables that lets a tunnel in. What another table drops it cannot let through."""

from __future__ import annotations

from isthmus_components.openvpn.overhead import Proto

_INPUT = """\
chain input {{
    type filter hook input priority filter; policy accept;
    {proto} dport {port} accept
}}
chain forward {{
    type filter hook forward priority filter; policy accept;
    {forward}
}}
"""


def table(proto: Proto, port: int, inner: str, *, bridged: bool) -> str:
    """Return what stands between the braces of the table: the tunnel's port, and what it carries through the host.

    inner: the bridge whose ports speak with each other (only where bridged frames meet the IP firewall at all), or
    the link that is routed.
    """
    through = f'iifname "{inner}" oifname "{inner}" accept'
    routed = f'iifname "{inner}" accept\n    oifname "{inner}" accept'
    return _INPUT.format(proto=proto, port=port, forward=through if bridged else routed)
