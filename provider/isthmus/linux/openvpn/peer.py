"""OpenVPN between two ends that are neither server nor client (openvpn(8), point to point)."""

from __future__ import annotations

from typing import Annotated, Literal

from isthmus.declare.fields import Property, word
from isthmus.engine import openvpn
from isthmus.linux.openvpn.base import STATIC, Bound, Texts
from isthmus.linux.openvpn.values import Block, Lines, Remote


class OpenVpnPeer(Bound, kind="openvpn/peer", key=("name",), listed=False, cuts=True, together=openvpn.peer_problems):
    """One end of a tunnel between two: with certificates, best by `peer_fingerprint`, or with a static key.

    The end without `remote` waits for the other. A static key has no forward secrecy; OpenVPN 2.6 and 2.7 take it,
    2.8 does not any more.
    """

    remote: Property[Annotated[Texts, Lines(Remote())]] = word(
        "The other end: `vpn.example.com`, or `192.0.2.1 1194`; without it, this one waits.", default=""
    )
    nobind: Property[bool] = word("Whether any own port will do.", default="no")
    tls: Property[Literal["server", "client"]] = word(
        "Part in the handshake, with certificates: by default the end with `remote` is the client.",
        default="",
        drifts=False,
    )
    secret: Property[Annotated[str, Block(STATIC)]] = word(
        "Static key (`OpenVpnStaticKey`), the same at both ends.", default="", secret=True
    )
