"""The certificate of a router's ``api-ssl`` service."""

from __future__ import annotations

import hashlib
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_VALID_FOR: Final = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its private key, both as PEM."""

    certificate: bytes
    key: bytes = field(repr=False)

    @classmethod
    def self_signed(cls, name: str) -> Self:
        """Make a key (P-256) and a certificate for the name, for localhost and for 127.0.0.1, valid for ten years."""
        # Loaded only where a certificate is made: it costs more than all the rest of a router's start.
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(ec.SECP256R1())
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return cls(_signed(name, key).public_bytes(serialization.Encoding.PEM), private)

    @classmethod
    def from_files(cls, certificate: Path, key: Path) -> Self:
        """Read both from PEM files; a missing one is an :class:`OSError`."""
        return cls(certificate.read_bytes(), key.read_bytes())

    @property
    def fingerprint(self) -> str:
        """The certificate's SHA-256 fingerprint in hex, as a router prints it."""
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.certificate.decode())).hexdigest()


def server_context(certificate: Certificate | None) -> ssl.SSLContext:
    """Make what ``api-ssl`` answers with; without a certificate no client that asks for one gets through."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if certificate is not None:
        with TemporaryDirectory() as folder:
            pem = Path(folder) / "certificate-and-key.pem"
            pem.touch(mode=0o600)
            pem.write_bytes(certificate.certificate + b"\n" + certificate.key)
            context.load_cert_chain(pem)
    return context


def _signed(name: str, key: EllipticCurvePrivateKey) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    names = [x509.DNSName(name), x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(yesterday)
        .not_valid_after(yesterday + _VALID_FOR)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
