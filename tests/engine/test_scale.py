"""Many resources in one stack."""

from __future__ import annotations

import pytest

from tests.engine.every.life import FAST
from tests.support.deployment import Deployment

COUNT = 2500
ENTRIES = f"""
    for number in range({COUNT}):
        routeros.ip.firewall.AddressListEntry(
            f"entry-{{number}}", device="seattle", list="many", address=f"10.{{number // 256}}.{{number % 256}}.1"
        )
"""
MENU = "/ip/firewall/address-list"


@pytest.mark.timeout(900)
def test_2500_resources_live_in_one_stack_and_a_refresh_prints_their_menu_once(deployment: Deployment) -> None:
    deployment.environment.update(FAST)
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(ENTRIES)
    deployment.up()
    assert len(router.control.execute(f"{MENU}/print").rows) == COUNT
    router.control.reset_counters()
    deployment.unchanged("--refresh")
    assert router.control.counters()["paths"][f"{MENU}/print"] == 1
    deployment.destroy()
    assert router.control.export() == before
