"""Words that the router folds into others before it keeps them, by path."""

from __future__ import annotations

from ipaddress import ip_interface
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Values = dict[str, str]


def address(values: Values) -> Values:
    """Fold ``netmask`` into the address; a network that is the address's own is not kept apart."""
    kept = dict(values)
    if "netmask" in kept:
        kept["address"] = ip_interface(f"{kept['address'].partition('/')[0]}/{kept.pop('netmask')}").with_prefixlen
    if kept.get("network") == str(ip_interface(kept["address"]).network.network_address):
        del kept["network"]
    return kept


def certificate(values: Values) -> Values:
    """Let a certificate be named after its common name unless it has a name."""
    return {"name": values["common-name"], **values} if values.get("common-name") else values


COMPLETED: Mapping[str, Callable[[Values], Values]] = {
    "/certificate": certificate,
    "/ip/address": address,
}
