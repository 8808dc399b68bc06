"""Objects in the kernel, from a Pulumi program and back."""

from __future__ import annotations

from tests.support.deployment import Deployment
from tests.support.linux import ip

PROGRAM = """
bridge = linux.Bridge("br0", device="gw", mtu={mtu})
linux.Address("inside", device="gw", dev=bridge.name, address="192.0.2.1/24")
linux.Address("inside6", device="gw", dev=bridge.name, address="2001:db8::1/64")
"""


def test_a_bridge_with_addresses_comes_changes_drifts_and_goes(project: Deployment, host: str) -> None:
    before = ip(host, "addr")
    project.program(PROGRAM.format(mtu=1400))
    project.up()
    assert "mtu 1400" in ip(host, "link", "show", "br0")
    assert "192.0.2.1/24" in ip(host, "addr", "show", "br0")
    project.unchanged("--refresh")

    project.program(PROGRAM.format(mtu=1420))
    project.up()
    assert "mtu 1420" in ip(host, "link", "show", "br0")

    ip(host, "link", "set", "br0", "type", "bridge", "stp_state", "1")
    ip(host, "addr", "del", "192.0.2.1/24", "dev", "br0")
    drift = project.preview("--refresh").text
    assert "stp" in drift
    project.up("--refresh")
    assert "192.0.2.1/24" in ip(host, "addr", "show", "br0")
    assert "stp_state 0" in ip(host, "-d", "link", "show", "br0")
    project.unchanged("--refresh")

    project.destroy()
    assert ip(host, "addr") == before
