"""Configurations of network managers are rewritten for a bridge, or refused with file, line and remedy."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

from isthmus_agent.bystanders import Claims
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.takeover import resolver
from isthmus_agent.kinds.takeover.managers import Move, dhcp, interfaces, networkd, networkmanager
from isthmus_agent.kinds.takeover.managers.ifupdown import Ifupdown

MOVE = Move("eth0", "br0", "02:00:00:00:00:05", 1500)
PLAIN = """\
# The uplink.
auto lo eth0
iface lo inet loopback
allow-hotplug eth0.10

iface eth0 inet static
    address 203.0.113.5/24
    gateway 203.0.113.1   # the provider's
    dns-nameservers 203.0.113.53
    up ip route add 198.51.100.0/24 \\
        via 203.0.113.9 dev eth0
    post-up sysctl -w net.ipv6.conf.eth0.accept_ra=0
    down logger gone
iface eth0:1 inet static
    address 203.0.113.6/24
iface eth0 inet6 auto

iface eth0.10 inet manual
"""
MAKE = "ip link add dev br0 address 02:00:00:00:00:05 mtu 1500 type bridge forward_delay 0"
MADE = f"""\
    # Made by Isthmus, and taken back with the bridge.
    pre-up ip link show dev br0 >/dev/null 2>&1 || {MAKE}
    pre-up ip link set dev eth0 master br0 up
"""
REFUSED = {
    "auto /eth*\niface eth0 inet dhcp\n": r":1: `auto /eth\*`: means eth0 by a pattern: write a stanza",
    "iface eth0 inet ppp\n": r":1: `iface eth0 inet ppp`: inet ppp cannot be moved to a bridge: use one of inet static",
    "iface eth0 inet dhcp inherits wan\n": r":1: .* is no plain stanza: write `iface NAME FAMILY METHOD`",
    "iface eth0 inet dhcp\n  wpa-ssid home\n": r":2: `wpa-ssid home`: wpa-ssid is no option of a bridge",
    "iface eth0 inet dhcp\n  up ethtool -K $IFACE tso off\n": r":2: .*: runs ethtool on eth0, which may mean the card",
    "iface eth0 inet dhcp\niface br0 inet manual\n": r":2: .*: configures a link with the bridge's name: remove it",
    "mapping eth0\n  script x\niface eth0 inet dhcp\n": r":1: .*: chooses between configurations of eth0",
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of ifupdown's, which the one of the host includes."""
    main, file = tmp_path / "interfaces", tmp_path / "interfaces.d" / "uplink"
    file.parent.mkdir()
    main.write_text("source interfaces.d/*\n")
    monkeypatch.setattr(interfaces.lines, "__defaults__", (main,))
    return file


def plan(host: Host) -> dict[str, str]:
    return Ifupdown(host).plan(MOVE).files


def test_a_stanza_becomes_the_bridges_and_all_else_stays(host: Host, file: Path) -> None:
    file.write_text(PLAIN)
    (changed,) = plan(host).items()
    expected = PLAIN.replace("auto lo eth0", "auto lo br0").replace(
        "iface eth0 inet static\n", f"iface br0 inet static\n{MADE}"
    )
    expected = expected.replace("iface eth0:1", "iface br0:1").replace("iface eth0 inet6", "iface br0 inet6")
    expected = expected.replace("dev eth0\n    post", "dev br0\n    post").replace("conf.eth0.", "conf.br0.")
    assert changed == (str(file), expected)


def test_what_is_the_cards_alone_stays_with_the_card(host: Host, file: Path) -> None:
    file.write_text("auto eth0\niface eth0 inet manual\n  wpa-ssid home\niface eth0 inet dhcp\n")
    (changed,) = plan(host).values()
    assert changed == f"auto eth0 br0\niface eth0 inet manual\n  wpa-ssid home\niface br0 inet dhcp\n{MADE}"


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_rewritten_safely_is_refused_with_file_line_and_remedy(
    host: Host, file: Path, text: str
) -> None:
    file.write_text(text)
    with pytest.raises(Refused, match=str(file) + REFUSED[text]) as refused:
        plan(host)
    assert refused.value.reason.endswith("nothing was changed")
    assert refused.value.word == "port"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[Match]\nName=eth0\n[Network]\nDHCP=yes\nVLAN=eth0.10\n", r":5: VLAN= is about the card itself"),
        ("[Match]\nName=eth0\n[CAN]\nBitRate=1\n", r":3: \[CAN\] is no section of a bridge"),
    ],
)
def test_a_file_of_networkd_about_the_card_itself_is_refused(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    file = tmp_path / "10-wan.network"
    file.write_text(text)
    monkeypatch.setattr(networkd, "_state", lambda _dev: {"NETWORK_FILE": str(file)})
    with pytest.raises(Refused, match=str(file) + said):
        networkd.Networkd(host).plan(MOVE)


def test_files_of_networkd_say_of_the_bridge_what_was_said_of_the_port(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, dropped = tmp_path / "10-wan.network", tmp_path / "more.conf"
    file.write_text("[Match]\nName=e*\n[Link]\nMTUBytes=1480\nRequiredForOnline=no\n[Network]\nDHCP=ipv4\n")
    dropped.write_text("[Route]\nDestination=198.51.100.0/24\n# by hand\nGateway=203.0.113.9\n")
    state = {"NETWORK_FILE": str(file), "NETWORK_FILE_DROPINS": f'"{dropped}"'}
    monkeypatch.setattr(networkd, "_state", lambda _dev: state)
    monkeypatch.setattr(networkd, "_iaid", lambda _dev: 7)
    files = {Path(path).name: text for path, text in networkd.Networkd(host).plan(MOVE).files.items()}
    bridge = files["00-isthmus-br0.network"]
    assert "[Match]\nName=br0\n" in bridge
    assert "e*" not in bridge
    assert "[Network]\nDHCP=ipv4" in bridge
    assert "Destination=198.51.100.0/24" in bridge
    assert "[DHCPv4]\nIAID=7" in bridge
    assert "Bridge=br0" in files["00-isthmus-br0-port.network"]
    assert "MTUBytes=1480" in files["00-isthmus-br0-port.network"]
    assert "MACAddress=02:00:00:00:00:05" in files["00-isthmus-br0.netdev"]


@pytest.mark.parametrize(
    ("connection", "said"),
    [
        ("type=wifi", "type=wifi is no Ethernet"),
        ("type=ethernet\nmaster=bond0", "it is under another device already"),
        ("type=ethernet\nautoconnect-priority=999", "its autoconnect-priority is not below 999"),
    ],
)
def test_a_profile_that_cannot_be_a_bridges_is_refused(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connection: str, said: str
) -> None:
    file = tmp_path / "wan.nmconnection"
    file.write_text(f"[connection]\n{connection}\n")
    monkeypatch.setattr(networkmanager, "_active", lambda _dev: "some-uuid")
    monkeypatch.setattr(networkmanager, "_known", lambda uuid: {"uuid": uuid, "filename": str(file)})
    with pytest.raises(Refused, match=f"{file}: {said}"):
        networkmanager.NetworkManager(host).plan(MOVE)


def test_a_profile_keeps_addresses_and_the_identity_of_its_lease(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "wan.nmconnection"
    file.write_text(
        "[connection]\ntype=ethernet\nzone=public\n[ethernet]\nwake-on-lan=64\n[ipv4]\nmethod=auto\ndns=192.0.2.1;\n"
    )
    for name, answer in {"_active": "u", "_client_id": "01:02", "_token": "::5"}.items():
        monkeypatch.setattr(networkmanager, name, lambda *_, answer=answer: answer)
    monkeypatch.setattr(networkmanager, "_known", lambda uuid: {"uuid": uuid, "filename": str(file)})
    files = {Path(path).stem: text for path, text in networkmanager.NetworkManager(host).plan(MOVE).files.items()}
    bridge, port = configparser.ConfigParser(), configparser.ConfigParser()
    bridge.read_string(files["isthmus-br0"])
    port.read_string(files["isthmus-br0-port"])
    assert bridge["connection"]["zone"] == "public"
    assert dict(bridge["ipv4"]) == {
        "method": "auto",
        "dns": "192.0.2.1;",
        "route-metric": "100",
        "dhcp-client-id": "01:02",
    }
    assert bridge["ipv6"]["token"] == "::5"
    assert bridge["bridge"]["mac-address"] == "02:00:00:00:00:05"
    assert port["ethernet"]["wake-on-lan"] == "64"
    assert port["connection"]["master"] == "br0"


def test_a_clients_command_is_said_of_the_bridge() -> None:
    command = ["dhclient", "-pf", "/run/dhclient.eth0.pid", "-lf", "/var/lib/dhcp/dhclient.eth0.leases", "eth0"]
    assert dhcp.renamed(command, "eth0", "br0") == [word.replace("eth0", "br0") for word in command]
    assert dhcp.renamed(["veth0", "eth0.10", "eth01"], "eth0", "br0") == ["veth0", "eth0.10", "eth01"]


def test_a_lease_goes_along(tmp_path: Path) -> None:
    file = tmp_path / "dhclient.eth0.leases"
    file.write_text('lease {\n  interface "eth0";\n  fixed-address 203.0.113.9;\n}\n')
    command = ["dhclient", "-lf", str(file), "eth0"]
    assert dhcp.leased(command, "eth0") == {"203.0.113.9"}
    dhcp.take_leases(command, "eth0", "br0")
    assert dhcp.leased(dhcp.renamed(command, "eth0", "br0"), "br0") == {"203.0.113.9"}


def test_name_servers_of_a_link_are_read() -> None:
    assert resolver.values("Link 2 (eth0): 192.0.2.53 2001:db8::53\n") == ["192.0.2.53", "2001:db8::53"]
    assert resolver.values("Link 2 (eth0):\n") == []


def test_a_port_with_a_configuration_of_its_own_is_refused_with_its_place(
    host: Host, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(PLAIN)
    monkeypatch.setattr("isthmus_agent.kinds.takeover.managers.ifupdown.present", lambda _: "/sbin/ifup")
    refusal = rf"ifupdown gives eth0 addresses of its own \({file}:6\): take that out, or use linux.BridgeTakeover"
    with pytest.raises(Refused, match=refusal):
        Claims(host).refuse("bridge-port", {"dev": "eth0"})
    Claims(host).refuse("bridge-port", {"dev": "eth1"})
    Claims(host).refuse("bridge-port", {"dev": "eth0.10"})
    Claims(host).refuse("bridge-port", {"dev": "eth0", "netns": "private"})
