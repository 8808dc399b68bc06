"""A lab carries what it is for: IPv6 by bridging through OpenVPN, made by hand with the programs of Debian."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isthmus_lab import Lab
from isthmus_lab.linux import needs
from isthmus_lab.topology import shipped
from tests.support.labs import skip_unless, skip_unless_it_stands, ssh
from tests.support.waiting import wait_until

TAKE_OVER = """\
set -e
exec </dev/null >/tmp/take-over.log 2>&1
ip link add br0 type bridge forward_delay 0
ip link set br0 address $(cat /sys/class/net/eth0/address) up
ip address flush dev eth0
ip -6 route flush dev eth0
ip link set eth0 master br0
ip address add 203.0.113.5/24 dev br0
ip address add 2001:db8:3651:55::1/64 dev br0 nodad
ip route add default via 203.0.113.1
ip -6 route add default via 2001:db8:3651:55::ffff
openvpn --mktun --dev tap0
ip link set tap0 up master br0
"""
ADDRESSES = ["ip", "-json", "-6", "address", "show", "dev", "tap0", "scope", "global", "dynamic", "-tentative"]


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    lab = Lab.from_file(shipped("bridged-ipv6"))
    skip_unless_it_stands(lab.topology)
    skip_unless(lambda: needs.program("openvpn"))
    return lab


def test_a_client_with_ipv4_only_gets_an_address_of_the_network_behind_the_server(lab: Lab) -> None:
    with lab:
        server, client = lab.host("server"), lab.host("client")
        ssh(lab, "server", TAKE_OVER)
        assert "master br0" in ssh(lab, "server", "ip link show eth0").stdout
        key = server.run(["openvpn", "--genkey", "secret", "/dev/stdout"]).stdout
        for host in (server, client):
            host.run(["sh", "-c", "cat >/etc/openvpn/key"], input=key)
        openvpn = ["openvpn", "--dev", "tap0", "--secret", "/etc/openvpn/key", "--daemon"]
        openvpn += ["--cipher", "AES-256-CBC", "--log", "/var/log/openvpn.log"]
        server.run(openvpn)
        client.run([*openvpn, "--remote", "203.0.113.5", "--nobind"])
        wait_until(lambda: client.run(["ip", "link", "set", "tap0", "up"], check=False).returncode == 0, 30)

        def announced() -> list[str]:
            cards = json.loads(client.run(ADDRESSES).stdout)
            return [address["local"] for card in cards for address in card.get("addr_info", ()) if address]

        wait_until(lambda: bool(announced()), 60)
        assert announced()[0].startswith("2001:db8:3651:55:")
        client.run(["ping", "-c", "1", "-W", "10", "2001:db8:3651:55::ffff"])
        client.run(["ping", "-c", "1", "-W", "10", "2001:db8:ffff::1"])
