"""Whether the keys and certificates of an OpenVPN configuration go together, and hold at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

Words = Mapping[str, str]
Problem = tuple[str, str]
WRAPPERS: Final = ("tls_crypt", "tls_crypt_v2", "tls_auth")
CERTIFIED: Final = ("ca", "cert", "key", "peer_fingerprint", "crl", "extra_certs", *WRAPPERS)


def problems(
    words: Words, now: datetime, *, anybody: bool = False, named: bool = False, client: bool = False
) -> Iterator[Problem]:
    """Say what is wrong with an end that has certificates.

    anybody: a server lets in who has none. named: a client shows a password in place of one. client: it must know the
    server.
    """
    loose = _paths(words)
    if not (words.get("ca") or words.get("peer_fingerprint") or loose or (anybody and not client)):
        yield "ca", "it is required, or peer_fingerprint: else nobody knows whom to let in"
    for name in ("cert", "key"):
        if not words.get(name) and not loose and not (named and not (words.get("cert") or words.get("key"))):
            yield name, "it is required: make one with isthmus.Certificate"
    given = [name for name in WRAPPERS if words.get(name)]
    if len(given) > 1:
        yield given[1], f"{given[0]} protects the handshake already: keep one of them"
    if words.get("key_direction") and not words.get("tls_auth"):
        yield "key_direction", "it is for tls_auth, which is not given: leave it out"
    for name in ("ca", "cert", "extra_certs"):
        yield from expired(name, words.get(name, ""), now)
    yield from _strangers(words)


def static(words: Words) -> Iterator[Problem]:
    """Say what is wrong with an end that has a static key."""
    for name in (*CERTIFIED, "tls", "data_ciphers"):
        if words.get(name):
            yield name, "a static key (secret) goes without certificates and negotiation: leave one of the two out"
    if words.get("cipher", "").upper().endswith(("-GCM", "-CCM", "POLY1305")):
        yield "cipher", "a static key takes a CBC cipher, such as AES-256-CBC: openvpn has no AEAD for it"


def expired(name: str, pem: str, now: datetime) -> Iterator[Problem]:
    """Say which certificates of a text do not hold now."""
    if not pem:
        return
    try:
        found = x509.load_pem_x509_certificates(pem.encode())
    except ValueError as error:
        yield name, f"it holds no certificate that can be read: {error}"
        return
    for each in found:
        whose = each.subject.rfc4514_string()
        if each.not_valid_after_utc < now:
            yield name, f"the certificate of {whose} expired on {each.not_valid_after_utc:%Y-%m-%d %H:%M} UTC: renew it"
        elif each.not_valid_before_utc > now:
            since = f"{each.not_valid_before_utc:%Y-%m-%d %H:%M} UTC"
            yield name, f"the certificate of {whose} holds only from {since} on: look at this machine's clock"


def _strangers(words: Words) -> Iterator[Problem]:
    """Say that certificate and key are no pair."""
    if not (words.get("cert") and words.get("key")):
        return
    try:
        public = x509.load_pem_x509_certificates(words["cert"].encode())[0].public_key()
        own = load_pem_private_key(words["key"].encode(), None).public_key()
    except (ValueError, TypeError):
        return
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if public.public_bytes(*form) != own.public_bytes(*form):
        yield "key", "it is not the key of cert: give the two that were made together"


def _paths(words: Words) -> bool:
    """Tell whether lines of the user's own name files with certificates, which openvpn itself looks at."""
    names = {line.split()[0].removeprefix("--") for line in words.get("extra", "").split("\n") if line.split()}
    return bool(names & {"ca", "cert", "key", "pkcs12", "capath", "pkcs11-id", "auth-user-pass-verify", "plugin"})
