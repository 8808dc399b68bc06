"""WireGuard links (wg(8))."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import pulumi
from typing_extensions import override

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import number
from isthmus.engine import kinds
from isthmus.engine.kinds import Kind
from isthmus.linux.links.base import Link
from isthmus.linux.links.values import Endpoint, Mark, Port, WireGuardKey

PRESHARED = "preshared_key"
_KEEPALIVE = kinds.Number(0, 0xFFFF)
_NETWORKS = kinds.ListOf(kinds.Prefix(single="full"))


class WireGuardPeerArgs(TypedDict):
    """A peer: who may speak, from where, and which inner addresses are its own."""

    public_key: pulumi.Input[str]
    allowed_ips: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    endpoint: NotRequired[pulumi.Input[str]]
    persistent_keepalive: NotRequired[pulumi.Input[int]]
    preshared_key: NotRequired[pulumi.Input[str]]


@dataclass(frozen=True, slots=True)
class Peers(Kind):
    """Peers by their public keys; their pre-shared keys stand apart."""

    @override
    def canonical(self, value: Any) -> str:
        listed = json.loads(value) if isinstance(value, str) else value
        peers = [_peer(peer) for peer in listed]
        names = [peer["public_key"] for peer in peers]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"the peer {twice} is given twice: join the two")
        return json.dumps(sorted(peers, key=lambda peer: str(peer["public_key"])), separators=(",", ":"))

    @override
    def python(self, wire: str) -> Any:
        return json.loads(wire)

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "object"}}


@dataclass(frozen=True, slots=True)
class PresharedKeys(Kind):
    """Pre-shared keys by the public keys of their peers."""

    @override
    def canonical(self, value: Any) -> str:
        given = json.loads(value) if isinstance(value, str) else value
        key = WireGuardKey()
        spelled = {key.canonical(public): key.canonical(secret) for public, secret in given.items()}
        return json.dumps(spelled, sort_keys=True, separators=(",", ":")) if spelled else ""

    @override
    def python(self, wire: str) -> Any:
        return json.loads(wire) if wire else {}

    @override
    def json_schema(self) -> dict[str, Any]:
        return {"type": "object"}


def _peerless(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    peers = {peer["public_key"] for peer in json.loads(words.get("peers") or "[]")}
    strangers = sorted(json.loads(words.get("preshared_keys") or "{}").keys() - peers)
    if "peers" in words and strangers:
        yield "preshared_keys", f"there is no peer {strangers[0]}: declare it in peers, or leave its key out"


class WireGuard(Link, kind="link/wireguard", key=("name",), together=_peerless):
    """A WireGuard tunnel to any number of peers.

    An endpoint that is not given is learned, and is no drift. Names are not resolved: WireGuard keeps addresses.
    """

    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.", default="1420")
    addrgenmode: Property[Literal["eui64", "none", "stable_secret", "random"]] = word(
        "How its IPv6 link-local address is made.", default="none"
    )
    link_netns: Property[str] = word(
        "Network namespace that outer packets are in, where it is not the link's own; '' is the host's.", replaces=True
    )
    private_key: Required[Annotated[str, WireGuardKey()]] = required("Private key of this end.", secret=True)
    listen_port: Property[Port] = word(
        "UDP port of this end; by default the kernel chooses one.", default="0", drifts=False
    )
    fwmark: Property[Mark] = word("Mark of outer packets.", default="0")
    peers: Property[Annotated[Sequence[WireGuardPeerArgs | Mapping[str, Any]], Peers()]] = word(
        "The peers; a `preshared_key` of one is kept apart, as a secret.", default="[]"
    )
    preshared_keys: Property[Annotated[Mapping[str, str], PresharedKeys()]] = word(
        "Pre-shared keys by peer's public key; those that peers are given with are among them.",
        default="",
        secret=True,
    )

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        peers = arguments.pop("peers", None)
        if peers is not None:
            listed: pulumi.Output[Any] = pulumi.Output.from_input(peers)
            apart = pulumi.Output.from_input(arguments.pop("preshared_keys", None) or {})
            arguments["peers"] = pulumi.Output.unsecret(listed).apply(_without_secrets)
            arguments["preshared_keys"] = pulumi.Output.all(listed, apart).apply(lambda both: _secrets(*both))
        return super()._inputs(name, opts, arguments)


def _peer(given: Any) -> dict[str, Any]:
    """Return a peer in canonical spelling, without what says nothing."""
    if not isinstance(given, Mapping) or "public_key" not in given:
        raise ValueError("expected each peer with its public_key, found one without")
    unknown = sorted(given.keys() - WireGuardPeerArgs.__annotations__.keys())
    if unknown:
        raise ValueError(f"a peer has no {unknown[0]!r}: {', '.join(WireGuardPeerArgs.__annotations__)}")
    networks = _NETWORKS.canonical(list(given.get("allowed_ips") or []))
    peer = {"public_key": WireGuardKey().canonical(given["public_key"]), "allowed_ips": _NETWORKS.python(networks)}
    if given.get("endpoint"):
        peer["endpoint"] = Endpoint().canonical(given["endpoint"])
    if given.get("persistent_keepalive"):
        peer["persistent_keepalive"] = int(_KEEPALIVE.canonical(given["persistent_keepalive"]))
    return peer


def _without_secrets(peers: Any) -> Any:
    return [{name: value for name, value in peer.items() if name != PRESHARED} for peer in peers]


def _secrets(peers: Any, apart: Any) -> dict[str, str]:
    own = {peer["public_key"]: peer[PRESHARED] for peer in peers if peer.get(PRESHARED) and "public_key" in peer}
    return {**apart, **own}
