"""The cache folder is the user's, and one process at a time writes to it."""

import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from tools import cache

HOLD = """
import pathlib, sys
from tools import cache
with cache.locked(pathlib.Path(sys.argv[1]), ""):
    print("held", flush=True)
    input()
"""


def test_the_cache_is_where_the_user_wants_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "isthmus"


@pytest.mark.parametrize("unusable", ["", "relative/path"])
def test_without_an_absolute_setting_the_cache_is_below_home(unusable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", unusable)
    monkeypatch.setenv("HOME", "/home/ada")
    assert cache.folder() == Path("/home/ada/.cache/isthmus")


def test_pip_keeps_what_it_fetched_in_the_same_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("PIP_CACHE_DIR", raising=False)
    assert cache.environment_of_pip()["PIP_CACHE_DIR"] == str(tmp_path / "isthmus" / "pip")


def test_pip_keeps_what_it_fetched_where_its_user_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CACHE_DIR", "/elsewhere")
    assert cache.environment_of_pip()["PIP_CACHE_DIR"] == "/elsewhere"


def test_a_lock_held_by_a_process_that_was_killed_is_free(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lock"
    with _holder(path) as holder:
        holder.kill()
        holder.wait()
        with cache.locked(path, "waiting"):
            assert capsys.readouterr().err == ""


def test_a_lock_held_by_another_process_is_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path, shown = tmp_path / "lock", list[str]()
    with _holder(path) as holder:

        def release(waiting: str) -> AbstractContextManager[None]:
            shown.append(waiting)
            holder.communicate("\n")
            return nullcontext()

        monkeypatch.setattr(cache, "showing", release)
        with cache.locked(path, "waiting for another"):
            assert holder.returncode == 0
    assert shown == ["waiting for another"]


def _holder(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(path)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder
