"""nftables tables, from a Pulumi program and back."""

from __future__ import annotations

from tests.support.deployment import Deployment
from tests.support.linux import inside

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
