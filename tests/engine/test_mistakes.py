"""Slips of a program that a preview tells in one line each, before any router is asked."""

from __future__ import annotations

from tests.support.deployment import Deployment

ADDRESS = """
    routeros.Item("lan", device="seattle", menu="/ip/address", key=["address", "interface"],
        properties={"address": "192.168.90.1/24", "interface": "ether1", WORD: "ether1"})
"""


def test_a_mistyped_word_is_refused_and_a_new_one_is_not(deployment: Deployment) -> None:
    deployment.router("seattle").control.refuse()
    deployment.program(ADDRESS.replace("WORD", '"interfac"'))
    refused = deployment.preview(check=False)
    assert refused.code != 0
    assert "seattle: /ip/address has no property 'interfac'; did you mean 'interface'?" in refused.text
    assert "Traceback" not in refused.text
    deployment.program(ADDRESS.replace("WORD", '"quite-new"'))
    told = "warning: seattle: /ip/address: 'quite-new' is not known to isthmus; it is sent as it is"
    assert told in deployment.preview().text

    deployment.program("""
        routeros.ip.firewall.FilterRules("in", device="seattle", chain="input", rules={"action": "accept"})
    """)
    refused = deployment.preview(check=False)
    assert "in: rules: give a list such as rules=[...], found {'action': 'accept'}" in refused.text
    assert "Traceback" not in refused.text
