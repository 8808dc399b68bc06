"""Topology files: what they say, and what is wrong with them, by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from isthmus_lab import LabError
from isthmus_lab.topology import End, LinuxNode, Topology, load, parse, shipped
from isthmus_lab.topology.shipped import file_or_shipped, names

WHOLE = """\
name: bridged-ipv6
nodes:
  server:
    kind: linux
    interfaces:
      eth0: {addresses: [203.0.113.5/24, "2001:db8:1::5/64"], mtu: 1500}
    routes: [{to: default, via: 203.0.113.1, metric: 10}]
    sysctls: {net.ipv4.ip_forward: 1}
    files: {/etc/x: text}
    run: [[radvd, -n]]
    ssh: {user: root, through: eth0}
  upstream:
  seattle: {kind: routeros, version: "7.16"}
  box: {whole: true}
links:
  wan: {ends: ["server:eth0", "upstream:eth1"], delay: 5ms, loss: 0.5%, mtu: 1400}
  lan: {ends: ["upstream:eth2", "box:eth1", "server:eth1"]}
"""
TWO = """\
name: two
nodes:
  a: {interfaces: {eth0: {addresses: [192.0.2.1/24]}}}
  b: {}
links:
  wire: {ends: ["a:eth0", "b:eth0"]}
"""


def refused(text: str) -> list[str]:
    with pytest.raises(LabError) as refusal:
        parse(text, "lab.yaml")
    return str(refusal.value).splitlines()


def test_a_whole_topology_is_read() -> None:
    topology = parse(WHOLE)
    assert list(topology.hosts) == ["server", "upstream", "box"]
    assert list(topology.routers) == ["seattle"]
    assert topology.plugs("server") == {"eth0": "wan", "eth1": "lan"}
    assert topology.links["wan"].parsed == [End("server", "eth0"), End("upstream", "eth1")]
    assert topology.links["wan"].impaired
    assert not topology.links["lan"].impaired
    assert topology.hosts["box"].whole


def test_a_node_is_a_linux_host_unless_it_says_otherwise() -> None:
    assert isinstance(parse("name: one\nnodes: {a: }").nodes["a"], LinuxNode)


@pytest.mark.parametrize(
    ("route", "family", "words"),
    [
        ("{to: default, via: 192.0.2.1}", 4, "default via 192.0.2.1"),
        ('{to: default, via: "2001:db8::1"}', 6, "default via 2001:db8::1"),
        ("{to: 198.51.100.0/24, dev: eth0, table: 100}", 4, "198.51.100.0/24 dev eth0 table 100"),
        ('{to: default, via: "fe80::1", dev: eth0}', 6, "default via fe80::1 dev eth0 onlink"),
    ],
)
def test_a_route_is_spelled_in_the_words_of_ip(route: str, family: int, words: str) -> None:
    (read,) = parse(TWO.replace("b: {}", f"b: {{routes: [{route}]}}")).hosts["b"].routes
    assert (read.family, " ".join(read.words())) == (family, words)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("192.0.2.1/24", "192.0.2.500/24", "3: nodes.a.interfaces.eth0.addresses[0]: '192.0.2.500/24' is no address"),
        ("192.0.2.1/24", "192.0.2.1", "'192.0.2.1' has no prefix length: write 192.0.2.1/32, or that of its network"),
        ("b: {}", "b: {wohle: true}", "4: nodes.b.wohle: there is no such word here: remove it, or mend its spelling"),
        ("b: {}", "b: {kind: windows}", "4: nodes.b: "),
        ("b: {}", "b: 5", "4: nodes.b: it should be a valid dictionary"),
        ("b: {}", "b_: {}", "4: nodes.b_: 'b_' is no name: use at most 32 letters, digits and dashes"),
        ('"b:eth0"', '"b"', "6: links.wire.ends[1]: 'b' is no end: write NODE:INTERFACE, such as server:eth0"),
        ('"b:eth0"', '"c:eth0"', "6: links.wire.ends[1]: there is no node c; there are a, b"),
        ('"b:eth0"', '"a:eth0"', "6: links.wire.ends[1]: a:eth0 is plugged into wire already"),
        ('"b:eth0"', '"b:lo"', "6: links.wire.ends[1]: lo is plugged into nothing: name a card"),
        ('"b:eth0"', '"b:a-name-too-long-"', "'a-name-too-long-' is no interface name: use 1 to 15 characters"),
        ("b: {}", "b: {kind: routeros}", "6: links.wire.ends[1]: b is an emulated router, which carries no packets"),
        ('"a:eth0", ', "", "3: nodes.a.interfaces.eth0: no link has the end a:eth0: add one, or remove it"),
        ("b: {}", "b: {ssh: {through: eth5}}", "4: nodes.b.ssh.through: b has no card eth5 that is plugged into"),
        ("b: {}", "b: {ssh: {through: eth0}}", "4: nodes.b.ssh.through: eth0 has no address of its own here: say ssh"),
        ("b: {}", "b: {ssh: {source: 192.0.2.9/24}}", "source and address say how to come in over a card"),
        ("b: {}", "b: {ssh: {port: 70000}}", "4: nodes.b.ssh.port: it should be less than or equal to 65535"),
        ("b: {}", "b: {sysctls: {kernel.panic: 1}}", "only those below net. belong to a network namespace"),
        ("b: {}", "b: {sysctls: {net/../kernel/panic: 1}}", "only those below net. belong to a network namespace"),
        ("b: {}", "b: {files: {etc/x: y}}", "'etc/x' is no absolute path of a file"),
        ("b: {}", "b: {run: [[]]}", "4: nodes.b.run[0]: a command is a list of words, the program first"),
        ("b: {}", "b: {run: [radvd -n]}", "4: nodes.b.run[0]: it should be a valid list"),
        ("b: {}", "b: {routes: [{to: default}]}", "4: nodes.b.routes[0]: a route needs via, dev or both"),
        ("b: {}", "b: {routes: [{to: 192.0.2.0/24, via: '2001:db8::1'}]}", "are of different families"),
        ("b: {}", "b: {routes: [{to: 192.0.2.1/24, via: 192.0.2.9}]}", "has host bits set"),
        ('"b:eth0"]', '"b:eth0"], delay: 5', "6: links.wire.delay: it must be text: quote it"),
        ('"b:eth0"]', '"b:eth0"], delay: 5 ms', "'5 ms' is no duration: write a number with us, ms or s, such as 5ms"),
        ('"b:eth0"]', '"b:eth0"], loss: 150%', "'150%' is no share: write 0% to 100%, such as 0.5%"),
        ('"b:eth0"]', '"b:eth0"], mtu: big', "6: links.wire.mtu: it should be a valid integer"),
        ("[192.0.2.1/24]", "[192.0.2.1/24], mac: 02:00:00:00:00:01", None),
        ("[192.0.2.1/24]", "[192.0.2.1/24], mac: 10:20:30:40:50:11", "YAML reads this MAC address as a number: quote"),
        ("[192.0.2.1/24]", "[192.0.2.1/24], mac: '03:00:00:00:00:01'", "is no MAC address of one card"),
        ("name: two", "", "2: name: it is missing"),
        ("  b: {}", "  b: {}\n  b: {}", "lab.yaml:5: b stands here twice"),
        ("name: two", "name: [", "lab.yaml:3: expected"),
    ],
)
def test_a_mistake_is_told_by_line_place_and_remedy(before: str, after: str, message: str | None) -> None:
    text = TWO.replace(before, after)
    assert text != TWO
    if message is None:
        parse(text)
        return
    (line,) = refused(text)
    assert message in line
    assert line.startswith("lab.yaml:")


def test_all_mistakes_are_told_at_once() -> None:
    lines = refused(TWO.replace("192.0.2.1/24", "192.0.2.1").replace("b: {}", "b: {wohle: true}"))
    assert [line.partition(": ")[0] for line in lines] == ["lab.yaml:3", "lab.yaml:4"]


@pytest.mark.parametrize("text", ["", "5", "- a", "nodes: 5"])
def test_what_is_no_topology_is_told(text: str) -> None:
    assert all(line.startswith("lab.yaml:1: ") for line in refused(text))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"cannot read .*/none\.yaml: No such file"):
        load(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabError, match=r"cannot read .*/bytes\.yaml: it is no text"):
        load(tmp_path / "bytes.yaml")


@pytest.mark.parametrize("name", names())
def test_the_topologies_that_come_with_the_lab_are_sound(name: str) -> None:
    assert load(shipped(name)).name == name


def test_a_file_goes_before_a_topology_that_comes_with_the_lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert file_or_shipped("bridged-ipv6") == shipped("bridged-ipv6")
    (tmp_path / "bridged-ipv6").write_text(TWO)
    assert file_or_shipped("bridged-ipv6") == Path("bridged-ipv6")
    with pytest.raises(LabError, match="no topology none comes with the lab; there are bridged-ipv6, route-based-mesh"):
        shipped("none")


def test_a_topology_does_not_change() -> None:
    topology: Topology = parse(TWO)
    with pytest.raises(ValueError, match="frozen"):
        topology.name = "other"
