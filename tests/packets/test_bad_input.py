"""What a host cannot do is told in one line each, by a program over SSH, and nothing half-made stays behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from isthmus_lab import Lab
from tests.support.deployment import Deployment
from tests.support.labs import standing
from tests.support.refused import errors

TOPOLOGY = """\
name: bad-input
nodes:
  gw:
    interfaces: {eth0: {addresses: [192.0.2.1/24]}}
    ssh: {through: eth0}
  peer:
    interfaces: {eth0: {addresses: [192.0.2.2/24]}}
links:
  lan: {ends: ["gw:eth0", "peer:eth0"]}
"""
REFUSED_BEFORE = [
    (
        'linux.Bridge("long", device="gw", name="a-name-that-is-too-long")',
        "gw: link/bridge: name: ",
    ),
    (
        'linux.Gre("family", device="gw", remote="2001:db8::2")',
        "gw: link/gre: remote: expected an IPv4 address, found '2001:db8::2'",
    ),
    (
        'linux.Address("prefix", device="gw", dev="eth0", address="192.0.2.300/24")',
        "gw: address: address: ",
    ),
    (
        'linux.Address("peer", device="gw", dev="eth0", address="192.0.2.9/32", peer="2001:db8::1")',
        "gw: address: peer: 2001:db8::1 is of another family than 192.0.2.9/32: both must be of one",
    ),
    (
        'linux.NftTable("braces", device="gw", content="chain input {")',
        "gw: nft/table: content: ",
    ),
]
REFUSED_BY_THE_HOST = """
linux.Bridge("taken", device="gw", name="br9")
linux.BridgePort("cut", device="gw", dev="eth0", bridge="br9")
linux.NftTable("syntax", device="gw", content="chain input {\\n type filter hook input priority 0;\\n tcp dprot 22\\n}")
linux.File("full", device="gw", path="/srv/small/file", content="x" * 100000)
linux.File("readonly", device="gw", path="/mnt/readonly/file", content="x")
linux.Address("linkless", device="gw", dev="eth9", address="198.51.100.1/24")
"""
BY_THE_HOST = {
    "taken": "gw: link/bridge br9: exists already and is nobody's: remove it, or take it over with adopt=True",
    "cut": "gw: bridge-port eth0: dev: carries this SSH session",
    "syntax": "gw: nft/table inet syntax: content: line 3:",
    "full": "gw: file /srv/small/file: ",
    "readonly": "gw: file /mnt/readonly/file: ",
    "linkless": "gw: address 198.51.100.1/24 eth9: there is no link 'eth9'; declare it and refer to it by its resource",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with standing(tmp_path_factory.mktemp("lab") / "bad-input.yaml", TOPOLOGY) as lab:
        for command in (
            ["ip", "link", "add", "br9", "type", "bridge"],
            ["mkdir", "-p", "/srv/small", "/mnt/readonly"],
            ["mount", "-t", "tmpfs", "-o", "size=16k", "small", "/srv/small"],
            ["mount", "-t", "tmpfs", "-o", "ro", "readonly", "/mnt/readonly"],
        ):
            lab.host("gw").run(command)
        yield lab


@pytest.fixture
def project(lab: Lab, tmp_path: Path) -> Iterator[Deployment]:
    with Deployment(tmp_path / "project") as project:
        project.pulumi("config", "set", "isthmus:devices", str(lab.devices), check=True)
        yield project


def state(lab: Lab) -> str:
    """Return all that a host has of links, addresses and tables."""
    commands = (["ip", "-o", "link"], ["ip", "-o", "addr"], ["nft", "list", "ruleset"])
    return "\n".join(lab.host("gw").run(command).stdout for command in commands)


@pytest.mark.parametrize(("program", "beginning"), REFUSED_BEFORE)
def test_what_can_be_known_is_refused_by_a_preview(project: Deployment, program: str, beginning: str) -> None:
    project.program(program)
    (told,) = errors(project.preview(check=False))
    assert beginning in told


def test_what_only_the_host_knows_is_one_line_each_and_leaves_nothing(project: Deployment, lab: Lab) -> None:
    before = state(lab)
    project.program(REFUSED_BY_THE_HOST)
    outcome = project.up("--continue-on-error", check=False)
    told = errors(outcome)
    for beginning in BY_THE_HOST.values():
        assert [line for line in told if beginning in line], (beginning, told)
    assert "Traceback" not in outcome.text
    assert state(lab) == before
    project.destroy()


def test_a_missing_program_is_named_with_its_package(project: Deployment, lab: Lab) -> None:
    host = lab.host("gw")
    host.run(["mv", "/usr/sbin/nft", "/usr/sbin/nft.away"])
    try:
        project.program("""linux.NftTable("filter", device="gw", content="chain input { }")""")
        told = errors(project.up(check=False))
    finally:
        host.run(["mv", "/usr/sbin/nft.away", "/usr/sbin/nft"])
    missing = "gw: nft/table inet filter: the program nft is missing on this host: install the package nftables"
    assert [line for line in told if missing in line], told


def test_a_read_only_root_is_told_before_anything_is_touched(project: Deployment, lab: Lab) -> None:
    host = lab.host("gw")
    before = state(lab)
    host.run(["mkdir", "-p", "/var/lib/isthmus"])
    host.run(["mount", "-t", "tmpfs", "-o", "ro", "readonly", "/var/lib/isthmus"])
    try:
        project.program("""linux.Bridge("br0", device="gw")""")
        told = errors(project.up(check=False))
    finally:
        host.run(["umount", "/var/lib/isthmus"])
    assert [line for line in told if "gw: " in line and "/var/lib/isthmus" in line and "Read-only" in line], told
    assert state(lab) == before
    project.up()
    project.destroy()
    assert state(lab) == before
