"""WireGuard links with their peers (wg(8), linux/wireguard.h)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any, ClassVar

from pyroute2 import WireGuard as Channel

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links.data import told
from isthmus_agent.kinds.links.link import Link
from isthmus_agent.kinds.links.netlink import Others, inside
from isthmus_agent.record import Record

NONE = "A" * 43 + "="
"""The key of zeros, which stands for none."""
OWN = ("private_key", "listen_port", "fwmark")
PEERS = ("peers", "preshared_keys")
BATCH = 100
"""Allowed addresses in one message, which must fit into a page or so."""


class WireGuard(Link):
    """A WireGuard link. Its outer packets stay in the namespace that it was made in, `link_netns`."""

    loose: ClassVar[frozenset[str]] = frozenset({"peers", "link_netns", "listen_port"})
    secrets: ClassVar[frozenset[str]] = frozenset({"private_key", "preshared_keys"})

    def shown(self, host: Host, message: Any, netns: str, others: Others) -> Props:
        """Return the properties of a link with its peers; keys are among them, for root may read them."""
        declared = remembered(host, message.get("ifname"), netns)
        with inside(netns), Channel() as channel:
            found = channel.info(message.get("ifname"))
        first = found[0]
        place = declared.get("link_netns")
        return {
            **super().shown(host, message, netns, others),
            "link_netns": netns if place is None else place,
            "private_key": _key(first.get("WGDEVICE_A_PRIVATE_KEY")),
            "listen_port": first.get("WGDEVICE_A_LISTEN_PORT") or "",
            "fwmark": first.get("WGDEVICE_A_FWMARK") or 0,
            **_peers([peer for part in found for peer in part.get("WGDEVICE_A_PEERS") or []], declared.get("peers")),
        }

    def settle(self, host: Host, wanted: Props) -> None:
        """Give the link its keys and peers."""
        self._configure(host, wanted.get("netns") or "", {}, wanted)

    def change_data(self, host: Host, netns: str, actual: Props, different: Props) -> None:
        """Change keys and peers; a peer that stays keeps its session."""
        self._configure(host, netns, actual, different)

    def _configure(self, host: Host, netns: str, actual: Props, wanted: Props) -> None:  # noqa: ARG002 - entered
        name = {**actual, **wanted}["name"]
        own = {word: wanted[word] for word in OWN if wanted.get(word) is not None}
        own = {word: value if told(value) else (NONE if word == "private_key" else 0) for word, value in own.items()}
        with inside(netns), Channel() as channel:
            if own:
                channel.set(name, **own)
            if any(word in wanted for word in PEERS):
                _set_peers(channel, name, actual, {**actual, **wanted})


def remembered(host: Host, name: Any, netns: str) -> Props:
    """Return how a link of ours was declared: the kernel tells neither where a WireGuard link was made, nor which
    endpoints are declared and which it learned.
    """  # noqa: D205 - one sentence
    entries = (entry for entry in Record(host.home).entries() if entry.kind == "link/wireguard")
    mine = (entry.props for entry in entries if entry.props.get("name") == name)
    return next((props for props in mine if (props.get("netns") or "") == netns), {})


def _peers(found: Iterable[Any], declared: Any) -> Props:
    known = {peer["public_key"]: peer for peer in declared or []}
    merged: dict[str, Props] = {}
    secrets: dict[str, str] = {}
    for peer in found:
        public = _key(peer.get("WGPEER_A_PUBLIC_KEY"))
        # A large peer comes in several messages, the later ones with nothing but more addresses.
        shown = merged.setdefault(public, {"public_key": public, "allowed_ips": []})
        shown["allowed_ips"] += [_network(each["addr"]) for each in peer.get("WGPEER_A_ALLOWEDIPS") or []]
        endpoint = peer.get("WGPEER_A_ENDPOINT")
        if endpoint and (declared is None or public not in known or told(known[public].get("endpoint"))):
            shown["endpoint"] = _endpoint(endpoint)
        if peer.get("WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL"):
            shown["persistent_keepalive"] = peer.get("WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL")
        if _key(peer.get("WGPEER_A_PRESHARED_KEY")):
            secrets[public] = _key(peer.get("WGPEER_A_PRESHARED_KEY"))
    for shown in merged.values():
        shown["allowed_ips"] = sorted(shown["allowed_ips"])
    return {"peers": [merged[public] for public in sorted(merged)], "preshared_keys": secrets or ""}


def _set_peers(channel: Any, name: str, actual: Props, wanted: Props) -> None:
    secrets = wanted.get("preshared_keys") or {}
    peers = {peer["public_key"]: peer for peer in wanted.get("peers") or []}
    there = {peer["public_key"]: peer for peer in actual.get("peers") or []}
    for public in secrets.keys() - peers.keys():
        raise Refused(
            f"there is no peer {public} for one of them: declare the peer, or leave its key out", "preshared_keys"
        )
    for public in there.keys() - peers.keys():
        channel.set(name, peer={"public_key": public, "remove": True})
    for public, peer in peers.items():
        _set_peer(channel, name, peer, secrets.get(public) or NONE)


def _set_peer(channel: Any, name: str, peer: Props, secret: str) -> None:
    networks = list(peer.get("allowed_ips") or [])
    told_of = {
        "public_key": peer["public_key"],
        "preshared_key": secret,
        "persistent_keepalive": peer.get("persistent_keepalive") or 0,
        **_where(peer.get("endpoint")),
    }
    channel.set(name, peer={**told_of, "replace_allowed_ips": True, "allowed_ips": networks[:BATCH]})
    for start in range(BATCH, len(networks), BATCH):
        more = {"public_key": peer["public_key"], "allowed_ips": networks[start : start + BATCH]}
        channel.set(name, peer=more)


def _where(endpoint: Any) -> Props:
    if not told(endpoint):
        return {}
    address, _, port = str(endpoint).rpartition(":")
    return {"endpoint_addr": address.strip("[]"), "endpoint_port": int(port)}


def _endpoint(found: Any) -> str:
    address = f"[{found['addr']}]" if ":" in found["addr"] else found["addr"]
    return f"{address}:{found['port']}"


def _network(text: str) -> str:
    return str(ipaddress.ip_network(text))


def _key(value: Any) -> str:
    text = value.decode() if isinstance(value, bytes) else str(value or "")
    return "" if text == NONE else text
