"""Files are written as a whole, shown as they are, and given back."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host

MARK = "u-7f3a-9c01d2e4"

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="owners are changed as root")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], check=True)
    yield place
    subprocess.run(["umount", place], check=True)


def file(path: Path, mark: str = MARK, **props: Any) -> dict[str, Any]:
    return {"kind": "file", "mark": mark, "props": {"path": str(path), **props}}


def folder(path: Path, **props: Any) -> dict[str, Any]:
    return {"kind": "folder", "mark": MARK, "props": {"path": str(path), **props}}


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):04o}"


def test_a_file_is_made_changed_and_removed(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "a.conf"
    (made,) = calls.put(host, [file(path, content="one\n")])["objects"]
    assert made["actual"] == {
        "path": str(path), "content": "one\n", "owner": "root", "group": "root", "mode": "0644"
    }  # fmt: skip
    calls.put(host, [file(path, content="two\n", owner="nobody", group="4242", mode="2750")])
    assert (path.read_text(), path.owner(), path.stat().st_gid, mode(path)) == ("two\n", "nobody", 4242, "2750")
    inode = path.stat().st_ino
    (changed,) = calls.put(host, [file(path, content="two\n", owner="root", group="4242", mode="2750")])["objects"]
    assert changed["actual"]["group"] == "4242"
    assert (path.stat().st_ino, mode(path)) == (inode, "2750")
    calls.drop(host, [file(path)])
    assert [each.name for each in tmp_path.iterdir() if each != host.base] == []


def test_a_secret_is_closed_to_others_and_a_refresh_only_tells_that_it_changed(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "key"
    calls.put(host, [file(path, secret_content="s3cret\n")])
    assert mode(path) == "0600"
    (shown,) = calls.read(host, "file")
    assert not {"content", "content_base64", "secret_content"} & shown.keys()
    for other in (b"0ther\n", b"\xff\x00"):
        path.write_bytes(other)
        (shown,) = calls.read(host, "file")
        assert shown["secret_content"] == "(changed by hand)"
        assert not {"content", "content_base64"} & shown.keys()


def test_what_is_no_text_is_shown_in_base64(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    coded = base64.b64encode(b"\xff\x00\n").decode()
    (made,) = calls.put(host, [file(path, content_base64=coded)])["objects"]
    assert path.read_bytes() == b"\xff\x00\n"
    assert made["actual"]["content_base64"] == coded
    (changed,) = calls.put(host, [file(path, content="text")])["objects"]
    assert changed["actual"]["content"] == "text"


@pytest.mark.parametrize("before", [b"before\n", b"\xff\x00", b""])
@pytest.mark.parametrize("word", ["content", "secret_content"])
def test_an_adopted_file_comes_back_as_it_was(host: Host, tmp_path: Path, before: bytes, word: str) -> None:
    path = tmp_path / "resolv.conf"
    path.write_bytes(before)
    path.chmod(0o640)
    os.chown(path, 65534, 42)
    with pytest.raises(Refused, match="exists already and is nobody's"):
        calls.put(host, [file(path, **{word: "ours"})])
    ours = file(path, owner="root", group="root", mode="0600", **{word: "ours"})
    calls.put(host, [{**ours, "adopt": True}])
    assert path.read_text() == "ours"
    calls.drop(host, [ours])
    found = path.stat()
    assert (path.read_bytes(), mode(path), found.st_uid, found.st_gid) == (before, "0640", 65534, 42)


def test_a_link_is_not_followed(host: Host, tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("theirs")
    link.symlink_to(target)
    with pytest.raises(Refused, match=r"path: it is a symbolic link to .*/target: name that, or remove the link"):
        calls.put(host, [{**file(link, content="ours"), "adopt": True}])
    (tmp_path / "folder").mkdir()
    (tmp_path / "others").symlink_to(tmp_path / "folder")
    os.chown(tmp_path / "others", 65534, 65534, follow_symlinks=False)
    (tmp_path / "folder" / "a").write_text("theirs")
    with pytest.raises(Refused, match=r"others is a symbolic link that is not root's"):
        calls.put(host, [{**file(tmp_path / "others" / "a", content="ours"), "adopt": True}])
    assert target.read_text() == "theirs"


def test_a_draft_that_somebody_laid_as_a_trap_is_not_written_through(host: Host, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("theirs")
    (tmp_path / ".a.isthmus-new").symlink_to(target)
    calls.put(host, [file(tmp_path / "a", content="ours")])
    assert target.read_text() == "theirs"
    assert not (tmp_path / "a").is_symlink()


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(host: Host, small: Path) -> None:
    path = small / "a"
    calls.put(host, [file(path, content="old")])
    with pytest.raises(Refused, match=r"file .*/small/a: no space is left on its disk: free some; nothing was changed"):
        calls.put(host, [file(path, content="x" * 100_000)])
    assert [(each.name, each.read_text()) for each in small.iterdir()] == [("a", "old")]


def test_a_read_only_file_system_is_named(host: Host, small: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    with pytest.raises(Refused, match="its file system is read-only: remount it writable; nothing was changed"):
        calls.put(host, [file(small / "a", content="x")])


def test_a_missing_user_group_or_folder_is_named_and_nothing_is_made(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "a"
    with pytest.raises(Refused, match="owner: there is no user 'nemo' on this host: make it, or install what does"):
        calls.put(host, [file(path, content="x", owner="nemo")])
    with pytest.raises(Refused, match="group: there is no group 'nemos' on this host"):
        calls.put(host, [file(path, content="x", group="nemos")])
    with pytest.raises(Refused, match=r"path: the folder .*/none is missing: declare it \(linux.Folder\)"):
        calls.put(host, [file(tmp_path / "none" / "a", content="x")])
    assert [each.name for each in tmp_path.iterdir() if each != host.base] == []


def test_one_refused_file_takes_the_others_back(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "a"
    calls.put(host, [file(path, content="old", mode="0640")])
    with pytest.raises(Refused):
        calls.put(host, [file(path, content="new"), file(tmp_path / "b", "u-7f3a-00000001", owner="nemo")])
    assert (path.read_text(), mode(path)) == ("old", "0640")
    assert not (tmp_path / "b").exists()


def test_a_folder_is_made_with_its_files_and_goes_when_it_is_empty(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "ccd"
    inner = file(path / "client", "u-7f3a-00000001", content="iroute 192.0.2.0 255.255.255.0\n")
    calls.put(host, [folder(path, mode="0750"), inner])
    assert mode(path) == "0750"
    calls.put(host, [folder(path, mode="0700", group="nogroup")])
    assert (mode(path), path.group()) == ("0700", "nogroup")
    (path / "theirs").touch()
    calls.drop(host, [inner])
    with pytest.raises(Refused, match=r"folder .*/ccd: it still holds theirs, which is not ours: remove it first"):
        calls.drop(host, [folder(path)])
    (path / "theirs").unlink()
    calls.drop(host, [folder(path)])
    assert not path.exists()


def test_a_folder_is_no_file_and_a_file_no_folder(host: Host, tmp_path: Path) -> None:
    (tmp_path / "f").touch()
    with pytest.raises(Refused, match="path: it is no folder"):
        calls.put(host, [folder(tmp_path / "f")])
    with pytest.raises(Refused, match=r"path: it is a folder \(linux.Folder\) and no file"):
        calls.put(host, [file(tmp_path, content="")])


def test_a_file_is_found_without_the_record(host: Host, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    assert calls.read(host, "file") == []
    found = calls.look(host, "file", {"path": str(tmp_path / "a")})
    assert found is not None
    assert found["content"] == "x"
