"""Text that people really write reaches the router and comes back as it was."""

from __future__ import annotations

from tests.support.deployment import Deployment

ODD = 'Büro "Nord" = 5 € \\\\ $HOME; [find] #1 日本'


def test_odd_text_in_rows_and_rules_is_kept(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(f"""
        odd = '{ODD}'
        routeros.ip.Address("lan", device="seattle", address="192.168.90.1/24", interface="ether2", comment=odd)
        routeros.ip.firewall.NatRules("nat", device="seattle", chain="srcnat", rules=[
            {{"action": "accept", "comment": odd}},
            {{"action": "accept", "src_address": "192.0.2.1", "comment": "[isthmus:u-0000-00000000]"}},
            {{"action": "log", "log_prefix": " two  spaces "}},
        ])
        routeros.system.Script("hello", device="seattle", source=":log info \\"a=b\\"\\n:put 1\\n")
    """)
    deployment.up()
    deployment.unchanged("--refresh")
    comments = [row["comment"] for row in router.control.execute("/ip/firewall/nat/print").rows]
    assert comments[0].startswith(ODD.replace("\\\\", "\\") + " [isthmus:")
    assert router.control.execute("/system/script/print").rows[0]["source"] == ':log info "a=b"\n:put 1\n'
    deployment.destroy()
    assert router.control.export() == before
