"""A network whose hosts are configured in every way that a port may be, each reached over that very port."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, field
from typing import Any

from isthmus_lab import Lab
from isthmus_lab.linux.lab import Node

RESTORE = """\
      - [sh, "-c", "test ! -e /var/lib/isthmus/agent.pyz || /usr/bin/python3 -I /var/lib/isthmus/agent.pyz restore"]
"""
NUMBERS = {
    "static": 20,
    "networkd": 21,
    "networkmanager": 22,
    "ifupdown": 23,
    "slaac": 24,
    "dhclient": 25,
    "udhcpc": 26,
    "fixed": 27,
}
"""The last byte of each host's addresses and MAC address."""
LEASING = ("networkd", "networkmanager", "ifupdown", "dhclient", "udhcpc")
MANAGERS = {
    "networkd": "networkd",
    "networkmanager": "NetworkManager",
    "ifupdown": "ifupdown",
    "fixed": "ifupdown",
    "dhclient": "dhcp-client",
    "udhcpc": "dhcp-client",
}
FOLDERS = ("/etc/network", "/etc/systemd", "/etc/NetworkManager")
_KEYFILE = """\
[connection]
id=wan
uuid=f902e3f1-d3ee-4362-aa6e-53e8e01f1b93
type=ethernet
interface-name=eth0

[ipv4]
method=auto

[ipv6]
method=auto
"""
_SCRIPT = """\
#!/bin/sh
[ "$1" = deconfig ] && ip -4 address flush dev "$interface"
[ "$1" = bound ] || exit 0
ip -4 address replace "$ip/$mask" dev "$interface"
ip -4 route replace default via "$router" dev "$interface"
"""
_HOSTS: dict[str, str] = {
    "static": "    interfaces: {eth0: {mac: MAC, addresses: [203.0.113.20/24, '2001:db8:1::20/64']}}\n"
    "    routes: [{to: default, via: 203.0.113.1}]\n    on_boot:\n" + RESTORE,
    "networkd": "    whole: true\n    interfaces: {eth0: {mac: MAC}}\n"
    '    files: {/etc/systemd/network/10-all.network: "[Match]\\nName=eth*\\n[Network]\\nDHCP=ipv4\\n"}\n'
    "    on_boot: [[systemctl, enable, --now, systemd-networkd.service]]\n",
    "networkmanager": "    whole: true\n    interfaces: {eth0: {mac: MAC}}\n"
    f"    files: {{/etc/NetworkManager/wan: {json.dumps(_KEYFILE)}}}\n    on_boot:\n"
    "      - [install, '-m600', /etc/NetworkManager/wan, /etc/NetworkManager/system-connections/wan.nmconnection]\n"
    "      - [systemctl, enable, --now, NetworkManager.service]\n"
    # A lab's cards are up before NetworkManager is, which leaves what is up already alone.
    "      - [sh, '-c', 'test -e /var/lib/isthmus/record.json || nmcli --wait 60 connection up wan']\n",
    "ifupdown": "    whole: true\n    interfaces: {eth0: {mac: MAC}}\n"
    '    files: {/etc/network/interfaces.d/lan: "auto eth0\\niface eth0 inet dhcp\\niface eth0 inet6 auto\\n"}\n'
    "    on_boot: [[systemctl, add-wants, multi-user.target, networking.service], [systemctl, start, networking]]\n",
    "fixed": "    whole: true\n    interfaces: {eth0: {mac: MAC}}\n"
    '    files: {/etc/network/interfaces.d/lan: "allow-hotplug eth0\\niface eth0 inet static\\n'
    "  address 203.0.113.27/24\\n  gateway 203.0.113.1\\n  up ip route add 198.51.100.0/24 via 203.0.113.1 dev eth0\\n"
    'iface eth0 inet6 static\\n  address 2001:db8:1::27/64\\n"}\n'
    "    on_boot: [[systemctl, add-wants, multi-user.target, networking.service], [systemctl, start, networking],"
    " [ifup, --allow=hotplug, '-a']]\n",
    "slaac": "    interfaces: {eth0: {mac: MAC}}\n"
    "    sysctls: {net.ipv6.conf.eth0.accept_ra: 2, net.ipv6.conf.all.forwarding: 1}\n    on_boot:\n" + RESTORE,
    "dhclient": "    interfaces: {eth0: {mac: MAC}}\n    on_boot:\n"
    "      - [dhclient, '-4', '-pf', /run/dhclient.pid, '-lf', /var/lib/dhcp/lan.leases, eth0]\n" + RESTORE,
    "udhcpc": "    interfaces: {eth0: {mac: MAC}}\n"
    f"    files: {{/etc/udhcpc/script: {json.dumps(_SCRIPT)}}}\n    on_boot:\n"
    "      - [chmod, '+x', /etc/udhcpc/script]\n      - [ip, link, set, eth0, up]\n"
    "      - [busybox, udhcpc, '-b', '-s', /etc/udhcpc/script, '-p', /run/udhcpc.pid, '-i', eth0]\n" + RESTORE,
}
_ROUTER = """\
  router:
    interfaces: {eth0: {addresses: [203.0.113.1/24, "2001:db8:1::ffff/64", "fe80::1/64"]}}
    sysctls: {net.ipv4.ip_forward: 1, net.ipv6.conf.all.forwarding: 1}
    files:
      /etc/radvd.conf: |
        interface eth0 {
          AdvSendAdvert on;
          MinRtrAdvInterval 3;
          MaxRtrAdvInterval 10;
          AdvRASrcAddress { fe80::1; };
          prefix 2001:db8:1::/64 { AdvOnLink on; AdvAutonomous on; };
        };
      /var/lib/dhcp/dhcpd.leases: ""
      /etc/dhcp/lab.conf: |
        authoritative;
        default-lease-time 3600;
LEASES
    run:
      - [radvd, --nodaemon, --logmethod=stderr, --config=/etc/radvd.conf, --pidfile=/run/radvd.pid]
      - [dhcpd, "-4", "-f", "-d", "-cf", /etc/dhcp/lab.conf, "-lf", /var/lib/dhcp/dhcpd.leases, eth0]
"""


def topology(name: str, *hosts: str) -> str:
    """Write a network with some of the hosts. Each leases the one address of its pool: no other client gets it."""
    nodes = "".join(f"  {host}:\n{_HOSTS[host].replace('MAC', mac(host))}{_ssh(host)}" for host in hosts)
    ends = ", ".join(f'"{host}:eth0"' for host in ("router", *hosts))
    return (
        f"name: {name}\nnodes:\n{_ROUTER.replace('LEASES', _leases(hosts))}{nodes}links:\n  lan: {{ends: [{ends}]}}\n"
    )


def mac(host: str) -> str:
    """Return a host's MAC address."""
    return f"'02:00:00:00:00:{NUMBERS[host]:02x}'"


def address(host: str) -> str:
    """Return the address by which a host is reached."""
    number = NUMBERS[host]
    return f"2001:db8:1::ff:fe00:{number:x}" if host == "slaac" else f"203.0.113.{number}"


def _ssh(host: str) -> str:
    source = "2001:db8:1::fa/64" if host == "slaac" else f"203.0.113.{200 + NUMBERS[host]}/24"
    return f"    ssh: {{through: eth0, source: '{source}', address: '{address(host)}'}}\n"


def _leases(hosts: tuple[str, ...]) -> str:
    leasing = [host for host in hosts if host in LEASING]
    classes = [f'class "{host}" {{ match if hardware = 1:{mac(host)[1:-1]}; }}' for host in leasing]
    pools = [f'pool {{ allow members of "{host}"; range {address(host)}; }}' for host in leasing]
    lines = [*classes, "subnet 203.0.113.0 netmask 255.255.255.0 {", "option routers 203.0.113.1;", *pools, "}"]
    return "".join(f"        {line}\n" for line in lines)


@dataclass(frozen=True)
class Seen:
    """What a host has of addresses, routes and files."""

    addresses: dict[str, list[str]]
    routes: list[str]
    files: dict[str, str]
    programs: list[str] = field(default_factory=list)


def look(node: Node) -> Seen:
    """Look at a host, past its SSH."""
    cards: list[dict[str, Any]] = json.loads(node.run(["ip", "-json", "address", "show", "scope", "global"]).stdout)
    addresses = {card["ifname"]: sorted(each["local"] for each in card["addr_info"] if each) for card in cards if card}
    addresses = {dev: given for dev, given in addresses.items() if given}
    routes = {
        f"{route['dst']} via {route['gateway']} dev {route['dev']}"
        for family in ("-4", "-6")
        for route in json.loads(node.run(["ip", family, "-json", "route"]).stdout)
        if "gateway" in route
    }
    sums = node.run(["find", *FOLDERS, "-type", "f", "-exec", "sha256sum", "{}", "+"], check=False).stdout
    files = {path: digest for digest, path in (line.split() for line in sums.splitlines())}
    programs = node.run(["ps", "-eo", "args"]).stdout.splitlines()
    clients = sorted(
        line
        for line in programs
        if {"dhclient", "udhcpc"} & {word.rpartition("/")[2] for word in shlex.split(line)[:2]}
    )
    return Seen(addresses, sorted(routes), files, clients)


def served(lab: Lab, host: str) -> list[str]:
    """Return what the DHCP server was asked and has answered about a host."""
    log = (lab.folder.path / "router.log").read_text().splitlines()
    return [line for line in log if line.startswith("DHCP") and mac(host)[1:-1] in line]
