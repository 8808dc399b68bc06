"""SSH keys of a lab (ed25519): one to log in everywhere, and one for each host."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key in OpenSSH's formats."""

    private: str = field(repr=False)
    public: str

    @classmethod
    def generate(cls) -> Self:
        """Make a new one."""
        # Loaded only where keys are made: most commands of the lab need none.
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
        )
        public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
        return cls(private.decode(), public.decode())

    @property
    def fingerprint(self) -> str:
        """The public key's, as ``ssh-keygen -l`` prints it."""
        digest = hashlib.sha256(base64.b64decode(self.public.split()[1])).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
