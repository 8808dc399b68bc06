"""A picture of a tunnel, from what the deployment says that it built."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_TUNNEL = 8
"""The column of the tunnel between the boxes."""


def picture(tunnel: Mapping[str, Any], kinds: Mapping[str, str]) -> list[str]:
    """Both ends and what is between them; `kinds` says what each device is."""
    upper, lower = ([f"{name}, {kind}", *_built(tunnel["built"][name])] for name, kind in kinds.items())
    width = max(map(len, [*upper, *lower]))
    return [
        _edge("┌", "┐", width),
        *_boxed(upper, width),
        _edge("└", "┘", width, "╥"),
        " " * _TUNNEL + f"║  IPsec tunnel: packets up to {tunnel['mtu']} bytes, TCP segments up to {tunnel['mss']}",
        _edge("┌", "┐", width, "╨"),
        *_boxed(lower, width),
        _edge("└", "┘", width),
    ]


def _built(end: Mapping[str, Any]) -> Iterator[str]:
    """One line for each object: its kind and its name."""
    for kind, built in end.items():
        for one in built if isinstance(built, Sequence) and not isinstance(built, str) else [built]:
            yield f"{kind:<9} {one}"


def _boxed(lines: Sequence[str], width: int) -> list[str]:
    return [f"│ {line:<{width}} │" for line in lines]


def _edge(left: str, right: str, width: int, joint: str = "─") -> str:
    line = "─" * (width + 2)
    return f"{left}{line[: _TUNNEL - 1]}{joint}{line[_TUNNEL:]}{right}"
