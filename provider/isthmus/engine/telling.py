"""What becomes of a list, told rule by rule: which come, go, change and move, for a preview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from isthmus.engine import order
from isthmus.engine.changes import Words
from isthmus.engine.menu import Menu, sounds_secret
from isthmus.engine.rows import match, summary
from isthmus.engine.text import line, quoted

MOST = 30
"""Rules that are told one by one; of more only the number is said."""


def told(menu: Menu, before: Sequence[Words], after: Sequence[Words], *, veiled: bool = False) -> str:
    """Say in a line what becomes of a list, and in one more for each rule what becomes of that; empty for nothing.

    veiled: whether the rules hold a secret, so that none of them is shown.
    """
    head = summary(menu, before, after)
    if not head or veiled:
        return head
    changes = list(_changes(menu, before, after))
    rest = [f"  ... and {len(changes) - MOST} more"] if len(changes) > MOST else []
    return "\n".join([head, *[f"  {change}" for change in changes[:MOST]], *rest])


def _changes(menu: Menu, before: Sequence[Words], after: Sequence[Words]) -> Iterator[str]:
    """Tell what goes by its old number; what comes, changes and moves by the new one, in the new order."""
    partner = match(menu, after, before)
    kept = [index for index in partner if index is not None]
    moved = {index for index, _ in order.moves(sorted(kept), kept)} if menu.ordered else set()
    for index in sorted(set(range(len(before))) - set(kept)):
        yield f"- {_numbered(menu, index)}{_shown(menu, before[index])}"
    for at, (words, was) in enumerate(zip(after, partner, strict=True)):
        if was is None:
            yield f"+ {_numbered(menu, at)}{_shown(menu, words)}"
            continue
        if was in moved:
            yield f"> rule {was + 1} to place {at + 1}: {_shown(menu, before[was])}"
        if before[was] != words:
            yield f"~ {_numbered(menu, at) or _key(menu, words)}{_difference(menu, before[was], words)}"


def _numbered(menu: Menu, index: int) -> str:
    return f"rule {index + 1}: " if menu.ordered else ""


def _key(menu: Menu, words: Words) -> str:
    return f"{line(menu, {name: words[name] for name in menu.key if name in words})}: "


def _shown(menu: Menu, words: Words) -> str:
    action = _default(menu, "action")
    whole = {**({"action": action} if action else {}), **words}
    return line(menu, {name: _open(menu, name, text) for name, text in whole.items()})


def _difference(menu: Menu, before: Words, after: Words) -> str:
    names = [name for name in [*menu.by_name, *before, *after] if before.get(name) != after.get(name)]
    return ", ".join(_became(menu, name, before.get(name), after.get(name)) for name in dict.fromkeys(names))


def _became(menu: Menu, name: str, before: str | None, after: str | None) -> str:
    return f"{name}={_value(menu, name, before)} -> {_value(menu, name, after)}"


def _value(menu: Menu, name: str, text: str | None) -> str:
    known = _default(menu, name) if text is None else text
    return "(not set)" if known is None else quoted(_open(menu, name, known))


def _default(menu: Menu, name: str) -> str | None:
    """Return what every version gives a word by itself."""
    word = menu.by_name.get(name)
    return word.default if word is not None and isinstance(word.default, str) else None


def _open(menu: Menu, name: str, text: str) -> str:
    word = menu.by_name.get(name)
    return "[secret]" if (word is not None and word.secret) or sounds_secret(name) else text
