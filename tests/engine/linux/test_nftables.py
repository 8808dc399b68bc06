"""nftables tables, from a Pulumi program and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.deployment import Deployment
from tests.support.labs import standing
from tests.support.linux import inside
from tests.support.node_agent import agent_on, write

PROGRAM = '''
linux.NftTable("isthmus", device="gw", content="""
    chain input {{
      type filter hook input priority filter; policy accept;
      ct state established,related accept
      {rule}
    }}
""")
'''


def test_a_table_comes_changes_drifts_and_goes(project: Deployment, host: str) -> None:
    inside(host, "nft", "add table inet theirs")
    before = inside(host, "nft", "list", "ruleset")
    project.program(PROGRAM.format(rule="tcp dport { 443, 22 } counter accept"))
    project.up()
    project.unchanged("--refresh")

    inside(host, "nft", "insert", "rule", "inet", "isthmus", "input", "udp", "dport", "53", "drop")
    drift = project.preview("--refresh").text
    assert "udp dport 53 drop" in drift
    project.up("--refresh")
    assert "udp dport 53" not in inside(host, "nft", "list", "ruleset")

    project.program(PROGRAM.format(rule="tcp dport 80 accept"))
    assert "+ " in project.preview().text
    project.up()
    assert "tcp dport 80 accept" in inside(host, "nft", "list", "table", "inet", "isthmus")

    ours = inside(host, "nft", "list", "ruleset")
    project.program(PROGRAM.format(rule="tcp dprot 80 accept"))
    refused = project.up(check=False).text
    assert "gw: nft/table inet isthmus: content: line 5: syntax error" in refused
    assert "tcp dprot 80 accept" in refused
    assert inside(host, "nft", "list", "ruleset") == ours

    project.program(PROGRAM.format(rule="accept } }"))
    assert "gw: nft/table: content: line 5: this } closes the table itself" in project.preview(check=False).text

    project.destroy()
    assert inside(host, "nft", "list", "ruleset") == before


def test_a_table_and_a_setting_are_there_again_after_a_boot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    chain = "chain input {\n  type filter hook input priority filter; policy accept;\n  tcp dport 9 drop\n}\n"
    table = {"family": "inet", "name": "isthmus", "content": chain}
    forward = {"name": "net.ipv4.ip_forward", "value": "1"}
    with standing(tmp_path / "boot.yaml", "name: boot\nnodes:\n  h: {whole: true}\n") as lab:
        node = lab.host("h")
        write(node, "/etc/nftables.conf", "flush ruleset\ntable inet theirs { }\n")
        node.run(["systemctl", "enable", "--quiet", "nftables"])
        with agent_on(node) as agent:
            agent.put(
                {"kind": "nft/table", "mark": "u-7f3a-00000001", "props": table},
                {"kind": "sysctl", "mark": "u-7f3a-00000002", "props": forward},
            )
        node.reboot()
        assert "tcp dport 9 drop" in node.run(["nft", "list", "table", "inet", "isthmus"]).stdout
        assert "theirs" in node.run(["nft", "list", "tables"]).stdout
        assert node.run(["sysctl", "-n", "net.ipv4.ip_forward"]).stdout == "1\n"
        with agent_on(node) as agent:
            assert [found["content"] for found in agent.ask("read", kind="nft/table")] == [chain]
