"""Ordered lists: bands, fewest moves, drift as lines, foreign rules."""

from __future__ import annotations

from tests.support.deployment import Deployment

THREE = """
    routeros.ip.firewall.MangleRules("policy", device="seattle", chain="prerouting", rules=[
        routeros.ip.firewall.MangleRuleArgs(action="mark-packet", src_address="192.168.90.0/24", new_packet_mark="lan"),
        {"action": "mark-packet", "protocol": "tcp", "dst_port": "22", "new_packet_mark": "ssh"},
        {"action": "mark-packet", "protocol": "udp", "dst_port": 53, "new_packet_mark": "dns", "comment": "names"},
    ])
"""


def marks(deployment: Deployment, menu: str = "/ip/firewall/mangle") -> list[str]:
    return [row.get("new-packet-mark") or row.get("comment", "") for row in deployment.routers["seattle"].control.execute(f"{menu}/print").rows]


def test_a_list_is_kept_in_order_with_the_fewest_changes(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(THREE)
    deployment.up()
    deployment.unchanged("--refresh")
    assert marks(deployment) == ["lan", "ssh", "dns"]

    rows = router.control.execute("/ip/firewall/mangle/print").rows
    router.control.execute("/ip/firewall/mangle/move", {"numbers": rows[2][".id"], "destination": rows[0][".id"]})
    router.control.execute("/ip/firewall/mangle/set", {".id": rows[1][".id"], "dst-port": "2222"})
    drift = deployment.preview("--refresh")
    assert "1 to change, 1 to move" in drift.text
    assert "+ action=mark-packet protocol=tcp dst-port=22 new-packet-mark=ssh" in drift.text.replace("  ", " ")

    router.control.reset_counters()
    deployment.up("--refresh")
    paths = router.control.counters()["paths"]
    assert (paths.get("/ip/firewall/mangle/move"), paths.get("/ip/firewall/mangle/set")) == (1, 1)
    assert marks(deployment) == ["lan", "ssh", "dns"]
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before
