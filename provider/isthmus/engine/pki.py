"""Keys and certificates, made from what is asked, a moment and nothing else that is hidden (RFC 5280, RFC 7748)."""

from __future__ import annotations

import base64
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

KeyType = Literal["ec-p256", "ec-p384", "ed25519", "rsa-2048", "rsa-4096"]
Usage = Literal["server", "client", "both"]
PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey

BACKDATED: Final = timedelta(minutes=5)
"""How long before its making a certificate begins to hold: clocks differ."""
_CURVES: Final[dict[str, ec.EllipticCurve]] = {"ec-p256": ec.SECP256R1(), "ec-p384": ec.SECP384R1()}
_USAGES: Final = {
    "server": [ExtendedKeyUsageOID.SERVER_AUTH],
    "client": [ExtendedKeyUsageOID.CLIENT_AUTH],
    "both": [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH],
}
_LINE: Final = 16
_STATIC_BYTES: Final = 256


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate is for, what for, and between which moments it holds.

    names: DNS names and IP addresses. usage None makes an authority.
    """

    common_name: str
    begins: datetime
    ends: datetime
    usage: Usage | None = None
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its private key, both PEM."""

    certificate: str
    private_key: str


def new_key(kind: KeyType) -> str:
    """Return a new private key as PEM (PKCS #8)."""
    if kind == "ed25519":
        return _pem(ed25519.Ed25519PrivateKey.generate())
    if kind in _CURVES:
        return _pem(ec.generate_private_key(_CURVES[kind]))
    return _pem(rsa.generate_private_key(65537, int(kind.removeprefix("rsa-"))))


def certificate(subject: Subject, private_key: str, issuer: Pair | None = None) -> str:
    """Return a certificate as PEM, signed by its issuer or, without one, by itself."""
    own = _key(private_key)
    signer = _key(issuer.private_key) if issuer else own
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject.common_name)])
    above = x509.load_pem_x509_certificate(issuer.certificate.encode()) if issuer else None
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(above.subject if above else name)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(subject.begins)
        .not_valid_after(subject.ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    builder = _purposes(builder, subject)
    algorithm = None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(signer, algorithm).public_bytes(Encoding.PEM).decode()


def fingerprint(pem: str) -> str:
    """Return the SHA-256 fingerprint of a certificate as OpenVPN's `peer-fingerprint` takes it."""
    return x509.load_pem_x509_certificate(pem.encode()).fingerprint(hashes.SHA256()).hex(":").upper()


def ends(pem: str) -> datetime:
    """Return until when a certificate holds."""
    return x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc


def wireguard_private() -> str:
    """Return a new private key as `wg genkey` prints it."""
    return base64.b64encode(X25519PrivateKey.generate().private_bytes_raw()).decode()


def wireguard_public(private: str) -> str:
    """Return the public key of a private one, as `wg pubkey` prints it; ValueError if it is none."""
    raw = base64.b64decode(private, validate=True)
    public: X25519PublicKey = X25519PrivateKey.from_private_bytes(raw).public_key()
    return base64.b64encode(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def preshared() -> str:
    """Return a new pre-shared key as `wg genpsk` prints it."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def openvpn_static() -> str:
    """Return a new static key as `openvpn --genkey secret` writes it, good for `secret`, `tls-auth` and `tls-crypt`."""
    digits = secrets.token_bytes(_STATIC_BYTES).hex()
    lines = [digits[start : start + 2 * _LINE] for start in range(0, len(digits), 2 * _LINE)]
    body = "\n".join(lines)
    return f"-----BEGIN OpenVPN Static key V1-----\n{body}\n-----END OpenVPN Static key V1-----\n"


def _purposes(builder: x509.CertificateBuilder, subject: Subject) -> x509.CertificateBuilder:
    authority = subject.usage is None
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    builder = builder.add_extension(_key_usage(authority=authority), critical=True)
    if subject.usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage(_USAGES[subject.usage]), critical=False)
    if subject.names:
        names = x509.SubjectAlternativeName([_general(name) for name in subject.names])
        builder = builder.add_extension(names, critical=False)
    return builder


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _key(pem: str) -> PrivateKey:
    key = load_pem_private_key(pem.encode(), None)
    if not isinstance(key, PrivateKey):
        raise TypeError("this kind of private key signs no certificates")
    return key


def _pem(key: PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
