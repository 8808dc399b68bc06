"""A connection or a run that dies at any moment leaves nothing that the next `up` does not find again."""

from __future__ import annotations

import re

import pytest

from isthmus_lab import EmulatedRouter
from tests.support.deployment import Deployment
from tests.support.refused import error, errors
from tests.support.running import Running
from tests.support.waiting import wait_until

ROWS = """
    routeros.Item("lan", device="seattle", menu="/ip/address", key=["address", "interface"],
        properties={"address": "192.168.90.1/24", "interface": "ether2", "comment": "LAN"})
    routeros.Item("modern", device="seattle", menu="/ip/ipsec/profile", key=["name"], comments=False,
        properties={"name": "modern", "lifetime": "8h"})
"""
FIVE = """
    routeros.ip.firewall.FilterRules("input", device="seattle", chain="input"{more}, rules=[
        {"action": "accept", "dst_port": port, "protocol": "tcp"} for port in ("22", "80", "443", "8291", "8728")
    ])
"""
PORTS = ["22", "80", "443", "8291", "8728"]


def ports(router: EmulatedRouter) -> list[str]:
    return [row.get("dst-port", "") for row in router.control.execute("/ip/firewall/filter/print").rows]


def notes(router: EmulatedRouter) -> list[str]:
    """Return the names of the journal's entries."""
    names = [row["name"] for row in router.control.execute("/system/script/print").rows]
    return [name for name in names if name.startswith("isthmus")]


@pytest.mark.parametrize("where", ["before", "executed"])
def test_creates_that_were_cut_are_found_again(deployment: Deployment, where: str) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(ROWS)
    for menu in ("/ip/address", "/ip/ipsec/profile"):
        router.control.cut(where, 1, f"{menu}/add")
    cut = deployment.up("--continue-on-error", check=False)
    assert [line.partition(":")[0] for line in errors(cut)] == ["ConnectionCut", "ConnectionCut"]
    deployment.up()
    assert [row["address"] for row in router.control.execute("/ip/address/print").rows] == ["192.168.90.1/24"]
    assert [row["name"] for row in router.control.execute("/ip/ipsec/profile/print").rows] == ["default", "modern"]
    assert len(notes(router)) == 1
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


@pytest.mark.parametrize("where", ["within", "after"])
def test_a_list_that_was_cut_is_continued(deployment: Deployment, where: str) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(FIVE.replace("{more}", ""))
    router.control.cut(where, 3, "/ip/firewall/filter/add")
    line = error(deployment.up(check=False))
    where_cut = r"at /ip/firewall/filter/\w+ after \d of 5 sentences \(.+\)"
    assert re.fullmatch(rf"ConnectionCut: seattle: the connection was cut {where_cut}; run again to finish", line)
    deployment.up()
    assert ports(router) == PORTS
    assert notes(router) == []
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


def test_a_chain_that_was_cut_while_it_was_taken_over_comes_back_whole(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    for port in ("80", "8443"):
        router.control.execute(
            "/ip/firewall/filter/add",
            {"chain": "input", "action": "accept", "protocol": "tcp", "dst-port": port, "comment": f"by hand {port}"},
        )
    before = router.control.export()
    deployment.program(FIVE.replace("{more}", ", exclusive=True"))
    router.control.cut("executed", 2, "/ip/firewall/filter/remove")
    assert error(deployment.up(check=False)).startswith("ConnectionCut: seattle: ")
    deployment.up()
    assert ports(router) == PORTS
    assert len(notes(router)) == 1
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


def test_a_changed_list_that_was_cut_is_continued(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(FIVE.replace("{more}", ""))
    deployment.up()
    deployment.program(FIVE.replace("{more}", "").replace('"80", "443",', '"443", "53", "80", "123",'))
    router.control.cut("before", 2, "/ip/firewall/filter/add")
    assert error(deployment.up(check=False)).startswith("ConnectionCut: seattle: ")
    deployment.up()
    assert ports(router) == ["22", "443", "53", "80", "123", "8291", "8728"]
    assert notes(router) == []
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


def test_an_adoption_that_was_cut_keeps_the_former_values(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    router.control.execute("/ip/ipsec/profile/add", {"name": "modern", "lifetime": "4h", "dh-group": "modp4096"})
    router.control.execute("/ip/address/add", {"address": "192.168.90.1/24", "interface": "ether2", "comment": "old"})
    router.control.execute("/ip/settings/set", {"rp-filter": "loose"})
    before = router.control.export()
    deployment.program("""
        routeros.ip.ipsec.Profile("modern", device="seattle", name="modern", lifetime="8h", adopt=True)
        routeros.ip.Address("lan", device="seattle", address="192.168.90.1/24", interface="ether2", adopt=True)
        routeros.Settings("ip", device="seattle", menu="/ip/settings", properties={"rp-filter": "strict"})
    """)
    for path in ("/ip/ipsec/profile/set", "/ip/address/set", "/ip/settings/set"):
        router.control.cut("executed", 1, path)
    assert len(errors(deployment.up("--continue-on-error", check=False))) == 3
    assert len(notes(router)) == 3
    deployment.up()
    assert len(notes(router)) == 3
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


def test_a_run_that_was_killed_is_continued(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(FIVE.replace("{more}", "") + ROWS)
    router.control.delay(1000)
    with Running(deployment) as running:
        wait_until(lambda: bool(ports(router)), 60)
        running.kill()
    router.control.heal()
    assert "isthmus-lock" in notes(router)
    deployment.pulumi("cancel", "--yes", check=True)
    deployment.up()
    assert ports(router) == PORTS
    assert [note for note in notes(router) if "intent" not in note] == []
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before
