"""OpenVPN between two hosts, from a Pulumi program and back."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.deployment import Deployment
from tests.support.linux import inside, ip, namespace
from tests.support.openvpn import MISSING, signed
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(MISSING, reason="the program openvpn is missing: apt-get install openvpn")

PROGRAM = """
from isthmus import keys

ca = keys.CertificateAuthority("ca")
hub = keys.Certificate("hub", usage="server", ca=ca)
branch = keys.Certificate("branch", usage="client", ca=ca)
wrap = keys.OpenVpnStaticKey("wrap")
server = linux.OpenVpnServer(
    "hub", device="gw", dev="tun0", server="10.8.0.0/24", ca=ca.certificate, cert=hub.certificate, key=hub.private_key,
    tls_crypt=wrap.key, tls_version_min="1.2", data_ciphers=["AES-256-GCM", "AES-128-GCM"], push={push!r}, {more}
    clients={{"branch": {{"ifconfig_push": "10.8.0.9 255.255.255.0", "iroute": ["192.168.9.0/24"]}}}},
)
linux.OpenVpnClient(
    "branch", device="there", dev="tun0", remote="192.0.2.1 1194", ca=ca.certificate, cert=branch.certificate,
    key=branch.private_key, tls_crypt=wrap.key,
)
pulumi.export("key", hub.private_key)
"""


@pytest.fixture
def both(project: Deployment, host: str) -> Iterator[Deployment]:
    with namespace("there") as there:
        project.device("there", {"kind": "linux", "connection": "local", "netns": there})
        ip(host, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", there)
        for number, name in enumerate((host, there), 1):
            ip(name, "address", "add", f"192.0.2.{number}/24", "dev", "eth0")
            ip(name, "link", "set", "eth0", "up")
        yield project
        project.destroy(check=False)


def config(netns: str) -> Path:
    return Path("/etc/netns", netns, "openvpn/server/hub.conf")


def program(project: Deployment, *, push: str = "route 10.0.0.0 255.0.0.0", more: str = "") -> None:
    project.program(PROGRAM.format(push=[push], more=more))


@pytest.mark.timeout(300)
def test_a_server_and_its_client_come_change_drift_and_go(both: Deployment, host: str) -> None:
    program(both, more='keepalive="1 3",')
    both.up()
    there = both.others["there"]["netns"]
    wait_until(lambda: "10.8.0.9" in inside(there, "ip", "-br", "address"), 30)
    inside(there, "ping", "-c", "1", "-W", "5", "10.8.0.1")
    assert "PRIVATE KEY" in config(host).read_text()
    state = json.dumps(both.state())
    assert "BEGIN PRIVATE KEY" not in state
    assert "Static key V1" not in state
    both.unchanged("--refresh")

    pid_file = Path("/run/openvpn-server", host, "hub.pid")
    os.kill(int(pid_file.read_text()), signal.SIGKILL)
    text = config(host).read_text()
    config(host).write_text(text.replace("keepalive 1 3", "keepalive 2 6\nfloat"))
    drift = both.preview("--refresh", "--diff").text
    for said in ("running", '"2 6"', '"float"'):
        assert said in drift
    assert "PRIVATE KEY" not in drift
    both.up("--refresh")
    assert config(host).read_text() == text
    both.unchanged("--refresh")

    pid = pid_file.read_text()
    program(both, push="route 10.1.0.0 255.255.0.0")
    both.up()
    assert "keepalive" not in config(host).read_text()
    assert pid_file.read_text() != pid
    both.unchanged("--refresh")

    both.destroy()
    assert not [path for path in (config(host).parent, pid_file.parent, Path("/etc/netns", there)) if path.exists()]


def test_what_is_wrong_is_said_in_a_preview(both: Deployment) -> None:
    old = signed("old", "server", days=-1)
    both.program(
        f"""
        linux.OpenVpnServer(
            "hub", device="gw", dev="tap0", server="10.8.0.0/24", ca={old.cert!r}, cert={old.cert!r}, key={old.key!r},
            clients={{"branch": {{"iroute": ["192.168.9.0/24"]}}}},
        )
        """
    )
    said = both.preview(check=False).text
    assert "gw: openvpn/server: cert: the certificate of CN=old expired on " in said
    assert "gw: openvpn/server: clients: branch: iroute: openvpn learns addresses on tap and has no iroute" in said
    assert "PRIVATE KEY" not in said
    both.program('linux.OpenVpnServer("hub", device="gw", dev="tun0", secret="x")')
    assert "hub: a server has no static key (secret): use linux.OpenVpnPeer" in both.preview(check=False).text
