"""The provider of keys that are mere random bytes in the form that a program wants."""

from __future__ import annotations

import secrets

from pulumi.dynamic import CreateResult, DiffResult, UpdateResult

from isthmus.dynamic.base import Props, Provider
from isthmus.engine import pki


class KeyProvider(Provider):
    """Makes a key once, and anew when its trigger changes. `form` is wireguard, preshared or openvpn."""

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """A new trigger brings a new key."""
        return DiffResult(changes=olds.get("rotation") != news.get("rotation"))

    def create(self, props: Props) -> CreateResult:
        """Make the key."""
        return CreateResult(secrets.token_hex(8), _made(props))

    def update(self, _id: str, _olds: Props, news: Props) -> UpdateResult:
        """Make another."""
        return UpdateResult(_made(news))


def _made(props: Props) -> Props:
    asked = {"form": props["form"], "rotation": props.get("rotation")}
    if props["form"] == "wireguard":
        private = pki.wireguard_private()
        return {**asked, "private_key": private, "public_key": pki.wireguard_public(private)}
    return {**asked, "key": pki.preshared() if props["form"] == "preshared" else pki.openvpn_static()}
