"""Light hosts are hosts of their own: files, processes, network, SSH."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from isthmus_lab import Lab, LabError
from tests.support.labs import ssh, standing
from tests.support.waiting import wait_until

TOPOLOGY = """\
name: hosts
nodes:
  a:
    interfaces:
      eth0: {addresses: [192.0.2.1/24, "2001:db8:1::1/64"]}
      eth1: {addresses: [198.51.100.1/24]}
    sysctls: {net.ipv4.ip_forward: 1, net.ipv6.conf.eth0.accept_ra: 2}
    files: {/etc/motto: "joined\\n", /run/motto: "joined\\n"}
    run: [[sh, -c, "echo started >> /var/started; exec sleep infinity"]]
    on_boot: [[sh, -c, "echo booted >> /var/booted"]]
  b:
    interfaces: {eth0: {addresses: [192.0.2.2/24, "2001:db8:1::2/64"]}}
    routes: [{to: default, via: 192.0.2.1}, {to: "2001:db8:2::/64", via: "2001:db8:1::1"}]
    ssh: {through: eth0}
  c:
    interfaces: {eth0: {addresses: [192.0.2.3/24]}, eth7: {addresses: [198.51.100.3/24]}}
    ssh: {user: operator, sudo: false}
links:
  lan: {ends: ["a:eth0", "b:eth0", "c:eth0"]}
  far: {ends: ["a:eth1", "c:eth7"], mtu: 1400}
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISTHMUS_LAB_RUNTIME", str(folder / "run"))
        with standing(folder / "hosts.yaml", TOPOLOGY) as lab:
            yield lab


@pytest.mark.parametrize("address", ["192.0.2.2", "192.0.2.3", "2001:db8:1::2", "198.51.100.3"])
def test_hosts_reach_each_other_over_their_links(lab: Lab, address: str) -> None:
    lab.host("a").run(["ping", "-c", "1", "-W", "5", address])


def test_a_host_forwards_where_it_is_told_to(lab: Lab) -> None:
    lab.host("c").run(["ip", "route", "replace", "192.0.2.2", "via", "198.51.100.1"])
    lab.host("b").run(["ping", "-c", "1", "-W", "5", "198.51.100.1"])
    lab.host("b").run(["ping", "-c", "1", "-W", "5", "198.51.100.3"])


def test_a_link_carries_packets_up_to_its_mtu(lab: Lab) -> None:
    ping = ["ping", "-c", "1", "-W", "5", "-M", "do", "198.51.100.3", "-s"]
    lab.host("a").run([*ping, str(1400 - 28)])
    with pytest.raises(LabError, match=r"^a: ping: "):
        lab.host("a").run([*ping, str(1400 - 27)])


@pytest.mark.parametrize("folder", ["/etc", "/run", "/var", "/tmp", "/root", "/usr/local/sbin", "/opt"])  # noqa: S108
def test_no_two_hosts_and_not_the_machine_share_a_file(lab: Lab, folder: str) -> None:
    file = f"{folder}/isthmus-lab-test"
    lab.host("a").run(["sh", "-c", 'echo mine > "$1"', "sh", file])
    assert lab.host("a").run(["cat", file]).stdout == "mine\n"
    assert lab.host("b").run(["test", "-e", file], check=False).returncode == 1
    assert not Path(file).exists()


def test_changing_a_file_of_the_machines_in_a_host_leaves_the_machines_alone(lab: Lab) -> None:
    before = Path("/etc/passwd").read_text()
    lab.host("a").run(["sh", "-c", "echo x >> /etc/passwd && rm /etc/group"])
    assert Path("/etc/passwd").read_text() == before
    assert Path("/etc/group").exists()


def test_nothing_of_the_machines_users_is_seen(lab: Lab) -> None:
    assert lab.host("b").run(["ls", "-A", "/root", "/home"]).stdout.split() == ["/home:", "/root:"]


def test_a_host_sees_its_own_processes_only(lab: Lab) -> None:
    seen = lab.host("b").run(["ps", "-e", "-o", "pid=,comm="]).stdout.split("\n")
    assert any(line.split() == ["1", "python"] or line.split()[:1] == ["1"] for line in seen if line)
    assert {line.split()[1].rstrip(":") for line in seen if line} <= {"python", "python3", "sshd", "ps"}


def test_the_first_process_reaps_orphans(lab: Lab) -> None:
    lab.host("a").run(["sh", "-c", "(setsid true &) ; (setsid true &)"])
    wait_until(lambda: "Z" not in lab.host("a").run(["ps", "-e", "-o", "state="]).stdout.split())


def test_a_host_has_a_name_of_its_own(lab: Lab) -> None:
    assert lab.host("a").run(["hostname"]).stdout == "a\n"
    assert lab.host("a").run(["cat", "/etc/hostname"]).stdout == "a\n"
    assert lab.host("a").run(["getent", "hosts", "a"]).stdout.split()[-1] == "a"


def test_a_host_has_what_its_topology_says(lab: Lab) -> None:
    a = lab.host("a")
    assert a.run(["cat", "/etc/motto", "/run/motto"]).stdout == "joined\njoined\n"
    assert a.run(["cat", "/proc/sys/net/ipv4/ip_forward"]).stdout == "1\n"
    assert a.run(["cat", "/proc/sys/net/ipv6/conf/eth0/accept_ra"]).stdout == "2\n"
    wait_until(lambda: a.run(["cat", "/var/started"], check=False).stdout == "started\n")
    assert a.run(["cat", "/var/booted"]).stdout == "booted\n"
    routes = lab.host("b").run(["ip", "route"]).stdout
    assert routes.startswith("default via 192.0.2.1 dev eth0")


def test_namespaces_and_tunnel_devices_can_be_made_in_a_host(lab: Lab) -> None:
    a = lab.host("a")
    a.run(["ip", "netns", "add", "private"])
    a.run(["ip", "-n", "private", "link", "add", "v0", "type", "veth", "peer", "name", "v1"])
    a.run(["ip", "netns", "exec", "private", "ip", "tuntap", "add", "tap0", "mode", "tap"])
    a.run(["ip", "tuntap", "add", "tun0", "mode", "tun"])
    assert "private" not in lab.host("b").run(["ip", "netns"]).stdout
    a.run(["ip", "netns", "delete", "private"])


def test_ssh_comes_in_with_what_the_lab_wrote(lab: Lab) -> None:
    assert ssh(lab, "a", "hostname; id -un; echo $SSH_CONNECTION").stdout.split()[:3] == ["a", "root", "127.0.0.1"]


def test_ssh_through_a_card_comes_in_over_that_card(lab: Lab) -> None:
    source, _, destination, port = ssh(lab, "b", "echo $SSH_CONNECTION").stdout.split()
    assert (source, destination, port) == ("192.0.2.254", "192.0.2.2", "22")


def test_ssh_through_a_card_is_cut_with_the_card(lab: Lab) -> None:
    b = lab.host("b")
    b.run(["ip", "link", "set", "eth0", "down"])
    assert ssh(lab, "b", "true", check=False).returncode == 255
    b.reboot()
    assert ssh(lab, "b", "hostname").stdout == "b\n"


def test_a_user_of_ones_own_is_not_root(lab: Lab) -> None:
    assert ssh(lab, "c", "id -un; pwd").stdout.split() == ["operator", "/home/operator"]
    assert ssh(lab, "c", "sudo -n true", check=False).returncode != 0


def test_files_go_by_sftp(lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "text"
    file.write_text("carried")
    options = [f"-oUserKnownHostsFile={lab.folder.known_hosts}", "-oBatchMode=yes", "-i", str(lab.folder.key)]
    subprocess.run(
        ["scp", "-q", "-F", "none", *options, "-P", str(lab.host("a").port), file, "root@127.0.0.1:/etc/carried"],
        check=True,
        timeout=60,
    )
    assert lab.host("a").run(["cat", "/etc/carried"]).stdout == "carried"


def test_many_sessions_at_once_go_through(lab: Lab) -> None:
    running = [lab.host("a").start(["true"]) for _ in range(5)]
    assert [process.wait(30) for process in running] == [0] * 5
    assert {ssh(lab, "a", f"echo {n}").stdout for n in range(5)} == {f"{n}\n" for n in range(5)}


def test_nothing_of_the_lab_is_seen_on_the_machine(lab: Lab) -> None:
    links = json.loads(subprocess.run(["ip", "-json", "link"], check=True, capture_output=True).stdout)
    assert not {link["ifname"] for link in links} & {"lan", "far", "p0", "p1"}
    assert str(lab.folder.store) not in Path("/proc/self/mountinfo").read_text()


def test_a_failing_command_is_told_with_its_last_words(lab: Lab) -> None:
    with pytest.raises(LabError, match=r"^a: ls: .*cannot access '/nowhere'.* \(status 2\)$"):
        lab.host("a").run(["ls", "/nowhere"])
