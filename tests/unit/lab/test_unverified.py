"""What is unverified is said, menu by menu."""

from __future__ import annotations

from isthmus_lab.routeros import unverified, written


def test_every_note_of_a_table_is_rendered() -> None:
    page = unverified.render()
    notes = [note for table in written.menus().values() for note in table.get("unverified", [])]
    assert notes
    assert all(note.rstrip(".") in page for note in [*notes, *written.notes()])


def test_a_menu_s_notes_stand_under_its_path() -> None:
    page = unverified.render()
    section = page.partition("## `/ip/ipsec/policy`")[2].partition("## ")[0]
    assert "a policy without a peer" in section
