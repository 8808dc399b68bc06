"""Which algorithms RouterOS knows for IPsec, and which of them protect nothing any more."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from isthmus_components.suites import SUITES, Suite, SuiteName

_BITS = (256, 192, 128)
_GROUPS = ("ecp384", "ecp256", "ecp521", "modp2048", "modp3072", "modp4096", "modp6144", "modp8192")

STRONG = {
    "exchange_mode": ("ike2", "main"),
    "enc_algorithm": ("aes-256", "aes-192", "aes-128"),
    "hash_algorithm": ("sha256", "sha384", "sha512", "sha1"),
    "dh_group": (*_GROUPS, "x25519"),
    "enc_algorithms": (
        *(f"aes-{bits}-{mode}" for bits in _BITS for mode in ("gcm", "cbc", "ctr")),
        *(f"camellia-{bits}" for bits in _BITS),
        "chacha20poly1305",
        "twofish",
    ),
    "auth_algorithms": ("sha256", "sha512", "sha1"),
    "pfs_group": (*_GROUPS, "none"),
}
"""By the words of a suite, what RouterOS offers (recorded: its console's completions), the best first."""

_SHORT_GROUP = "its numbers are short enough to be computed back (RFC 8247)"
WEAK = {
    "aggressive": "it shows a hash of the secret to whoever asks",
    "base": "it shows a hash of the secret to whoever asks",
    "des": "its keys are found by trying them all (RFC 8221)",
    "3des": "its blocks are so short that much traffic gives it away (RFC 8221)",
    "blowfish": "its blocks are so short that much traffic gives it away (RFC 8221)",
    "md5": "it is broken (RFC 8221)",
    "null": "it protects nothing",
    "modp768": _SHORT_GROUP,
    "modp1024": _SHORT_GROUP,
    "modp1536": _SHORT_GROUP,
    "ec2n155": _SHORT_GROUP,
    "ec2n185": _SHORT_GROUP,
}
"""What RouterOS offers too and a tunnel is refused with, with the reason."""


def named(suite: SuiteName | Suite) -> Suite:
    """Return a suite by its name; ValueError says which names there are."""
    if isinstance(suite, Suite):
        return suite
    if suite in SUITES:
        return SUITES[suite]
    raise ValueError(f"there is no suite {suite!r}: take one of {', '.join(SUITES)}, or a Suite of your own")


def problems(suite: Suite) -> list[str]:
    """Return a sentence for each algorithm of a suite that is weak or unknown, and for each word without one."""
    return [sentence for word in STRONG for sentence in _of_word(word, _values(suite, word))]


def _values(suite: Suite, word: str) -> tuple[str, ...]:
    value = getattr(suite, word)
    return (value,) if isinstance(value, str) else tuple(value)


def _of_word(word: str, values: tuple[str, ...]) -> Iterator[str]:
    shown = word.replace("_", "-")
    if not values:
        yield f"the suite's {shown} is empty: name at least one of {', '.join(STRONG[word])}"
    for value in values:
        if value in WEAK:
            yield f"the suite's {shown} {value} is weak: {WEAK[value]}; take {STRONG[word][0]}"
        elif value not in STRONG[word]:
            yield f"the suite's {shown} {value!r} is unknown: {_nearest(word, value)}"


def _nearest(word: str, value: str) -> str:
    near = get_close_matches(value, STRONG[word], 1)
    return f"did you mean {near[0]}?" if near else f"take one of {', '.join(STRONG[word])}"
