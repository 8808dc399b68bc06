"""What only a new row can bring: the old one goes first, and what refers to it goes and comes with it."""

from __future__ import annotations

import pytest

from tests.support.deployment import Deployment

PEER = """
    peer = routeros.ip.ipsec.Peer("boise", device="seattle", address="87.16.79.2"{more})
    routeros.ip.ipsec.Identity("boise", device="seattle", peer=peer.name, secret="long-enough-and-random")
    routeros.ip.ipsec.Policy("boise", device="seattle", peer=[peer.name], tunnel=True,
        src_address="192.168.90.0/24", dst_address="192.168.30.0/24")
"""
RESTS = """
    pool = routeros.ip.Pool("guests", device="seattle", ranges=["10.5.0.10-10.5.0.20"]{more})
    routeros.ip.Pool("first", device="seattle", ranges=["10.5.1.10-10.5.1.20"], next_pool=pool.name)
"""
MENUS = ["/ip/ipsec/peer", "/ip/ipsec/identity", "/ip/ipsec/policy"]


def ids(deployment: Deployment, menu: str) -> set[str]:
    router = deployment.routers["seattle"]
    return {row[".id"] for row in router.control.execute(f"{menu}/print").rows if row.get("default") != "true"}


@pytest.mark.parametrize("version", ["6.49", "7.16", "7.20"])
def test_a_replaced_peer_takes_its_identity_and_policy_along(deployment: Deployment, version: str) -> None:
    router = deployment.router("seattle", version)
    before = router.control.export()
    deployment.program(PEER.replace("{more}", ", port=4500"))
    deployment.up()
    made = {menu: ids(deployment, menu) for menu in MENUS}
    deployment.program(PEER.replace("{more}", ""))
    assert "3 to replace" in deployment.preview().text
    deployment.up()
    deployment.unchanged("--refresh")
    for menu in MENUS:
        assert len(ids(deployment, menu)) == 1
        assert not ids(deployment, menu) & made[menu]
    (peer,) = router.control.execute("/ip/ipsec/peer/print").rows
    assert "port" not in peer
    deployment.destroy()
    assert router.control.export() == before


def test_a_row_of_the_same_menu_follows_too(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    router.control.execute("/ip/pool/add", {"name": "spare", "ranges": "10.6.0.1-10.6.0.9"})
    before = router.control.export()
    deployment.program(RESTS.replace("{more}", ', next_pool="spare"'))
    deployment.up()
    deployment.program(RESTS.replace("{more}", ""))
    deployment.up()
    deployment.unchanged("--refresh")
    pools = {row["name"]: row.get("next-pool") for row in router.control.execute("/ip/pool/print").rows}
    assert pools == {"spare": None, "guests": None, "first": "guests"}
    deployment.destroy()
    assert router.control.export() == before
