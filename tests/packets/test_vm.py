"""The virtual machine has what this machine's kernel may lack, is reached from here, and leaves nothing."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from isthmus_lab import LabError
from isthmus_lab.vm import Vm, kernel, kvm
from isthmus_lab.vm.lab import VmLab
from tests.support.labs import ssh
from tests.support.waiting import wait_until

pytestmark = pytest.mark.timeout(900)

MODULES = (
    *("dummy", "veth", "bridge", "tun", "vxlan", "8021q", "macvlan", "vrf", "ifb", "sch_netem"),
    *("sit", "ipip", "ip_gre", "ip6_gre", "ip6_tunnel", "ip_vti", "ip6_vti", "xfrm_interface", "wireguard"),
    *("esp4", "esp6", "xfrm_user", "nf_tables", "nft_chain_nat", "nft_ct", "nft_masq"),
)

LINKS = {
    "dummy": ["type", "dummy"],
    "veth": ["type", "veth", "peer", "name", "other"],
    "bridge": ["type", "bridge"],
    "vlan": ["link", "below", "type", "vlan", "id", "7"],
    "macvlan": ["link", "below", "type", "macvlan"],
    "vrf": ["type", "vrf", "table", "100"],
    "vxlan": ["type", "vxlan", "id", "1", "dstport", "4789", "remote", "192.0.2.2"],
    "sit": ["type", "sit", "local", "192.0.2.1", "remote", "192.0.2.2"],
    "ipip": ["type", "ipip", "local", "192.0.2.1", "remote", "192.0.2.2"],
    "gre": ["type", "gre", "local", "192.0.2.1", "remote", "192.0.2.2"],
    "gretap": ["type", "gretap", "local", "192.0.2.1", "remote", "192.0.2.2"],
    "ip6gre": ["type", "ip6gre", "local", "2001:db8::1", "remote", "2001:db8::2"],
    "ip6tnl": ["type", "ip6tnl", "local", "2001:db8::1", "remote", "2001:db8::2"],
    "vti": ["type", "vti", "local", "192.0.2.1", "remote", "192.0.2.2", "key", "1"],
    "vti6": ["type", "vti6", "local", "2001:db8::1", "remote", "2001:db8::2", "key", "1"],
    "xfrm": ["type", "xfrm", "dev", "below", "if_id", "1"],
    "wireguard": ["type", "wireguard"],
}

TOPOLOGY = """\
name: inside
nodes:
  light: {interfaces: {eth0: {addresses: [192.0.2.1/24]}}}
  whole: {whole: true, interfaces: {eth0: {addresses: [192.0.2.2/24]}}}
links:
  wan: {ends: ["light:eth0", "whole:eth0"], delay: 40ms}
"""


def test_it_runs_debians_newest_kernel(vm: Vm) -> None:
    assert vm.run(["uname", "-r"]).stdout.strip() == kernel.release(kernel.newest())


def test_every_module_that_hosts_need_can_be_loaded(vm: Vm) -> None:
    vm.run(["modprobe", "--all", *MODULES])


@pytest.mark.parametrize("kind", LINKS)
def test_a_link_of_each_kind_can_be_made(vm: Vm, kind: str) -> None:
    namespace = f"link-{kind}"
    ip = ["ip", "-n", namespace]
    vm.run(["ip", "netns", "add", namespace])
    try:
        vm.run([*ip, "link", "add", "below", "type", "dummy"])
        vm.run([*ip, "link", "add", "made", *LINKS[kind]])
        (made,) = json.loads(vm.run([*ip, "-json", "-details", "link", "show", "made"]).stdout)
        assert made["linkinfo"]["info_kind"] == kind if kind != "veth" else made["link"] == "other"
    finally:
        vm.run(["ip", "netns", "del", namespace])


def test_words_reach_a_command_as_they_are(vm: Vm) -> None:
    words = ["a b", "$HOME", "'", '"', "*", ";", "", "\n", "\\"]
    program = "import sys, json; print(json.dumps(sys.argv[1:]))"
    assert json.loads(vm.run(["/usr/bin/python3", "-I", "-S", "-c", program, *words]).stdout) == words


def test_a_command_that_fails_is_told_by_its_last_words(vm: Vm) -> None:
    with pytest.raises(LabError, match=r"ended with status 3: no such thing$"):
        vm.run(["sh", "-c", "echo no such thing >&2; exit 3"])
    assert vm.run(["sh", "-c", "exit 3"], check=False).status == 3


def test_it_sees_this_machines_files_and_changes_none(vm: Vm) -> None:
    assert vm.run(["cat", __file__]).stdout == Path(__file__).read_text()
    vm.run(["sh", "-c", "echo changed > /etc/issue; rm /var/lib/dpkg/status"])
    assert "changed" not in Path("/etc/issue").read_text()
    assert Path("/var/lib/dpkg/status").exists()


def test_it_reaches_no_listener_of_this_machine(vm: Vm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        dial = f"exec 3<>/dev/tcp/10.0.2.2/{listener.getsockname()[1]}"
        assert vm.run(["timeout", "5", "bash", "-c", dial], check=False).status != 0
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_lab_in_it_is_used_from_here_as_any_other(vm: Vm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    (tmp_path / "inside.yaml").write_text(TOPOLOGY)
    with VmLab.within(vm, tmp_path / "inside.yaml") as lab:
        assert ssh(lab, "whole", "systemctl is-system-running && uname -r").stdout.split() == [
            "running",
            vm.run(["uname", "-r"]).stdout.strip(),
        ]
        told = lab.host("light").run(["ping", "-c", "2", "192.0.2.2"]).stdout
        assert all(float(time) > 80 for time in re.findall(r"time=([\d.]+)", told)), "each end delays by 40 ms"
        lab.host("whole").run(["touch", "/etc/kept", "/var/kept", "/run/lost"])
        lab.host("whole").reboot()
        assert lab.host("whole").run(["ls", "/etc/kept", "/var/kept", "/run/lost"], check=False).stdout.split() == [
            "/etc/kept",
            "/var/kept",
        ]
        assert ssh(lab, "whole", "hostname").stdout == "whole\n"
    assert not lab.folder.path.exists()


def test_a_trial_tells_an_accelerator_that_works_from_one_that_does_not(vm: Vm) -> None:
    del vm  # where there is one, there is QEMU
    assert kvm.boots("tcg", seconds=120)
    assert not kvm.boots("no such accelerator", seconds=120)


def test_one_that_is_killed_leaves_nothing(vm: Vm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one, beside the first, started by a process that is killed while it boots or runs."""
    del vm  # it runs: two at once do not collide
    program = (
        "import sys; from isthmus_lab.vm import Vm; Vm('doomed').start(); print('up', flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "ISTHMUS_LAB_RUNTIME": str(tmp_path / "run")}
    owner = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    with owner:
        assert owner.stdout
        assert owner.stdout.readline() == "up\n"
        folder = tmp_path / "run" / "vm" / "doomed"
        assert _processes(folder)
        owner.kill()
    wait_until(lambda: not _processes(folder), 30)
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    assert Vm.find("doomed") is None
    Vm("doomed").close()
    assert not folder.exists()


def _processes(folder: Path) -> list[str]:
    """The processes that have been told of this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_text()
        except OSError:
            continue
        if str(folder) in words:
            found.append(words)
    return found
