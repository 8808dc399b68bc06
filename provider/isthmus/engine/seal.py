"""Seals: what is remembered of a secret that nobody declared, so that a change of it shows and it does not."""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 16}
"""Scrypt's, about 50 ms a guess: a state may be read by people who may not know the secret."""


def seal(secret: str) -> str:
    """Return a salted hash of a secret, another one each time."""
    salt = os.urandom(16)
    return f"{salt.hex()}${_hash(secret, salt).hex()}"


@lru_cache(maxsize=256)
def fits(secret: str, sealed: str) -> bool:
    """Tell whether a seal was made of this secret."""
    salt, _, digest = sealed.partition("$")
    return hmac.compare_digest(_hash(secret, bytes.fromhex(salt)).hex(), digest)


def _hash(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode("utf-8", "surrogatepass"), salt=salt, **_COST)
