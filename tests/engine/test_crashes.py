"""A connection or a run that dies at any moment leaves nothing that the next `up` does not find again."""

from __future__ import annotations

import pytest

from tests.support.deployment import Deployment

LAN = """
    routeros.Item("lan", device="seattle", menu="/ip/address", key=["address", "interface"],
        properties={"address": "192.168.90.1/24", "interface": "ether2", "comment": "LAN"})
"""
PROFILE = """
    routeros.Item("modern", device="seattle", menu="/ip/ipsec/profile", key=["name"], comments=False,
        properties={"name": "modern", "lifetime": "8h"})
"""


@pytest.mark.parametrize(("program", "menu"), [(LAN, "/ip/address"), (PROFILE, "/ip/ipsec/profile")], ids=["comment", "no comment"])
@pytest.mark.parametrize("where", ["before", "executed", "within", "after"])
def test_a_create_that_was_cut_is_found_again(deployment: Deployment, program: str, menu: str, where: str) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    rows = len(router.control.execute(f"{menu}/print").rows)
    deployment.program(program)
    router.control.cut(where, 1, f"{menu}/add")
    cut = deployment.up(check=False)
    if where != "after":
        assert cut.code != 0
        assert "Traceback" not in cut.text
        assert "seattle: " in cut.text
    deployment.up()
    assert len(router.control.execute(f"{menu}/print").rows) == rows + 1
    assert not [row for row in router.control.execute("/system/script/print").rows if row["name"].startswith("isthmus")]
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before
