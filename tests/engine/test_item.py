"""One row, through its whole life."""

from __future__ import annotations

from tests.support.deployment import Deployment


def test_a_row_is_made_kept_repaired_and_removed(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program("""
        routeros.Item("lan", device="seattle", menu="/ip/address", key=["address", "interface"],
            properties={"address": "192.168.90.1/24", "interface": "ether2", "comment": "LAN"})
    """)
    deployment.up()
    deployment.unchanged()
    deployment.unchanged("--refresh")
    (row,) = router.control.execute("/ip/address/print").rows
    assert row["comment"].startswith("LAN [isthmus:")
    router.control.execute("/ip/address/set", {".id": row[".id"], "comment": "mine now", "disabled": "yes"})
    drift = deployment.preview("--refresh")
    print(drift.text)
    deployment.up("--refresh")
    (row,) = router.control.execute("/ip/address/print").rows
    print(row)
    deployment.unchanged("--refresh")
    router.control.execute("/ip/address/remove", {".id": row[".id"]})
    deployment.up("--refresh")
    print(router.control.execute("/ip/address/print").rows)
    deployment.destroy()
    assert router.control.export() == before
