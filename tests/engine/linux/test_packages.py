"""Packages on a whole host, from a repository of its own."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from isthmus_lab.linux.lab import Node
from tests.support.deployment import Deployment
from tests.support.labs import standing
from tests.support.node_agent import Agent, HostRefusesError, agent_on, read, write

MARK, OTHER = "u-7f3a-9c01d2e4", "u-7f3a-00000001"
UNIT = "[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n"
POSTINST = """\
#!/bin/sh
set -e
systemctl daemon-reload
systemctl enable --quiet isthmus-daemon
deb-systemd-invoke start isthmus-daemon.service
"""
SLOW_RUNS = "until pgrep -f '[i]sthmus-slow.postinst'; do sleep 0.1; done"
SLOW = "#!/bin/sh\nuntil [ -e /run/go ]; do sleep 0.1; done\n"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    folder = tmp_path_factory.mktemp("packages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISTHMUS_LAB_RUNTIME", str(folder / "run"))
        with standing(folder / "packages.yaml", "name: packages\nnodes:\n  h: {whole: true}\n") as lab:
            node = lab.host("h")
            set_up_repository(node)
            yield node


def set_up_repository(node: Node) -> None:
    """Let the host know one repository, on its own disk."""
    package(node, "isthmus-alpha", "Depends: isthmus-library\nRecommends: isthmus-extra\n")
    package(node, "isthmus-library")
    package(node, "isthmus-extra")
    package(node, "isthmus-theirs", "Depends: isthmus-alpha\n")
    write(node, "/build/isthmus-daemon/usr/lib/systemd/system/isthmus-daemon.service", UNIT)
    package(node, "isthmus-daemon", postinst=POSTINST)
    package(node, "isthmus-slow", postinst=SLOW)
    package(node, "isthmus-broken", postinst="#!/bin/sh\nexit 7\n")
    node.run(["rm", "-f", "/usr/sbin/policy-rc.d"])
    node.run(["sh", "-c", "rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/*"])
    write(node, "/etc/apt/sources.list", "deb [trusted=yes] file:/repository ./\n")
    publish(node)
    node.run(["apt-get", "update"])


def package(node: Node, name: str, words: str = "", postinst: str = "") -> None:
    """Build a package."""
    root = f"/build/{name}"
    control = f"Package: {name}\nVersion: 1\nArchitecture: all\nMaintainer: nobody\n{words}Description: for a test\n"
    write(node, f"{root}/DEBIAN/control", control)
    if postinst:
        write(node, f"{root}/DEBIAN/postinst", postinst)
        node.run(["chmod", "755", f"{root}/DEBIAN/postinst"])
    node.run(["mkdir", "-p", "/repository"])
    node.run(["dpkg-deb", "--build", "--root-owner-group", root, f"/repository/{name}.deb"])


def publish(node: Node) -> None:
    """Write the repository's index."""
    entries = []
    for name in node.run(["ls", "/repository"]).stdout.split():
        if name.endswith(".deb"):
            content = bytes.fromhex(
                node.run(["sh", "-c", f"od -An -v -tx1 /repository/{name}"]).stdout.replace("\n", "")
            )
            control = node.run(["dpkg-deb", "--field", f"/repository/{name}"]).stdout.rstrip()
            facts = f"Filename: ./{name}\nSize: {len(content)}\nSHA256: {hashlib.sha256(content).hexdigest()}"
            entries.append(f"{control}\n{facts}\n")
    write(node, "/repository/Packages", "\n".join(entries))


@pytest.fixture
def agent(node: Node) -> Iterator[Agent]:
    with agent_on(node) as agent:
        yield agent
    node.run(["sh", "-c", "systemctl stop isthmus-daemon; apt-get purge -y 'isthmus-*'; rm -rf /var/lib/isthmus"])


def packages(*names: str, title: str = "tools", mark: str = MARK, keep: bool = False) -> dict[str, Any]:
    return {"kind": "packages", "mark": mark, "props": {"name": title, "names": sorted(names), "keep": keep}}


def present(node: Node) -> set[str]:
    shown = node.run(["dpkg-query", "--show", "--showformat=${db:Status-Abbrev} ${Package}\n"]).stdout
    return {line.split()[1] for line in shown.splitlines() if line.startswith("ii") and " isthmus-" in line}


def test_what_is_missing_is_installed_and_goes_with_what_came_along(agent: Agent, node: Node) -> None:
    everything = node.run(["dpkg-query", "--show"]).stdout
    (made,) = agent.put(packages("isthmus-alpha", "coreutils"))
    assert made["actual"]["names"] == ["coreutils", "isthmus-alpha"]
    assert present(node) == {"isthmus-alpha", "isthmus-library"}
    agent.drop(packages("isthmus-alpha", "coreutils"))
    assert present(node) == set()
    assert node.run(["dpkg-query", "--show"]).stdout == everything
    assert node.run(["test", "-e", "/var/lib/isthmus"], check=False).returncode == 1


def test_a_removed_package_is_seen_and_installed_again(agent: Agent, node: Node) -> None:
    agent.put(packages("isthmus-extra", "isthmus-library"))
    node.run(["apt-get", "remove", "-y", "isthmus-extra"])
    assert [shown["names"] for shown in agent.ask("read", kind="packages")] == [["isthmus-library"]]
    agent.put(packages("isthmus-extra", "isthmus-library"))
    assert present(node) == {"isthmus-extra", "isthmus-library"}


def test_what_was_there_before_stays(agent: Agent, node: Node) -> None:
    node.run(["apt-get", "install", "-y", "--no-install-recommends", "isthmus-library"])
    agent.put(packages("isthmus-library"))
    agent.put(packages("isthmus-extra", "isthmus-library"))
    agent.put(packages("isthmus-library"))
    assert present(node) == {"isthmus-library"}
    agent.drop(packages("isthmus-library"))
    assert present(node) == {"isthmus-library"}


def test_a_package_in_two_lists_goes_with_the_last(agent: Agent, node: Node) -> None:
    other = packages("isthmus-extra", title="others", mark=OTHER)
    agent.put(packages("isthmus-extra"), other)
    agent.drop(packages("isthmus-extra"))
    assert present(node) == {"isthmus-extra"}
    agent.drop(other)
    assert present(node) == set()


def test_what_others_need_by_now_stays(agent: Agent, node: Node) -> None:
    agent.put(packages("isthmus-alpha", "isthmus-extra"))
    node.run(["apt-get", "install", "-y", "--no-install-recommends", "isthmus-theirs"])
    agent.drop(packages("isthmus-alpha", "isthmus-extra"))
    assert present(node) == {"isthmus-theirs", "isthmus-alpha", "isthmus-library"}


def test_packages_are_kept_if_asked(agent: Agent, node: Node) -> None:
    agent.put(packages("isthmus-extra", keep=True))
    agent.drop(packages("isthmus-extra", keep=True))
    assert present(node) == {"isthmus-extra"}


def test_no_daemon_is_started_by_its_installation(agent: Agent, node: Node) -> None:
    agent.put(packages("isthmus-daemon"))
    assert node.run(["systemctl", "is-active", "isthmus-daemon"], check=False).stdout.strip() == "inactive"
    assert node.run(["test", "-e", "/usr/sbin/policy-rc.d"], check=False).returncode == 1


def test_a_policy_of_the_hosts_own_is_left_alone(agent: Agent, node: Node) -> None:
    write(node, "/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 0\n")
    node.run(["chmod", "755", "/usr/sbin/policy-rc.d"])
    agent.put(packages("isthmus-daemon"))
    assert node.run(["systemctl", "is-active", "isthmus-daemon"], check=False).stdout.strip() == "active"
    assert read(node, "/usr/sbin/policy-rc.d") == "#!/bin/sh\nexit 0\n"
    node.run(["rm", "/usr/sbin/policy-rc.d"])


def test_an_unknown_package_is_looked_for_in_a_new_index_and_then_named(agent: Agent, node: Node) -> None:
    with pytest.raises(
        HostRefusesError, match=r"packages tools: names: no repository of this host has the package isth"
    ):
        agent.put(packages("isthmus-extra", "isthmus-new"))
    assert present(node) == set()
    package(node, "isthmus-new")
    publish(node)
    agent.put(packages("isthmus-new"))
    assert present(node) == {"isthmus-new"}


def test_a_package_that_fails_is_named_and_nothing_of_the_list_stays(agent: Agent, node: Node) -> None:
    with pytest.raises(
        HostRefusesError, match=r"packages tools: apt-get install: dpkg: error processing package isthmus-b"
    ):
        agent.put(packages("isthmus-broken", "isthmus-extra"))
    assert present(node) == set()


def test_another_installation_is_waited_for(agent: Agent, node: Node) -> None:
    node.run(["rm", "-f", "/run/go"])
    with node.start(["apt-get", "install", "-y", "isthmus-slow"], stdout=subprocess.DEVNULL) as other:
        node.run(["sh", "-c", SLOW_RUNS])
        waits = "until pgrep -f 'apt-get.*install [i]sthmus-extra'; do sleep 0.1; done; touch /run/go"
        with node.start(["sh", "-c", waits], stdout=subprocess.DEVNULL):
            agent.put(packages("isthmus-extra"))
        assert other.wait(60) == 0
    assert present(node) == {"isthmus-extra", "isthmus-slow"}


def test_a_killed_installation_is_still_ours(agent: Agent, node: Node) -> None:
    node.run(["rm", "-f", "/run/go"])
    kills = f"{SLOW_RUNS}; pkill -9 -f '[a]gent.pyz'; pkill -9 -f '[i]sthmus-slow'; touch /run/go"
    with node.start(["sh", "-c", kills], stdout=subprocess.DEVNULL), pytest.raises(ValueError, match="Expecting value"):
        agent.put(packages("isthmus-slow"))
    with agent_on(node) as another:
        another.put(packages("isthmus-slow"))
        assert present(node) == {"isthmus-slow"}
        another.drop(packages("isthmus-slow"))
    assert present(node) == set()
    assert node.run(["test", "-e", "/usr/sbin/policy-rc.d"], check=False).returncode == 1


PROGRAM = 'linux.Packages("tools", device="h", names={names})'


def test_a_program_declares_packages_sees_them_gone_and_destroys_them(project: Deployment, node: Node) -> None:
    project.pulumi("config", "set", "isthmus:devices", str(node.lab.devices), check=True)
    project.program(PROGRAM.format(names=["isthmus-alpha", "coreutils"]))
    project.up()
    assert present(node) == {"isthmus-alpha", "isthmus-library"}
    node.run(["apt-get", "remove", "-y", "isthmus-alpha"])
    assert "isthmus-alpha" in project.preview("--refresh").text
    project.up("--refresh")
    project.unchanged("--refresh")
    project.program(PROGRAM.format(names=["isthmus-extra"]))
    project.up()
    assert present(node) == {"isthmus-extra"}
    project.program(PROGRAM.format(names=["isthmus extra=1.0"]))
    assert "h: packages: names: expected a package's name without version" in project.preview(check=False).text
    project.destroy()
    assert present(node) == set()
