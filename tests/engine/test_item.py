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


def test_a_menu_without_a_class_shows_no_drift_for_the_routers_spellings_and_no_secret(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program("""
        office = routeros.Item("office", device="seattle", menu="/ppp/profile", key=["name"],
            properties={"name": "office", "session-timeout": "1h60m", "change-tcp-mss": True, "comment": "true"})
        routeros.Item("anna", device="seattle", menu="/ppp/secret", key=["name"],
            properties={"name": "anna", "password": "a-secret-of-anna", "profile": "office"},
            opts=pulumi.ResourceOptions(depends_on=office))
        routeros.Settings("dns", device="seattle", menu="/ip/dns", properties={"allow-remote-requests": True})
    """)
    deployment.up()
    deployment.unchanged("--refresh")
    assert "a-secret-of-anna" not in deployment.pulumi("stack", "export").text
    deployment.destroy()
    assert router.control.export() == before


def test_a_place_beside_a_rule_that_is_not_there_is_said(deployment: Deployment) -> None:
    deployment.router("seattle")
    deployment.program("""
        routeros.ip.firewall.FilterRule("x", device="seattle", chain="input", action="accept",
            place=routeros.before("drop all"))
    """)
    refused = deployment.up(check=False)
    assert (
        "seattle: /ip/firewall/filter: place: no rule 'drop all' stands in this chain; name a resource" in refused.text
    )
    assert "Traceback" not in refused.text
