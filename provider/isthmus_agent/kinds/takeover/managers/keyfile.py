"""Connection profiles of NetworkManager as files (nm-settings-keyfile(5))."""

from __future__ import annotations

from configparser import ConfigParser, RawConfigParser
from configparser import Error as SyntaxError_
from pathlib import Path

from isthmus_agent.errors import Refused

Profile = dict[str, dict[str, str]]
"""Settings by section and name."""


def read(path: Path) -> Profile:
    """Read a profile; Refused where it is none."""
    parser = _parser()
    try:
        parser.read_string(path.read_text())
    except (OSError, SyntaxError_, UnicodeDecodeError) as error:
        said = str(error).splitlines()[0]
        raise Refused(f"{path} cannot be read as a profile ({said}); nothing was changed", "port") from None
    return {name: dict(parser.items(name)) for name in parser.sections()}


def text(profile: Profile, head: str) -> str:
    """Write a profile."""
    sections = (
        "\n".join([f"[{name}]", *(f"{key}={value}" for key, value in values.items()), ""])
        for name, values in profile.items()
    )
    return "\n".join([head, *sections])


def _parser() -> RawConfigParser:
    parser = ConfigParser(
        delimiters=("=",), comment_prefixes=("#",), interpolation=None, strict=False, default_section="\0"
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    return parser
