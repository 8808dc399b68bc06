"""The page of one resource."""

from __future__ import annotations

import inspect
import os.path
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from isthmus.declare.reference.arguments import arguments, keys, nested, outputs, parameters
from isthmus.declare.reference.catalogue import Entry
from isthmus.declare.reference.example import program
from isthmus.declare.reference.facts import of_kind, of_menu
from isthmus.declare.reference.table import properties, table

KINDS = ("Kind", "Its properties")


def page(entry: Entry, others: Sequence[Entry]) -> str:
    """Return the page of a resource as Markdown; `others` are linked where they are about the same menu."""
    parts = [f"# {entry.name}", about(entry), *_facts(entry), "## Example", f"```python\n{program(entry)}```"]
    parts += ["## Arguments", *_arguments(entry), *_words(entry, others), *_outputs(entry)]
    return "\n\n".join(parts) + "\n"


def about(entry: Entry) -> str:
    """Return what the class says of itself."""
    return inspect.cleandoc(entry.cls.__doc__ or "")


def _facts(entry: Entry) -> list[str]:
    if not entry.typed:
        return []
    facts = of_kind if entry.root == "linux" else of_menu
    return ["\n".join(f"- {fact}" for fact in facts(entry.cls.menu()))]


def _arguments(entry: Entry) -> list[str]:
    if not (entry.typed or entry.objects):
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
    if entry.objects:
        return ["## Objects of the set", _members(entry, entry.members(others))]
    if not entry.typed:
        return []
    menu = entry.cls.menu()
    if entry.rows is None:
        return ["## Properties", "\n".join(properties(menu)), *_nested(entry)]
    single = next(other for other in others if other.cls is entry.rows)
    return ["## Properties of a row", f"Those of [{single.name}]({_link(entry, single)}), without `{menu.group}`."]


def _members(entry: Entry, members: Sequence[Entry]) -> str:
    """Say what can be in a set: the properties of one class, or of the class of each kind."""
    if [one.cls.menu().path for one in members] == [entry.objects]:
        return f"Their properties are those of [{members[0].name}]({_link(entry, members[0])})."
    kinds = [(f"`{one.cls.menu().path.partition('/')[2]}`", f"[{one.name}]({_link(entry, one)})") for one in members]
    return "\n".join(["`kind` says which one it is, and so which properties it has:", "", *table(KINDS, kinds)])


def _nested(entry: Entry) -> Iterator[str]:
    """Yield the parts of a page about dictionaries that words take."""
    for kind in nested(entry.cls):
        rows = [(f"`{name}`", f"`{hint}`") for name, hint in keys(kind)]
        yield f"## {kind.__name__}"
        yield inspect.cleandoc(kind.__doc__ or "")
        yield "\n".join(table(("Key", "Type"), rows))


def _link(entry: Entry, other: Entry) -> str:
    return f"{os.path.relpath(other.page, PurePosixPath(entry.page).parent)}#properties"


def _outputs(entry: Entry) -> list[str]:
    rows = [(f"`{name}`", doc) for name, doc in outputs(entry.cls)]
    return ["## Outputs", "\n".join(table(("Output", "Meaning"), rows))] if rows else []
