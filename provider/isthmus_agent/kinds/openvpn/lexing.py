"""How a configuration of OpenVPN is read and written line by line (parse_line in options_parse.c, openvpn(8))."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Directive = tuple[str, ...]
"""A directive and its arguments; an inline file is its tag, `<ca>`, and its text."""
_PLAIN = re.compile(r"[^\s\"'#;\\]+")
_TAG = re.compile(r"<([a-z0-9-]+)>")


def directives(text: str) -> list[Directive]:
    """Return what a configuration says, without its comments."""
    lines = iter(text.splitlines())
    return [found for line in lines for found in _directive(tokens(line), lines)]


def written(said: Iterable[Directive]) -> str:
    """Return directives as the lines of a configuration."""
    return "".join(f"{line}\n" for each in said for line in lines_of(each))


def lines_of(directive: Directive) -> list[str]:
    """Return the lines that say one directive; several for an inline file."""
    tag = _TAG.fullmatch(directive[0])
    if tag is None:
        return [" ".join(_quoted(word) for word in directive)]
    return [directive[0], *directive[1].splitlines(), f"</{tag[1]}>"]


def inline(directive: Directive) -> bool:
    """Tell whether a directive is an inline file."""
    return _TAG.fullmatch(directive[0]) is not None


def tokens(line: str) -> list[str]:
    """Return the words of a line."""
    words: list[str] = []
    rest = line.strip()
    while rest and rest[0] not in "#;":
        word, rest = _word(rest)
        words.append(word)
        rest = rest.lstrip()
    return words


def _word(text: str) -> tuple[str, str]:
    """Return the first word of a text, and what follows."""
    quote = text[0] if text[0] in "\"'" else ""
    word, at = "", len(quote)
    while at < len(text):
        sign = text[at]
        if sign == "\\" and quote != "'" and at + 1 < len(text):
            at += 1
            word += text[at]
        elif (quote and sign == quote) or (not quote and sign.isspace()):
            return word, text[at + 1 :]
        else:
            word += sign
        at += 1
    return word, ""


def _directive(words: list[str], lines: Iterator[str]) -> list[Directive]:
    if not words:
        return []
    tag = _TAG.fullmatch(words[0]) if len(words) == 1 else None
    if tag is None:
        return [(words[0].removeprefix("--"), *words[1:])]
    body = []
    for line in lines:
        if line.strip() == f"</{tag[1]}>":
            break
        body.append(line.strip())
    return [(words[0], "".join(f"{line}\n" for line in body))]


def _quoted(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
