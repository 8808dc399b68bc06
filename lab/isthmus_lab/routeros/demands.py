"""What a menu demands of a row's words together, as its table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Trap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from isthmus_lab.routeros.schema import Demand

    Texts = Mapping[str, frozenset[str]]


def check(demands: Iterable[Demand], values: Mapping[str, str]) -> None:
    """Refuse a row, its defaults among the values, in the words of the first demand that it does not meet."""
    for demand in demands:
        if _concerns(demand, values) and not _met(demand, values):
            raise Trap(demand.refusal)


def _concerns(demand: Demand, values: Mapping[str, str]) -> bool:
    given = not demand.words or any(word in values for word in demand.words)
    return given and all(_is(values, name, texts) for name, texts in demand.when.items())


def _met(demand: Demand, values: Mapping[str, str]) -> bool:
    among = all(_is(values, name, texts) for name, texts in demand.among.items())
    return among and not any(_is(values, name, texts) for name, texts in demand.outside.items())


def _is(values: Mapping[str, str], name: str, texts: frozenset[str]) -> bool:
    """Tell whether a word, or one of the words of a list, is one of the texts."""
    return not texts.isdisjoint(values.get(name, "").split(","))
