"""The command ``isthmus-lab``."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from isthmus_lab import Control, EmulatedRouter
from isthmus_lab.cli import main
from tests.support.raw_api import RawClient
from tests.support.waiting import wait_until


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "run"
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(folder))
    return folder


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a router named seattle until the end of ``with``, where it must end cleanly."""
    command = [sys.executable, "-m", "isthmus_lab", "router", "--name", "seattle", *arguments]
    ready = folder / "ready.json"
    with subprocess.Popen([*command, "--ready-file", str(ready)], stdout=subprocess.PIPE, text=True) as process:
        try:
            wait_until(lambda: ready.exists() or process.poll() is not None)
            yield process
        finally:
            process.terminate()
    assert process.returncode == 0
    assert not ready.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_and_saves_the_state(tmp_path: Path, number: signal.Signals) -> None:
    state = tmp_path / "state.json"
    with running(tmp_path, "--state", str(state), "--no-certificate") as process:
        Control.of("seattle").execute("/system/script/add", {"name": "greet"})
        process.send_signal(number)
        process.wait(10)
    assert "greet" in state.read_text()
    assert list((tmp_path / "run").iterdir()) == []


def test_it_says_where_it_listens_to_people_and_to_programs(tmp_path: Path) -> None:
    with running(tmp_path) as process:
        about = json.loads((tmp_path / "ready.json").read_text())
        assert process.stdout is not None
        pin = base64.b64encode(bytes.fromhex(about["fingerprint"])).decode()
        shown = f"sha256 {about['fingerprint']}, as a pin sha256/{pin}"
        assert [process.stdout.readline() for _ in range(4)] == [
            f"seattle: RouterOS 7.16, process {process.pid}\n",
            f"seattle: api      127.0.0.1:{about['api_port']}\n",
            f"seattle: api-ssl  127.0.0.1:{about['api_ssl_port']}  {shown}\n",
            f"seattle: control  {tmp_path}/run/seattle.sock\n",
        ]


def test_a_user_by_reference_can_log_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", "correct horse")
    with running(tmp_path, "--no-certificate", "--user", "pulumi", "--password", "env:SEATTLE_PASSWORD"):
        with RawClient(Control.of("seattle").info()["api_port"]) as client:
            client.log_in("pulumi", "correct horse").ask("/system/identity/print")
        assert main(["router", "--name", "seattle"]) == 1


def test_the_control_command_asks_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(*words: str) -> str:
        assert main(["control", "--name", "seattle", *words]) == 0
        return capsys.readouterr().out

    with EmulatedRouter(
        "seattle", certificate=None, control_socket=prepared(tmp_path / "run" / "seattle.sock")
    ) as router:
        assert json.loads(told("info"))["api_port"] == router.api_port
        assert told("export").rstrip("\n") == router.control.export().rstrip("\n")
        made = told("execute", "/system/script/add", "name=greet", "comment=a=b")
        assert (
            told("execute", "/system/script/print", "?name=greet", ".proplist=.id,comment")
            == f".id={made.strip()} comment=a=b\n"
        )
        assert told("delay", "20") + told("drop") + told("refuse") + told("heal") == ""
        assert told("cut", "within", "--nth", "2", "--path", "/add") + told("advance", "60") == ""
        assert told("save", str(tmp_path / "state.json")) == ""
        assert "greet" in (tmp_path / "state.json").read_text()
        assert json.loads(told("counters"))["sentences"] == 0
        assert told("reset-counters") == ""


def prepared(socket: Path) -> Path:
    socket.parent.mkdir(mode=0o700)
    return socket


def test_a_shutdown_returns_when_the_state_is_saved(tmp_path: Path) -> None:
    with running(tmp_path, "--no-certificate", "--state", str(tmp_path / "state.json")) as process:
        assert main(["control", "--name", "seattle", "shutdown"]) == 0
        assert (tmp_path / "state.json").exists()
        process.wait(10)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["router", "--name", "a b"], "'a b' is no router name"),
        (["router", "--name", "../x"], "'../x' is no router name"),
        (["router", "--name", "a", "--certificate", "c.pem"], "needs --key"),
        (["router", "--name", "a", "--certificate", "/no/c", "--key", "/no/k"], "cannot read /no/c: No such file"),
        (["router", "--name", "a", "--user", "x", "--group", "none"], "cannot let the user x in: "),
        (["router", "--name", "a", "--ready-file", "/no/where/ready"], "cannot write /no/where/ready: No such file"),
        (["control", "--name", "a", "info"], "no router answers at "),
    ],
)
def test_what_cannot_be_done_is_one_line(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("isthmus-lab: ")
    assert message in line


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--version", "eight"], "'eight' is no RouterOS version"),
        (["--api", "65536"], "65536 is no port: ports are 0"),
        (["--api-ssl", "-1"], "-1 is no port"),
        (["--password", "hunter2"], "never the secret itself"),
        (["--password", "env:NO_SUCH_VARIABLE"], "no variable NO_SUCH_VARIABLE"),
        (["--password", "file:/no/such/file"], "cannot read /no/such/file"),
        (["--login", "none"], "none"),
    ],
)
def test_an_argument_that_makes_no_sense_is_named(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["router", "--name", "a", *words])
    error = capsys.readouterr().err
    assert caught.value.code == 2
    assert message in error.splitlines()[-1]
    assert "hunter2" not in error


def test_a_folder_that_others_can_write_to_is_refused(runtime: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runtime.mkdir()
    runtime.chmod(0o770)
    assert main(["control", "--name", "a", "info"]) == 1
    assert "must be a folder of yours with mode 0700" in capsys.readouterr().err
