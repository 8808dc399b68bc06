"""`/ip/ipsec/profile`: how two peers agree on keys (phase 1)."""

from collections.abc import Sequence
from typing import Annotated, Literal

from isthmus.declare.fields import Property, word
from isthmus.declare.values import number, versions
from isthmus.engine import kinds
from isthmus.routeros.base import NamedItem

DhGroup = Annotated[
    Literal[
        "x25519",
        "ecp256",
        "ecp384",
        "ecp521",
        "modp8192",
        "modp6144",
        "modp4096",
        "modp3072",
        "modp2048",
        "modp1536",
        "modp1024",
        "modp768",
    ],
    versions(x25519="7"),
]
"""A Diffie-Hellman group."""

Encryption = Literal["aes-256", "aes-192", "aes-128", "3des", "des"]
"""A cipher of phase 1."""

Hash = Annotated[Literal["md5", "sha1", "sha256", "sha384", "sha512"], versions(sha384="7")]
"""A hash of phase 1."""


class Profile(NamedItem, menu="/ip/ipsec/profile", key=("name",), comment=False, since="6.44"):
    """How two peers agree on keys (phase 1). (MikroTik manual: IPsec, Profiles)."""

    name: Property[str] = word("Name of the profile, to which peers refer; by default made from the resource's.")
    dh_group: Property[Sequence[DhGroup]] = word(
        "Diffie-Hellman groups that are offered and accepted.", default="modp1024,modp2048"
    )
    dpd_interval: Property[Annotated[str, kinds.Duration(("disable-dpd",))]] = word(
        "How long a peer may be silent before it is asked whether it still lives.", default={"6": "2m", "7.18": "8s"}
    )
    dpd_maximum_failures: Property[Annotated[int, number(1, 100)]] = word(
        "How many questions may go unanswered before the peer counts as dead.", default={"6": "5", "7.18": "4"}
    )
    enc_algorithm: Property[Sequence[Encryption]] = word(
        "Ciphers that are offered and accepted.", default="3des,aes-128"
    )
    hash_algorithm: Property[Hash] = word("Hash that proves the integrity of phase 1.", default="sha1")
    lifebytes: Property[Annotated[int, number(0, 0xFFFFFFFF)]] = word(
        "How many bytes phase 1 may carry before new keys; IKEv1 only, 0 is without limit."
    )
    lifetime: Property[Annotated[str, kinds.Duration()]] = word("How long phase 1 is valid.", default="1d")
    nat_traversal: Property[bool] = word("Whether peers behind NAT are found out and served.", default="yes")
    ppk: Property[Literal["no", "psk", "psk-ike-initial", "qkd"]] = word(
        "Post-quantum pre-shared key to mix in; IKEv2 only.", since="7.21", default="no"
    )
    prf_algorithm: Property[Literal["auto", "sha1", "sha256", "sha384", "sha512"]] = word(
        "Pseudo-random function of IKEv2; auto takes the hash.", since="7", default="auto"
    )
    proposal_check: Property[Literal["obey", "strict", "claim", "exact"]] = word(
        "What is done where the lifetimes of the peers differ; IKEv1 only.", default="obey"
    )
