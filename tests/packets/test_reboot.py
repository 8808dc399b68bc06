"""What was applied to a host with systemd is there again after a reboot, once, and left alone by network managers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from isthmus_lab import Lab
from isthmus_lab.linux import needs
from tests.support.deployment import Deployment
from tests.support.labs import skip_unless, ssh, standing
from tests.support.refused import errors
from tests.support.waiting import wait_until

pytestmark = pytest.mark.timeout(600)
TOPOLOGY = """\
name: reboot
nodes:
  gw:
    whole: true
    interfaces: {eth0: {mac: "02:00:00:00:00:05"}}
    files:
      /etc/systemd/network/10-wan.network: "[Match]\\nName=eth0\\n[Network]\\nAddress=203.0.113.5/24\\n"
      /etc/systemd/network/99-all.network: "[Match]\\nName=*\\n[Network]\\nAddress=192.0.2.99/32\\n"
      /etc/NetworkManager/conf.d/lab.conf: "[main]\\nno-auto-default=*\\n"
    on_boot: [[systemctl, enable, --now, systemd-networkd.service], [systemctl, enable, --now, NetworkManager.service]]
    ssh: {through: eth0, source: 203.0.113.250/24, address: 203.0.113.5}
  peer: {interfaces: {eth0: {addresses: [203.0.113.1/24]}}}
links:
  lan: {ends: ["gw:eth0", "peer:eth0"]}
"""
PROGRAM = """
wan = linux.BridgeTakeover("br0", device="gw", port="eth0")
tap = linux.Tap("tap0", name="tap0", device="gw", mtu=1400)
linux.BridgePort("port", device="gw", dev=tap.name, bridge=wan.name)
tun = linux.Tun("tun0", name="tun0", device="gw")
address = linux.Address("inside", device="gw", dev=tun.name, address="198.51.100.1/24")
up = pulumi.ResourceOptions(depends_on=[address])
linux.Route("there", device="gw", dst="192.0.2.0/28", dev=tun.name, opts=up)
linux.Rule("mark", device="gw", priority=1000, fwmark="0x7", table="100")
linux.Sysctl("forward", device="gw", name="net.ipv4.ip_forward", value="1")
linux.NftTable("isthmus", device="gw", content="chain input { type filter hook input priority 0; }")
"""
LOOKS = (
    ("ip", "-o", "-4", "address", "show", "scope", "global"),
    ("ip", "rule"),
    ("ip", "route"),
    ("nft", "list", "ruleset"),
    ("sysctl", "net.ipv4.ip_forward"),
    ("ip", "-br", "link", "show", "master", "br0"),
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    for program in ("nmcli", "networkctl", "nft"):
        skip_unless(lambda name=program: needs.program(name))  # type: ignore[misc]
    folder = tmp_path_factory.mktemp("lab")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISTHMUS_LAB_RUNTIME", str(folder / "run"))
        with standing(folder / "reboot.yaml", TOPOLOGY) as lab:
            yield lab


@pytest.fixture(scope="module")
def project(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with Deployment(tmp_path_factory.mktemp("reboot") / "project") as project:
        project.pulumi("config", "set", "isthmus:devices", str(lab.devices), check=True)
        project.program(PROGRAM)
        project.up()
        yield project


def state(lab: Lab) -> list[str]:
    """Return all that the program made, without numbers that differ by themselves."""
    shown = [line for look in LOOKS for line in lab.host("gw").run(list(look)).stdout.splitlines()]
    return sorted(
        " ".join(word.partition("@")[0] for word in line.split() if not word[0].isdigit() or "/" in word)
        for line in shown
        if line
    )


def units(lab: Lab) -> list[str]:
    shown = lab.host("gw").run(["journalctl", "-b", "-o", "cat", "-u", "isthmus*"]).stdout
    return shown.splitlines()


def test_a_reboot_brings_everything_back_once(lab: Lab, project: Deployment) -> None:
    before = state(lab)
    assert any("198.51.100.1/24" in line for line in before)
    lab.host("gw").reboot()
    ssh(lab, "gw", "true")
    wait_until(lambda: any("Finished isthmus-late.service" in line for line in units(lab)), 120)
    assert state(lab) == before
    project.unchanged("--refresh")
    assert lab.host("gw").run(["systemctl", "is-system-running"], check=False).stdout == "running\n"


def test_objects_are_there_before_the_network_is_called_up(lab: Lab, project: Deployment) -> None:
    assert project.state()
    shown = lab.host("gw").run(["systemctl", "show", "-p", "Before,After", "isthmus.service"]).stdout
    before, after = (line for line in sorted(shown.splitlines(), reverse=True))
    assert "network-pre.target" in before
    assert "systemd-sysctl.service" in after
    assert "nftables.service" in after
    lab.host("gw").run(["systemd-analyze", "verify", "isthmus.service", "isthmus-late.service"])


def test_network_managers_leave_our_links_alone(lab: Lab, project: Deployment) -> None:
    assert project.state()
    gw = lab.host("gw")
    for link in ("tap0", "tun0"):
        listed = gw.run(["networkctl", "--no-legend", "list", link]).stdout.split()
        assert listed[-1] == "unmanaged"
        assert "192.0.2.99" not in gw.run(["ip", "address", "show", link]).stdout
        told = gw.run(["nmcli", "--get-values", "GENERAL.STATE", "device", "show", link]).stdout
        assert "unmanaged" in told
    assert gw.run(["networkctl", "--no-legend", "list", "br0"]).stdout.split()[-1] == "configured"


def test_a_link_that_another_configures_too_is_refused(lab: Lab, project: Deployment) -> None:
    gw = lab.host("gw")
    gw.run(
        ["tee", "/etc/network/interfaces.d/tap9"],
        input="# an older tunnel\niface tap9 inet static\n  address 192.0.2.1/24\n",
    )
    project.program(PROGRAM + 'linux.Tap("tap9", name="tap9", device="gw")\n')
    told = errors(project.up(check=False))
    gw.run(["rm", "/etc/network/interfaces.d/tap9"])
    project.program(PROGRAM)
    said = "/etc/network/interfaces.d/tap9:2 configures a link of this name too: remove it there"
    assert [line for line in told if said in line], told
    assert gw.run(["ip", "link", "show", "tap9"], check=False).returncode


def test_a_python_that_is_gone_is_told_in_the_journal(lab: Lab, project: Deployment) -> None:
    assert project.state()
    gw = lab.host("gw")
    unit = gw.run(["cat", "/etc/systemd/system/isthmus-late.service"]).stdout
    python = next(line for line in unit.splitlines() if line.startswith("ExecStart=")).split()[0].partition("=")[2]
    gw.run(["tee", "/etc/systemd/system/isthmus-late.service"], input=unit.replace(python, "/opt/python3"))
    gw.run(["systemctl", "daemon-reload"])
    gw.run(["systemctl", "restart", "isthmus-late.service"], check=False)
    assert "/opt/python3 is gone: run pulumi up again" in units(lab)


def test_all_of_it_goes_with_the_last_object(lab: Lab, project: Deployment) -> None:
    project.destroy()
    gw = lab.host("gw")
    left = gw.run(["find", "/etc", "/var/lib", "-name", "*isthmus*"]).stdout.split()
    assert [path for path in left if "isthmus-lab" not in path] == []
    wait_until(lambda: gw.run(["networkctl", "--no-legend", "list", "eth0"]).stdout.split()[-1] == "configured", 60)
    ssh(lab, "gw", "true")
