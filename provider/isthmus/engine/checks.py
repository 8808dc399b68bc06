"""What can be said of a resource's words before any device is asked."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from isthmus.engine.menu import Menu, Word, sounds_secret
from isthmus.engine.version import Version


class Problem(NamedTuple):
    """What is wrong with one property, and the remedy."""

    property: str
    reason: str


class Target(NamedTuple):
    """The router that the words are for, as far as it is known."""

    device: str
    version: Version | None


def canonical(menu: Menu, given: Mapping[str, Any]) -> tuple[dict[str, str], list[Problem]]:
    """Return given attributes as canonical words by attribute, and what is wrong with the others."""
    words: dict[str, str] = {}
    problems = []
    for attribute, value in given.items():
        word = menu.words.get(attribute)
        if word is None:
            problems.append(unknown(menu, attribute))
            continue
        try:
            words[attribute] = word.kind.canonical(value)
        except ValueError as error:
            problems.append(Problem(attribute, f"{menu.path}: {word.name}: {_hide(word, error)}"))
    return words, problems


def _hide(word: Word, error: ValueError) -> str:
    return "the secret has a wrong form" if word.secret or sounds_secret(word.name) else str(error)


def unknown(menu: Menu, name: str, names: Iterable[str] = ()) -> Problem:
    """Say that a menu has no such word, and which one was perhaps meant."""
    near = difflib.get_close_matches(name, list(names) or list(menu.words), 1)
    meant = f"; did you mean {near[0]!r}?" if near else f"; see the reference of {menu.path} for its words"
    return Problem(name, f"{menu.path} has no property {name!r}{meant}")


def missing(menu: Menu, given: Collection[str]) -> list[Problem]:
    """Say which required words are not given; `given` holds attributes, unknown values among them."""
    return [
        Problem(word.attribute, f"{menu.path}: {word.name} is required: {word.doc}")
        for word in menu.required
        if word.attribute not in given
    ]


def together(menu: Menu, words: Mapping[str, str]) -> list[Problem]:
    """Say which of the words, all of a row's by attribute, do not go together."""
    return [Problem(name, f"{menu.path}: {menu.words[name].name}: {why}") for name, why in menu.together(words)]


def gates(menu: Menu, words: Mapping[str, str], target: Target) -> list[Problem]:
    """Say which of the words, by attribute, the router's version does not know."""
    version = target.version
    if version is None:
        return []
    if not menu.present(version):
        here = f"{menu.path}: {target.device} runs RouterOS {version}, which does not have this menu"
        return [Problem("menu", f"{here}{_span(menu)}")]
    return [
        problem
        for name, text in words.items()
        if (problem := _gate(menu, menu.words[name], text, target.device, version))
    ]


def _gate(menu: Menu, word: Word, text: str, device: str, version: Version) -> Problem | None:
    here = f"{menu.path}: {word.name}: {device} runs RouterOS {version}, which does not know"
    if not word.known(version):
        return Problem(word.attribute, f"{here} this word{_span(word)}; remove it for this device")
    came = word.kind.since(text)
    if came is not None and version < came:
        return Problem(word.attribute, f"{here} {text!r} (it came with {came}); choose another value")
    return None


def _span(thing: Word | Menu) -> str:
    if thing.since and thing.until:
        return f" (it is in {thing.since} and later, before {thing.until})"
    return f" (it came with {thing.since})" if thing.since else f" (it is gone from {thing.until})"
