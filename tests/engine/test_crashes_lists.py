"""A list or a set that takes over rows of others loses none of them, whichever run is killed and what is run next."""

from __future__ import annotations

from tests.engine.test_crashes import FIVE, PORTS, notes, ports
from tests.support.deployment import Deployment
from tests.support.refused import errors
from tests.support.running import Running
from tests.support.waiting import wait_until

CHAIN = FIVE.replace("{more}", ", exclusive=True")
OFFICE = """
    routeros.ip.firewall.AddressList("office", device="seattle", list="office", adopt=True, entries=[{entries}])
    routeros.ip.firewall.FilterRules("input", device="seattle", chain="input", rules=[
        {"action": "accept", "protocol": "tcp", "dst_port": port} for port in ({ports})
    ])
"""


def test_foreign_rules_survive_runs_that_were_killed_before_pulumi_had_the_answer(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    for port in ("80", "8443", "8443"):
        router.control.execute(
            "/ip/firewall/filter/add", {"chain": "input", "protocol": "tcp", "dst-port": port, "comment": "by hand"}
        )
    before = router.control.export()
    deployment.program(CHAIN)
    router.control.delay(500)
    with Running(deployment) as running:
        wait_until(lambda: ports(router) == PORTS and "isthmus-lock" not in notes(router), 60)
        running.kill()
    router.control.heal()
    deployment.pulumi("cancel", "--yes", check=True)
    assert deployment.state() == []
    deployment.up()
    deployment.unchanged("--refresh")

    router.control.delay(500)
    with Running(deployment, command="destroy") as running:
        wait_until(lambda: router.control.export() == before, 60)
        running.kill()
    router.control.heal()
    deployment.pulumi("cancel", "--yes", check=True)
    assert len(deployment.state()) == 1
    deployment.destroy()
    assert router.control.export() == before


def office(deployment: Deployment, entries: str, listed: str) -> None:
    deployment.program(OFFICE.replace("{entries}", entries).replace("{ports}", listed))


def test_rows_of_an_update_that_was_cut_show_as_drift_and_go_with_destroy(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    router.control.execute(
        "/ip/firewall/address-list/add", {"list": "office", "address": "10.1.0.0/24", "comment": "by hand"}
    )
    before = router.control.export()
    office(deployment, '"10.1.0.0/24"', '"22", "80"')
    deployment.up()
    for menu in ("address-list", "filter"):
        router.control.cut("executed", 2, f"/ip/firewall/{menu}/add")
    office(deployment, '"10.1.0.0/24", "10.2.0.0/24", "10.3.0.0/24"', '"22", "53", "123", "80"')
    assert len(errors(deployment.up("--continue-on-error", check=False))) == 2

    office(deployment, '"10.1.0.0/24"', '"22", "80"')
    drift = deployment.preview("--refresh")
    assert "- address=10.2.0.0/24" in drift.lines
    assert "- dst-port=53 protocol=tcp" in drift.lines
    deployment.up("--refresh")
    assert ports(router) == ["22", "80"]
    deployment.unchanged("--refresh")

    router.control.cut("executed", 2, "/ip/firewall/filter/add")
    office(deployment, '"10.1.0.0/24"', '"22", "53", "123", "80"')
    assert len(errors(deployment.up("--continue-on-error", check=False))) == 1
    deployment.destroy()
    assert router.control.export() == before
