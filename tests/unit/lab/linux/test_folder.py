"""A lab's folder: who holds it, and what is left in it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from isthmus_lab import LabError, names
from isthmus_lab.linux.folder import Folder, chosen, kept
from isthmus_lab.linux.keeping import Keeping, Process


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    return tmp_path / "run"


def made(name: str, keeper: Process | None = None, routers: tuple[str, ...] = ()) -> Folder:
    folder = Folder.of(name)
    folder.make()
    if keeper:
        Keeping(keeper, routers).write(folder.keeper)
    return folder


def test_one_holds_a_lab_at_a_time() -> None:
    folder = made("lab")
    with folder.locked() as first, folder.locked() as second:
        assert first is not None
        assert second is None
    with folder.locked() as third:
        assert third is not None


def test_a_lock_whose_folder_was_removed_meanwhile_is_none() -> None:
    folder = made("lab")
    with folder.locked() as lock:
        assert lock is not None
        folder.remove()
    with folder.locked() as gone:
        assert gone is None
    assert not folder.path.exists()


def test_clearing_takes_everything_but_the_lock(runtime: Path) -> None:
    folder = made("lab", Process.this(), ("lab.seattle",))
    names.socket_of("lab.seattle").touch()
    names.socket_of("lab.others").touch()
    (folder.path / "store/x").mkdir(parents=True)
    (folder.path / "link").symlink_to("/etc")
    folder.clear()
    assert [entry.name for entry in folder.path.iterdir()] == ["lock"]
    assert [entry.name for entry in runtime.glob("*.sock")] == ["lab.others.sock"]
    assert Path("/etc/passwd").exists()


def test_a_lab_is_up_while_its_keeper_lives() -> None:
    with subprocess.Popen(["sleep", "infinity"]) as sleeper:
        start = int(Path(f"/proc/{sleeper.pid}/stat").read_text().rpartition(")")[2].split()[19])
        made("one", Process(sleeper.pid, start))
        made("crashed", Process(sleeper.pid, start - 1))
        made("half")
        assert kept() == ["one"]
        assert chosen(None).name == "one"
        Process(sleeper.pid, start - 1).kill()
        assert sleeper.poll() is None
        Process(sleeper.pid, start).kill()
        assert Process(sleeper.pid, start).wait(10)
    assert kept() == []
    assert Process(sleeper.pid, start).wait(0)


def test_a_choice_that_is_none_is_told() -> None:
    with pytest.raises(LabError, match=r"^no lab is up: isthmus-lab up$"):
        chosen(None)
    this = Process(os.getpid(), Process.this().start)
    made("one", this)
    made("two", this)
    with pytest.raises(LabError, match=r"^say which lab: --lab one or --lab two$"):
        chosen(None)
    with pytest.raises(LabError, match=r"^no lab three is up; up are one, two$"):
        chosen("three")


@pytest.mark.parametrize("text", ["", "{", "{}", '{"process": {"pid": 1}}', '{"process": 5, "routers": []}'])
def test_half_a_note_of_the_keeper_is_none(text: str) -> None:
    folder = made("lab")
    folder.keeper.write_text(text)
    assert Keeping.read(folder.keeper) is None
    assert not folder.is_kept()
