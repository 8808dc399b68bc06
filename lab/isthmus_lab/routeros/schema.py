"""What a router of one version knows of its menus: the tables' facts, resolved for that version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.values.kinds import Normalise

Kind = Literal["list", "settings", "view"]
Verb = Literal["add", "set"]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a menu's ``add`` and ``set``.

    ``default`` is what ``print`` shows while nothing is set (nothing is shown where it is ``None``), and only while
    every other property in ``when`` has one of the values that stand there. ``of`` are the
    menus one of which must hold an item of that name, ``words`` the words that stand beside such names.
    """

    name: str
    normalise: Normalise
    default: str | None = None
    when: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unset: bool = False
    secret: bool = False
    hidden: bool = False
    only: Verb | None = None
    of: tuple[str, ...] = ()
    listed: bool = False
    words: frozenset[str] = frozenset()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unique:
    """No two rows of a menu have the same values in all of these properties."""

    properties: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What a row's words must be together, else ``refusal``.

    It concerns rows where any of ``words`` is set (all rows if it names none) and each word of ``when`` is one of the
    texts that stand there. Then each word of ``among`` must be one of its texts, and none of ``outside`` may be.
    """

    refusal: str
    words: tuple[str, ...] = ()
    when: Mapping[str, frozenset[str]] = field(default_factory=dict)
    among: Mapping[str, frozenset[str]] = field(default_factory=dict)
    outside: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FirstRow:
    """A row that a fresh router has: what an administrator may change of it, and what the router says of it."""

    values: Mapping[str, str]
    facts: Mapping[str, str]
    number: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Menu:
    """One menu, as one version of RouterOS has it.

    ``required`` are the arguments that ``add`` does not go without, in the order in which the router names them.
    ``missing`` is what it says instead of naming them.
    """

    path: str
    kind: Kind
    arguments: Mapping[str, Argument]
    required: tuple[str, ...] = ()
    ordered: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)
    shown_if_true: frozenset[str] = frozenset()
    unique: tuple[Unique, ...] = ()
    first_rows: tuple[FirstRow, ...] = ()
    first_number: int = 1
    numbers_of: str = ""
    auto_name: str | None = None
    noun: str = "item"
    interface_type: str | None = None
    without: frozenset[str] = frozenset()
    next_number: bool = False
    dynamic_removable: bool = False
    policy: str = "write"
    missing: str | None = None
    demands: tuple[Demand, ...] = ()

    @property
    def settings(self) -> bool:
        """Whether the menu is one set of settings rather than a list of items."""
        return self.kind == "settings"
