"""Kernel settings are set in their namespace, and what they were comes back."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from tests.support.linux import inside, ip

MARK = "u-7f3a-9c01d2e4"
FORWARD = "net.ipv4.ip_forward"


def setting(netns: str, value: str, name: str = FORWARD, mark: str = MARK) -> dict[str, Any]:
    return {"kind": "sysctl", "mark": mark, "props": {"name": name, "value": value, "netns": netns}}


def value(netns: str, path: str = "net/ipv4/ip_forward") -> str:
    return inside(netns, "cat", f"/proc/sys/{path}").strip()


def test_a_setting_is_set_in_its_namespace_and_comes_back(host: Host, netns: str) -> None:
    machine = Path("/proc/sys/net/ipv4/ip_forward")
    before, elsewhere = value(netns), machine.read_text()
    answer = calls.put(host, [setting(netns, "1")])
    assert answer["objects"][0] == {
        "actual": {"name": FORWARD, "netns": netns, "value": "1"},
        "former": {"name": FORWARD, "netns": netns, "value": before},
    }
    assert value(netns) == "1"
    assert machine.read_text() == elsewhere
    calls.drop(host, [setting(netns, "1")])
    assert value(netns) == before


def test_a_dot_in_a_links_name_is_a_slash_in_the_settings(host: Host, netns: str) -> None:
    ip(netns, "link", "add", "br0.100", "type", "bridge")
    calls.put(host, [setting(netns, "2", "net.ipv4.conf.br0/100.rp_filter")])
    assert value(netns, "net/ipv4/conf/br0.100/rp_filter") == "2"


def test_numbers_in_a_row_are_compared_however_the_kernel_parts_them(host: Host, netns: str) -> None:
    calls.put(host, [setting(netns, "4096 131072 6291456", "net.ipv4.tcp_rmem")])
    assert value(netns, "net/ipv4/tcp_rmem") == "4096\t131072\t6291456"
    (shown,) = calls.read(host, "sysctl", netns)
    assert shown["value"] == "4096 131072 6291456"


def test_a_setting_that_there_is_not_is_named_with_its_remedy(host: Host, netns: str) -> None:
    with pytest.raises(Refused, match=r"sysctl net.ipv4.ip_fwd .*: name: the kernel has no such setting in namespace"):
        calls.put(host, [setting(netns, "1", "net.ipv4.ip_fwd")])
    with pytest.raises(Refused, match=r"name: there is no link 'br9' in namespace .*: declare it"):
        calls.put(host, [setting(netns, "1", "net.ipv4.conf.br9.rp_filter")])
    assert not host.base.exists() or not calls.read(host, "sysctl", netns)


def test_a_value_that_the_kernel_refuses_is_named_and_changes_nothing(host: Host, netns: str) -> None:
    before = value(netns)
    with pytest.raises(Refused, match="value: the kernel refuses 'on': Invalid argument"):
        calls.put(host, [setting(netns, "on")])
    assert value(netns) == before


def test_a_setting_of_the_whole_machine_is_none_of_a_namespaces(host: Host, netns: str) -> None:
    with pytest.raises(Refused, match="name: it is one for the whole machine"):
        calls.put(host, [setting(netns, "1", "kernel.printk_ratelimit")])


def test_two_resources_do_not_share_a_setting(host: Host, netns: str) -> None:
    calls.put(host, [setting(netns, "1")])
    with pytest.raises(Refused, match=f"belongs to another resource \\(marked {MARK}\\)"):
        calls.put(host, [setting(netns, "0", mark="u-7f3a-00000001")])
    assert value(netns) == "1"


def test_a_setting_went_with_its_namespace(host: Host, netns: str) -> None:
    inner = f"{netns}-inner"
    subprocess.run(["ip", "netns", "add", inner], check=True)
    calls.put(host, [setting(inner, "1")])
    subprocess.run(["ip", "netns", "del", inner], check=True)
    assert calls.read(host, "sysctl", inner) == []
    calls.drop(host, [setting(inner, "1")])
    with pytest.raises(Refused, match="netns: there is no network namespace"):
        calls.put(host, [setting(inner, "1")])
