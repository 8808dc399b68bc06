"""What a preview says of a list, and what becomes of rows whose mark somebody took away."""

from __future__ import annotations

from tests.support.deployment import Deployment

PROGRAM = """
    ssh = {ssh}
    routeros.ip.firewall.FilterRules("input", device="seattle", chain="input", rules=[
        {"action": "accept", "protocol": "icmp", "comment": "a comment that goes on and on, so that the whole text is "
            "longer than what is shown of a text in a preview, where three dots stand for all that comes later"},
        {"action": "accept", "protocol": "tcp", "dst_port": 22, "comment": ssh},
        {"action": "drop"},
    ])
    routeros.ip.firewall.AddressList("blocked", device="seattle", list="blocked",
        entries=[{"address": "10.0.0.5", "comment": "bob"}])
"""
FILTER, ADDRESSES = "/ip/firewall/filter", "/ip/firewall/address-list"


def test_a_preview_tells_every_rule_and_no_mark_is_lost_for_good(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(PROGRAM.replace("{ssh}", '"ssh"'))
    lines = deployment.preview().lines
    assert f"seattle: {FILTER} input: 3 to add" in lines
    assert "+ rule 2: action=accept dst-port=22 protocol=tcp comment=ssh" in lines
    assert "+ rule 3: action=drop" in lines
    assert "+ address=10.0.0.5 comment=bob" in lines
    deployment.up()
    deployment.unchanged("--refresh")
    made = router.control.export()

    rule = router.control.execute(f"{FILTER}/print").rows[1]
    entry = router.control.execute(f"{ADDRESSES}/print").rows[0]
    router.control.execute(f"{FILTER}/set", {".id": rule[".id"], "comment": "ssh"})
    router.control.execute(f"{ADDRESSES}/set", {".id": entry[".id"], "comment": "Robert"})
    drift = deployment.preview("--refresh").lines
    assert f"seattle: {FILTER} input: our mark is gone from: dst-port=22 protocol=tcp" in drift
    assert "~ address=10.0.0.5: comment=Robert -> bob" in drift
    deployment.up("--refresh")
    assert router.control.export() == made
    deployment.unchanged("--refresh")

    deployment.program(PROGRAM.replace("{ssh}", 'pulumi.Output.secret("hush-hush")'))
    assert f"seattle: {FILTER} input: 1 to change" in deployment.preview().lines
    outcome = deployment.up()
    router.control.execute(f"{FILTER}/set", {".id": rule[".id"], "comment": "ssh"})
    everything = outcome.text + deployment.preview("--refresh").text
    assert "hush-hush" not in everything
    router.control.execute(f"{ADDRESSES}/set", {".id": entry[".id"], "comment": ""})
    deployment.destroy()
    assert router.control.export() == before
