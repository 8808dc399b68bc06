"""Kernel settings, from a Pulumi program and back."""

from __future__ import annotations

from tests.support.deployment import Deployment
from tests.support.linux import inside

PROGRAM = """
bridge = linux.Bridge("br0", device="gw")
linux.Sysctl("forward", device="gw", name="net/ipv4/ip_forward", value={forward})
linux.Sysctl("filter", device="gw", name=bridge.name.apply(lambda name: f"net.ipv4.conf.{{name}}.rp_filter"), value=2)
"""


def sysctl(host: str, name: str) -> str:
    return inside(host, "sysctl", "-n", name).strip()


def test_settings_are_made_changed_repaired_and_given_back(project: Deployment, host: str) -> None:
    before = sysctl(host, "net.ipv4.ip_forward")
    project.program(PROGRAM.format(forward=True))
    project.up()
    assert sysctl(host, "net.ipv4.ip_forward") == "1"
    assert sysctl(host, "net.ipv4.conf.br0.rp_filter") == "2"
    project.unchanged("--refresh")

    inside(host, "sysctl", "-w", "net.ipv4.conf.br0.rp_filter=1")
    drift = project.preview("--refresh").text
    assert '"1" => "2"' in drift or "'1' => '2'" in drift, drift
    project.up("--refresh")
    assert sysctl(host, "net.ipv4.conf.br0.rp_filter") == "2"

    project.program(PROGRAM.format(forward="0"))
    project.up()
    assert sysctl(host, "net.ipv4.ip_forward") == "0"

    project.destroy()
    assert sysctl(host, "net.ipv4.ip_forward") == before


def test_a_wrong_name_is_said_in_a_preview_and_an_unknown_one_by_the_host(project: Deployment) -> None:
    project.program('linux.Sysctl("s", device="gw", name="forward", value=1)')
    assert (
        "gw: sysctl: name: expected a name such as net.ipv4.ip_forward, found 'forward'"
        in project.preview(check=False).text
    )
    project.program('linux.Sysctl("s", device="gw", name="net.ipv4.ip_fwd", value=1)')
    assert (
        "gw: sysctl net.ipv4.ip_fwd: name: the kernel has no such setting: look for its name"
        in project.up(check=False).text
    )
