"""Reading a topology file: what is wrong with it is said with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from isthmus_lab.errors import LabError
from isthmus_lab.topology.topology import Location, Topology

_TAGS: Final = frozenset({"linux", "routeros", "[key]"})
"""What pydantic puts into the place of an error and no file holds: the kinds of nodes, and keys as such."""


def load(file: Path) -> Topology:
    """Read a topology file; raise :class:`LabError` with one line for each mistake in it."""
    return parse(read(file), str(file))


def read(file: Path) -> str:
    """Give the text of a topology file."""
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise LabError(f"cannot read {file}: {getattr(error, 'strerror', 'it is no text')}") from error


def parse(text: str, source: str = "topology") -> Topology:
    """Read a topology from text; ``source`` stands for the file in messages."""
    try:
        data, lines = _data_and_lines(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{source}:{mark.line + 1}" if mark else source
        raise LabError(f"{where}: {error.problem}") from error
    try:
        return Topology.model_validate(_with_kinds(data))
    except ValidationError as error:
        raise LabError("\n".join(_told(error, source, lines))) from error


def _with_kinds(data: Any) -> Any:
    """Let a node without a kind be a Linux host."""
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), dict):
        return data
    nodes = {
        name: {"kind": "linux", **node} if isinstance(node, dict) else {"kind": "linux"} if node is None else node
        for name, node in data["nodes"].items()
    }
    return {**data, "nodes": nodes}


def _data_and_lines(text: str) -> tuple[Any, dict[Location, int]]:
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return None, {}
        lines = dict(_lines(root, ()))
        return loader.construct_document(root), lines
    finally:
        loader.dispose()


def _lines(node: yaml.Node, path: Location) -> Iterator[tuple[Location, int]]:
    """Give the line of each value, of mappings by their key."""
    if not path:
        yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} stands here twice", problem_mark=key.start_mark)
            seen.add(key.value)
            yield (*path, key.value), key.start_mark.line + 1
            yield from _lines(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield (*path, position), value.start_mark.line + 1
            yield from _lines(value, (*path, position))


def _told(error: ValidationError, source: str, lines: dict[Location, int]) -> Iterator[str]:
    for wrong in error.errors(include_url=False):
        path = _in_file(wrong["loc"], lines)
        yield f"{source}:{_line(path, lines)}: {_dotted(path)}{_reason(wrong['type'], wrong['msg'])}"


def _in_file(loc: Location, lines: dict[Location, int]) -> Location:
    """Drop what pydantic adds to the path of a value."""
    path: Location = ()
    for step in loc:
        if step not in _TAGS or (*path, step) in lines:
            path = (*path, step)
    return path


def _line(path: Location, lines: dict[Location, int]) -> int:
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)


def _dotted(path: Location) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return f"{text}: " if text else ""


def _reason(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "there is no such word here: remove it, or mend its spelling"
    if kind == "missing":
        return "it is missing"
    if kind == "string_type":
        return "it must be text: quote it"
    return message.removeprefix("Value error, ").replace("Input should", "it should")
