"""Components that know nothing of each other share a chain with the user's own rules: settled at once, and for good."""

from __future__ import annotations

from tests.support.deployment import Deployment

PROGRAM = """
    firewall = routeros.ip.firewall

    class Tunnel(pulumi.ComponentResource):
        def __init__(self, name):
            super().__init__("lab:index:Tunnel", name)
            child = pulumi.ResourceOptions(parent=self)
            def rules(kind, chain, place, *comments):
                entries = [{"action": "accept", "comment": f"{name} {text}"} for text in comments]
                kind(f"{name}-{chain}-{place.side}", device="seattle", chain=chain, place=place, rules=entries, opts=child)
            rules(firewall.NatRules, "srcnat", routeros.top(), "bypass 1", "bypass 2")
            rules(firewall.FilterRules, "input", routeros.top(), "ike", "esp")
            rules(firewall.FilterRules, "input", routeros.bottom(), "drop")

    class Guard(pulumi.ComponentResource):
        def __init__(self, name):
            super().__init__("lab:index:Guard", name)
            firewall.FilterRules(name, device="seattle", chain="input", place=routeros.top(), opts=pulumi.ResourceOptions(parent=self),
                rules=[{"action": "accept", "connection_state": ["established", "related"], "comment": f"{name} known"}])

    Tunnel("boise")
    Guard("guard")
    firewall.FilterRules("own", device="seattle", chain="input", rules=[{"action": "accept", "comment": f"own {n}"} for n in {own}])
    firewall.NatRules("own", device="seattle", chain="srcnat", rules=[{"action": "masquerade", "comment": "own nat"}])
    Tunnel("portland")
"""  # noqa: E501 - a user's program
FILTER, NAT = "/ip/firewall/filter", "/ip/firewall/nat"


def comments(deployment: Deployment, menu: str) -> list[str]:
    rows = deployment.routers["seattle"].control.execute(f"{menu}/print").rows
    return [row["comment"].split(" [")[0] for row in rows]


def owners(lines: list[str]) -> list[str]:
    """Return the components of a chain's rules, each as often as its rules stand together."""
    names = [line.split()[0] for line in lines]
    return [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]


def test_two_components_and_the_users_list_settle_at_once_and_stay(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    for menu, chain in ((FILTER, "input"), (NAT, "srcnat")):
        router.control.execute(f"{menu}/add", {"chain": chain, "action": "accept", "comment": "foreign"})
    before = router.control.export()
    deployment.program(PROGRAM.replace("{own}", "(1, 2)"))
    deployment.up()
    lines = comments(deployment, FILTER)
    top, end = lines[:5], lines[8:]
    assert sorted(top) == ["boise esp", "boise ike", "guard known", "portland esp", "portland ike"]
    assert lines[5:8] == ["own 1", "own 2", "foreign"]
    assert sorted(end) == ["boise drop", "portland drop"]
    assert len(owners(top)) == 3
    assert comments(deployment, NAT)[4:] == ["own nat", "foreign"]
    deployment.unchanged("--refresh")

    router.control.reset_counters()
    deployment.program(PROGRAM.replace("{own}", "(1, 3, 2)"))
    deployment.up()
    paths = router.control.counters()["paths"]
    assert (paths.get(f"{FILTER}/add"), paths.get(f"{FILTER}/move", 0)) == (1, 0)
    assert comments(deployment, FILTER) == [*top, "own 1", "own 3", "own 2", "foreign", *end]
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before
