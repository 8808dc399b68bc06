"""Files and folders."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import pulumi
from typing_extensions import override

from isthmus.declare.fields import Property, Required, required, word
from isthmus.engine.kinds import Kind, plain
from isthmus.linux.base import Object

_MODE = re.compile(r"0?[0-7]{3,4}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\$?|[0-9]+")


@dataclass(frozen=True, slots=True)
class Path(Kind):
    """An absolute path without detours."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        path = posixpath.normpath(text)
        if not path.startswith("/") or path == "/" or ".." in text.split("/") or "\0" in text:
            raise ValueError(f"expected an absolute path such as /etc/openvpn/ccd, found {text!r}")
        return "/" + path.lstrip("/")


@dataclass(frozen=True, slots=True)
class Mode(Kind):
    """Permissions in octal digits, as text: a number in a program would have lost its base."""

    @override
    def canonical(self, value: Any) -> str:
        if not isinstance(value, str) or not _MODE.fullmatch(value):
            raise ValueError(f"expected octal digits as text, such as '0644', found {value!r}")
        return f"{int(value, 8):04o}"


@dataclass(frozen=True, slots=True)
class Name(Kind):
    """A user or a group by its name or number."""

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value)
        if not _NAME.fullmatch(text):
            raise ValueError(f"expected a name or a number, found {text!r}")
        return text


@dataclass(frozen=True, slots=True)
class Base64(Kind):
    """Bytes in base64."""

    @override
    def canonical(self, value: Any) -> str:
        try:
            return base64.b64encode(base64.b64decode("".join(plain(value).split()), validate=True)).decode()
        except binascii.Error:
            raise ValueError("expected base64") from None


class File(Object, kind="file", key=("path",), listed=False):
    """A file, written as a whole: after a crash either the old or the new one is there.

    A link is never followed, and the folder must be there: declare it (`Folder`), or depend on what brings it. What
    an adopted file was before, its content too, is kept as a secret in the state and comes back with destroy.
    Without any of the three contents a new file is empty, and one that is there keeps what it holds.
    """

    path: Required[Annotated[str, Path()]] = required("Where the file is.", replaces=True)
    content: Property[str] = word("What is in it, as text.")
    content_base64: Property[Annotated[str, Base64()]] = word("What is in it, bytes that are no text, in base64.")
    secret_content: Property[str] = word(
        "What is in it, kept encrypted; a refresh only tells whether it changed. The mode is then 0600, "
        "unless it is given.",
        secret=True,
    )
    owner: Property[Annotated[str, Name()]] = word("User who owns it, by name or number.", default="root")
    group: Property[Annotated[str, Name()]] = word("Group that it belongs to, by name or number.", default="root")
    mode: Property[Annotated[str, Mode()]] = word("Permissions in octal digits, as text: `'0640'`.", default="0644")

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
        bodies = [word for word in ("content", "content_base64", "secret_content") if arguments.get(word) is not None]
        if len(bodies) > 1:
            raise pulumi.RunError(f"{name}: {bodies[0]} and {bodies[1]} are both given: keep one of them")
        closed = {"mode": "0600"} if "secret_content" in bodies and arguments.get("mode") is None else {}
        return super()._inputs(name, opts, {**arguments, **closed})


class Folder(Object, kind="folder", key=("path",), listed=False):
    """A folder; what is in it is not its own. It is removed only when nothing is left in it."""

    path: Required[Annotated[str, Path()]] = required(
        "Where the folder is; the one above must be there.", replaces=True
    )
    owner: Property[Annotated[str, Name()]] = word("User who owns it, by name or number.", default="root")
    group: Property[Annotated[str, Name()]] = word("Group that it belongs to, by name or number.", default="root")
    mode: Property[Annotated[str, Mode()]] = word("Permissions in octal digits, as text: `'0750'`.", default="0755")
