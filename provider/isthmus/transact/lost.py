"""The one thing that a killed run can lose: what a secret was before it was taken over.

The journal holds no secret, and the state gets the former one only when the change is done. A run that is cut after
the router took the new secret, and before the state was written, leaves the former one nowhere. Its successor says
so, because what a destroy leaves is then not what was there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from isthmus.engine.changes import Words
from isthmus.engine.menu import Menu
from isthmus.transact.router import Router

SECRETS = "secrets"
"""The key in a note, beside `former`, of the names of the secrets that get another value."""


def noting(menu: Menu, former: Words, declared: Words) -> dict[str, object]:
    """Return what the journal notes of former words: all but secrets, and which of those are about to change."""
    hidden = secrets(menu, former)
    changing = sorted(name for name, text in hidden.items() if declared.get(name, text) != text)
    return {"former": {name: text for name, text in former.items() if name not in hidden}, SECRETS: changing}


def secrets(menu: Menu, words: Words) -> dict[str, str]:
    """Return the words that are secret."""
    return {name: text for name, text in words.items() if name in menu.by_name and menu.by_name[name].secret}


def changing(note: Mapping[str, object]) -> list[str]:
    """Return the names of the secrets that were about to change."""
    names = note.get(SECRETS)
    return [str(name) for name in names] if isinstance(names, list) else []


def tell(router: Router, what: str, names: Iterable[str]) -> None:
    """Say which former secrets are lost, and what that means for a destroy."""
    lost = ", ".join(names)
    if lost:
        cut = f"an earlier run was cut right after it wrote {lost}: the former value is lost"
        print(f"warning: {router.name}: {what}: {cut}, and a destroy will leave the present one", flush=True)
