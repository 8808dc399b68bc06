"""Suites: the algorithms that both ends of an IPsec tunnel agree on, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from isthmus.routeros.ip.ipsec import peer, profile, proposal


@dataclass(frozen=True, kw_only=True)
class Suite:
    """Algorithms in the words of `/ip/ipsec/peer`, `profile` (IKE) and `proposal` (ESP).

    Where a word holds several, the routers agree on one of them. ike_lifetime and sa_lifetime say how long the keys of
    IKE and of ESP are used, as RouterOS writes durations (`8h`).
    """

    exchange_mode: peer.ExchangeMode = "ike2"
    enc_algorithm: Sequence[profile.Encryption] = ("aes-256",)
    hash_algorithm: profile.Hash = "sha256"
    dh_group: Sequence[profile.DhGroup] = ("ecp384",)
    ike_lifetime: str = "1d"
    enc_algorithms: Sequence[proposal.Encryption] = ("aes-256-gcm",)
    auth_algorithms: Sequence[proposal.Authentication] = ("sha256",)
    pfs_group: proposal.PfsGroup = "ecp384"
    sa_lifetime: str = "30m"


MODERN = Suite()
"""IKEv2, AES-256 in Galois/counter mode, the 384-bit curve: what RouterOS 6.49 and every 7.x have in common."""

COMPATIBLE = Suite(
    dh_group=("modp2048",),
    enc_algorithms=("aes-256-cbc",),
    pfs_group="modp2048",
)
"""IKEv2 and AES-256 in CBC mode, which far more RouterBOARDs encrypt in hardware than Galois/counter mode."""

AES_128 = Suite(
    exchange_mode="main",
    enc_algorithm=("aes-128",),
    dh_group=("modp2048",),
    enc_algorithms=("aes-128-cbc",),
    pfs_group="modp2048",
)
"""IKEv1 and AES-128 for peers that know no better, with a hash and a group that still hold."""

SuiteName = Literal["modern", "compatible", "aes-128"]

SUITES: dict[SuiteName, Suite] = {"modern": MODERN, "compatible": COMPATIBLE, "aes-128": AES_128}
"""The suites that `suite=` takes by name."""
