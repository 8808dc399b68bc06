"""Values that are words of a fixed list: one of them, or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros.values import refusals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus_lab.routeros.values.kinds import Normalise


def one_of(words: Sequence[str]) -> Normalise:
    """One word, which may be cut short as long as only one begins like that."""

    def normalise(given: str, argument: str) -> str:
        return completed(given, words, argument)

    return normalise


def several_of(words: Sequence[str], *, negated: bool = False) -> Normalise:
    """Several words, which the router keeps as bits and prints in the order of its own list.

    With ``negated`` a leading ``!`` excludes each of them.
    """

    def normalise(given: str, argument: str) -> str:
        sign, listed = ("!", given[1:]) if negated and given.startswith("!") else ("", given)
        chosen = {completed(part, words, argument) for part in listed.split(",") if part}
        return sign + ",".join(word for word in words if word in chosen)

    return normalise


def granted(words: Sequence[str]) -> Normalise:
    """What is granted of a list, and then, each led by ``!``, what is not."""

    def normalise(given: str, argument: str) -> str:
        wanted = [part for part in given.split(",") if part and not part.startswith("!")]
        chosen = {completed(part, words, argument) for part in wanted}
        return ",".join([w for w in words if w in chosen] + [f"!{w}" for w in words if w not in chosen])

    return normalise


def completed(given: str, words: Sequence[str], argument: str) -> str:
    """Return the word that ``given`` is, or is the beginning of."""
    if given in words:
        return given
    beginnings = [word for word in words if given and word.startswith(given)]
    if len(beginnings) > 1:
        raise refusals.ambiguous(argument)
    if not beginnings:
        raise refusals.no_match(argument)
    return beginnings[0]
