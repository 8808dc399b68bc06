"""YAML files of ours: a mapping from names to entries, each with its line for error messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from isthmus.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Entry(NamedTuple):
    """What stands under a name, and in which line of the file."""

    line: int
    value: Any


def read_entries(path: Path) -> dict[str, Entry]:
    """Read a file; an empty one has no entries.

    Raises ConfigurationError, naming file and line, for what is not readable, not YAML, not a mapping or there twice.
    """
    try:
        return _entries(path.read_text("utf-8"), path)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: is not UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigurationError(f"{path}:{line}: not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}: not YAML: {error}") from None


def _entries(text: str, path: Path) -> dict[str, Entry]:
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return {}
        if not isinstance(root, yaml.MappingNode):
            raise ConfigurationError(f"{path}:1: must be a mapping of names")
        _refuse_twice(root, path)
        return {key.value: _entry(loader, key, value) for key, value in root.value}
    finally:
        loader.dispose()


def _entry(loader: yaml.SafeLoader, key: yaml.Node, value: yaml.Node) -> Entry:
    return Entry(key.start_mark.line + 1, loader.construct_object(value, deep=True))


def _refuse_twice(root: yaml.Node, path: Path) -> None:
    for mapping in _mappings(root):
        seen: set[object] = set()
        for key, _ in mapping.value:
            if str(key.value) in seen:
                raise ConfigurationError(f"{path}:{key.start_mark.line + 1}: {key.value} stands there twice")
            seen.add(str(key.value))


def _mappings(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)
