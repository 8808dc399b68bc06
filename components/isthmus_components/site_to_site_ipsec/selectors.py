"""Which traffic a tunnel takes: every network of one site to every network of the other."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from isthmus_components.site import Network, Site


class Selector(NamedTuple):
    """One pair of networks as one end sees it: `src` is behind this router, `dst` behind the other."""

    src: Network
    dst: Network

    def __str__(self) -> str:
        return f"{self.src}-{self.dst}"

    @property
    def mirrored(self) -> Selector:
        """The same pair as the other end sees it."""
        return Selector(self.dst, self.src)


def selectors(left: Site, right: Site) -> list[Selector]:
    """Return the pairs of networks of one IP version as `left` sees them, in the order in which the sites name them."""
    pairs = product(left.prefixes, right.prefixes)
    return [Selector(src, dst) for src, dst in pairs if src.version == dst.version]
