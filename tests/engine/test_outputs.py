"""Inputs that are outputs of other resources: unknown at preview, secret, or on a device that is known only later."""

from __future__ import annotations

from tests.support.deployment import Deployment

TEXT = "hush-hush-hush"
UNKNOWN = """
    name = Secret("suffix").value.apply(lambda text: f"lan-{text[:4].lower()}")
    wan = routeros.interface.List("wan", device="seattle", name=name)
    routeros.interface.ListMember("ether1", device="seattle", list=wan.name, interface="ether1")
    routeros.ip.firewall.FilterRules("input", device="seattle", chain="input", rules=[
        {"action": "accept", "in_interface_list": wan.name},
        {"action": "drop", "comment": pulumi.Output.secret("TEXT")},
    ])
""".replace("TEXT", TEXT)


def test_a_plan_made_with_unknowns_is_carried_out(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.environment["PULUMI_EXPERIMENTAL"] = "true"
    deployment.program(UNKNOWN)
    plan = str(deployment.folder / "plan.json")
    preview = deployment.preview("--save-plan", plan)
    done = deployment.up("--plan", plan)
    rules = router.control.execute("/ip/firewall/filter/print").rows
    assert rules[0]["in-interface-list"].startswith("lan-")
    assert rules[1]["comment"].startswith(TEXT)
    exported = deployment.pulumi("stack", "export", check=True)
    assert TEXT not in preview.text + done.text + exported.text
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before


INLINE = """
    import json
    stored = Secret("late", rotation="{rotation}")
    port = stored.value.apply(lambda _: {port})
    device = {"name": "{name}", "host": "127.0.0.1", "port": port, "user": "pulumi",
        "password": {"env": "ROUTER_PASSWORD"}, "tls": "off"}
    routeros.ip.Address("lan", device=device, address="192.168.90.1/24", interface="ether2")
    routeros.ip.firewall.NatRules("nat", device=device, chain="srcnat", rules=[{"action": "accept"}])
"""


def inline(deployment: Deployment, name: str, router: str, rotation: str = "1") -> None:
    """Write the program with its device, whose port is unknown when the secret is made or changes."""
    port = str(deployment.routers[router].api_port)
    deployment.program(INLINE.replace("{name}", name).replace("{port}", port).replace("{rotation}", rotation))


def test_a_device_of_outputs_is_reached_moved_and_replaced(deployment: Deployment) -> None:
    first, second = deployment.router("first"), deployment.router("second")
    before = first.control.export(), second.control.export()
    inline(deployment, "branch", "first")
    assert "+ 4 to create" in deployment.preview().text
    deployment.up()
    deployment.unchanged("--refresh")
    made = first.control.export()

    inline(deployment, "branch", "first", rotation="2")
    assert "replace" not in deployment.preview().text
    deployment.up()
    assert first.control.export() == made

    inline(deployment, "other", "second", rotation="2")
    assert "-2 to replace" in deployment.preview().text.replace("+", "")
    deployment.up()
    assert first.control.export() == before[0]
    assert len(second.control.execute("/ip/address/print").rows) == 1
    deployment.destroy()
    assert second.control.export() == before[1]


def test_a_changed_address_of_a_named_device_replaces_nothing(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    deployment.router("boise")
    before = router.control.export(), deployment.routers["boise"].control.export()
    program = 'routeros.ip.Address("lan", device="{name}", address="192.168.90.1/24", interface="ether2")'
    deployment.program(program.replace("{name}", "seattle"))
    deployment.up()
    deployment.write_devices(seattle={"host": "localhost"})
    deployment.unchanged("--refresh")
    deployment.program(program.replace("{name}", "boise"))
    deployment.up()
    assert router.control.export() == before[0]
    assert len(deployment.routers["boise"].control.execute("/ip/address/print").rows) == 1
    deployment.destroy()
    assert deployment.routers["boise"].control.export() == before[1]
