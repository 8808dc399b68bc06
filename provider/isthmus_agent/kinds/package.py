"""Packages that are to be present, as lists; what a list installed goes with it, what was there before stays."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from isthmus_agent.host import Host
from isthmus_agent.kinds import package_apt as apt
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.recorded import Recorded
from isthmus_agent.ledger import Ledger


class Packages(Recorded):
    """A list of packages, known by its name; packages may be in several lists.

    The ledger holds the lists, and which packages were installed for any of them: it is written before apt runs, so
    that a killed installation is not taken for somebody else's.
    """

    kind: ClassVar[str] = "packages"
    lasting: ClassVar[bool] = True

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return which packages of the list are present; None if the list is not known yet."""
        noted = _lists(Ledger(host, "packages").read()).get(wanted["name"])
        if noted is None:
            return None
        names = {*noted["names"], *(wanted.get("names") or [])} & apt.installed()
        return {"name": wanted["name"], "names": sorted(names), "keep": noted["keep"]}

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - the ledger knows the list
        """Note the list and install what is missing."""
        _settle(host, wanted["name"], wanted["names"], keep=bool(wanted.get("keep")))

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:  # noqa: ARG002 - see make
        """Install what is missing, and remove what is no longer in the list, if it was installed for one."""
        wanted = {**actual, **different}
        _settle(host, wanted["name"], wanted["names"], keep=bool(wanted["keep"]))

    def remove(self, host: Host, actual: Props) -> None:
        """Forget the list, and remove what was installed for it and is in no other."""
        ledger = Ledger(host, "packages")
        notes = ledger.read()
        gone = _lists(notes).pop(actual["name"], {"names": []})
        if actual["keep"]:
            notes["installed"] = [name for name in _installed(notes) if name not in gone["names"]]
        else:
            _withdraw(notes, gone["names"])
        ledger.write(notes)


def _settle(host: Host, name: str, names: Collection[str], *, keep: bool) -> None:
    ledger = Ledger(host, "packages")
    notes = ledger.read()
    before = apt.installed()
    dropped = set(_lists(notes).get(name, {"names": []})["names"]) - set(names)
    _lists(notes)[name] = {"names": sorted(names), "keep": keep}
    missing = set(names) - before
    notes["installed"] = sorted({*_installed(notes), *missing})
    ledger.write(notes)
    if missing:
        try:
            apt.install(missing)
        finally:
            notes["installed"] = sorted({*_installed(notes), *(apt.installed() - before)})
            ledger.write(notes)
    _withdraw(notes, dropped)
    ledger.write(notes)


def _withdraw(notes: dict[str, Any], names: Collection[str]) -> None:
    """Remove packages that were installed for a list and are in none, unless a foreign one needs them."""
    used = {name for each in _lists(notes).values() for name in each["names"]}
    ours = set(_installed(notes)) - used
    there = apt.installed()
    going = {name for name in ours & set(names) & there if apt.taken_along([name]) <= ours}
    apt.remove(going)
    apt.remove(apt.needless() & ours - apt.manual() if going else set())
    notes["installed"] = sorted(set(_installed(notes)) & apt.installed())


def _lists(notes: dict[str, Any]) -> dict[str, Any]:
    lists: dict[str, Any] = notes.setdefault("lists", {})
    return lists


def _installed(notes: dict[str, Any]) -> list[str]:
    return list(notes.get("installed", []))
