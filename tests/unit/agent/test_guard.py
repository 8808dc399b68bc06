"""A guarded change is taken back by the host itself, unless it is confirmed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from isthmus.transports.linux.zipapp import zipapp
from isthmus_agent import calls, guard, watchdog
from isthmus_agent.host import Host
from isthmus_agent.kinds.links import session
from tests.support.linux import ip
from tests.support.waiting import wait_until
from tests.unit.agent.test_changes import bridge


@pytest.fixture(autouse=True)
def _agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = tmp_path / "agent.pyz"
    agent.write_bytes(zipapp().content)
    monkeypatch.setattr(sys, "argv", [str(agent)])
    monkeypatch.setattr(session, "over", lambda *_: True)
    monkeypatch.setenv("ISTHMUS_AGENT_HOME", str(tmp_path / "isthmus"))


def test_a_change_that_is_not_confirmed_is_taken_back_by_the_host(host: Host, netns: str) -> None:
    calls.put(host, [bridge(netns, mtu=1400)])
    calls.put(host, [bridge(netns, mtu=1300)], guard=1)
    assert "mtu 1300" in ip(netns, "link", "show", "br0")
    wait_until(lambda: "mtu 1400" in ip(netns, "link", "show", "br0"))
    assert calls.confirm(host, "00000000") is False


def test_a_creation_that_is_not_confirmed_leaves_nothing(host: Host, netns: str) -> None:
    calls.put(host, [bridge(netns)], guard=1)
    wait_until(lambda: "br0" not in ip(netns, "link"))
    wait_until(lambda: not host.base.exists())


def test_a_confirmed_change_stands(host: Host, netns: str) -> None:
    calls.put(host, [bridge(netns, mtu=1400)])
    answer = calls.put(host, [bridge(netns, mtu=1300)], guard=60)
    assert guard.pending(host) == [answer["guard"]]
    assert calls.confirm(host, answer["guard"])
    assert guard.pending(host) == []
    assert not watchdog.unconfirmed(str(host.home / "undo" / f"{answer['guard']}.json"), 60)
    assert "mtu 1300" in ip(netns, "link", "show", "br0")


def test_a_removal_that_is_not_confirmed_comes_back(host: Host, netns: str) -> None:
    calls.put(host, [bridge(netns, mtu=1400)])
    calls.drop(host, [bridge(netns)], guard=1)
    assert "br0" not in ip(netns, "link")
    wait_until(lambda: "mtu 1400" in ip(netns, "link"))


def test_a_boot_takes_back_what_was_not_confirmed_and_restores_the_rest(host: Host, netns: str) -> None:
    calls.put(host, [bridge(netns, mtu=1400)])
    calls.put(host, [bridge(netns, "br1", "u-7f3a-00000001")], guard=600)
    ip(netns, "link", "del", "br0")
    ip(netns, "link", "del", "br1")
    subprocess.run([sys.executable, "-I", str(host.base / "agent.pyz"), "restore"], check=True)
    links = ip(netns, "link")
    assert "mtu 1400" in links
    assert "br1" not in links


def test_what_carries_nobodys_session_needs_no_guard(host: Host, netns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "over", lambda *_: False)
    assert calls.put(host, [bridge(netns)], guard=60)["guard"] == ""
    assert guard.pending(host) == []
