"""Tables are replaced in one step, compared as the kernel takes them, and never touch another."""

from __future__ import annotations

import shutil
import subprocess
import textwrap
from pathlib import Path
from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from tests.support.linux import inside, ip
from tests.support.waiting import wait_until

MARK = "u-7f3a-9c01d2e4"
CONTENT = """
    define uplink = "eth0"
    set admins { type ipv4_addr; flags interval; auto-merge; elements = { 192.0.2.128/25, 192.0.2.0/25, 198.51.100.7 } }
    set seen { type ipv4_addr; flags dynamic, timeout; timeout 1m; }
    counter hits { }
    chain input {
        type filter hook input priority filter; policy accept;
        ct state vmap { established : accept, related : accept, invalid : drop }   # spelled otherwise by nft
        iifname $uplink tcp dport { 80, 22, 443 } ip saddr @admins counter accept
        icmp type echo-request limit rate 5/second add @seen { ip saddr } counter name hits accept
        oifname lo accept;
    }
"""

pytestmark = pytest.mark.skipif(shutil.which("nft", path="/usr/sbin") is None, reason="the program nft is missing")


def table(netns: str, content: str = CONTENT, name: str = "isthmus", mark: str = MARK) -> dict[str, Any]:
    props = {"family": "inet", "name": name, "netns": netns, "content": content}
    return {"kind": "nft/table", "mark": mark, "props": props}


def nft(netns: str, *words: str) -> str:
    return inside(netns, "nft", *words)


def shown(host: Host, netns: str) -> str:
    (found,) = calls.read(host, "nft/table", netns)
    return str(found["content"])


def test_a_table_reads_back_as_it_was_written(host: Host, netns: str) -> None:
    (made,) = calls.put(host, [table(netns)])["objects"]
    assert made["actual"]["content"] == CONTENT
    assert "ip saddr @admins" in nft(netns, "list", "table", "inet", "isthmus")
    assert shown(host, netns) == CONTENT
    calls.drop(host, [table(netns)])
    assert nft(netns, "list", "ruleset") == ""


def test_packets_are_no_drift(host: Host, netns: str) -> None:
    calls.put(host, [table(netns)])
    inside(netns, "ping", "-c", "2", "-i", "0.01", "127.0.0.1")
    listed = nft(netns, "list", "table", "inet", "isthmus")
    assert "packets 1 bytes 84" in listed
    assert "elements = { 127.0.0.1" in listed
    assert shown(host, netns) == CONTENT


def test_drift_is_shown_as_nft_prints_it_among_the_users_own_lines(host: Host, netns: str) -> None:
    content = textwrap.dedent("""\
        chain forward {
          type filter hook forward priority filter; policy drop;
          ip saddr 192.0.2.1 accept
        }
        """)
    calls.put(host, [table(netns, content)])
    nft(netns, "add rule inet isthmus forward tcp dport 22 counter accept")
    lines = shown(host, netns).splitlines()
    assert "  ip saddr 192.0.2.1 accept" in lines
    assert "\ttcp dport 22 counter packets 0 bytes 0 accept" not in lines
    assert "\ttcp dport 22 counter accept" in lines
    calls.put(host, [table(netns, content)])
    assert shown(host, netns) == content


@pytest.mark.parametrize(
    "by_hand",
    [
        "delete element inet isthmus admins { 198.51.100.7 }",
        "add chain inet isthmus other",
        "chain inet isthmus input { policy drop; }",
        "flush chain inet isthmus input",
        "delete table inet isthmus",
    ],
)
def test_what_is_changed_by_hand_is_seen_and_repaired(host: Host, netns: str, by_hand: str) -> None:
    calls.put(host, [table(netns)])
    nft(netns, by_hand)
    assert [found["content"] for found in calls.read(host, "nft/table", netns)] != [CONTENT]
    calls.put(host, [table(netns)])
    assert shown(host, netns) == CONTENT


def test_there_is_never_a_moment_without_the_table(host: Host, netns: str, tmp_path: Path) -> None:
    calls.put(host, [table(netns)])
    events = tmp_path / "events"
    with (
        events.open("w") as output,
        subprocess.Popen(["ip", "netns", "exec", netns, "nft", "-j", "monitor"], stdout=output) as monitor,
    ):
        wait_for_monitor(netns, events)
        calls.put(host, [table(netns, CONTENT.replace("22", "2222"))])
        nft(netns, "add table inet last")
        wait_until(lambda: '"last"' in events.read_text())
        monitor.terminate()
    lines = events.read_text().splitlines()
    gone = next(i for i, line in enumerate(lines) if '{"delete": {"table"' in line and "isthmus" in line)
    assert '{"add": {"table"' in lines[gone + 1], "the kernel told of something between the two"


def test_a_syntax_error_names_its_line_and_leaves_the_old_table(host: Host, netns: str) -> None:
    calls.put(host, [table(netns)])
    before = nft(netns, "list", "ruleset")
    wrong = "chain input {\n  tcp dport 22 accept\n  tcp dprot 80 accept\n}\n"
    with pytest.raises(
        Refused, match=r"nft/table inet isthmus.*: content: line 3: syntax error.*: tcp dprot 80 accept"
    ):
        calls.put(host, [table(netns, wrong)])
    assert nft(netns, "list", "ruleset") == before
    with pytest.raises(Refused, match=r"content: line 2: .*No such file or directory: jump nowhere"):
        calls.put(host, [table(netns, "chain input {\n  jump nowhere\n}\n")])
    assert nft(netns, "list", "ruleset") == before


def test_other_tables_are_never_touched(host: Host, netns: str) -> None:
    nft(netns, "add table inet theirs { chain c { counter; } ; }")
    before = nft(netns, "list", "table", "inet", "theirs")
    escape = "}\ntable inet theirs { chain mine { }"
    with pytest.raises(Refused, match="content: it holds more than this table: declare each table by itself"):
        calls.put(host, [table(netns, escape)])
    calls.put(host, [table(netns)])
    calls.drop(host, [table(netns)])
    assert nft(netns, "list", "ruleset") == before


def test_an_adopted_table_comes_back(host: Host, netns: str) -> None:
    theirs = "set s { type inet_service; elements = { 22 } ; } ; chain c { tcp dport @s drop; } ;"
    nft(netns, f"add table inet isthmus {{ {theirs} }}")
    before = nft(netns, "list", "ruleset")
    with pytest.raises(Refused, match="exists already and is nobody's"):
        calls.put(host, [table(netns)])
    calls.put(host, [{**table(netns), "adopt": True}])
    assert shown(host, netns) == CONTENT
    calls.drop(host, [table(netns)])
    assert nft(netns, "list", "ruleset") == before


def test_rules_that_name_links_by_index_are_compared_too(host: Host, netns: str) -> None:
    ip(netns, "link", "add", "br0", "type", "bridge")
    content = "chain input {\n  iif br0 accept\n  iif != { br0, lo } drop\n}\n"
    calls.put(host, [table(netns, content)])
    assert shown(host, netns) == content
    missing = content.replace("br0", "br9")
    with pytest.raises(Refused, match=r"line 2: .*br9"):
        calls.put(host, [table(netns, missing)])


def test_what_is_nowhere_is_made_in_one_namespace_only(host: Host, netns: str) -> None:
    with pytest.raises(Refused, match="netns: there is no network namespace 'nowhere'"):
        calls.put(host, [table("nowhere")])
    calls.put(host, [table(netns)])
    outside = subprocess.run(["nft", "list", "tables"], capture_output=True, text=True, check=True).stdout
    assert "isthmus" not in outside


def wait_for_monitor(netns: str, events: Path) -> None:
    """Wait until the monitor listens: it tells of the first table that it sees made."""
    for number in range(1000):
        nft(netns, f"add table inet probe{number}")
        if "probe" in events.read_text():
            return
    pytest.fail("nft monitor tells nothing")


def test_a_table_went_with_its_namespace(host: Host, netns: str) -> None:
    inner = f"{netns}-inner"
    subprocess.run(["ip", "netns", "add", inner], check=True)
    calls.put(host, [table(inner)])
    subprocess.run(["ip", "netns", "del", inner], check=True)
    assert calls.read(host, "nft/table", inner) == []
    assert calls.look(host, "nft/table", table(inner)["props"]) is None
    calls.drop(host, [table(inner)])
    assert not host.base.exists()


def test_a_table_that_sleeps_is_made_changed_and_read_back(host: Host, netns: str) -> None:
    chain = "chain input { type filter hook input priority filter; policy drop; }\n"
    for content in (f"flags dormant\n{chain}", chain, f"flags dormant\n{chain}"):
        calls.put(host, [table(netns, content)])
        assert shown(host, netns) == content
        assert ("dormant" in nft(netns, "list", "table", "inet", "isthmus")) == ("dormant" in content)


def test_a_mistake_in_an_included_file_is_told_with_the_file_and_its_line(
    host: Host, netns: str, tmp_path: Path
) -> None:
    included = tmp_path / "more.nft"
    included.write_text("chain more {\n    tcp dport }\n")
    with pytest.raises(Refused, match=rf"{included}, line 2: syntax error"):
        calls.put(host, [table(netns, f'include "{included}"\n')])
