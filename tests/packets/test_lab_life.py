"""Labs come up, survive what happens to their parts, and leave nothing when they end, however they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from isthmus_lab import Control, Lab, LabError
from isthmus_lab.cli import main
from isthmus_lab.finding import find
from isthmus_lab.linux.folder import Folder
from isthmus_lab.linux.keeping import Keeping
from tests.support.labs import skip_unless_it_stands, ssh, standing
from tests.support.raw_api import RawClient
from tests.support.waiting import wait_until

PAIR = """\
name: pair
nodes:
  a: {interfaces: {eth0: {addresses: [192.0.2.1/24]}}}
  b: {interfaces: {eth0: {addresses: [192.0.2.2/24]}}}
links:
  wire: {ends: ["a:eth0", "b:eth0"]}
"""
ALONE = "name: alone\nnodes:\n  a: "


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ISTHMUS_LAB_RUNTIME", str(tmp_path / "run"))
    return tmp_path / "run"


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    file = tmp_path / "pair.yaml"
    file.write_text(PAIR)
    skip_unless_it_stands(Lab.from_file(file).topology)
    return file


def processes(marker: str) -> list[str]:
    """The command lines on the machine that hold a text."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = process.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if marker in words:
            found.append(words)
    return found


def isthmus_lab(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "isthmus_lab", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False)


def test_the_command_line_brings_a_lab_up_and_down(pair: Path, runtime: Path) -> None:
    up = isthmus_lab("up", pair)
    assert up.returncode == 0, up.stderr
    ports = {name: about["port"] for name, about in find().status()["hosts"].items()}
    assert up.stdout.splitlines() == [
        f"a  ssh root@127.0.0.1:{ports['a']}",
        f"b  ssh root@127.0.0.1:{ports['b']}",
        f"pair is up: {runtime}/labs/pair (devices.yaml, ssh_key, known_hosts)",
    ]
    assert isthmus_lab("exec", "a", "--", "ping", "-c", "1", "192.0.2.2").returncode == 0
    assert isthmus_lab("exec", "a", "--", "sh", "-c", "exit 7").returncode == 7
    assert isthmus_lab("exec", "--lab", "pair", "b", "hostname").stdout == "b\n"
    down = isthmus_lab("down")
    assert (down.returncode, down.stdout) == (0, "pair is down\n")
    assert list(runtime.iterdir()) == []


def test_what_it_cannot_do_is_one_line_and_status_1(pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Lab.from_file(pair) as lab:
        assert main(["up", str(pair)]) == 1
        assert main(["exec", "x", "--", "true"]) == 1
        assert main(["capture", "wireless"]) == 1
        assert main(["reboot", "x"]) == 1
        assert main(["graph", "--lab", "other"]) == 1
        assert lab.host("a").pid
    assert main(["down"]) == 1
    assert main(["down", "pair"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "isthmus-lab: the lab pair is up already: isthmus-lab down pair, or choose a --name",
        "isthmus-lab: pair has no Linux host x; there are a, b",
        "isthmus-lab: pair has no link wireless; there are wire",
        "isthmus-lab: x is no Linux host of this lab; there are a, b",
        "isthmus-lab: no lab other is up; up are pair",
        "isthmus-lab: no lab is up: isthmus-lab up",
        "isthmus-lab: no lab pair is up",
    ]


def test_the_graph_shows_what_stands(pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Lab.from_file(pair) as lab:
        lab.host("b").run(["ip", "address", "add", "198.51.100.7/24", "dev", "eth0"])
        assert main(["graph"]) == 0
        ports = [lab.host(name).port for name in ("a", "b")]
    assert capsys.readouterr().out.splitlines()[1:] == [
        "",
        "wire  (mtu 1500)",
        "├── a:eth0",
        "└── b:eth0",
        "",
        f"a  ssh root@127.0.0.1:{ports[0]}",
        "  eth0  wire  up  mtu 1500  192.0.2.1/24",
        "",
        f"b  ssh root@127.0.0.1:{ports[1]}",
        "  eth0  wire  up  mtu 1500  192.0.2.2/24  198.51.100.7/24",
    ]


def test_two_labs_at_once_do_not_see_each_other(pair: Path) -> None:
    with Lab.from_file(pair) as one, Lab.from_file(pair, name="two") as two:
        one.host("b").run(["ip", "address", "flush", "dev", "eth0"])
        two.host("a").run(["ping", "-c", "1", "-W", "5", "192.0.2.2"])
        assert one.host("a").run(["ping", "-c", "1", "-W", "1", "192.0.2.2"], check=False).returncode == 1
        assert ssh(two, "a", "hostname").stdout == "a\n"
        with pytest.raises(LabError, match="say which lab: --lab pair or --lab two"):
            find()
        one.down()
        two.host("a").run(["ping", "-c", "1", "-W", "5", "192.0.2.2"])
        one.up()


def test_a_capture_shows_the_packets_of_a_link(pair: Path, tmp_path: Path) -> None:
    with Lab.from_file(pair) as lab:
        record = tmp_path / "wire.pcap"
        words = lab.capturing("wire", ["-n", "-U", "-w", str(record), "-c", "2", "icmp"])
        with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as capture:
            assert capture.stderr is not None
            assert any("listening on wire" in line for line in capture.stderr)
            lab.host("a").run(["ping", "-c", "1", "192.0.2.2"])
            assert capture.wait(30) == 0
        seen = subprocess.run(["tcpdump", "-n", "-r", record], capture_output=True, text=True, check=True).stdout
    assert "192.0.2.1 > 192.0.2.2: ICMP echo request" in seen
    assert "192.0.2.2 > 192.0.2.1: ICMP echo reply" in seen


def test_a_reboot_keeps_etc_and_var_and_loses_run_tmp_and_the_network(pair: Path) -> None:
    with Lab.from_file(pair) as lab:
        b, mac = lab.host("b"), ["cat", "/sys/class/net/eth0/address"]
        before = b.pid, b.run(mac).stdout
        b.run(["sh", "-c", "for f in /etc /var /root /run /tmp; do echo x > $f/mark; done"])
        b.run(["ip", "link", "add", "br0", "type", "bridge"])
        b.run(["ip", "link", "set", "eth0", "master", "br0", "address", "02:00:00:00:00:99"])
        b.run(["ip", "netns", "add", "inner"])
        b.run(["sysctl", "-q", "-w", "net.ipv4.ip_forward=1"])
        lab.host("a").run(["ip", "address", "add", "198.51.100.1/24", "dev", "eth0"])
        b.reboot()
        marks = b.run(["sh", "-c", "ls -d /etc/mark /var/mark /root/mark /run/mark /tmp/mark; true"]).stdout
        assert marks.split() == ["/etc/mark", "/root/mark", "/var/mark"]
        assert b.run(["ls", "/sys/class/net"]).stdout.split() == ["eth0", "lo"]
        assert b.run(["ip", "netns"]).stdout == ""
        assert b.run(["cat", "/proc/sys/net/ipv4/ip_forward"]).stdout == "0\n"
        assert b.run(mac).stdout == before[1]
        assert b.pid != before[0]
        assert "198.51.100.1" in lab.host("a").run(["ip", "address"]).stdout
        lab.host("a").run(["ping", "-c", "1", "-W", "5", "192.0.2.2"])
        assert ssh(lab, "b", "hostname").stdout == "b\n"


def test_a_host_that_reboots_by_itself_comes_back(pair: Path) -> None:
    with Lab.from_file(pair) as lab:
        before = lab.host("b").pid
        lab.host("b").run(["reboot", "-ff"], check=False)
        wait_until(lambda: lab.status()["hosts"]["b"]["pid"] not in (None, before), 30)
        wait_until(lambda: ssh(lab, "b", "hostname", check=False).stdout == "b\n", 30)
        lab.host("a").run(["ping", "-c", "1", "-W", "5", "192.0.2.2"])


def test_a_host_that_dies_is_seen_and_can_be_started_again(pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Lab.from_file(pair) as lab:
        os.kill(lab.host("b").pid, signal.SIGKILL)
        wait_until(lambda: lab.status()["hosts"]["b"]["pid"] is None)
        with pytest.raises(LabError, match="b is down: isthmus-lab reboot b starts it again"):
            lab.host("b").run(["true"])
        assert main(["graph"]) == 0
        assert "b  down" in capsys.readouterr().out.splitlines()
        assert main(["reboot", "b"]) == 0
        lab.host("a").run(["ping", "-c", "1", "-W", "5", "192.0.2.2"])


@pytest.mark.parametrize("victim", ["keeper", "launcher"])
def test_everything_of_a_lab_ends_with_its_keeper(pair: Path, runtime: Path, victim: str) -> None:
    lab = Lab.from_file(pair).up()
    keeping = Keeping.read(lab.folder.keeper)
    assert keeping is not None
    marker, hosts = "exec-in-lab-4711", [lab.host("a").pid, lab.host("b").pid]
    inside = lab.host("a").start(["sh", "-c", f"sleep infinity; : {marker}"])
    pid = keeping.process.pid if victim == "keeper" else _parent(keeping.process.pid)
    os.kill(pid, signal.SIGKILL)
    assert keeping.process.wait(30)
    wait_until(lambda: not any(Path(f"/proc/{host}").exists() for host in hosts), 30)
    wait_until(lambda: not processes(str(lab.folder.path)), 30)
    inside.wait(30)
    assert not processes(marker)
    assert "isthmus-lab" not in Path("/proc/self/mountinfo").read_text()
    lab.up()
    lab.host("a").run(["ping", "-c", "1", "-W", "5", "192.0.2.2"])
    lab.down()
    assert list(runtime.iterdir()) == []


def test_down_removes_what_a_crash_left(pair: Path, runtime: Path) -> None:
    assert isthmus_lab("up", pair).returncode == 0
    keeping = Keeping.read(Folder.of("pair").keeper)
    assert keeping is not None
    keeping.process.kill()
    assert keeping.process.wait(30)
    assert main(["down", "pair"]) == 0
    assert list(runtime.iterdir()) == []


def test_a_lab_of_a_program_ends_with_the_program(pair: Path, runtime: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from isthmus_lab import Lab
with Lab.from_file(Path({str(pair)!r})):
    print("up", flush=True)
    sys.stdin.read()
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        assert processes(str(runtime / "labs/pair"))
        process.kill()
    wait_until(lambda: not processes(str(runtime / "labs/pair")), 60)


def test_a_killed_up_leaves_nothing_that_the_next_does_not_remove(pair: Path, runtime: Path) -> None:
    command = [sys.executable, "-m", "isthmus_lab", "up", str(pair)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as up:
        wait_until((runtime / "labs/pair/keeper.json").exists, 30)
        up.kill()
    wait_until((runtime / "labs/pair/control.sock").exists, 60)
    assert main(["down", "pair"]) == 0
    with Lab.from_file(pair) as lab:
        lab.host("a").run(["ping", "-c", "1", "-W", "5", "192.0.2.2"])


def test_down_ends_a_lab_that_is_being_brought_up(pair: Path, runtime: Path) -> None:
    command = [sys.executable, "-m", "isthmus_lab", "up", str(pair)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as up:
        wait_until((runtime / "labs/pair/keeper.json").exists, 30)
        assert main(["down", "pair"]) == 0
        assert up.wait(60) == 1
        assert up.stderr is not None
        assert up.stderr.read().startswith("isthmus-lab: the lab pair was ended before it stood")
    wait_until(lambda: not list(runtime.iterdir()), 30)


def test_an_interrupted_up_takes_everything_back(pair: Path, runtime: Path) -> None:
    command = [sys.executable, "-m", "isthmus_lab", "up", str(pair)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as up:
        wait_until((runtime / "labs/pair/keeper.json").exists, 30)
        up.send_signal(signal.SIGINT)
        assert up.wait(60) != 0
    assert not processes("isthmus_lab.linux.keeper " + str(runtime))
    assert list(runtime.iterdir()) == []


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ("{on_boot: [[ip, link, add, x, type, nonsense]]}", r"a: ip: Error: Unknown device type. \(status 2\)"),
        ("{run: [[sh, -c, 'echo cannot bind; exit 3']]}", r"a: run: sh: cannot bind \(status 3\)"),
        ("{sysctls: {net.ipv4.nonsense: 1}}", "a: sysctls: cannot set net.ipv4.nonsense to 1: No such file"),
        ("{sysctls: {net.ipv4.ip_forward: much}}", "a: sysctls: cannot set net.ipv4.ip_forward to much: Invalid"),
        ("{routes: [{to: default, via: 192.0.2.1}]}", "a: route: Error: Nexthop has invalid gateway"),
        ("{run: [[no-such-program]]}", "no such program here: no-such-program"),
        ("{ssh: {port: 1}}", None),
    ],
)
def test_a_lab_that_cannot_stand_leaves_nothing(tmp_path: Path, runtime: Path, node: str, message: str | None) -> None:
    file = tmp_path / "alone.yaml"
    file.write_text(ALONE)
    skip_unless_it_stands(Lab.from_file(file).topology)
    file.write_text(ALONE + node)
    if message is None:
        with Lab.from_file(file) as lab:
            assert lab.host("a").port == 1
            message = "cannot listen on 127.0.0.1:1: .*: choose another ssh.port"
            with pytest.raises(LabError, match=message):
                Lab.from_file(file, name="second").up()
    else:
        with pytest.raises(LabError, match=message):
            Lab.from_file(file).up()
    assert not processes(str(runtime))
    assert not any((runtime / "labs").glob("*"))


def test_an_emulated_router_stands_beside_hosts(tmp_path: Path) -> None:
    with standing(tmp_path / "mixed.yaml", "name: mixed\nnodes:\n  a:\n  seattle: {kind: routeros}\n") as lab:
        devices = yaml.safe_load(lab.devices.read_text())
        seattle = devices["seattle"]
        assert Control.of("mixed.seattle").info()["api_ssl_port"] == seattle["port"]
        password = (lab.folder.path / seattle["password"]["file"]).read_text().removesuffix("\n")
        port = Control.of("mixed.seattle").info()["api_port"]
        with RawClient(port) as client:
            client.log_in(seattle["user"], password)
    assert not Folder.of("mixed").path.exists()


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
