"""`/ip/ipsec/proposal`: how traffic is protected (phase 2)."""

from collections.abc import Sequence
from typing import Annotated, Literal

from isthmus.declare.fields import Property, word
from isthmus.declare.values import Duration, versions
from isthmus.routeros.named import ResourceNamedItem

Authentication = Literal["sha512", "sha256", "sha1", "md5", "null"]
"""A hash of phase 2."""

Encryption = Annotated[
    Literal[
        "chacha20poly1305",
        "aes-256-cbc",
        "aes-256-ctr",
        "aes-256-gcm",
        "camellia-256",
        "aes-192-cbc",
        "aes-192-ctr",
        "aes-192-gcm",
        "camellia-192",
        "aes-128-cbc",
        "aes-128-ctr",
        "aes-128-gcm",
        "camellia-128",
        "3des",
        "blowfish",
        "twofish",
        "des",
        "null",
    ],
    versions(chacha20poly1305="7"),
]
"""A cipher of phase 2."""

PfsGroup = Literal[
    "none",
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
]
"""A Diffie-Hellman group for perfect forward secrecy."""


class Proposal(ResourceNamedItem, menu="/ip/ipsec/proposal", key=("name",)):
    """How traffic is protected (phase 2). (MikroTik manual: IPsec, Proposals)."""

    name: Property[str] = word("Name of the proposal, to which policies refer; by default the resource's.")
    auth_algorithms: Property[Sequence[Authentication]] = word("Hashes that are offered and accepted.", default="sha1")
    enc_algorithms: Property[Sequence[Encryption]] = word(
        "Ciphers that are offered and accepted.", default="aes-128-cbc,aes-192-cbc,aes-256-cbc"
    )
    lifetime: Property[Duration] = word("How long keys are used before new ones are made.", default="30m")
    pfs_group: Property[PfsGroup] = word("Group for perfect forward secrecy; none is without it.", default="modp1024")
    disabled: Property[bool] = word("Whether the proposal is switched off.", default="no")
    comment: Property[str] = word("Text for people.")
