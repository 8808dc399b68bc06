"""What a page says of a resource before its words."""

from __future__ import annotations

from collections.abc import Iterator

from isthmus.declare.reference.table import versions
from isthmus.engine.menu import Menu

UNDONE = "a new connection must prove that the host is still reached, else the host itself undoes it"


def of_menu(menu: Menu) -> Iterator[str]:
    """Say what is to be known of a router's menu."""
    yield f"Menu: `{menu.path}`"
    yield f"RouterOS versions: {versions(menu.since, menu.until)}"
    if menu.singleton:
        yield "Settings, no rows: what was there before comes back on destroy"
        return
    key = ", ".join(f"`{word}`" for word in menu.key)
    yield f"Rows are told apart by: {key}" if key else "Rows may be equal: only our mark tells them apart"
    yield f"Ownership mark: {'in the comment' if menu.comment else 'in the default name, for rows have no comment'}"
    if menu.ordered:
        yield f"Order matters within {f'one `{menu.group}`' if menu.group else 'the menu'}"


def of_kind(menu: Menu) -> Iterator[str]:
    """Say what is to be known of a kind of object on Linux hosts."""
    yield f"Kind: `{menu.path}`, as the host's record and errors call it"
    yield f"Objects are told apart by: {', '.join(f'`{menu.by_name[name].attribute}`' for name in menu.key)}"
    yield "Ownership mark: in the record of the host's agent"
    if menu.cuts:
        yield f"Making, changing or removing one can cut the way in: {UNDONE}"
    elif menu.carries:
        yield f"A change of one that the session goes over can cut the way in: {UNDONE}"
    elif any(word.cuts for word in menu.words.values()):
        yield f"A change of a property with the note *cuts* can cut the way in: {UNDONE}"
