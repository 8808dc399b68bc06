"""Links from a Pulumi program: made, changed, mended, replaced, moved and removed."""

from __future__ import annotations

import os
import re

from tests.support.deployment import Deployment
from tests.support.linux import ip

PROGRAM = """
switch = linux.Bridge("br0", device="gw", forward_delay=4, ageing_time=60.5)
tap = linux.Tap("tap0", device="gw", owner="daemon", alias="For OpenVPN", address="02:00:5e:00:53:01", mtu=1400)
pair = linux.Veth("up0", device="gw", peer="up0-far", peer_mtu=1400)
linux.BridgePort("tap0-port", device="gw", dev=tap.name, bridge=switch.name, hairpin=True, cost=50)
linux.Macvlan("mac0", device="gw", link=pair.name, mode="bridge")
linux.Vxlan("vx0", device="gw", vni=7, remote="192.0.2.2", local="192.0.2.1", ttl=9)
"""
CHANGED = """
switch = linux.Bridge("br0", device="gw", forward_delay=6)
tap = linux.Tap("tap0", device="gw", owner="nobody", address="02:00:5e:00:53:02", mtu=1420)
pair = linux.Veth("up0", device="gw", peer="up0-far")
linux.BridgePort("tap0-port", device="gw", dev=tap.name, bridge=switch.name, cost=60)
linux.Macvlan("mac0", device="gw", link=pair.name, mode="private")
linux.Vxlan("vx0", device="gw", vni=8, remote="192.0.2.3", local="192.0.2.1")
"""


def shown(host: str, name: str) -> str:
    return ip(host, "-d", "link", "show", name)


def test_links_come_drift_change_and_go(project: Deployment, host: str) -> None:
    before = ip(host, "link")
    project.program(PROGRAM)
    project.up()
    assert re.search(r"alias For OpenVPN \[isthmus:u-[0-9a-f]{8}-[0-9a-f]{8}\]", shown(host, "tap0"))
    assert "user daemon" in shown(host, "tap0")
    assert "hairpin on" in shown(host, "tap0")
    assert "mtu 1400" in shown(host, "up0-far")
    assert "ttl 9" in shown(host, "vx0")
    project.unchanged("--refresh")

    ip(host, "link", "set", "tap0", "mtu", "1300", "address", "02:00:5e:00:53:07", "down")
    ip(host, "link", "set", "tap0", "type", "bridge_slave", "hairpin", "off", "cost", "3")
    ip(host, "link", "set", "br0", "type", "bridge", "ageing_time", "100", "priority", "77")
    ip(host, "link", "set", "up0-far", "mtu", "1300")
    ip(host, "link", "set", "mac0", "type", "macvlan", "mode", "private")
    ip(host, "link", "delete", "vx0")
    drift = project.preview("--refresh").text
    for word in ("mtu", "address", "up ", "hairpin", "cost", "ageing_time", "priority", "peer_mtu", "mode"):
        assert re.search(rf"[~+-] {word}", drift), (word, drift)
    project.up("--refresh")
    assert "mtu 1400" in shown(host, "tap0")
    assert "hairpin on" in shown(host, "tap0")
    assert "priority 32768" in shown(host, "br0")
    assert "vxlan id 7" in shown(host, "vx0")
    project.unchanged("--refresh")

    index = shown(host, "tap0").partition(":")[0]
    project.program(CHANGED)
    project.up()
    assert shown(host, "tap0").partition(":")[0] == index, "the tap was made anew"
    assert "user nobody" in shown(host, "tap0")
    assert "For OpenVPN" not in shown(host, "tap0")
    assert "hairpin off" in shown(host, "tap0")
    assert "ageing_time 30000" in shown(host, "br0")
    assert "mtu 1500" in shown(host, "up0-far")
    assert "vxlan id 8" in shown(host, "vx0")
    assert "ttl" not in shown(host, "vx0").partition("vxlan id")[2].partition("ageing")[0].replace("ttl auto", "")
    project.unchanged("--refresh")

    project.destroy()
    assert ip(host, "link") == before


def test_a_namespace_comes_with_links_moved_into_it_and_goes(project: Deployment, host: str) -> None:
    name = f"isthmus-{os.getpid()}-made"
    project.program(f'tap = linux.Tap("tap0", device="gw", mtu=1400)\nlinux.Netns("{name}", device="gw")')
    project.up()
    assert "mtu 1400" in shown(host, "tap0")
    project.program(f"""
        space = linux.Netns("{name}", device="gw")
        tap = linux.Tap("tap0", device="gw", mtu=1400, netns=space.name)
    """)
    project.up()
    assert "mtu 1400" in shown(name, "tap0")
    assert "LOOPBACK,UP" in ip(name, "link", "show", "lo")
    project.unchanged("--refresh")
    project.destroy()
    assert name not in ip(host, "netns", "list")


def test_a_link_that_is_there_is_adopted_and_given_back(project: Deployment, host: str) -> None:
    ip(host, "link", "add", "br0", "mtu", "1450", "type", "bridge", "forward_delay", "700")
    ip(host, "link", "set", "br0", "alias", "By hand")
    project.program('linux.Bridge("br0", device="gw", forward_delay=5)')
    refused = project.up(check=False)
    assert refused.code
    assert (
        "gw: link/bridge br0: exists already and is nobody's: remove it, or take it over with adopt=True"
        in refused.text
    )
    project.program('linux.Bridge("br0", device="gw", forward_delay=5, adopt=True)')
    project.up()
    assert "forward_delay 500" in shown(host, "br0")
    project.destroy()
    assert "forward_delay 700" in shown(host, "br0")
    assert "alias By hand\n" in shown(host, "br0")


def test_what_is_wrong_names_device_object_property_and_remedy(project: Deployment, host: str) -> None:
    ip(host, "link", "add", "taken", "type", "veth", "peer", "name", "other")
    for program, problem in {
        'linux.Tap("a-name-of-16-chr", device="gw")': "link/tap: name: expected a name of 1 to 15 characters, found",
        'linux.Ip6Gre("t6", device="gw", local="192.0.2.1")': "link/ip6gre: local: expected an IPv6 address, found",
    }.items():
        project.program(program)
        assert f"gw: {problem}" in project.preview(check=False).text
    project.program("""
        linux.Tap("taken", device="gw")
        linux.BridgePort("port", device="gw", dev="other", bridge="taken")
        linux.Macvlan("mac0", device="gw", link="gone")
    """)
    told = project.up(check=False).text
    assert re.search(r"gw: link/tap taken: name: .*in use by a link of kind veth", told), told
    assert "gw: bridge-port other: bridge: 'taken' is no bridge but a link of kind veth" in told
    assert "gw: link/macvlan mac0: there is no link 'gone'; declare it" in told
