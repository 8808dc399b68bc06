"""The page of one resource."""

from __future__ import annotations

import inspect
import os.path
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from isthmus.declare.reference.arguments import arguments, outputs, parameters
from isthmus.declare.reference.catalogue import Entry
from isthmus.declare.reference.example import program
from isthmus.declare.reference.table import properties, table, versions
from isthmus.engine.menu import Menu


def page(entry: Entry, others: Sequence[Entry]) -> str:
    """Return the page of a resource as Markdown; `others` are linked where they are about the same menu."""
    parts = [f"# {entry.name}", about(entry), *_facts(entry), "## Example", f"```python\n{program(entry)}```"]
    parts += ["## Arguments", *_arguments(entry), *_words(entry, others), *_outputs(entry)]
    return "\n\n".join(parts) + "\n"


def about(entry: Entry) -> str:
    """Return what the class says of itself."""
    return inspect.cleandoc(entry.cls.__doc__ or "")


def _facts(entry: Entry) -> list[str]:
    return ["\n".join(f"- {fact}" for fact in _of_menu(entry.cls.menu()))] if entry.typed else []


def _of_menu(menu: Menu) -> Iterator[str]:
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


def _arguments(entry: Entry) -> list[str]:
    if not entry.typed:
        rows = [(f"`{one.name}`", _type(one.type), _default(one.default)) for one in parameters(entry.cls)]
        return ["\n".join(table(("Argument", "Type", "Default"), rows))]
    device = ("`device`", "`Device`", "The device, by its name in the devices file or as an inline object.")
    others = [(f"`{one.name}`", _type(one.type), one.doc) for one in arguments(entry.cls)]
    first, rest = others[:1], others[1:]
    return ["\n".join(table(("Argument", "Type", "Meaning"), [*first, device, *rest]))]


def _type(annotation: str) -> str:
    bare = annotation.removesuffix(" | None")
    return f"`{bare.removeprefix('Required[').removesuffix(']') if bare.startswith('Required[') else bare}`"


def _default(value: str) -> str:
    return f"`{value}`" if value else "required"


def _words(entry: Entry, others: Sequence[Entry]) -> list[str]:
    if not entry.typed:
        return []
    menu = entry.cls.menu()
    if entry.rows is None:
        return ["## Properties", "\n".join(properties(menu))]
    single = next(other for other in others if other.cls is entry.rows)
    link = os.path.relpath(single.page, PurePosixPath(entry.page).parent)
    return ["## Properties of a row", f"Those of [{single.name}]({link}#properties), without `{menu.group}`."]


def _outputs(entry: Entry) -> list[str]:
    rows = [(f"`{name}`", doc) for name, doc in outputs(entry.cls)]
    return ["## Outputs", "\n".join(table(("Output", "Meaning"), rows))] if rows else []
