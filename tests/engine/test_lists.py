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
    return [
        row.get("new-packet-mark") or row.get("comment", "")
        for row in deployment.routers["seattle"].control.execute(f"{menu}/print").rows
    ]


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
    assert "+ action=mark-packet new-packet-mark=ssh dst-port=22 protocol=tcp" in drift.lines
    assert "- action=mark-packet new-packet-mark=ssh dst-port=2222 protocol=tcp" in drift.lines

    router.control.reset_counters()
    deployment.up("--refresh")
    paths = router.control.counters()["paths"]
    assert (paths.get("/ip/firewall/mangle/move"), paths.get("/ip/firewall/mangle/set")) == (1, 1)
    assert marks(deployment) == ["lan", "ssh", "dns"]
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


def comments(deployment: Deployment, menu: str) -> list[str]:
    """Return the users' comments of a menu's static rows, in order."""
    rows = deployment.routers["seattle"].control.execute(f"{menu}/print").rows
    return [row.get("comment", "").split(" [")[0] for row in rows if row.get("dynamic") != "true"]


def test_bands_places_and_foreign_rules_of_one_chain(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    for name in ("foreign one", "foreign two"):
        router.control.execute("/ip/firewall/filter/add", {"chain": "input", "action": "accept", "comment": name})
    before = router.control.export()
    deployment.program("""
        filter = routeros.ip.firewall
        def rules(name, *comments, **more):
            accepts = [{"action": "accept", "comment": text} for text in comments]
            return filter.FilterRules(name, device="seattle", chain="input", rules=accepts, **more)
        def rule(name, place):
            return filter.FilterRule(name, device="seattle", chain="input", action="accept", comment=name, place=place)
        rules("end", "end 1", "end 2", place=routeros.bottom())
        user = rules("user", "user 1", "user 2")
        rules("top", "top 1", "top 2", place=routeros.top())
        rule("last", routeros.last())
        rule("first", routeros.first())
        rule("before user", routeros.before(user))
        rule("after user", routeros.after(user))
        rule("before foreign two", routeros.before("foreign two"))
    """)
    deployment.up()
    wanted = [
        "top 1",
        "top 2",
        "first",
        "before user",
        "user 1",
        "user 2",
        "after user",
        "last",
        "foreign one",
        "before foreign two",
        "foreign two",
        "end 1",
        "end 2",
    ]
    assert comments(deployment, "/ip/firewall/filter") == wanted
    deployment.unchanged("--refresh")

    rows = router.control.execute("/ip/firewall/filter/print").rows
    by_comment = {row["comment"].split(" [")[0]: row[".id"] for row in rows}
    router.control.execute(
        "/ip/firewall/filter/move", {"numbers": by_comment["foreign one"], "destination": by_comment["top 1"]}
    )
    router.control.execute(
        "/ip/firewall/filter/move", {"numbers": by_comment["last"], "destination": by_comment["user 2"]}
    )
    drift = deployment.preview("--refresh")
    assert "out of place" in drift.text
    deployment.up("--refresh")
    assert comments(deployment, "/ip/firewall/filter") == wanted
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert comments(deployment, "/ip/firewall/filter") == ["foreign one", "foreign two"]
    assert router.control.export() == before


def test_an_exclusive_chain_removes_foreign_rules_and_brings_them_back(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    router.control.execute(
        "/ip/firewall/nat/add",
        {"chain": "srcnat", "action": "masquerade", "out-interface": "ether1", "comment": "by hand"},
    )
    before = router.control.export()
    deployment.program("""
        routeros.ip.firewall.NatRules("nat", device="seattle", chain="srcnat", exclusive=True, rules=[
            {"action": "accept", "dst_address": "192.168.30.0-192.168.30.255", "comment": "bypass"},
        ])
    """)
    deployment.up()
    assert comments(deployment, "/ip/firewall/nat") == ["bypass"]
    deployment.unchanged("--refresh")
    router.control.execute(
        "/ip/firewall/nat/add", {"chain": "srcnat", "action": "src-nat", "to-addresses": "192.0.2.7"}
    )
    assert "- action=src-nat to-addresses=192.0.2.7" in deployment.preview("--refresh").lines
    deployment.up("--refresh")
    assert comments(deployment, "/ip/firewall/nat") == ["bypass"]
    deployment.destroy()
    assert router.control.export() == before


def test_a_set_of_addresses_is_one_resource(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    program = """
        routeros.ip.firewall.AddressList("blocked", device="seattle", list="blocked", entries=[{entries}])
    """
    deployment.program(
        program.replace("{entries}", '"192.0.2.1", "198.51.100.0/24", {"address": "203.0.113.9", "comment": "a pest"}')
    )
    deployment.up()
    deployment.unchanged("--refresh")
    deployment.program(program.replace("{entries}", '"198.51.100.0/24", "192.0.2.2"'))
    preview = deployment.preview()
    assert "seattle: /ip/firewall/address-list blocked: 1 to add, 2 to remove" in preview.text
    deployment.up()
    assert {row["address"] for row in router.control.execute("/ip/firewall/address-list/print").rows} == {
        "198.51.100.0/24",
        "192.0.2.2",
    }
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


def test_adopted_rules_are_not_moved_unasked_and_stand_where_they_stood_again(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    for comment in ("first", "drop rest: all", "last"):
        router.control.execute("/ip/firewall/filter/add", {"chain": "input", "action": "drop", "comment": comment})
    before = router.control.export()
    program = """
        routeros.ip.firewall.FilterRules("input", device="seattle", chain="input", adopt=True, {more}
            rules=[{"action": "drop", "comment": "drop rest: all"}])
    """
    deployment.program(program.replace("{more}", ""))
    refused = deployment.up(check=False)
    assert "is to be adopted, and would move above all rules that are not ours; say where it stands" in refused.text
    assert router.control.export() == before
    deployment.program(program.replace("{more}", "place=routeros.bottom(),"))
    deployment.up()
    assert comments(deployment, "/ip/firewall/filter") == ["first", "last", "drop rest: all"]
    deployment.unchanged("--refresh")
    deployment.program(program.replace("{more}", "exclusive=True,"))
    deployment.up()
    assert comments(deployment, "/ip/firewall/filter") == ["drop rest: all"]
    deployment.destroy()
    assert router.control.export() == before


def test_a_refused_list_removes_nothing(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    for comment in ("drop telnet", "drop rest"):
        router.control.execute("/ip/firewall/filter/add", {"chain": "input", "action": "drop", "comment": comment})
    before = router.control.export()
    program = """
        routeros.ip.firewall.FilterRules("input", device="seattle", chain="input", exclusive=True, rules=[
            {"action": "accept", "protocol": "icmp"}, {"action": "drop", "in_interface_list": "{list}"},
        ])
    """
    deployment.program(program.replace("{list}", "nosuch"))
    assert "in-interface-list" in deployment.up(check=False).text
    assert router.control.export() == before
    deployment.program(program.replace("{list}", "all"))
    deployment.up()
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before
