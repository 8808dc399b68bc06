"""Links delay and lose packets as their topology says, where the kernel can; elsewhere they are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from isthmus_lab import Lab, LabError
from isthmus_lab.linux import needs
from isthmus_lab.vm import Vm
from isthmus_lab.vm.lab import VmLab
from tests.support.labs import skip_unless_it_stands

TOPOLOGY = """\
name: impaired
nodes:
  a: {interfaces: {far: {addresses: [192.0.2.1/24]}, bad: {addresses: [198.51.100.1/24]}}}
  b: {interfaces: {far: {addresses: [192.0.2.2/24]}, bad: {addresses: [198.51.100.2/24]}}}
links:
  far: {ends: ["a:far", "b:far"], delay: 60ms}
  bad: {ends: ["a:bad", "b:bad"], loss: 100%}
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    (tmp_path / "impaired.yaml").write_text(TOPOLOGY)
    return tmp_path / "impaired.yaml"


@pytest.mark.timeout(1200)
def test_a_link_delays_each_direction_and_loses_its_share(vm: Vm, file: Path) -> None:
    with VmLab.within(vm, file) as lab:
        a = lab.host("a")
        times = re.findall(r"time=(\d+)", a.run(["ping", "-c", "3", "-W", "20", "192.0.2.2"]).stdout)
        assert min(map(int, times)) >= 120
        assert ", 100% packet loss" in a.run(["ping", "-c", "3", "-W", "5", "198.51.100.2"], check=False).stdout


def test_a_kernel_without_netem_is_told_before_anything_is_made(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab = Lab.from_file(file)
    skip_unless_it_stands(lab.topology.model_copy(update={"links": {}}))
    has = needs.has
    monkeypatch.setattr(needs, "has", lambda part: part != "netem" and has(part))
    with pytest.raises(
        LabError, match=r"^the kernel of this machine \(.*\) lacks netem \(for delay and loss\): use --vm"
    ):
        lab.up()
    assert not lab.folder.path.exists()
