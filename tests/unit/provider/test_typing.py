"""Programs are checked as they are written: mypy and pyright take the right ones and refuse the wrong ones."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from mypy import api

REPOSITORY = Path(__file__).parents[3]

RIGHT = """
import pulumi
from isthmus import routeros
from isthmus.routeros import after, before, first
from isthmus.routeros.ip import firewall, ipsec

profile = ipsec.Profile("modern", device="seattle", dh_group=["ecp256", "modp2048"], hash_algorithm="sha256")
peer = ipsec.Peer(
    "boise",
    device={"name": "seattle", "host": "192.0.2.1"},
    address="87.16.79.2",
    profile=profile.name,
    opts=pulumi.ResourceOptions(protect=True),
)
ipsec.Identity("boise", device="seattle", peer=peer.name, secret=pulumi.Output.secret("x" * 20), adopt=True)
policy = ipsec.Policy("lan", device="seattle", peer=[peer.name], tunnel=True, src_port="any", place=first())
ipsec.Settings("all", device="seattle", accounting=False)
rule = firewall.NatRule(
    "bypass",
    device="seattle",
    chain="srcnat",
    action="accept",
    dst_address="192.168.30.0/24",
    dst_port=443,
    connection_type="!ftp",
    place=before("defconf: masquerade"),
)
firewall.FilterRule("states", device="seattle", chain="input", connection_state=["established", "related"])
firewall.FilterRule("others", device="seattle", chain="input", connection_state="!established,related")
table = routeros.routing.Table("must-vpn", device="seattle", fib=True)
firewall.MangleRules(
    "policy-routing",
    device="seattle",
    chain="prerouting",
    place=after(rule),
    rules=[
        firewall.MangleRuleArgs(action="mark-routing", src_address="192.168.90.0/24", new_routing_mark=table.name),
        {"action": "mark-routing", "protocol": "tcp", "dst_port": "22", "new_routing_mark": "main"},
    ],
)
lan = routeros.interface.Bridge("lan", device="seattle", priority=0x6000, mtu="auto")
routeros.interface.BridgePort("ether2", device="seattle", bridge=lan.name, interface="ether2", horizon=1)
firewall.AddressList("sites", device="seattle", list="sites", entries=["10.0.0.1", {"address": "10.0.0.2"}, lan.name])
name: pulumi.Output[str] = peer.name
tunnel: pulumi.Output[bool] = policy.tunnel
pulumi.export("peer", name)
"""

WRONG = """
from isthmus import routeros
from isthmus.routeros.ip import firewall, ipsec

ipsec.Peer("boise", device="seattle", adress="87.16.79.2")  # did you mean "address"
ipsec.Peer("boise", device="seattle", exchange_mode="ikev2")  # expected "Literal['main', 'base', 'aggressive', 'ike2']
ipsec.Peer("boise", device="seattle", passive="maybe")  # incompatible type "str"; expected "bool
ipsec.Peer("boise")  # Missing named argument "device"
ipsec.Peer(device="seattle")  # Missing positional argument "resource_name"
ipsec.Identity("boise", device="seattle")  # Missing named argument "peer"
ipsec.Profile("modern", device="seattle", dh_group=["modp4095"])  # incompatible type "Literal['modp4095']"
ipsec.Profile("modern", device="seattle", comment="none here")  # Unexpected keyword argument "comment"
firewall.NatRule("bypass", device="seattle", chain="srcnat", action="drop")  # incompatible type "Literal['drop']"
firewall.NatRule("bypass", device="seattle", action="accept")  # Missing named argument "chain"
firewall.NatRules("bypass", device="seattle", chain="srcnat", rules=[1])  # expected "NatRuleArgs | Mapping[str, Any]"
firewall.NatRuleArgs(dst_prt=443)  # did you mean "dst_port"
firewall.NatRuleArgs(chain="srcnat")  # Unexpected keyword argument "chain"
routeros.routing.Table("must-vpn", device="seattle", fib=False)  # incompatible type "Literal[False]"
routeros.ip.Address("lan", device="seattle", address=1, interface="ether1")  # incompatible type "int"; expected "str
accounting: int = ipsec.Settings("all", device="seattle").accounting  # expression has type "Output[bool]"
"""

Refusals = dict[int, str]
"""What a checker says, by line."""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return tmp_path / "program.py"


def mypy(program: Path) -> Refusals:
    """Check a program as the repository's own code is checked."""
    config = ["--config-file", str(REPOSITORY / "pyproject.toml"), "--cache-dir", str(REPOSITORY / ".mypy_cache")]
    told, broken, _ = api.run([*config, "--hide-error-context", "--no-error-summary", str(program)])
    assert broken == ""
    found: defaultdict[int, str] = defaultdict(str)
    for line, message in re.findall(r"^.*?program\.py:(\d+): error: (.*)$", told, re.MULTILINE):
        found[int(line)] += message
    return dict(found)


def pyright(program: Path) -> Refusals:
    """Check a program as an editor does."""
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, program.name]
    done = subprocess.run(command, cwd=program.parent, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)["generalDiagnostics"]
    return {one["range"]["start"]["line"] + 1: one["message"] for one in told if one["severity"] == "error"}


def expected(text: str) -> Refusals:
    """Return what each wrong line is to be refused with."""
    lines = enumerate(text.splitlines(), start=1)
    return {number: line.partition("  # ")[2] for number, line in lines if "  # " in line}


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_right_program_is_taken(checker: Callable[[Path], Refusals], program: Path) -> None:
    program.write_text(RIGHT, "utf-8")
    assert checker(program) == {}


def test_mypy_refuses_each_wrong_line_and_says_what_is_expected(program: Path) -> None:
    program.write_text(WRONG, "utf-8")
    refused = mypy(program)
    assert set(refused) == set(expected(WRONG))
    assert {line: part for line, part in expected(WRONG).items() if part not in refused[line]} == {}


def test_pyright_refuses_each_wrong_line(program: Path) -> None:
    program.write_text(WRONG, "utf-8")
    assert set(pyright(program)) == set(expected(WRONG))
