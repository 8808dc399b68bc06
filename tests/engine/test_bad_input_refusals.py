"""What a router refuses: one line names the row, what was sent and the remedy, and nothing half-made is left."""

from __future__ import annotations

from tests.support.deployment import Deployment
from tests.support.refused import errors

WRONG = """
    routeros.Item("menu", device="seattle", menu="/ip/adress", properties={"address": "192.168.90.1/24"})
    routeros.Item("word", device="seattle", menu="/interface/eoip", properties={"name": "eoip1", "tunel-id": 1})
    routeros.Settings("settings", device="seattle", menu="/ip/settings", properties={"rp-filtr": "strict"})
    routeros.ip.ipsec.Peer("boise", device="seattle", address="87.16.79.2", profile="nosuch")
    routeros.ip.ipsec.Profile("taken", device="seattle", name="default", lifetime="8h")
    routeros.Item("bridge", device="seattle", menu="/interface/bridge", properties={"name": "ether1"})
    routeros.Item("range", device="seattle", menu="/interface/vlan",
        properties={"name": "guests", "vlan-id": 5000, "interface": "ether1"})
    routeros.ip.firewall.NatRules("nat", device="seattle", chain="srcnat", rules=[
        {"action": "accept", "dst_address": "192.168.30.0/24"},
        {"action": "accept", "out_interface_list": "nosuch"},
        {"action": "masquerade", "out_interface": "ether1"},
    ])
"""
TOLD = [
    (
        "/ip/adress: cannot print: no such command or directory (adress); no such command prefix; this router has no"
        " such menu: correct its path, or check the router's version and packages"
    ),
    (
        "/interface/eoip: cannot add name=eoip1 with tunel-id=1: unknown parameter tunel-id; RouterOS 7.16 has no such"
        " word in this menu: correct it or remove it"
    ),
    (
        "/ip/settings: cannot set with rp-filtr: unknown parameter rp-filtr; RouterOS 7.16 has no such word in this"
        " menu: correct it or remove it"
    ),
    (
        "/ip/ipsec/peer: cannot add name=boise with profile=nosuch: input does not match any value of profile; correct"
        " it, or make first what it names and refer to it by its resource"
    ),
    (
        "/ip/ipsec/profile: name=default exists already and is not ours; take it over with adopt=True, or name this one"
        " differently"
    ),
    (
        "/interface/bridge: cannot add name=ether1: failure: already have interface with such name; name this one"
        " differently, remove the other, or take it over with adopt=True (an Item is told its row by `key`)"
    ),
    ("/interface/vlan: cannot add name=guests with vlan-id=5000: value out of range (1..4095); correct the value"),
    (
        "/ip/firewall/nat: cannot add out-interface-list=nosuch: input does not match any value of"
        " out-interface-list; correct it, or make first what it names and refer to it by its resource"
    ),
]
RIGHT = """
    profile = routeros.ip.ipsec.Profile("taken", device="seattle", name="modern", lifetime="8h")
    routeros.Item("word", device="seattle", menu="/interface/eoip",
        properties={"name": "eoip1", "tunnel-id": 1, "remote-address": "192.0.2.7"})
    routeros.Settings("settings", device="seattle", menu="/ip/settings", properties={"rp-filter": "strict"})
    routeros.ip.ipsec.Peer("boise", device="seattle", address="87.16.79.2", profile=profile.name)
    wan = routeros.interface.List("wan", device="seattle")
    routeros.ip.firewall.NatRules("nat", device="seattle", chain="srcnat", rules=[
        {"action": "accept", "dst_address": "192.168.30.0/24"},
        {"action": "accept", "out_interface_list": wan.name},
        {"action": "masquerade", "out_interface": "ether1"},
    ])
"""


def test_every_refusal_is_one_line_and_leaves_nothing_behind(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(WRONG)
    refused = errors(deployment.up("--continue-on-error", check=False))
    assert router.control.export() == before
    expected = [f"DeviceError: seattle: {line}" for line in TOLD]
    assert sorted(refused) == sorted(expected)
    deployment.program(RIGHT)
    deployment.up()
    deployment.unchanged("--refresh")
    actions = [row["action"] for row in router.control.execute("/ip/firewall/nat/print").rows]
    assert actions == ["accept", "accept", "masquerade"]
    deployment.destroy()
    assert router.control.export() == before
