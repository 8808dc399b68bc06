"""The page on the lab lists the menus that its tables have."""

from __future__ import annotations

import re
from pathlib import Path

from isthmus.declare import registry
from isthmus_lab.routeros.schema_load import menus
from isthmus_lab.routeros.versions import Version

PAGE = Path(__file__).parents[3] / "docs" / "lab.md"
EVERY = {path for text in ("6.49", "7.16", "7.20", "7.23") for path in menus(Version.parse(text))}


def test_the_page_lists_every_menu() -> None:
    section = PAGE.read_text().partition("## Which menus it has")[2].partition("\n## ")[0]
    told = re.findall(r"^- .*$", section, re.MULTILINE)
    assert {path for line in told for path in re.findall(r"`(/[^`]+)`", line)} == EVERY


def test_it_has_every_menu_that_has_a_class() -> None:
    assert set(registry.paths()) <= EVERY
