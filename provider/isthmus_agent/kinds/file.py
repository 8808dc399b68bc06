"""Files: their content, owner, group and mode."""

from __future__ import annotations

import base64
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.file_access import access, explained, folder_of, ids, settle_access, status
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.recorded import Recorded

LARGEST = 4 << 20
"""Bytes of the largest file that is managed: its content travels through a program's state."""
CHANGED = "(changed by hand)"
"""Stands for a secret content that is not as it was written."""
_BODIES = ("secret_content", "content_base64", "content")


class File(Recorded):
    """A file. It is replaced as a whole: after a crash either the old or the new one is there."""

    kind: ClassVar[str] = "file"
    keys: ClassVar[tuple[str, ...]] = ("path",)
    lasting: ClassVar[bool] = True

    def find(self, host: Host, wanted: Props) -> Props | None:  # noqa: ARG002 - files are the machine's
        """Return the file; its content in the word in which `wanted` gives it, if it can be written so."""
        path = Path(wanted["path"])
        found = status(path)
        if found is None:
            return None
        if not stat.S_ISREG(found.st_mode):
            raise Refused(f"it is {_sort(found.st_mode)} and no file: name another place", "path")
        if found.st_size > LARGEST:
            raise Refused(f"it has {found.st_size} bytes, and at most {LARGEST} are managed", "path")
        return {"path": wanted["path"], **_shown(path.read_bytes(), wanted), **access(found, wanted)}

    def look(self, host: Host, wanted: Props) -> Props | None:
        """Return the file, of a secret content only whether it changed."""
        actual = self.find(host, wanted)
        secret = wanted.get("secret_content")
        if actual is None or not secret:
            return actual
        changed = {} if actual.get("secret_content") == secret else {"secret_content": CHANGED}
        return {**{name: value for name, value in actual.items() if name not in _BODIES}, **changed}

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - a file shows no mark
        """Write the file; one without a content is empty."""
        secret = bool(wanted.get("secret_content"))
        usual = {"owner": "root", "group": "root", "mode": "0600" if secret else "0644"}
        given = {name: value for name, value in wanted.items() if value not in (None, "")}
        with explained():
            _write(Path(wanted["path"]), _body(wanted) or b"", {**usual, **given})

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:  # noqa: ARG002 - shows no mark
        """Write the file anew if its content differs, else change what differs."""
        path, body = Path(actual["path"]), _body(different)
        different = {name: value for name, value in different.items() if value not in (None, "")}
        with explained():
            if body is None:
                settle_access(path, different)
            else:
                _write(path, body, {**actual, **different})

    def remove(self, host: Host, actual: Props) -> None:  # noqa: ARG002 - files are the machine's
        """Remove the file."""
        path = Path(actual["path"])
        with explained():
            path.unlink(missing_ok=True)
            _flush(path.parent)


def _shown(content: bytes, wanted: Props) -> Props:
    word = next((name for name in _BODIES if wanted.get(name)), "content")
    if word != "content_base64":
        with suppress(UnicodeDecodeError):
            text = content.decode()
            if "\0" not in text:
                return {word: text}
    return {"content_base64": base64.b64encode(content).decode()}


def _body(props: Props) -> bytes | None:
    """Return the content that properties give, None if they give none."""
    given = [name for name in _BODIES if props.get(name)]
    if len(given) > 1:
        raise Refused(f"{given[0]} and {given[1]} are both given: keep one of them", given[0])
    if not given:
        return b"" if any(props.get(name) == "" for name in _BODIES) else None
    text = str(props[given[0]])
    return base64.b64decode(text) if given[0] == "content_base64" else text.encode()


def _write(path: Path, content: bytes, props: Props) -> None:
    """Replace a file in one step: no reader sees half of it, nor a moment with another owner or mode."""
    folder = folder_of(path)
    draft = folder / f".{path.name}.isthmus-new"
    owner, group = ids(props)
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            _copy_attributes(path, stream.fileno())
            os.fchown(stream.fileno(), owner, group)
            os.fchmod(stream.fileno(), int(props["mode"], 8))
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    _flush(folder)


def _copy_attributes(path: Path, descriptor: int) -> None:
    """Keep the labels and access lists of the file that is replaced, where there are any and they can be kept."""
    with suppress(OSError):
        for name in os.listxattr(path, follow_symlinks=False):
            os.setxattr(descriptor, name, os.getxattr(path, name, follow_symlinks=False))


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sort(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder (linux.Folder)"
    return "a device" if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) else "a socket or pipe"
