"""A change over SSH that cuts SSH is taken back by the host itself; one that does not, stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from isthmus_lab import Lab
from isthmus_lab.linux import needs
from tests.support.deployment import Deployment
from tests.support.labs import skip_unless, ssh, standing
from tests.support.refused import errors
from tests.support.running import Running
from tests.support.waiting import wait_until

pytestmark = pytest.mark.timeout(300)
GUARD = 12
HOSTS = ("whole", "light")
"""With systemd, whose timer it is, and without, where a process of the agent's waits."""
STANZA = "auto eth0\\niface eth0 inet static\\n  address 203.0.113.5/24\\n"
TOPOLOGY = f"""\
name: guard
nodes:
  whole:
    whole: true
    interfaces: {{eth0: {{}}}}
    files: {{/etc/network/interfaces.d/eth0: "{STANZA}"}}
    on_boot: [[systemctl, add-wants, multi-user.target, networking.service], [systemctl, start, networking]]
    ssh: {{through: eth0, source: 203.0.113.250/24, address: 203.0.113.5}}
  light:
    interfaces: {{eth0: {{addresses: [203.0.113.6/24]}}}}
    ssh: {{through: eth0, source: 203.0.113.251/24}}
links:
  lan: {{ends: ["whole:eth0", "light:eth0"]}}
"""
CUTTING = {
    "firewall": 'linux.NftTable("{host}", name="cut", device="{host}", content="""chain input {{\n'
    'type filter hook input priority 0; tcp dport 22 drop; }}""")',
    "route": 'linux.Route("{host}", device="{host}", dst="{source}/32", type="blackhole")',
    "rule": 'linux.Rule("{host}", device="{host}", priority=10, to="{source}/32", action="blackhole")',
    "takeover": 'linux.BridgeTakeover("{host}", name="br0", device="{host}", port="eth0")',
}
"""What cuts the way in; a takeover does so where the firewall drops what comes in by a bridge."""
DROPPING = "table inet dropping { chain in { type filter hook input priority 0; iifname br0 drop; }; }"
SOURCES = {"whole": "203.0.113.250", "light": "203.0.113.251"}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    for program in ("ifup", "nft"):
        skip_unless(lambda name=program: needs.program(name))  # type: ignore[misc]
    folder = tmp_path_factory.mktemp("lab")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISTHMUS_LAB_RUNTIME", str(folder / "run"))
        with standing(folder / "guard.yaml", TOPOLOGY) as lab:
            for host in HOSTS:
                lab.host(host).run(["nft", "-f", "-"], input=DROPPING)
            yield lab


@pytest.fixture
def project(lab: Lab, tmp_path: Path) -> Iterator[Deployment]:
    with Deployment(tmp_path / "project") as project:
        for name, entry in yaml.safe_load(lab.devices.read_text()).items():
            key = str(lab.devices.parent / entry["key"])
            project.device(name, {**entry, "key": key, "guard": GUARD, "timeout": 3})
        yield project


def state(lab: Lab, host: str) -> str:
    """Return what a change may leave on a host: in the kernel, in files, and of the agent's own."""
    shown = (
        ["ip", "-o", "link"],
        ["ip", "-o", "-4", "address"],
        ["ip", "route", "show", "table", "all"],
        ["ip", "rule"],
        ["nft", "list", "tables"],
        ["find", "/etc/network", "/etc/systemd/system", "-type", "f", "-exec", "sha256sum", "{}", "+"],
        ["find", "/var/lib/isthmus", "-type", "f"],
    )
    node = lab.host(host)
    lines = [line for look in shown for line in node.run(list(look), check=False).stdout.splitlines()]
    return "\n".join(line.split(" valid_lft")[0] for line in lines)


def waiting(lab: Lab, host: str) -> str:
    """Return what waits on a host to undo a change: timers, processes, notes."""
    node = lab.host(host)
    timers = node.run(["systemctl", "list-timers", "--no-legend", "isthmus-undo-*"], check=False).stdout
    processes = [line for line in node.run(["ps", "-eo", "args"]).stdout.splitlines() if "agent.pyz watch" in line]
    notes = node.run(["find", "/var/lib/isthmus/undo", "-name", "*.json"], check=False).stdout
    return "".join([timers, *processes, notes])


def program(text: str) -> str:
    """Return a program that says the same of both hosts."""
    return "".join(text.format(host=host, source=SOURCES[host]) + "\n" for host in HOSTS)


def states(lab: Lab) -> list[str]:
    return [state(lab, host) for host in HOSTS]


@pytest.mark.parametrize("cut", CUTTING)
def test_what_cuts_the_way_in_is_taken_back(project: Deployment, lab: Lab, cut: str) -> None:
    before = states(lab)
    project.program(program(CUTTING[cut]))
    outcome = project.up("--continue-on-error", check=False)
    told = errors(outcome)
    for host in HOSTS:
        assert [line for line in told if f"{host}: the change cuts the way in" in line], outcome.text
    assert "Traceback" not in outcome.text
    wait_until(lambda: states(lab) == before, 60)
    for host in HOSTS:
        ssh(lab, host, "true")
        wait_until(lambda host=host: not waiting(lab, host), 30)  # type: ignore[misc]


def test_a_killed_run_is_taken_back_too(project: Deployment, lab: Lab) -> None:
    before = states(lab)
    project.program(program(CUTTING["firewall"]))
    with Running(project):
        wait_until(lambda: all("table inet cut" in shown for shown in states(lab)), 60)
    wait_until(lambda: states(lab) == before, 60)
    for host in HOSTS:
        ssh(lab, host, "true")


def test_what_leaves_the_way_in_stands(project: Deployment, lab: Lab) -> None:
    before = states(lab)
    kept = 'linux.NftTable("{host}", name="kept", device="{host}", content="chain input {{ }}")'
    project.program(program(kept))
    project.up()
    for host in HOSTS:
        wait_until(lambda host=host: not waiting(lab, host), 60)  # type: ignore[misc]
    assert all("table inet kept" in shown for shown in states(lab))
    project.unchanged("--refresh")
    project.destroy()
    assert states(lab) == before
