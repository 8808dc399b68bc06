"""Whole hosts are hosts with systemd: services, reboots, and managers of networks, on the machine's own kernel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from isthmus_lab import Lab, LabError
from isthmus_lab.linux import needs
from tests.support.labs import skip_unless, ssh, standing
from tests.support.waiting import wait_until

pytestmark = pytest.mark.timeout(600)

TOPOLOGY = """\
name: whole
nodes:
  box:
    whole: true
    interfaces: {eth0: {addresses: [192.0.2.1/24]}, eth1: {}}
    files: {/etc/motto: "joined\\n", /run/motto: "joined\\n"}
    on_boot: [[sh, -c, "echo '$$ %h \\"x\\"' >> /var/booted"]]
    run: [[sleep, infinity]]
  twin: {whole: true, interfaces: {eth0: {addresses: [192.0.2.2/24]}, eth1: {addresses: [198.51.100.1/24]}}}
  guest: {whole: true, interfaces: {eth0: {addresses: [192.0.2.3/24]}}, ssh: {user: operator}}
links:
  lan: {ends: ["box:eth0", "twin:eth0", "guest:eth0"]}
  spare: {ends: ["box:eth1", "twin:eth1"]}
"""

UNIT = """\
[Service]
ExecStart=sh -c 'echo started >> /var/served; exec sleep infinity'
[Install]
WantedBy=multi-user.target
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISTHMUS_LAB_RUNTIME", str(folder / "run"))
        with standing(folder / "whole.yaml", TOPOLOGY) as lab:
            yield lab


@pytest.mark.parametrize("node", ["box", "twin", "guest"])
def test_systemd_has_started_everything(lab: Lab, node: str) -> None:
    assert lab.host(node).run(["systemctl", "is-system-running"]).stdout == "running\n"


def test_what_the_machine_has_enabled_is_not_started(lab: Lab) -> None:
    shown = lab.host("box").run(["systemctl", "list-units", "--type=service", "--state=running", "--plain"]).stdout
    running = {line.split()[0] for line in shown.splitlines() if ".service " in line}
    system = {"dbus", "ssh", "systemd-journald", "systemd-logind", "lab-run-1"}
    assert running == {f"{name}.service" for name in system}


def test_it_is_reached_by_ssh_from_the_machine(lab: Lab) -> None:
    assert ssh(lab, "box", "hostname").stdout == "box\n"
    assert ssh(lab, "guest", "sudo id -un").stdout == "root\n"


def test_hosts_reach_each_other(lab: Lab) -> None:
    lab.host("box").run(["ping", "-c", "1", "-W", "5", "192.0.2.3"])


def test_settings_below_net_are_its_own(lab: Lab) -> None:
    lab.host("box").run(["sysctl", "net.ipv4.ip_forward=1"])
    assert lab.host("twin").run(["sysctl", "-n", "net.ipv4.ip_forward"]).stdout == "0\n"


def test_no_two_hosts_and_not_the_machine_share_a_file(lab: Lab) -> None:
    for folder in ("/etc", "/run", "/var", "/tmp", "/root", "/usr/local/sbin"):  # noqa: S108 - the host's own
        file = f"{folder}/isthmus-lab-test"
        lab.host("box").run(["touch", file])
        assert lab.host("twin").run(["test", "-e", file], check=False).returncode == 1
        assert not Path(file).exists()


def test_a_reboot_keeps_files_and_units_and_loses_what_is_volatile(lab: Lab) -> None:
    box = lab.host("box")
    box.run(["touch", "/etc/kept", "/var/kept", "/run/lost", "/tmp/lost"])  # noqa: S108 - the host's own
    box.run(["tee", "/etc/systemd/system/served.service"], input=UNIT)
    box.run(["systemctl", "enable", "--now", "served.service"])
    box.run(["ip", "link", "add", "lost0", "type", "bridge"])
    box.reboot()
    box.run(["ls", "/etc/kept", "/var/kept", "/etc/motto", "/run/motto"])
    assert box.run(["ls", "/run/lost", "/tmp/lost"], check=False).stdout == ""  # noqa: S108 - the host's own
    assert box.run(["cat", "/var/served"]).stdout == "started\n" * 2
    assert box.run(["cat", "/var/booted"]).stdout.splitlines()[-2:] == ['$$ %h "x"'] * 2
    assert box.run(["ip", "link", "show", "lost0"], check=False).returncode == 1
    box.run(["ping", "-c", "1", "-W", "5", "192.0.2.3"])


def test_it_reboots_when_it_is_told_to_from_inside(lab: Lab) -> None:
    twin = lab.host("twin")
    before = twin.run(["cat", "/proc/sys/kernel/random/boot_id"]).stdout
    twin.run(["touch", "/run/lost"])
    twin.run(["systemctl", "reboot"], check=False)

    # By SSH: systemd stops all processes in the host before it kills them, and nsenter would stop with its command.
    def back() -> bool:
        now = ssh(lab, "twin", "cat /proc/sys/kernel/random/boot_id; test ! -e /run/lost", check=False)
        return now.returncode == 0 and now.stdout != before

    wait_until(back, 240)
    twin.run(["ping", "-c", "1", "-W", "5", "192.0.2.3"])


def test_a_timer_undoes_a_change(lab: Lab) -> None:
    box = lab.host("box")
    box.run(["systemd-run", "--on-active=1", "--timer-property=AccuracySec=100ms", "touch", "/run/undone"])
    wait_until(lambda: box.run(["test", "-e", "/run/undone"], check=False).returncode == 0, 60)


def test_networkd_configures_a_card(lab: Lab) -> None:
    box = lab.host("box")
    network = "[Match]\nName=eth1\n[Network]\nAddress=198.51.100.2/24\n"
    box.run(["tee", "/etc/systemd/network/eth1.network"], input=network)
    box.run(["systemctl", "start", "systemd-networkd.service"])
    _wait_for_address(lab, "198.51.100.2")
    box.run(["systemctl", "stop", "systemd-networkd.service", "systemd-networkd.socket"])
    box.run(["rm", "/etc/systemd/network/eth1.network"])


def test_ifupdown_configures_a_card(lab: Lab) -> None:
    box = lab.host("box")
    skip_unless(lambda: needs.program("ifup"))
    stanza = "auto eth1\niface eth1 inet static\n  address 198.51.100.3/24\n"
    box.run(["tee", "/etc/network/interfaces.d/eth1"], input=stanza)
    box.run(["systemctl", "start", "networking.service"])
    _wait_for_address(lab, "198.51.100.3")
    box.run(["systemctl", "stop", "networking.service"])
    box.run(["rm", "/etc/network/interfaces.d/eth1"])


def test_networkmanager_configures_a_card(lab: Lab) -> None:
    box = lab.host("box")
    skip_unless(lambda: needs.program("NetworkManager"))
    box.run(["systemctl", "start", "NetworkManager.service"])
    add = ["type", "ethernet", "ifname", "eth1", "ip4", "198.51.100.4/24"]
    box.run(["nmcli", "connection", "add", "con-name", "spare", *add])
    box.run(["nmcli", "connection", "up", "spare"])
    _wait_for_address(lab, "198.51.100.4")
    box.run(["systemctl", "stop", "NetworkManager.service"])


def _wait_for_address(lab: Lab, address: str) -> None:
    box = lab.host("box")
    wait_until(lambda: f" {address}/24 " in box.run(["ip", "-4", "address", "show", "eth1"]).stdout, 60)
    box.run(["ping", "-c", "1", "-W", "5", "198.51.100.1"])


def test_a_boot_command_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    failing = 'name: f\nnodes: {box: {whole: true, on_boot: [[sh, -c, "echo no such luck; exit 3"]]}}\n'
    with (
        pytest.raises(LabError, match=r"^box: lab-boot.service has failed: no such luck$"),
        standing(tmp_path / "f.yaml", failing),
    ):
        pass
