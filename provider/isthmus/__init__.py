"""Join networks with MikroTik routers and Linux hosts, in one Pulumi program."""

from isthmus.keys import Certificate, CertificateAuthority, OpenVpnStaticKey, PreSharedKey, WireGuardKey
from isthmus.secret import Secret

__all__ = ["Certificate", "CertificateAuthority", "OpenVpnStaticKey", "PreSharedKey", "Secret", "WireGuardKey"]
