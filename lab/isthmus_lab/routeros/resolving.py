"""Choosing from a table what holds for one version.

Wherever a table may say a value, it may say one by version instead: a table whose keys are versions, each holding from
that version on (``false``: there is none). ``since`` and ``until`` (the first version without it) bound an argument,
a row or a whole menu; ``absent`` by version leaves a gap.
"""

from __future__ import annotations

import re
from typing import Any

from isthmus_lab.routeros.versions import Span, Version

_VERSION = re.compile(r"\d+\.\d+(\.\d+)?")

Table = dict[str, Any]


def resolve(table: Table, version: Version) -> Table:
    """Choose, wherever values are given by version, the one that holds; what the version lacks is left out."""
    chosen = {key: _resolved(value, version) for key, value in table.items()}
    return {key: value for key, value in chosen.items() if value is not None}


def known(table: Table, version: Version) -> bool:
    """Tell whether the version has what a resolved table describes."""
    since, until = (Version.parse(table[key]) if key in table else None for key in ("since", "until"))
    return not table.get("absent") and version in Span(since, until)


def _resolved(value: Any, version: Version) -> Any:
    if isinstance(value, list):
        return [_resolved(entry, version) for entry in value]
    if not isinstance(value, dict):
        return value
    return _at(value, version) if _by_version(value) else resolve(value, version)


def _by_version(table: Table) -> bool:
    return bool(table) and all(_VERSION.fullmatch(key) for key in table)


def _at(table: Table, version: Version) -> Any:
    holding = [key for key in table if Version.parse(key) <= version]
    value = table[max(holding, key=Version.parse)] if holding else None
    return None if value is False else _resolved(value, version)
