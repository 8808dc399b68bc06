"""OpenVPN on hosts of the lab: run by systemd or by the agent, and back after a reboot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from isthmus.engine import pki
from isthmus_lab import Lab
from isthmus_lab.linux import needs
from isthmus_lab.linux.lab import Node
from tests.support.labs import skip_unless, standing
from tests.support.node_agent import HostRefusesError, agent_on
from tests.support.openvpn import signed
from tests.support.waiting import wait_until

pytestmark = pytest.mark.timeout(600)

TOPOLOGY = """\
name: vpn
nodes:
  hub: {whole: true, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}
  branch: {whole: true, interfaces: {eth0: {addresses: [192.0.2.2/24]}}}
  left: {interfaces: {eth0: {addresses: [192.0.2.3/24]}}}
  right: {interfaces: {eth0: {addresses: [192.0.2.4/24]}}}
links:
  lan: {ends: ["hub:eth0", "branch:eth0", "left:eth0", "right:eth0"]}
"""
OWN, OTHER = signed("hub", "server"), signed("branch", "client")
MARKS = {"openvpn": "u-7f3a-9c01d2e4", "link": "u-7f3a-9c01d2e5"}
RUNS = {"running": True, "enabled": True}
HUB: dict[str, Any] = {
    "name": "office", "dev": "tun0", "server": "10.8.0.0/24", "cert": OWN.cert, "key": OWN.key,
    "peer_fingerprint": [OTHER.fingerprint], "keepalive": "1 3", **RUNS,
}  # fmt: skip
BRANCH: dict[str, Any] = {
    "name": "office", "dev": "tun0", "remote": ["192.0.2.1"], "cert": OTHER.cert, "key": OTHER.key,
    "peer_fingerprint": [OWN.fingerprint], **RUNS,
}  # fmt: skip


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    skip_unless(lambda: needs.program("openvpn"))
    folder = tmp_path_factory.mktemp("vpn")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISTHMUS_LAB_RUNTIME", str(folder / "run"))
        with standing(folder / "vpn.yaml", TOPOLOGY) as lab:
            yield lab


def put(node: Node, kind: str, **props: Any) -> dict[str, Any]:
    """Make or change an object, and return it as it is."""
    with agent_on(node) as agent:
        (answer,) = agent.put({"kind": kind, "mark": MARKS[kind.partition("/")[0]], "props": props})
    return dict(answer["actual"])


def drop(node: Node, kind: str, **props: Any) -> None:
    """Remove an object."""
    with agent_on(node) as agent:
        agent.drop({"kind": kind, "mark": MARKS[kind.partition("/")[0]], "props": props})


def runs(node: Node, kind: str, name: str) -> bool:
    with agent_on(node) as agent:
        return bool(agent.ask("look", kind=kind, props={"name": name})["running"])


def pings(node: Node, address: str) -> bool:
    return node.run(["ping", "-c", "1", "-W", "1", address], check=False).returncode == 0


def left_behind(node: Node) -> str:
    """Return all that may be left of OpenVPN on a host."""
    places = ["/etc/openvpn", "/run/openvpn-server", "/run/openvpn-client", "/var/log/openvpn", "/var/lib/isthmus"]
    found = node.run(["find", *places, "-type", "f", "-not", "-name", "update-resolv-conf"], check=False).stdout
    return found + node.run(["pgrep", "-a", "openvpn"], check=False).stdout


def test_systemd_runs_it_and_starts_it_at_boot(lab: Lab) -> None:
    hub, branch = lab.host("hub"), lab.host("branch")
    assert put(hub, "openvpn/server", **HUB)["running"] is True
    assert put(branch, "openvpn/client", **BRANCH)["enabled"] is True
    assert hub.run(["systemctl", "is-active", "openvpn-server@office"]).stdout == "active\n"
    wait_until(lambda: pings(branch, "10.8.0.1"), 60)

    hub.run(["systemctl", "kill", "--signal=SIGKILL", "openvpn-server@office"])
    hub.run(["systemctl", "stop", "openvpn-server@office"])
    branch.run(["systemctl", "disable", "openvpn-client@office"])
    assert runs(hub, "openvpn/server", "office") is False
    with agent_on(branch) as agent:
        assert agent.ask("look", kind="openvpn/client", props={"name": "office"})["enabled"] is False
    assert put(hub, "openvpn/server", **HUB)["running"] is True
    assert put(branch, "openvpn/client", **BRANCH)["enabled"] is True

    with pytest.raises(HostRefusesError, match="Cannot assign requested address") as refused:
        put(hub, "openvpn/server", **HUB, local="198.51.100.77")
    assert "PRIVATE" not in str(refused.value)
    wait_until(lambda: pings(branch, "10.8.0.1"), 60)

    hub.reboot()
    branch.reboot()
    wait_until(lambda: pings(branch, "10.8.0.1"), 60)
    drop(branch, "openvpn/client", name="office")
    drop(hub, "openvpn/server", name="office")
    assert left_behind(hub) == left_behind(branch) == ""
    assert hub.run(["systemctl", "list-units", "--all", "--plain", "--no-legend", "openvpn-*@*"]).stdout == ""


def test_without_systemd_the_agent_runs_it_and_starts_it_at_boot_on_the_tap_it_made(lab: Lab) -> None:
    left, right, key = lab.host("left"), lab.host("right"), pki.openvpn_static()
    for node, own, calling in ((left, "198.51.100.1", {}), (right, "198.51.100.2", {"remote": ["192.0.2.3"]})):
        put(node, "link/tap", name="tap0", netns="", up=True)
        peer = {"name": "wire", "dev": "tap0", "secret": key, "keepalive": "1 3", **calling, **RUNS}
        assert put(node, "openvpn/peer", ifconfig=f"{own} 255.255.255.0", **peer)["running"] is True
    wait_until(lambda: pings(right, "198.51.100.1"), 60)

    left.reboot()
    assert not pings(right, "198.51.100.1")
    left.run(["/usr/bin/python3", "-I", "/var/lib/isthmus/agent.pyz", "restore"])
    wait_until(lambda: pings(right, "198.51.100.1"), 60)

    for node in (left, right):
        drop(node, "openvpn/peer", name="wire")
        assert "tap0" in node.run(["ip", "link", "show", "tap0"]).stdout
        drop(node, "link/tap", name="tap0", netns="")
        assert left_behind(node) == ""
