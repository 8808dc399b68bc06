"""Two hosts side by side for OpenVPN, and certificates for their tunnel."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from isthmus.engine import pki
from isthmus_agent import calls
from isthmus_agent.host import Host
from isthmus_agent.kinds.openvpn.place import Place
from isthmus_agent.within import within
from tests.support.linux import ip, namespace

MARK = "u-7f3a-9c01d2e4"
MISSING = shutil.which("openvpn", path="/usr/sbin") is None


class Signed(NamedTuple):
    """A certificate signed by itself, its key and its fingerprint."""

    cert: str
    key: str
    fingerprint: str


class End:
    """One host, its agent, and what is told to it."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def put(self, kind: str, **props: Any) -> dict[str, Any]:
        """Make or change a configuration, and return it as it is."""
        objects = [{"kind": f"openvpn/{kind}", "mark": MARK, "props": props}]
        with within(self.host.netns):
            actual: dict[str, Any] = calls.put(self.host, objects)["objects"][0]["actual"]
        return actual

    def drop(self, kind: str, name: str) -> None:
        """Remove a configuration."""
        with within(self.host.netns):
            calls.drop(self.host, [{"kind": f"openvpn/{kind}", "mark": MARK, "props": {"name": name}}])

    def read(self, kind: str) -> dict[str, Any]:
        """Return the only configuration of a kind, as a refresh sees it."""
        with within(self.host.netns):
            (found,) = calls.read(self.host, f"openvpn/{kind}")
        return found

    def place(self, part: str, name: str) -> Place:
        """Return where the files of a configuration are."""
        return Place.of(self.host, part, name)

    def pid(self, part: str, name: str) -> int:
        """Return the number of its process."""
        return int(self.place(part, name).pid.read_text())

    def shown(self, *words: str) -> str:
        """Return what `ip` prints on the host, '' where it refuses."""
        done = subprocess.run(["ip", "-n", self.host.netns, *words], capture_output=True, text=True, check=False)
        return done.stdout

    def pings(self, address: str) -> bool:
        """Tell whether an address answers."""
        command = ["ip", "netns", "exec", self.host.netns, "ping", "-c", "1", "-W", "1", address]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def signed(name: str, usage: pki.Usage, days: float = 9) -> Signed:
    """Return a certificate that ends in so many days."""
    now, key = datetime.now(UTC), pki.new_key("ec-p256")
    begins = now - timedelta(days=30)
    cert = pki.certificate(pki.Subject(name, begins, now + timedelta(days=days), usage), key)
    return Signed(cert, key, pki.fingerprint(cert))


@contextmanager
def joined(folder: Path) -> Iterator[tuple[End, End]]:
    """Make two hosts, 192.0.2.1 and 192.0.2.2, and end what runs in them."""
    with namespace("one") as one, namespace("two") as two:
        ip(one, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", two)
        for number, name in enumerate((one, two), 1):
            ip(name, "address", "add", f"192.0.2.{number}/24", "dev", "eth0")
            ip(name, "link", "set", "eth0", "up")
        ends = End(Host(one, folder)), End(Host(two, folder))
        try:
            yield ends
        finally:
            for end in ends:
                _clear(end)


def _clear(end: End) -> None:
    """Remove whatever is there of OpenVPN, also after a test that failed."""
    with within(end.host.netns):
        for kind in ("server", "client", "peer"):
            for found in calls.read(end.host, f"openvpn/{kind}"):
                end.drop(kind, found["name"])
    shutil.rmtree(Path("/etc/netns", end.host.netns), ignore_errors=True)
