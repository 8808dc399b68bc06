"""Whose a row is: other stacks, people, and what was there before."""

from __future__ import annotations

from tests.support.deployment import Deployment

LAN = """
    routeros.Item("lan", device="seattle", menu="/ip/address", key=["address", "interface"],
        properties={"address": "192.168.90.1/24", "interface": "ether2", "comment": "LAN"}{more})
"""


def test_a_row_that_was_there_is_refused_adopted_and_given_back(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    router.control.execute(
        "/ip/address/add", {"address": "192.168.90.1/24", "interface": "ether2", "comment": "by hand"}
    )
    before = router.control.export()
    deployment.program(LAN.replace("{more}", ""))
    refused = deployment.up(check=False)
    assert (
        "address=192.168.90.1/24 interface=ether2 exists already and is not ours; take it over with adopt=True"
        in refused.text
    )
    assert router.control.export() == before

    deployment.program(LAN.replace("{more}", ", adopt=True"))
    deployment.up()
    deployment.unchanged("--refresh")
    (row,) = router.control.execute("/ip/address/print").rows
    assert row["comment"].startswith("LAN [isthmus:")
    deployment.destroy()
    assert router.control.export() == before


def test_an_adopted_row_may_be_kept_on_destroy(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    router.control.execute("/ip/address/add", {"address": "192.168.90.1/24", "interface": "ether2"})
    deployment.program(LAN.replace("{more}", ', adopt=True, on_destroy="keep"'))
    deployment.up()
    deployment.destroy()
    (row,) = router.control.execute("/ip/address/print").rows
    assert row["comment"] == "LAN"


def test_settings_may_be_kept_on_destroy_and_leave_no_note(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    deployment.program("""
        routeros.Settings("ip", device="seattle", menu="/ip/settings", properties={"rp-filter": "strict"},
            on_destroy="keep")
    """)
    deployment.up()
    deployment.destroy()
    (row,) = router.control.execute("/ip/settings/print").rows
    assert row["rp-filter"] == "strict"
    assert router.control.execute("/system/script/print").rows == []


def test_two_stacks_do_not_touch_each_others_rows(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(LAN.replace("{more}", ""))
    deployment.up()
    both = router.control.export()
    deployment.select("other")
    refused = deployment.up(check=False)
    assert "belongs to another resource" in refused.text
    deployment.program(LAN.replace("{more}", "").replace("192.168.90.1", "192.168.91.1"))
    deployment.up()
    deployment.destroy()
    assert router.control.export() == both
    deployment.select("dev")
    deployment.destroy()
    assert router.control.export() == before


def test_a_row_that_a_person_copied_with_its_mark_is_left_alone(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    deployment.program(LAN.replace("{more}", ""))
    deployment.up()
    (ours,) = router.control.execute("/ip/address/print").rows
    router.control.execute(
        "/ip/address/add", {"address": "10.9.9.9/24", "interface": "ether3", "comment": ours["comment"]}
    )
    preview = deployment.preview("--refresh", "--expect-no-changes")
    assert "carry a copy of the mark" in preview.text
    deployment.destroy()
    (left,) = router.control.execute("/ip/address/print").rows
    assert left["address"] == "10.9.9.9/24"


def test_a_placed_rule_that_a_person_copied_is_still_refreshed(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program("""
        routeros.ip.firewall.NatRule("one", device="seattle", chain="srcnat", action="accept", comment="one",
                                     place=routeros.first())
    """)
    deployment.up()
    (ours,) = router.control.execute("/ip/firewall/nat/print").rows
    router.control.execute("/ip/firewall/nat/add", {"copy-from": ours[".id"]})
    assert "carry a copy of the mark" in deployment.preview("--refresh", "--expect-no-changes").text
    deployment.up("--refresh")
    deployment.destroy()
    (left,) = router.control.execute("/ip/firewall/nat/print").rows
    router.control.execute("/ip/firewall/nat/remove", {".id": left[".id"]})
    assert router.control.export() == before


def test_a_device_that_left_the_file_is_still_cleaned(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    deployment.router("boise")
    before = router.control.export()
    deployment.program(LAN.replace("{more}", ""))
    deployment.up()
    deployment.write_devices(seattle=None)
    deployment.program("")
    deployment.up()
    assert router.control.export() == before
    assert deployment.state() == []


def test_an_unreachable_device_is_never_taken_for_empty(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    deployment.program(LAN.replace("{more}", ""))
    deployment.up()
    router.control.refuse()
    refused = deployment.preview("--refresh", check=False)
    assert refused.code != 0
    assert "seattle: " in refused.text
    assert "Traceback" not in refused.text
    assert len(deployment.state()) == 1
    deployment.write_devices(seattle={"unreachable": "forget"})
    forgotten = deployment.destroy()
    assert "is forgotten" in forgotten.text
    assert deployment.state() == []


def test_no_password_and_no_secret_is_in_the_state_in_clear(deployment: Deployment) -> None:
    deployment.router("seattle")
    deployment.program(LAN.replace("{more}", ""))
    deployment.up()
    assert "correct-horse" not in deployment.pulumi("stack", "export").text


def test_an_adopted_row_keeps_the_comment_that_a_person_wrote(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    ours = {"address": "192.168.90.1/24", "interface": "ether2", "comment": "by Anna"}
    router.control.execute("/ip/address/add", ours)
    before = router.control.export()
    deployment.program("""
        routeros.ip.Address("lan", device="seattle", address="192.168.90.1/24", interface="ether2", adopt=True)
        routeros.ip.Address("dmz", device="seattle", address="192.168.91.1/24", interface="ether3", comment="")
    """)
    deployment.up()
    deployment.unchanged("--refresh")
    assert router.control.execute("/ip/address/print").rows[0]["comment"].startswith("by Anna [isthmus:")
    deployment.destroy()
    assert router.control.export() == before


def test_an_adopted_policy_that_was_moved_stands_where_it_stood_again(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    router.control.execute("/ip/ipsec/peer/add", {"name": "boise", "address": "87.16.79.2"})
    for number in (1, 2, 3):
        words = {"peer": "boise", "src-address": "192.168.90.0/24", "dst-address": f"192.168.{number}.0/24"}
        router.control.execute("/ip/ipsec/policy/add", {**words, "tunnel": "yes"})
    before = router.control.export()
    deployment.program("""
        routeros.ip.ipsec.Policy("p", device="seattle", peer="boise", tunnel=True, adopt=True, place=routeros.first(),
            src_address="192.168.90.0/24", dst_address="192.168.3.0/24")
    """)
    deployment.up()
    moved = [row.get("dst-address") for row in router.control.execute("/ip/ipsec/policy/print").rows]
    assert moved.index("192.168.3.0/24") < moved.index("192.168.1.0/24")
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


def test_a_rule_is_adopted_by_all_that_it_says(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    rule = {"chain": "forward", "action": "drop", "connection-state": "invalid", "comment": "defconf: drop invalid"}
    router.control.execute("/ip/firewall/filter/add", rule)
    router.control.execute("/ip/firewall/filter/add", {"chain": "forward", "action": "accept"})
    before = router.control.export()
    deployment.program("""
        routeros.ip.firewall.FilterRule("invalid", device="seattle", chain="forward", adopt=True, action="drop",
            connection_state=["invalid"], comment="defconf: drop invalid")
    """)
    deployment.up()
    assert len(router.control.execute("/ip/firewall/filter/print").rows) == 2
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before
