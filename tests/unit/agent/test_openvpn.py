"""OpenVPN is written, started, changed and ended for real, between two namespaces."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isthmus.engine import pki
from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.kinds import kind_named
from isthmus_agent.kinds.openvpn.running import ByAgent
from isthmus_agent.restore import restore
from isthmus_agent.within import within
from tests.support.linux import ip
from tests.support.openvpn import MISSING, End, joined, signed
from tests.support.waiting import wait_until

pytestmark = [
    pytest.mark.skipif(MISSING, reason="the program openvpn is missing: apt-get install openvpn"),
    pytest.mark.skipif(os.geteuid() != 0, reason="openvpn makes links as root"),
    pytest.mark.timeout(180),
]
SERVER, BRANCH = signed("hub", "server"), signed("branch", "client")
HUB: dict[str, Any] = {
    "name": "hub",
    "dev": "tun0",
    "server": "10.8.0.0/24",
    "cert": SERVER.cert,
    "key": SERVER.key,
    "peer_fingerprint": [BRANCH.fingerprint],
    "keepalive": "1 3",
    "running": True,
    "enabled": True,
}
CALLER: dict[str, Any] = {
    "name": "branch",
    "dev": "tun0",
    "remote": ["192.0.2.1"],
    "cert": BRANCH.cert,
    "key": BRANCH.key,
    "peer_fingerprint": [SERVER.fingerprint],
    "running": True,
    "enabled": True,
}


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[tuple[End, End]]:
    with joined(tmp_path / "isthmus") as ends:
        yield ends


def network_behind(end: End, address: str) -> None:
    """Give a host a network of its own behind the tunnel."""
    ip(end.host.netns, "link", "add", "lan", "type", "bridge")
    ip(end.host.netns, "address", "add", address, "dev", "lan")
    ip(end.host.netns, "link", "set", "lan", "up")


def ended(pid: int) -> bool:
    """Tell whether a process has ended; one that nobody has waited for still has a number."""
    place = Path("/proc", str(pid), "cmdline")
    return not place.exists() or not place.read_bytes()


def test_a_client_reaches_its_server_and_the_server_a_network_behind_it(ends: tuple[End, End]) -> None:
    hub, branch = ends
    clients = {"branch": {"ifconfig_push": "10.8.0.9 255.255.255.0", "iroute": ["192.168.9.0/24"]}}
    made = hub.put("server", **HUB, clients=clients, route=["192.168.9.0/24"], server_ipv6="2001:db8:8::/64")
    assert (made["clients"], made["running"], made["server_ipv6"]) == (clients, True, "2001:db8:8::/64")
    network_behind(branch, "192.168.9.1/24")
    assert branch.put("client", **CALLER)["running"] is True
    wait_until(lambda: branch.pings("10.8.0.1"), 30)
    assert "10.8.0.9" in branch.shown("address", "show", "tun0")
    wait_until(lambda: hub.pings("192.168.9.1"))
    config = hub.place("server", "hub").config
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert not {"key", "original"} & hub.read("server").keys()


@pytest.mark.parametrize(("proto", "address"), [("tcp", "192.0.2.1"), ("udp6", "2001:db8::1"), ("tcp6", "2001:db8::1")])
def test_outer_packets_go_over_either_family_and_tcp(ends: tuple[End, End], proto: str, address: str) -> None:
    for number, end in enumerate(ends, 1):
        ip(end.host.netns, "address", "add", f"2001:db8::{number}/64", "dev", "eth0", "nodad")
    hub, branch = ends
    made = hub.put("server", **HUB, proto=proto, port=443, local=address)
    assert (made["proto"], made["port"], made["local"], made["running"]) == (proto, 443, address, True)
    called = branch.put("client", **{**CALLER, "remote": [f"{address} 443"]}, proto=proto)
    assert (called["proto"], called["remote"]) == (proto, [f"{address} 443"])
    wait_until(lambda: branch.pings("10.8.0.1"), 30)


def test_a_changed_client_connects_anew_and_the_server_runs_on(ends: tuple[End, End]) -> None:
    hub, branch = ends
    hub.put("server", **HUB)
    branch.put("client", **CALLER)
    wait_until(lambda: "10.8.0.2" in branch.shown("address", "show", "tun0"), 30)
    pid = hub.pid("server", "hub")
    changed = hub.put("server", **HUB, clients={"branch": {"ifconfig_push": "10.8.0.77 255.255.255.0"}})
    assert changed["clients"] == {"branch": {"ifconfig_push": "10.8.0.77 255.255.255.0"}}
    wait_until(lambda: "10.8.0.77" in branch.shown("address", "show", "tun0"), 30)
    wait_until(lambda: branch.pings("10.8.0.1"), 30)
    assert hub.pid("server", "hub") == pid


@pytest.mark.parametrize("proved", ["static key", "peer-fingerprint"])
def test_peers_join_their_bridges_by_taps_that_stay(ends: tuple[End, End], proved: str) -> None:
    key = pki.openvpn_static()
    for number, end in enumerate(ends, 1):
        ip(end.host.netns, "tuntap", "add", "tap0", "mode", "tap")
        ip(end.host.netns, "link", "add", "br0", "type", "bridge", "forward_delay", "0")
        ip(end.host.netns, "address", "add", f"198.51.100.{number}/24", "dev", "br0")
        ip(end.host.netns, "link", "set", "tap0", "master", "br0", "up")
        ip(end.host.netns, "link", "set", "br0", "up")
        own, other = (SERVER, BRANCH)[:: 3 - 2 * number]
        certified = {"cert": own.cert, "key": own.key, "peer_fingerprint": [other.fingerprint]}
        proof = {"secret": key} if proved == "static key" else certified
        calling = {} if number == 1 else {"remote": ["192.0.2.1"], "nobind": True}
        assert end.put("peer", name="bridge", dev="tap0", **proof, **calling)["running"] is True
    _, two = ends
    wait_until(lambda: two.pings("198.51.100.1"), 30)
    two.drop("peer", "bridge")
    assert "tap0" in two.shown("link")


def test_a_configuration_that_openvpn_refuses_never_replaces_the_old_one(ends: tuple[End, End]) -> None:
    hub, _ = ends
    hub.put("server", **HUB)
    pid, config = hub.pid("server", "hub"), hub.place("server", "hub").config
    before = config.read_text()
    with pytest.raises(Refused) as refused:
        hub.put("server", **HUB, extra=["frobnicate 3"])
    assert refused.value.reason == (
        "openvpn/server hub: extra: openvpn: Unrecognized option or missing or extra parameter(s): frobnicate 3"
    )
    with pytest.raises(Refused, match="server hub: keepalive: openvpn: the second parameter to --keepalive"):
        hub.put("server", **{**HUB, "keepalive": "10 15"})
    assert (hub.pid("server", "hub"), config.read_text()) == (pid, before)


def test_a_configuration_that_openvpn_ends_with_is_taken_back_in_one_line(ends: tuple[End, End]) -> None:
    hub, branch = ends
    hub.put("server", **HUB)
    branch.put("client", **CALLER)
    before = hub.place("server", "hub").config.read_text()
    with pytest.raises(Refused, match=r"ended right after its start: .*Cannot assign requested address") as refused:
        hub.put("server", **HUB, local="198.51.100.77")
    assert "\n" not in refused.value.reason
    assert hub.place("server", "hub").config.read_text() == before
    wait_until(lambda: branch.pings("10.8.0.1"), 60)


def test_what_does_not_start_at_all_leaves_nothing(ends: tuple[End, End]) -> None:
    hub, _ = ends
    with pytest.raises(Refused, match="Cannot assign requested address"):
        hub.put("server", **HUB, local="198.51.100.77")
    assert not Path("/etc/netns", hub.host.netns).exists()
    assert not hub.place("server", "hub").run.exists()


def test_a_daemon_that_was_killed_is_drift_and_is_started_again(ends: tuple[End, End]) -> None:
    hub, _ = ends
    hub.put("server", **HUB)
    pid = hub.pid("server", "hub")
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not hub.read("server")["running"])
    assert hub.put("server", **HUB)["running"] is True
    assert hub.pid("server", "hub") != pid


def test_every_change_of_the_file_by_hand_is_seen(ends: tuple[End, End]) -> None:
    hub, _ = ends
    hub.put("server", **HUB)
    config, clean = hub.place("server", "hub").config, hub.read("server")

    def after(before: str, now: str) -> dict[str, Any]:
        text = config.read_text()
        assert before in text
        config.write_text(text.replace(before, now))
        shown = hub.read("server")
        config.write_text(text)
        return {name: value for name, value in shown.items() if clean.get(name) != value}

    key = SERVER.key.splitlines()[1]
    assert after("keepalive 1 3", "keepalive 2 6") == {"keepalive": "2 6"}
    assert after("keepalive 1 3\n", "") == {"keepalive": ""}
    assert after("255.255.255.0", "255.255.0.0") == {"server": "10.8.0.0/16"}
    assert after("topology subnet\n", "") == {"extra": ["# missing: topology"]}
    assert after("dev tun0\n", "dev tun0\nfloat\nport 1195\n") == {"extra": ["float"], "port": 1195}
    assert after("dev tun0\n", "# a note\n; and another\ndev tun0   # said\n") == {}
    assert after(key, key[::-1]) == {"key": "(changed by hand)"}
    assert after("dev tun0\n", "dev tun0\n<pkcs12>\nhidden\n</pkcs12>\n") == {
        "extra": ["<pkcs12>", "(not shown)", "</pkcs12>"]
    }
    config.chmod(0o644)
    assert hub.read("server")["extra"] == ["# the file is not closed to others"]
    pid = hub.pid("server", "hub")
    hub.put("server", **HUB)
    assert (stat.S_IMODE(config.stat().st_mode), hub.pid("server", "hub")) == (0o600, pid)


def test_clients_files_by_hand_are_seen_and_put_back(ends: tuple[End, End]) -> None:
    hub, _ = ends
    clients = {"branch": {"push": ["route 10.0.0.0 255.0.0.0"]}, "lost": {"disable": True}}
    hub.put("server", **HUB, clients=clients)
    folder = hub.place("server", "hub").clients
    (folder / "branch").write_text('push "route 10.1.0.0 255.255.0.0"\nvpn-magic 1\n')
    (folder / "guest").write_text("push-reset\n")
    (folder / "lost").unlink()
    assert hub.read("server")["clients"] == {
        "branch": {"push": ["route 10.1.0.0 255.255.0.0"], "extra": ["vpn-magic 1"]},
        "guest": {"push_reset": True},
    }
    assert hub.put("server", **HUB, clients=clients)["clients"] == clients
    assert sorted(path.name for path in folder.iterdir()) == ["branch", "lost"]


def test_an_adopted_configuration_comes_back_to_the_letter(ends: tuple[End, End]) -> None:
    hub, _ = ends
    place = hub.place("server", "hub")
    place.folder.mkdir(parents=True)
    theirs = "# theirs\ndev tun7\nmode server\ntls-server\ndh none\n<cert>\n{}</cert>\n<key>\n{}</key>\n".format(
        *SERVER[:2]
    )
    theirs += f"<peer-fingerprint>\n{BRANCH.fingerprint}\n</peer-fingerprint>\n"
    place.config.write_text(theirs)
    with pytest.raises(Refused, match="exists already and is nobody's"):
        hub.put("server", **HUB)
    with within(hub.host.netns):
        wanted = {"kind": "openvpn/server", "mark": "u-7f3a-9c01d2e4", "props": HUB}
        calls.put(hub.host, [{**wanted, "adopt": True}])
        assert hub.read("server")["dev"] == "tun0"
        calls.drop(hub.host, [wanted])
    assert place.config.read_text() == theirs
    assert "tun0" not in hub.shown("link")
    place.config.unlink()


def test_an_end_that_calls_in_vain_is_drift_only_after_a_while(
    ends: tuple[End, End], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, branch = ends
    assert branch.put("client", **CALLER)["running"] is True
    monkeypatch.setattr("isthmus_agent.kinds.openvpn.management.PATIENCE", 0.0)
    wait_until(lambda: branch.read("client")["running"] is False)


def test_a_change_that_was_killed_before_openvpn_started_anew_is_found_again(
    ends: tuple[End, End], monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, _ = ends
    hub.put("server", **HUB)
    pid = hub.pid("server", "hub")
    with monkeypatch.context() as patch:
        patch.setattr(ByAgent, "start", lambda _: os.kill(os.getpid(), signal.SIGKILL))
        child = os.fork()
        if child == 0:
            hub.put("server", **{**HUB, "keepalive": "2 6"})
    os.waitpid(child, 0)
    assert "keepalive 2 6" in hub.place("server", "hub").read()
    assert hub.read("server")["running"] is False
    assert hub.put("server", **{**HUB, "keepalive": "2 6"})["running"] is True
    assert hub.pid("server", "hub") != pid


def test_a_disk_that_takes_nothing_leaves_the_old_one_running(ends: tuple[End, End]) -> None:
    hub, _ = ends
    hub.put("server", **HUB)
    pid, folder = hub.pid("server", "hub"), hub.place("server", "hub").folder
    for option in ("bind", "remount,bind,ro"):
        subprocess.run(["mount", "-o", option, folder, folder], check=True)
    try:
        with pytest.raises(Refused, match="its file system is read-only: remount it writable; nothing was changed"):
            hub.put("server", **{**HUB, "keepalive": "2 6"})
        assert hub.pid("server", "hub") == pid
        assert hub.read("server")["keepalive"] == "1 3"
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_stopped_one_is_not_started(ends: tuple[End, End]) -> None:
    hub, _ = ends
    assert hub.put("server", **{**HUB, "running": False})["running"] is False
    assert not hub.place("server", "hub").pid.exists()
    assert hub.put("server", **HUB)["running"] is True
    assert hub.put("server", **{**HUB, "running": False})["running"] is False


def test_a_boot_starts_what_ran(ends: tuple[End, End]) -> None:
    hub, _ = ends
    hub.put("server", **HUB)
    os.kill(hub.pid("server", "hub"), signal.SIGKILL)
    wait_until(lambda: not hub.read("server")["running"])
    with within(hub.host.netns):
        assert restore(hub.host) == 0
    assert hub.read("server")["running"] is True


def test_a_host_without_openvpn_is_told_the_package(ends: tuple[End, End], monkeypatch: pytest.MonkeyPatch) -> None:
    hub, _ = ends
    monkeypatch.setattr("isthmus_agent.programs._PATH", "/nowhere")
    with pytest.raises(Refused, match=r"the program openvpn is missing on this host: install the package openvpn$"):
        hub.put("server", **HUB)
    assert not Path("/etc/netns", hub.host.netns).exists()


def test_up_runs_a_program_and_a_daemon_becomes_another_user(ends: tuple[End, End], tmp_path: Path) -> None:
    hub, _ = ends
    script, told = tmp_path / "up.sh", tmp_path / "told"
    script.write_text(f"#!/bin/sh\necho $dev >{told}\n")
    script.chmod(0o755)
    hub.put("server", **HUB, script_security=2, up=str(script), user="nobody", persist_key=True, persist_tun=True)
    assert told.read_text() == "tun0\n"
    owner = subprocess.run(
        ["ps", "-o", "user=", "-p", str(hub.pid("server", "hub"))], capture_output=True, text=True, check=True
    )
    assert owner.stdout.strip() == "nobody"
    assert hub.read("server")["running"] is True


def test_destroy_leaves_nothing(ends: tuple[End, End]) -> None:
    hub, _ = ends
    hub.put("server", **HUB, clients={"branch": {}})
    pid, place = hub.pid("server", "hub"), hub.place("server", "hub")
    hub.drop("server", "hub")
    assert ended(pid)
    assert not [path for path in (place.folder, place.run, place.log.parent, hub.host.home) if path.exists()]
    assert "tun0" not in hub.shown("link")


def test_a_configuration_that_is_gone_is_ended_too(ends: tuple[End, End]) -> None:
    hub, _ = ends
    hub.put("server", **HUB)
    pid = hub.pid("server", "hub")
    hub.place("server", "hub").config.unlink()
    assert hub.read("server")["cert"] == ""
    hub.drop("server", "hub")
    assert ended(pid)


def test_every_kind_of_end_is_known() -> None:
    assert [kind_named(f"openvpn/{role}").keys for role in ("server", "client", "peer")] == [("name",)] * 3
