"""Names in Pulumi change; the rows on the router stay, under new marks."""

from __future__ import annotations

from isthmus_lab import EmulatedRouter
from tests.support.deployment import Deployment

PROGRAM = """
    routeros.ip.Address("{name}", device="seattle", address="192.168.90.1/24", interface="ether2"{opts})
    routeros.ip.ipsec.Profile("{name}", device="seattle", name="modern", lifetime="8h"{opts})
    routeros.ip.firewall.FilterRules("{name}", device="seattle", chain="input"{opts}, rules=[
        {"action": "accept", "dst_port": port, "protocol": "tcp"} for port in ("22", "80")
    ])
"""
ALIAS = ', opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="lan")])'


def program(name: str, opts: str = "") -> str:
    return PROGRAM.replace("{name}", name).replace("{opts}", opts)


def rows(router: EmulatedRouter) -> dict[str, str]:
    """Return the comments of all our rows by menu and id."""
    menus = ("/ip/address", "/ip/ipsec/profile", "/ip/firewall/filter")
    listed = [(menu, row) for menu in menus for row in router.control.execute(f"{menu}/print").rows]
    return {f"{menu} {row['.id']}": row.get("comment", "") for menu, row in listed}


def test_a_renamed_stack_rewrites_marks_and_keeps_the_rows(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(program("lan"))
    deployment.up()
    made = rows(router)
    deployment.pulumi("stack", "rename", "production", check=True)
    deployment.up()
    renamed = rows(router)
    assert renamed.keys() == made.keys()
    marks = {comment for comment in made.values() if comment}
    assert len(marks) == 2
    assert marks.isdisjoint(renamed.values())
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


def test_a_renamed_resource_keeps_its_rows(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(program("lan"))
    deployment.up()
    made = rows(router)
    deployment.program(program("office", ALIAS))
    deployment.up()
    renamed = rows(router)
    assert renamed.keys() == made.keys()
    assert {comment for comment in made.values() if comment}.isdisjoint(renamed.values())
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


def test_a_row_that_is_named_after_its_resource_follows_a_rename(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    profile = 'routeros.ip.ipsec.Profile("{name}", device="seattle", lifetime="8h"{opts})'
    deployment.program(profile.replace("{name}", "lan").replace("{opts}", ""))
    deployment.up()
    (_, made) = router.control.execute("/ip/ipsec/profile/print").rows
    deployment.program(profile.replace("{name}", "office").replace("{opts}", ALIAS))
    deployment.up()
    (_, renamed) = router.control.execute("/ip/ipsec/profile/print").rows
    assert renamed[".id"] == made[".id"]
    assert renamed["name"].startswith("office-")
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before
