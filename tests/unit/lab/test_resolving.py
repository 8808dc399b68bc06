"""What of a table holds for a version."""

from __future__ import annotations

from typing import Any

import pytest

from isthmus_lab.routeros.resolving import known, resolve
from isthmus_lab.routeros.versions import Version

BY_VERSION: list[tuple[str, Any]] = [
    ("6.49", "old"),
    ("7.15", "old"),
    ("7.16", "new"),
    ("7.16.2", "new"),
    ("7.20", None),
]


@pytest.mark.parametrize(("version", "expected"), BY_VERSION)
def test_a_value_by_version_holds_from_its_version_on(version: str, expected: str | None) -> None:
    table = {"value": {"6.0": "old", "7.16": "new", "7.18": False}}
    assert resolve(table, Version.parse(version)).get("value") == expected


def test_what_is_no_table_of_versions_is_resolved_inside() -> None:
    table = {"argument": {"type": "text", "default": {"7.1": "a"}}, "rows": [{"values": {"x": {"7.1": "b"}}}]}
    resolved = resolve(table, Version.parse("7.16"))
    assert resolved == {"argument": {"type": "text", "default": "a"}, "rows": [{"values": {"x": "b"}}]}


@pytest.mark.parametrize(
    ("table", "holds"),
    [
        ({}, True),
        ({"since": "7.16"}, True),
        ({"since": "7.17"}, False),
        ({"until": "7.16"}, False),
        ({"until": "7.17"}, True),
        ({"absent": True}, False),
    ],
)
def test_since_and_until_bound_what_a_version_knows(table: dict[str, Any], *, holds: bool) -> None:
    assert known(table, Version.parse("7.16")) is holds


@pytest.mark.parametrize(
    ("earlier", "later"), [("6.49.7", "7.1"), ("7.9", "7.10"), ("7.16", "7.16.2"), ("7.16beta3", "7.17rc1")]
)
def test_versions_compare_by_their_numbers(earlier: str, later: str) -> None:
    assert Version.parse(earlier) < Version.parse(later)


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(ValueError, match="no RouterOS version"):
        Version.parse("latest")
