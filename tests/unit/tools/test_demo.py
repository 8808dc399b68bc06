"""The demo runs to its end, and leaves neither a process nor a file where it should not."""

import os
import pty
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.waiting import wait_until
from tools.demo.place import FOLDER
from tools.setup import ROOT

SIGN = "ISTHMUS_DEMO_TEST"


class Demo:
    """A demo with a home of its own, whose processes can be told by a sign in their environment."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir()
        (home / "tmp").mkdir()
        own = {"HOME": str(home), "TMPDIR": str(home / "tmp"), "XDG_RUNTIME_DIR": str(home), SIGN: str(home)}
        self.environment = {**os.environ, **own, "XDG_CACHE_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self, output: int = subprocess.PIPE) -> subprocess.Popen[str]:
        command = [str(ROOT / "tools" / "run"), "python", "-m", "tools.demo"]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT, text=True
        )

    def leftovers(self) -> list[str]:
        """Return the files that were left in its home, and the processes that carry its sign."""
        files = [str(path) for path in self.home.rglob("*") if path != self.home / "tmp"]
        return files + [str(entry) for entry in Path("/proc").glob("[0-9]*") if self._is_ours(entry)]

    def _is_ours(self, process: Path) -> bool:
        try:
            return f"{SIGN}={self.home}\0".encode() in (process / "environ").read_bytes()
        except OSError:
            return False


def read_until(process: subprocess.Popen[str], moment: str) -> None:
    """Read what the demo tells, up to the line that says this."""
    assert process.stdout is not None
    while moment not in (line := process.stdout.readline()):
        assert line, "the demo ended before its time"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path / "home")
    yield demo
    assert demo.leftovers() == []


def test_the_demo_runs_to_its_end(demo: Demo) -> None:
    with demo.start() as process:
        output = process.communicate()[0]
    assert process.returncode == 0, output
    steps = [line for line in output.splitlines() if re.match(r"\d+\. ", line)]
    assert [int(step.partition(".")[0]) for step in steps] == list(range(1, 11))
    assert "+ action=src-nat to-addresses=165.95.23.9 src-address=192.168.90.25 comment=Mail" in output
    assert "seattle: /ip/firewall/nat srcnat: 1 to change, 1 to move" in output
    assert len(re.findall(r"(?:seattle|boise): yes, \d+ bytes, sha256 [0-9a-f]{64}", output)) == 2
    assert "\033" not in output
    written = [path.read_text(errors="replace") for path in FOLDER.rglob("*") if path.is_file()]
    assert not [text for text in written if re.search(r"PASSWORD=|password: (?!\n\s+env:)\S", text)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["1. ", "$ isthmus devices trust", "$ pulumi up"])
def test_a_demo_that_is_stopped_cleans_up(demo: Demo, moment: str, number: signal.Signals) -> None:
    with demo.start() as process:
        read_until(process, moment)
        process.send_signal(number)
        process.send_signal(number)
        output = process.communicate()[0]
    assert process.returncode == 130
    assert output.splitlines()[-1] == "demo stopped; nothing that it started is left running"
    assert "Traceback" not in output


def test_a_demo_that_is_stopped_amid_a_change_cleans_up(demo: Demo) -> None:
    with demo.start() as process:
        read_until(process, "$ pulumi up")
        wait_until(lambda: " created " in (FOLDER / "pulumi.log").read_text())
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 130


def test_a_demo_without_a_reader_ends(demo: Demo) -> None:
    with demo.start() as process:
        read_until(process, "1. ")
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() == 1


def test_a_terminal_gets_colours(demo: Demo) -> None:
    reader, writer = pty.openpty()
    with demo.start(writer) as process, os.fdopen(reader) as terminal:
        os.close(writer)
        while "1. " not in (line := terminal.readline()):
            assert line, "the demo ended before its time"
        process.send_signal(signal.SIGINT)
        process.wait()
    assert line.startswith("\033[1m1. Two emulated routers start")
