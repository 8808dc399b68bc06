"""A password is found where its reference points, and nowhere shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.devices import Credential, RouterOSDevice, resolve
from isthmus.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def look_up(written: dict[str, Any], folder: Path, config: Mapping[str, str] | None = None) -> str:
    fields = {"name": "seattle", "host": "192.0.2.1", "user": "pulumi", "password": written}
    device = RouterOSDevice.from_snapshot(fields, folder=folder)
    return resolve(device.password, device=device, config=config or {})


def program(code: str) -> dict[str, list[str]]:
    return {"command": [sys.executable, "-c", code]}


def test_an_environment_variable_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", "s3cret")
    assert look_up({"env": "SEATTLE_PASSWORD"}, tmp_path) == "s3cret"


@pytest.mark.parametrize(
    ("content", "secret"), [("s3\n", "s3"), ("s3\r\n", "s3"), ("s3\n\n", "s3\n"), (" s3 ", " s3 ")]
)
def test_a_file_beside_the_devices_file_loses_one_line_end(tmp_path: Path, content: str, secret: str) -> None:
    (tmp_path / "password").write_bytes(content.encode())
    assert look_up({"file": "password"}, tmp_path) == secret


def test_a_command_runs_without_a_shell_beside_the_devices_file(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("s3cret $HOME")
    assert look_up(program("print(open('vault').read())"), tmp_path) == "s3cret $HOME"


@pytest.mark.parametrize("key", ["seattlePassword", "isthmus:seattlePassword"])
def test_a_configuration_key_may_leave_its_namespace_out(tmp_path: Path, key: str) -> None:
    assert look_up({"config": key}, tmp_path, {"isthmus:seattlePassword": "s3cret"}) == "s3cret"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"env": "NO_SUCH_PASSWORD"}, "seattle: env NO_SUCH_PASSWORD is not set: export NO_SUCH_PASSWORD"),
        ({"env": "EMPTY_PASSWORD"}, "seattle: env EMPTY_PASSWORD is empty"),
        ({"file": "absent"}, "seattle: file absent cannot be read: No such file or directory"),
        ({"file": "."}, "seattle: file . cannot be read: Is a directory"),
        ({"file": "binary"}, "seattle: file binary is not UTF-8 text"),
        ({"command": ["isthmus-no-such-program", "private"]}, "seattle: command isthmus-no-such-program cannot be run"),
        (program("raise SystemExit(3)"), "ended with status 3: run it by hand"),
        (program(""), "is empty"),
        (program(r"__import__('sys').stdout.buffer.write(b'\xff')"), "does not print UTF-8 text"),
        ({"config": "absent"}, "seattle: config absent is not set in this stack: pulumi config set --secret absent"),
        ({"config": "twice"}, "seattle: config twice is ambiguous: write one of a:twice, b:twice"),
    ],
)
def test_a_secret_that_is_not_there_is_one_line_that_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: dict[str, Any], message: str
) -> None:
    monkeypatch.setenv("EMPTY_PASSWORD", "")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError) as error:
        look_up(written, tmp_path, {"a:twice": "1", "b:twice": "2"})
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert "private" not in str(error.value)


def test_a_command_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isthmus.devices.credentials._COMMAND_SECONDS", 0.05)
    with pytest.raises(ConfigurationError, match=r"did not end within 0\.05 s"):
        look_up(program("__import__('threading').Event().wait()"), tmp_path)


def test_a_found_secret_does_not_show_in_a_repr() -> None:
    assert "s3cret" not in repr({"password": Credential("s3cret")})
