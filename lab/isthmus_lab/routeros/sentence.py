"""Sentences of the API: a client's taken apart, the router's put together.

Source: MikroTik's manual, "API"; in a trap the category comes before the message, and a tag is the last word, as
recorded from routers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Command, Trap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.wire import Sentence


def path_of(words: Sentence) -> str:
    """Name the command of a sentence, whatever its other words are."""
    return words[0]


def tag_of(words: Sentence) -> str:
    """Find the tag of a sentence, whatever its other words are; empty where it has none."""
    return next((word.removeprefix(".tag=") for word in words[1:] if word.startswith(".tag=")), "")


def read(words: Sentence) -> Command:
    """Take a client's sentence apart; a word of no known kind is a :class:`Trap`."""
    attributes: dict[str, str] = {}
    queries: list[str] = []
    for word in words[1:]:
        if word.startswith("?"):
            queries.append(word[1:])
        elif not word.startswith(".tag="):
            name, value = _attribute(word)
            attributes[name] = value
    return Command(path_of(words), attributes, tuple(queries))


def _attribute(word: str) -> tuple[str, str]:
    """Split ``=name=value``, or an API attribute such as ``.proplist=value``."""
    if not word.startswith(("=", ".")):
        raise Trap(f"unknown parameter {word}")
    name, _, value = word.removeprefix("=").partition("=")
    return name, value


def re(row: Mapping[str, str], tag: str = "") -> Sentence:
    """Write a row of data."""
    return ["!re", *(f"={name}={value}" for name, value in row.items()), *_tagged(tag)]


def empty(tag: str = "") -> Sentence:
    """Write that a command has no data to reply with (from 7.18)."""
    return ["!empty", *_tagged(tag)]


def done(ret: str | None = None, tag: str = "") -> Sentence:
    """Write the end of a command's replies."""
    return ["!done", *([] if ret is None else [f"=ret={ret}"]), *_tagged(tag)]


def traps(trap: Trap, tag: str = "") -> list[Sentence]:
    """Write a refusal, and the one that follows it where the router sends two."""
    category = [] if trap.category is None else [f"=category={trap.category}"]
    sentence = ["!trap", *category, f"=message={trap.message}", *_tagged(tag)]
    return [sentence, *(traps(trap.following, tag) if trap.following else [])]


def fatal(reason: str) -> Sentence:
    """Write why the connection is about to be closed: a bare word, and no tag."""
    return ["!fatal", reason]


def _tagged(tag: str) -> list[str]:
    return [f".tag={tag}"] if tag else []
