"""`/ip/ipsec/peer`: the other ends of IPsec tunnels."""

from typing import Annotated, Literal

from isthmus.declare.fields import Property, word
from isthmus.declare.values import Address, number
from isthmus.engine import kinds
from isthmus.routeros.named import ResourceNamedItem

PeerAddress = Annotated[str, kinds.Prefix(single="full", names=True)]
"""An address, a prefix or a DNS name."""

ExchangeMode = Literal["main", "base", "aggressive", "ike2"]
"""An IKE exchange: the first three are of IKEv1."""


class Peer(ResourceNamedItem, menu="/ip/ipsec/peer", key=("name",)):
    """The other end of an IPsec tunnel. (MikroTik manual: IPsec, Peers)."""

    name: Property[str] = word("Name of the peer, to which identities and policies refer; by default the resource's.")
    address: Property[PeerAddress] = word("Address, prefix or DNS name of the peer.", default="0.0.0.0/0", cuts=True)
    local_address: Property[Address] = word("Address of this router that the tunnel starts from.", cuts=True)
    port: Property[Annotated[int, number(1, 65535)]] = word("UDP port of the peer.", cuts=True)
    exchange_mode: Property[ExchangeMode] = word("How keys are exchanged.", default="main", cuts=True)
    profile: Property[str] = word("Name of the profile for phase 1.", default="default", cuts=True, refers=True)
    passive: Property[bool] = word("Whether this router waits for the peer to begin.", default="no", cuts=True)
    send_initial_contact: Property[bool] = word(
        "Whether the first packet asks the peer to forget what it kept of earlier tunnels.", default="yes"
    )
    ppk_secret: Property[str] = word(
        "Static post-quantum pre-shared key where no one-time key fits; 256 bits of entropy.",
        since="7.21",
        secret=True,
        cuts=True,
    )
    disabled: Property[bool] = word("Whether the peer is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")
