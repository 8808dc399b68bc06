"""Several owners in one chain, each of which knows only its own rows: one repair by each settles it.

Worlds are made at random from a seed: owners in all bands, beside each other and beside foreign rows.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from isthmus.engine import mark, order
from isthmus.engine.mark import Mark
from isthmus.engine.order import Place, Slot
from tests.unit.engine.test_order import applied

WORLDS = 800


@dataclass
class World:
    """Owners with their marks, rows and places, and what stands in the chain."""

    rng: random.Random
    marks: dict[str, Mark] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    chain: list[str] = field(default_factory=list)

    def foreign(self, count: int) -> None:
        """Put rows of nobody into the chain."""
        self.chain = [f"foreign {number}" for number in range(count)]
        self.slots = {row: Slot(row, None, row) for row in self.chain}

    def add(self, name: str, size: int) -> None:
        """Make one more owner, and its rows."""
        band = self.rng.choice("tfuulbps")
        own = mark.make("project", "stack", "type", name, band)
        anchor = self.rng.choice([*map(str, self.marks.values()), "foreign 0"])
        self.marks[name] = own.beside(anchor) if own.anchored else own
        self.places[name] = Place("before" if band == "p" else "after", anchor) if own.anchored else Place()
        self.rows[name] = [f"{name}{number}" for number in range(size)]
        layout = order.layout(self.standing(), self.marks[name], ["new"], self.places[name])
        at = layout.index("new")
        self.chain[at:at] = self.rows[name]
        self.slots |= {row: Slot(row, self.marks[name]) for row in self.rows[name]}

    def standing(self) -> list[Slot]:
        """Return the chain as the router shows it."""
        return [self.slots[row] for row in self.chain]

    def repaired(self, name: str) -> list[str]:
        """Return the chain after one repair by one owner."""
        chain = self.standing()
        block = order.retinue(chain, self.rows[name])
        layout = order.layout(chain, self.marks[name], block, self.places[name])
        return applied(self.chain, order.moves(self.chain, layout, set(block).__contains__))

    def displaced(self) -> list[str]:
        """Return who sees rows out of place, in the order in which their anchors come first."""
        return [name for name in self.marks if self.repaired(name) != self.chain]

    def by_hand(self, times: int) -> None:
        """Move some rows anywhere, foreign ones too."""
        for _ in range(times):
            row = self.chain.pop(self.rng.randrange(len(self.chain)))
            self.chain.insert(self.rng.randint(0, len(self.chain)), row)

    def settle(self, owners: Sequence[str]) -> None:
        """Let owners repair one after another."""
        for name in owners:
            self.chain = self.repaired(name)


def world(seed: int, sizes: Sequence[int]) -> World:
    rng = random.Random(seed)  # noqa: S311 - worlds that come again, not secrets
    made = World(rng)
    made.foreign(rng.randint(1, 3))
    for number in range(rng.randint(2, 6)):
        made.add("abcdef"[number], rng.choice(sizes))
    return made


@pytest.mark.parametrize("sizes", [[1], [1, 2, 3]], ids=["single rules", "lists too"])
def test_what_was_built_is_in_place_for_everybody(sizes: list[int]) -> None:
    assert not [seed for seed in range(WORLDS) if world(seed, sizes).displaced()]


@pytest.mark.parametrize("times", [1, 2, 4])
def test_single_rules_settle_at_once_however_many_were_moved(times: int) -> None:
    for seed in range(WORLDS):
        made = world(seed, [1])
        made.by_hand(times)
        made.settle(made.displaced())
        assert not made.displaced(), f"seed {seed}: {made.chain}"


@pytest.mark.parametrize("times", [1, 2, 4])
def test_lists_settle_with_a_second_repair_at_the_latest(times: int) -> None:
    again = 0
    for seed in range(WORLDS):
        made = world(seed, [1, 2, 3])
        made.by_hand(times)
        made.settle(made.displaced())
        again += bool(made.displaced())
        made.settle(made.displaced())
        assert not made.displaced(), f"seed {seed}: {made.chain}"
    assert again <= WORLDS // 100
