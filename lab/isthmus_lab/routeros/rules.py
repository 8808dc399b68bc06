"""What a menu demands of its values together, in the router's words, by path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Trap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CERTIFICATE_NAMES = ("name", "common-name")


def certificate(values: Mapping[str, str]) -> None:
    """Demand something that names a certificate."""
    if not any(values.get(name) for name in _CERTIFICATE_NAMES):
        raise Trap("failure: At least one field specifying certificate name must be set!")


def dns_static(values: Mapping[str, str]) -> None:
    """Demand what a static DNS entry is about."""
    if not (values.get("name") or values.get("regexp")):
        raise Trap("failure: name or regexp required")


def policy(values: Mapping[str, str]) -> None:
    """Demand a peer of every policy that is no template."""
    if values.get("template") != "true" and not values.get("peer"):
        raise Trap("failure: Peer not set!")


RULES: Mapping[str, Callable[[Mapping[str, str]], None]] = {
    "/certificate": certificate,
    "/ip/dns/static": dns_static,
    "/ip/ipsec/policy": policy,
}
