"""A table as nft lists it, without what changes by itself: handles, counters, elements that packets add."""

from __future__ import annotations

import json
from typing import Any

_STATE = {"handle", "index", "packets", "bytes", "used", "expires"}
"""What the kernel counts, numbers or lets run out."""
_FILLED = {"dynamic", "timeout"}
"""Flags of sets whose elements come and go by themselves."""


def normal(listing: str) -> Any:
    """Return what `nft -j list table` printed, so that two tables that do the same are equal."""
    rules: dict[str, list[str]] = {}
    others = []
    for entry in json.loads(listing)["nftables"]:
        for kind, value in entry.items():
            if kind == "rule":
                rules.setdefault(value["chain"], []).append(_text(_stateless(value)))
            elif kind != "metainfo":
                others.append(_text({kind: _settled(_stateless(value))}))
    return sorted(others), rules


def body(listing: str) -> str:
    """Return what stands between the braces of a table that `nft list table` printed."""
    lines = listing.rstrip("\n").splitlines()[1:-1]
    return "".join(f"{line.removeprefix(chr(9))}\n" for line in lines)


def in_words_of(text: str, content: str) -> str:
    """Return what nft printed with the user's own spelling of each line that differs by nothing but spaces."""
    own = {" ".join(line.split()): line for line in content.splitlines()}
    return "".join(f"{own.get(' '.join(line.split()), line)}\n" for line in text.splitlines())


def _stateless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _stateless(part) for name, part in value.items() if name not in _STATE}
    return [_stateless(part) for part in value] if isinstance(value, list) else value


def _settled(thing: dict[str, Any]) -> dict[str, Any]:
    """Leave out elements that packets add, and the order of the others."""
    if "elem" not in thing:
        return thing
    rest = {name: value for name, value in thing.items() if name != "elem"}
    return rest if _FILLED & set(thing.get("flags", [])) else {**rest, "elem": sorted(map(_text, thing["elem"]))}


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
