"""The program that declares specimens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.engine.every.specimen import Specimen


def program(specimens: Iterable[Specimen], version: str, *, full: bool, **options: Any) -> str:
    """Return a program that declares all of them; `options` are arguments of rows that are no words."""
    return "".join(_resource(specimen, version, full=full, options=options) for specimen in specimens)


def _resource(specimen: Specimen, version: str, *, full: bool, options: dict[str, Any]) -> str:
    words = {name: value.given for name, value in specimen.values(version, full=full).items()}
    generic = {"menu": specimen.menu, "properties": words} if specimen.menu else words
    arguments = {"device": "seattle", **generic, **specimen.options, **({} if specimen.settings else options)}
    spelled = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
    return f"routeros.{specimen.kind}({specimen.name!r}, {spelled})\n"
