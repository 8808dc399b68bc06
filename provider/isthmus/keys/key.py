"""Keys that are random bytes in the form that a program wants."""

from __future__ import annotations

import pulumi
from pulumi.dynamic import Resource

from isthmus.dynamic import KeyProvider

_KEY = KeyProvider()


class WireGuardKey(Resource, module="isthmus", name="WireGuardKey"):
    """A WireGuard key pair. rotation: any text; when it changes, another pair is made."""

    private_key: pulumi.Output[str]
    """The private key, as `wg genkey` prints it: a secret."""
    public_key: pulumi.Output[str]
    """The public key, as `wg pubkey` prints it."""

    def __init__(
        self,
        resource_name: str,
        *,
        rotation: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        props = {"form": "wireguard", "rotation": rotation, "private_key": None, "public_key": None}
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["private_key"])
        super().__init__(_KEY, resource_name, props, pulumi.ResourceOptions.merge(opts, hidden))


class _Shared(Resource, module="isthmus", name="SharedKey"):
    key: pulumi.Output[str]
    """The key: a secret."""

    def __init__(
        self, resource_name: str, form: str, rotation: pulumi.Input[str] | None, opts: pulumi.ResourceOptions | None
    ) -> None:
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["key"])
        props = {"form": form, "rotation": rotation, "key": None}
        super().__init__(_KEY, resource_name, props, pulumi.ResourceOptions.merge(opts, hidden))


class PreSharedKey(_Shared, module="isthmus", name="PreSharedKey"):
    """A key that two WireGuard peers share beside their pairs, as `wg genpsk` prints it."""

    def __init__(
        self,
        resource_name: str,
        *,
        rotation: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__(resource_name, "preshared", rotation, opts)


class OpenVpnStaticKey(_Shared, module="isthmus", name="OpenVpnStaticKey"):
    """A static key of OpenVPN's, as `openvpn --genkey secret` writes it: for `secret`, `tls_auth` or `tls_crypt`."""

    def __init__(
        self,
        resource_name: str,
        *,
        rotation: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__(resource_name, "openvpn", rotation, opts)
