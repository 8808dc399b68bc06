"""A lab in a virtual machine, as far as none need run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from isthmus_lab.cli import main
from isthmus_lab.errors import LabError
from isthmus_lab.finding import find
from isthmus_lab.linux import needs
from isthmus_lab.linux.folder import Folder
from isthmus_lab.linux.keeping import Keeping, Process
from isthmus_lab.vm import Vm
from isthmus_lab.vm.lab import VmLab

TOPOLOGY = """\
name: away
nodes: {a: {interfaces: {eth0: {}}}, b: {interfaces: {eth0: {}}}}
links: {wan: {ends: ["a:eth0", "b:eth0"]}}
"""


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    return tmp_path / "run"


def _left(process: Process) -> Folder:
    """What is found of a lab whose virtual machine is this process."""
    folder = Folder.of("away")
    folder.make()
    folder.topology.write_text(TOPOLOGY)
    folder.machine.write_text("away")
    machine = Vm("away").folder
    machine.mkdir(parents=True)
    (machine / "port").write_text("2222")
    for place in (folder.keeper, machine / "keeper.json"):
        Keeping(process).write(place)
    Keeping(Process(4711, 1)).write(folder.path / "keeper-inside.json")
    return folder


def test_after_a_crash_down_removes_what_is_left(runtime: Path) -> None:
    folder = _left(Process(os.getpid(), start=0))  # as a later process with the same number
    assert Vm.find("away") is None
    assert main(["down", "away"]) == 0
    assert not folder.path.exists()
    assert not list((runtime / "vm").iterdir())


def test_a_lab_whose_machine_has_ended_is_not_up(capsys: pytest.CaptureFixture[str]) -> None:
    _left(Process(os.getpid(), start=0))
    assert main(["exec", "--lab", "away", "a", "--", "true"]) == 1
    assert "no lab away is up" in capsys.readouterr().err


def test_it_is_found_as_what_it_is() -> None:
    folder = _left(Process.this())
    assert isinstance(find("away"), VmLab)
    folder.machine.unlink()
    assert not isinstance(find("away"), VmLab)


def test_it_listens_on_loopback_only() -> None:
    with pytest.raises(LabError, match=r"at 127\.0\.0\.1 only, not at 0\.0\.0\.0$"):
        VmLab(Folder.of("away"), TOPOLOGY).up(listen="0.0.0.0")  # noqa: S104 - it is refused


def test_a_capture_is_written_to_a_file_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "program", lambda _: None)
    _left(Process.this())
    *here, there = find("away").capturing("wan", ["-c", "5", "-w", "wan file.pcap", "icmp"])
    assert here[3:6] == ["sh", "wan file.pcap", "ssh"]
    assert there.endswith("tcpdump -Z root -i wan -c 5 -w - icmp")
    assert "--net=/proc/4711/root/run/netns/.fabric" in there


def test_words_are_quoted_for_the_shell_inside() -> None:
    _left(Process.this())
    *_, there = find("away").reaching(["echo", "a b", "$HOME"])
    assert there.endswith(" echo 'a b' '$HOME'")
