"""The largest packet that fits into ESP, by the formula of Linux's `xfrm_state_mtu`, which RouterOS runs on."""

from __future__ import annotations

from itertools import product
from typing import Literal, NamedTuple

from isthmus_components.suites import Suite

Family = Literal[4, 6]
Mode = Literal["tunnel", "transport"]


class Cipher(NamedTuple):
    """What a cipher adds to a packet, in bytes; `tag` is the integrity value that an AEAD cipher brings itself."""

    iv: int
    block: int
    tag: int = 0


_CBC = Cipher(iv=16, block=16)
_CTR = Cipher(iv=8, block=4)
_AEAD = Cipher(iv=8, block=4, tag=16)

CIPHERS = {
    **{f"aes-{bits}-cbc": _CBC for bits in (128, 192, 256)},
    **{f"camellia-{bits}": _CBC for bits in (128, 192, 256)},
    **{f"aes-{bits}-ctr": _CTR for bits in (128, 192, 256)},
    **{f"aes-{bits}-gcm": _AEAD for bits in (128, 192, 256)},
    "twofish": _CBC,
    "chacha20poly1305": _AEAD,
}
"""By RouterOS's names in `/ip/ipsec/proposal`; RFC 3602, 3686, 4106, 5529 and 7634."""

INTEGRITY = {"sha1": 12, "sha256": 16, "sha512": 32}
"""The bytes of the integrity value; RFC 2404 and 4868."""

IP_HEADER: dict[Family, int] = {4: 20, 6: 40}
_ESP_HEADER = 8
_ESP_TRAILER = 2
_UDP_HEADER = 8
_TCP_HEADER = 20


def esp_mtu(
    link: int,
    cipher: str,
    integrity: str,
    *,
    outer: Family = 4,
    nat_traversal: bool = False,
    mode: Mode = "tunnel",
) -> int:
    """Return how many bytes a packet may have so that its ESP packet fits into `link` bytes.

    `cipher` and `integrity` are RouterOS's names; an AEAD cipher needs no integrity. In tunnel mode the packet is the
    inner one, in transport mode the one that is protected; `outer` is the version of the IP header on the link.
    """
    added = CIPHERS[cipher]
    headers = _ESP_HEADER + added.iv + (IP_HEADER[outer] if mode == "tunnel" else 0)
    headers += _UDP_HEADER if nat_traversal else 0
    unprotected = IP_HEADER[outer] if mode == "transport" else 0
    room = link - headers - (added.tag or INTEGRITY[integrity]) - unprotected
    return room // added.block * added.block + unprotected - _ESP_TRAILER


def tunnel_mtu(suite: Suite, link: int, *, outer: Family = 4, nat_traversal: bool = False) -> int:
    """Return the MTU of a tunnel whatever of a suite's algorithms its ends agree on."""
    choices = product(suite.enc_algorithms, suite.auth_algorithms)
    return min(esp_mtu(link, *choice, outer=outer, nat_traversal=nat_traversal) for choice in choices)


def tcp_mss(mtu: int, inner: Family) -> int:
    """Return the largest TCP payload, in bytes, of a packet of `mtu` bytes without options."""
    return mtu - IP_HEADER[inner] - _TCP_HEADER
