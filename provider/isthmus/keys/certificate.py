"""Certificates, and authorities that sign them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi
from pulumi.dynamic import Resource

from isthmus.dynamic import CertificateProvider
from isthmus.engine.pki import KeyType, Usage

_CERTIFICATE = CertificateProvider()
_HIDDEN = pulumi.ResourceOptions(additional_secret_outputs=["private_key", "ca_key"])


class _Signed(Resource, module="isthmus", name="Certificate"):
    certificate: pulumi.Output[str]
    """The certificate, PEM."""
    private_key: pulumi.Output[str]
    """Its private key, PEM (PKCS #8): a secret."""
    fingerprint: pulumi.Output[str]
    """Its SHA-256 fingerprint, as OpenVPN's `peer-fingerprint` takes it; another one after each renewal."""
    expires: pulumi.Output[str]
    """Until when it holds, ISO 8601."""

    def __init__(self, resource_name: str, props: dict[str, Any], opts: pulumi.ResourceOptions | None) -> None:
        made = dict.fromkeys(("certificate", "private_key", "fingerprint", "expires"))
        super().__init__(_CERTIFICATE, resource_name, {**props, **made}, pulumi.ResourceOptions.merge(opts, _HIDDEN))


class CertificateAuthority(_Signed, module="isthmus", name="CertificateAuthority"):
    """An authority of one's own, which signs certificates.

    days: how long its certificate holds. renew_days: how long before its end an `up` renews it, with the same key, so
    that what it signed stays good. rotation: any text; when it changes, a new key is made.
    """

    def __init__(
        self,
        resource_name: str,
        *,
        common_name: pulumi.Input[str] | None = None,
        days: pulumi.Input[int] = 3650,
        renew_days: pulumi.Input[int] = 365,
        key_type: KeyType = "ec-p256",
        rotation: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        props = {
            "common_name": resource_name if common_name is None else common_name,
            "days": days,
            "renew_days": renew_days,
            "key_type": key_type,
            "rotation": rotation,
        }
        super().__init__(resource_name, props, opts)


class Certificate(_Signed, module="isthmus", name="Certificate"):
    """A certificate with its key, signed by an authority or, without `ca`, by itself.

    usage: what it is good for: a `server`, a `client`, or `both`. names: DNS names and IP addresses it stands for.
    days: how long it holds. renew_days: how long before its end an `up` renews it, with the same key; a preview says
    so. rotation: any text; when it changes, a new key is made.
    """

    def __init__(
        self,
        resource_name: str,
        *,
        usage: Usage,
        ca: CertificateAuthority | None = None,
        common_name: pulumi.Input[str] | None = None,
        names: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        days: pulumi.Input[int] = 825,
        renew_days: pulumi.Input[int] = 90,
        key_type: KeyType = "ec-p256",
        rotation: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        props = {
            "common_name": resource_name if common_name is None else common_name,
            "usage": usage,
            "names": names,
            "days": days,
            "renew_days": renew_days,
            "key_type": key_type,
            "rotation": rotation,
            "ca_certificate": ca.certificate if ca else None,
            "ca_key": ca.private_key if ca else None,
        }
        super().__init__(resource_name, props, opts)
