"""Services on a whole host, whose first process is systemd."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from isthmus_lab import Lab
from isthmus_lab.linux.lab import Node
from tests.support.deployment import Deployment
from tests.support.labs import standing
from tests.support.node_agent import Agent, HostRefusesError, agent_on, read, write

MARK = "u-7f3a-9c01d2e4"
GOOD = """\
[Service]
ExecStart=/bin/sh -c 'echo started >> /run/good.log; exec sleep infinity'
ExecReload=/bin/sh -c 'echo reloaded >> /run/good.log'
[Install]
WantedBy=multi-user.target
"""
BAD = """\
[Service]
ExecStart=/bin/sh -c 'echo "no tun7, password=hunter2 key aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd28="; exit 3'
"""
ONCE = "[Service]\nType=oneshot\nExecStart=/bin/true\n"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("services")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISTHMUS_LAB_RUNTIME", str(folder / "run"))
        with standing(folder / "services.yaml", "name: services\nnodes:\n  h: {whole: true}\n") as lab:
            yield lab


@pytest.fixture(scope="module")
def node(lab: Lab) -> Node:
    return lab.host("h")


@pytest.fixture
def agent(node: Node) -> Iterator[Agent]:
    node.run(["sh", "-c", "rm -f /run/good.log"])
    for name, text in {"good": GOOD, "bad": BAD, "once": ONCE}.items():
        write(node, f"/etc/systemd/system/{name}.service", text)
    with agent_on(node) as agent:
        yield agent
    node.run(["systemctl", "disable", "--now", "--quiet", "good"], check=False)
    node.run(["systemctl", "reset-failed"])


def service(name: str = "good.service", **props: Any) -> dict[str, Any]:
    return {"kind": "service", "mark": MARK, "props": {"name": name, **props}}


def state(node: Node, name: str = "good") -> tuple[str, str]:
    active = node.run(["systemctl", "is-active", name], check=False).stdout.strip()
    return active, node.run(["systemctl", "is-enabled", name], check=False).stdout.strip()


def test_a_service_is_started_enabled_and_given_back(agent: Agent, node: Node) -> None:
    (made,) = agent.put(service(running=True, enabled=True))
    assert made["former"] == {
        "name": "good.service",
        "masked": False,
        "running": False,
        "enabled": False,
        "triggers": "",
    }
    assert state(node) == ("active", "enabled")
    node.run(["systemctl", "disable", "--now", "good"])
    (shown,) = agent.ask("read", kind="service")
    assert (shown["running"], shown["enabled"]) == (False, False)
    agent.put(service(running=True, enabled=True))
    assert state(node) == ("active", "enabled")
    agent.drop(service(running=True, enabled=True))
    assert state(node) == ("inactive", "disabled")
    assert node.run(["test", "-e", "/var/lib/isthmus"], check=False).returncode == 1


def test_what_ran_before_runs_again_after_destroy(agent: Agent, node: Node) -> None:
    node.run(["systemctl", "enable", "--now", "good"])
    agent.put(service(running=False, enabled=False, masked=False))
    assert state(node) == ("inactive", "disabled")
    agent.drop(service())
    assert state(node) == ("active", "enabled")


def test_a_trigger_restarts_or_reloads_what_runs_and_only_when_it_changes(agent: Agent, node: Node) -> None:
    agent.put(service(running=True, triggers="sha256:1", on_change="restart"))
    assert read(node, "/run/good.log") == "started\n"
    agent.put(service(running=True, triggers="sha256:1", on_change="restart"))
    assert read(node, "/run/good.log") == "started\n"
    agent.put(service(running=True, triggers="sha256:2", on_change="restart"))
    assert read(node, "/run/good.log") == "started\nstarted\n"
    agent.put(service(running=True, triggers="sha256:3", on_change="reload"))
    assert read(node, "/run/good.log") == "started\nstarted\nreloaded\n"
    agent.drop(service())


def test_a_changed_unit_file_is_read_before_a_restart(agent: Agent, node: Node) -> None:
    agent.put(service(running=True, triggers="sha256:1"))
    write(node, "/etc/systemd/system/good.service", GOOD.replace("started", "changed"))
    agent.put(service(running=True, triggers="sha256:2"))
    assert read(node, "/run/good.log") == "started\nchanged\n"
    agent.drop(service())


def test_a_unit_whose_file_has_just_come_is_found(agent: Agent, node: Node) -> None:
    node.run(["systemctl", "status", "late"], check=False)
    write(node, "/etc/systemd/system/late.service", GOOD)
    agent.put(service("late.service", running=True))
    assert state(node, "late")[0] == "active"
    agent.drop(service("late.service"))
    assert state(node, "late")[0] == "inactive"


def test_a_failed_start_tells_the_last_lines_of_the_journal_without_secrets(agent: Agent, node: Node) -> None:
    with pytest.raises(HostRefusesError) as refused:
        agent.put(service("bad.service", running=True))
    said = str(refused.value)
    assert said.startswith(
        "service bad.service: running: it ended right after its start: bad.service failed (exit-code)"
    )
    assert "no tun7" in said
    assert "hunter2" not in said
    assert "aGVsbG8" not in said
    assert "\n" not in said
    assert state(node, "bad")[0] == "failed"


def test_what_cannot_be_is_said_with_its_remedy(agent: Agent) -> None:
    with pytest.raises(HostRefusesError, match=r"service none.service: name: there is no unit none.service: install"):
        agent.put(service("none.service", running=True))
    with pytest.raises(HostRefusesError, match="enabled: its file is static, so others start it: leave enabled out"):
        agent.put(service("once.service", enabled=True))
    with pytest.raises(HostRefusesError, match=r"running: it does its work and ends \(Type=oneshot\)"):
        agent.put(service("once.service", running=True))
    with pytest.raises(HostRefusesError, match="on_change: it cannot be reloaded: set on_change='restart'"):
        agent.put(service("systemd-logind.service", triggers="sha256:1", on_change="reload"))


def test_a_masked_unit_is_named_and_may_be_unmasked(agent: Agent, node: Node) -> None:
    write(node, "/usr/local/lib/systemd/system/veiled.service", GOOD)
    node.run(["systemctl", "mask", "veiled"])
    with pytest.raises(
        HostRefusesError, match="masked: it is masked: set masked=False, or run systemctl unmask veiled"
    ):
        agent.put(service("veiled.service", running=True))
    agent.put(service("veiled.service", running=True, masked=False))
    assert state(node, "veiled")[0] == "active"
    agent.drop(service("veiled.service"))
    assert state(node, "veiled") == ("inactive", "masked")


PROGRAM = """
unit = linux.File("unit", device="h", path="/etc/systemd/system/app.service", content={unit!r})
conf = linux.File("conf", device="h", path="/etc/app.conf", secret_content={conf!r})
linux.Service("app", device="h", name="app", running=True, enabled=True, triggers=[unit.content, conf.secret_content])
"""


def test_a_daemon_with_its_files_comes_changes_drifts_and_goes(project: Deployment, lab: Lab, node: Node) -> None:
    unit = GOOD.replace("good", "app")
    project.pulumi("config", "set", "isthmus:devices", str(lab.devices), check=True)
    project.program(PROGRAM.format(unit=unit, conf="secret-one"))
    project.up()
    assert state(node, "app") == ("active", "enabled")
    project.unchanged("--refresh")
    project.program(PROGRAM.format(unit=unit, conf="secret-two"))
    project.up()
    assert read(node, "/run/app.log") == "started\nstarted\n"
    node.run(["systemctl", "disable", "--now", "app"])
    assert "enabled" in project.preview("--refresh").text
    project.up("--refresh")
    assert state(node, "app") == ("active", "enabled")
    project.destroy()
    assert state(node, "app")[0] == "inactive"
    assert node.run(["test", "-e", "/etc/systemd/system/app.service"], check=False).returncode == 1
