"""The lab of IPv6 by bridging, as a project's hosts, and its client as a user of a profile."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from isthmus_lab import Lab
from isthmus_lab.linux import needs
from isthmus_lab.linux.lab import Node
from isthmus_lab.topology import shipped
from tests.support.deployment import Deployment
from tests.support.labs import skip_unless, standing
from tests.support.waiting import wait_until

UPSTREAM, INTERNET = "2001:db8:3651:55::ffff", "2001:db8:ffff::1"
RECONNECTING = 150
"""Seconds: a client gives an end up after 60, and its next try may come a minute after that."""
_DESK = {
    "interfaces": {"eth0": {"addresses": ["198.51.100.10/24"]}},
    "routes": [{"to": "default", "via": "198.51.100.1"}],
}
_PROFILE, _LOG = "/root/client.ovpn", "/var/log/openvpn-client.log"
_PID = "/run/client.pid"
_RESTORE = "test ! -e /var/lib/isthmus/agent.pyz || python3 -I /var/lib/isthmus/agent.pyz restore"


@contextmanager
def ipv6_lab(folder: Path, name: str, **server: Any) -> Iterator[Lab]:
    """Bring up the topology that comes with the lab, its server described further, and with a second client."""
    skip_unless(lambda: needs.program("openvpn"))
    topology = yaml.safe_load(shipped("bridged-ipv6").read_text())
    topology["nodes"]["server"].update(server)
    topology["nodes"]["desk"] = _DESK
    topology["links"]["access"]["ends"].append("desk:eth0")
    with standing(folder / "topology.yaml", yaml.safe_dump(topology), name=name) as lab:
        yield lab


@contextmanager
def project(lab: Lab, folder: Path, example: Path | None = None) -> Iterator[Deployment]:
    """Make a project whose devices are the lab's hosts, perhaps with the program of an example."""
    with Deployment(folder) as deployment:
        for name, entry in yaml.safe_load(lab.devices.read_text()).items():
            deployment.device(name, {**entry, "key": str(lab.folder.key)})
        if example is not None:
            shutil.copy(example / "__main__.py", folder / "__main__.py")
            shutil.copy(example / "Pulumi.yaml", folder / "Pulumi.yaml")
            deployment.select(deployment.stack)
        yield deployment


def output(deployment: Deployment, name: str) -> Any:
    """Return an output of the stack, also a secret one."""
    return json.loads(deployment.pulumi("stack", "output", "--json", "--show-secrets", check=True).text)[name]


@dataclass(frozen=True)
class Roamer:
    """A computer with a profile."""

    node: Node
    tap: str = "tap0"

    def connect(self, profile: str) -> None:
        """Start OpenVPN with a profile, in place of the one before."""
        self.disconnect()
        self.node.run(["sh", "-c", f"cat >{_PROFILE}"], input=profile)
        self.node.run(["openvpn", "--config", _PROFILE, "--daemon", "--log", _LOG, "--writepid", _PID])

    def disconnect(self) -> None:
        """End OpenVPN, and wait for its end: as the last thing that it does it takes its process number away."""
        wait_until(self._ended, 60)

    def _ended(self) -> bool:
        end = f"test ! -e {_PID} || {{ kill $(cat {_PID}) || rm -f {_PID}; false; }}"
        return self.node.run(["sh", "-c", end], check=False).returncode == 0

    def addresses(self, *selectors: str) -> list[str]:
        """Return the global addresses of the tap that can be used: `dynamic` are those of router advertisements."""
        words = ["ip", "-json", "-6", "address", "show", "dev", self.tap, "scope", "global", "-tentative", *selectors]
        cards = json.loads(self.node.run(words, check=False).stdout or "[]")
        return [address["local"] for card in cards for address in card.get("addr_info", ()) if address]

    def reaches(self, address: str, *words: str) -> bool:
        """Tell whether a ping is answered."""
        return self.node.run(["ping", "-c", "1", "-W", "2", *words, address], check=False).returncode == 0

    def wait_for(self, address: str, seconds: float = 60, *words: str) -> None:
        """Wait until a ping is answered; what OpenVPN says is shown where none is."""
        try:
            wait_until(lambda: self.reaches(address, *words), seconds)
        except AssertionError:
            said = self.node.run(["sh", "-c", f"tail -20 {_LOG}; ip -6 address; ip -6 route"], check=False).stdout
            raise AssertionError(f"{address} does not answer\n{said}") from None


def boot(server: Node) -> None:
    """Boot a host again; where no systemd runs, what starts the host lets the agent restore what is recorded."""
    server.reboot()
    systemd = server.run(["test", "-d", "/run/systemd/system"], check=False).returncode == 0
    if not systemd:
        server.run(["sh", "-c", _RESTORE])


def configuration(server: Node) -> Mapping[str, Any]:
    """Return what a host is: links, global addresses, routes, settings and files, without what time changes."""
    links = json.loads(server.run(["ip", "-json", "link"]).stdout)
    addresses = json.loads(server.run(["ip", "-json", "address", "show", "scope", "global"]).stdout)
    settings = "sysctl -a 2>/dev/null | grep -E '^net.ipv[46].conf.(all|default|eth0).(forwarding|accept_ra|proxy_ndp)'"
    files = "cd /etc && find . -type f -exec sha256sum {} + | sort -k2; find . | sort"
    return {
        "links": [(it["ifname"], it["mtu"], it.get("master"), it["address"], sorted(it["flags"])) for it in links],
        "addresses": sorted(
            (card.get("ifname"), it["local"], it["prefixlen"])
            for card in addresses
            for it in card.get("addr_info", ())
            if "local" in it
        ),
        "routes": sorted([*_routes(server, "-4"), *_routes(server, "-6")]),
        "nft": server.run(["nft", "list", "ruleset"]).stdout,
        "settings": server.run(["sh", "-c", settings]).stdout,
        "files": set(server.run(["sh", "-c", files]).stdout.splitlines()),
        "processes": "openvpn" in server.run(["ps", "-eo", "comm"]).stdout,
    }


def _routes(server: Node, family: str) -> Sequence[tuple[str, ...]]:
    routes = json.loads(server.run(["ip", "-json", family, "route"]).stdout)
    words = ("dst", "gateway", "dev", "protocol", "metric")
    return [tuple(str(route.get(word, "")) for word in words) for route in routes]
