"""The certificate of a router's ``api-ssl`` service."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Self, cast

from isthmus_lab.errors import LabError

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_VALID_FOR: Final = timedelta(days=3650)
_BEGIN_KEY: Final = b"-----BEGIN PRIVATE KEY-----"
_HANDSHAKE_FAILURE: Final = b"\x15\x03\x03\x00\x02\x02\x28"
"""An alert record of TLS 1.2: fatal, handshake_failure (RFC 5246, section 7.2)."""


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
        """Read both from PEM files; what is no certificate with its key is a :class:`LabError`."""
        try:
            read = cls(certificate.read_bytes(), key.read_bytes())
            read.server_context()
        except ssl.SSLError as error:
            raise LabError(f"{certificate} and {key} are no certificate and its key, as PEM: {error.reason}") from error
        except OSError as error:
            raise LabError(f"cannot read {error.filename}: {error.strerror}") from error
        return read

    @classmethod
    def kept_in(cls, file: Path, name: str) -> Self:
        """Read what an earlier call kept in this file, or make a self-signed one and keep it there."""
        if not file.exists():
            made = cls.self_signed(name)
            made.write(file)
            return made
        certificate, begin, key = file.read_bytes().partition(_BEGIN_KEY)
        return cls(certificate, begin + key)

    def write(self, file: Path) -> None:
        """Write both to one PEM file that only its owner can read."""
        file.touch(mode=0o600)
        file.write_bytes(self.certificate + b"\n" + self.key)

    @property
    def fingerprint(self) -> str:
        """The certificate's SHA-256 fingerprint in hex, as a router prints it."""
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes

        return x509.load_pem_x509_certificate(self.certificate).fingerprint(hashes.SHA256()).hex()

    def server_context(self) -> ssl.SSLContext:
        """Make the TLS side of a service that shows this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with TemporaryDirectory() as folder:
            pem = Path(folder) / "certificate-and-key.pem"
            self.write(pem)
            context.load_cert_chain(pem)
        return context


class HandshakeRefusal(asyncio.Protocol):
    """What answers in place of ``api-ssl`` without a certificate: a fatal alert, then the end.

    A router would offer anonymous Diffie-Hellman there, which no client accepts that asks who it talks to.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the client's hello."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:  # noqa: ARG002 - whatever the client offers
        """Refuse it."""
        self._transport.write(_HANDSHAKE_FAILURE)
        self._transport.close()


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
