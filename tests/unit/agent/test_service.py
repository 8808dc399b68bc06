"""Services without systemd, and what an error may quote of a journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.service_unit import discreet


@pytest.mark.skipif(Path("/run/systemd/system").exists(), reason="systemd runs here")
def test_a_host_without_systemd_says_so(host: Host) -> None:
    wanted = {"kind": "service", "mark": "u-7f3a-9c01d2e4", "props": {"name": "ssh.service", "running": True}}
    with pytest.raises(Refused, match=r"service ssh.service: systemd does not run on this host"):
        calls.put(host, [wanted])


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("auth failed: password=hunter2 user=bob", "auth failed: password=… user=bob"),
        ('PSK: "two words" loaded', "PSK: … loaded"),
        ("private_key = abc", "private_key = …"),
        ("peer sY3Ag7Lw4Yw0ZB2OEhHZvXW6F4cRBGY9K3bQ1x2nJ0s= added", "peer … added"),
        ("Options error: /etc/openvpn/server/branch-office-in-the-north.conf:7", None),
        ("TUN/TAP device tun0 opened; 192.0.2.1 2001:db8::1", None),
    ],
)
def test_a_quoted_line_has_no_secret_and_keeps_the_rest(line: str, quoted: str | None) -> None:
    assert discreet(line) == (line if quoted is None else quoted)
