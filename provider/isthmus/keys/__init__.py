"""Keys and certificates that are made once, kept encrypted in the state, and renewed in time."""

from isthmus.keys.certificate import Certificate, CertificateAuthority
from isthmus.keys.key import OpenVpnStaticKey, PreSharedKey, WireGuardKey

__all__ = ["Certificate", "CertificateAuthority", "OpenVpnStaticKey", "PreSharedKey", "WireGuardKey"]
