"""A change of a host is made as a whole, is noted first, and knows whose each object is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.links.link import Link
from tests.support.linux import ip

MARK = "u-7f3a-9c01d2e4"
OTHER = "u-7f3a-00000001"


def bridge(netns: str, name: str = "br0", mark: str = MARK, **props: Any) -> dict[str, Any]:
    return {"kind": "link/bridge", "mark": mark, "props": {"name": name, "netns": netns, "up": True, **props}}


def recorded(host: Host) -> list[str]:
    return [entry["mark"] for entry in json.loads((host.home / "record.json").read_text())]


def test_what_is_made_is_recorded_and_shows_its_mark(host: Host, netns: str) -> None:
    answer = calls.put(host, [bridge(netns, mtu=1400)])
    assert answer["objects"][0]["actual"]["mtu"] == 1400
    assert answer["objects"][0]["former"] is None
    assert recorded(host) == [MARK]
    assert f"isthmus:{MARK}" in ip(netns, "link", "show", "br0")


def test_the_last_removal_leaves_nothing_behind(host: Host, netns: str) -> None:
    calls.put(host, [bridge(netns)])
    calls.drop(host, [bridge(netns)])
    assert "br0" not in ip(netns, "link")
    assert not host.base.exists()


def test_what_was_noted_and_never_made_is_made_by_the_next_run(
    host: Host, netns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(Link, "make", _die)
        killed.setattr("isthmus_agent.changes.undo", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            calls.put(host, [bridge(netns)])
    assert recorded(host) == [MARK]
    calls.put(host, [bridge(netns)])
    assert "br0" in ip(netns, "link")


def test_what_was_made_and_never_answered_is_found_again(host: Host, netns: str) -> None:
    calls.put(host, [bridge(netns)])
    index = ip(netns, "-o", "link", "show", "br0").partition(":")[0]
    calls.put(host, [bridge(netns, mtu=1300)])
    assert ip(netns, "-o", "link", "show", "br0").partition(":")[0] == index


def test_one_refused_object_takes_the_others_back(host: Host, netns: str) -> None:
    calls.put(host, [bridge(netns, "br0", MARK, mtu=1400)])
    before = ip(netns, "link")
    refused = bridge(netns, "br2", OTHER, mtu=7)
    with pytest.raises(Refused, match="link/bridge br2: mtu: "):
        calls.put(host, [bridge(netns, "br0", MARK, mtu=1300), bridge(netns, "br1", "u-7f3a-00000002"), refused])
    assert ip(netns, "link") == before
    assert recorded(host) == [MARK]


def test_what_is_nobodys_is_taken_over_only_if_asked_and_comes_back(host: Host, netns: str) -> None:
    ip(netns, "link", "add", "br0", "mtu", "1450", "type", "bridge")
    ip(netns, "link", "set", "br0", "up")
    before = ip(netns, "link", "show", "br0")
    with pytest.raises(Refused, match="br0: exists already and is nobody's"):
        calls.put(host, [bridge(netns)])
    answer = calls.put(host, [{**bridge(netns, mtu=1300), "adopt": True}])
    assert answer["objects"][0]["former"]["mtu"] == 1450
    calls.drop(host, [bridge(netns)])
    assert ip(netns, "link", "show", "br0") == before


def test_what_is_kept_on_destroy_stays_without_our_record(host: Host, netns: str) -> None:
    ip(netns, "link", "add", "br0", "type", "bridge")
    calls.put(host, [{**bridge(netns, mtu=1300), "adopt": True}])
    calls.drop(host, [{**bridge(netns), "keep": True}])
    shown = ip(netns, "link", "show", "br0")
    assert "mtu 1300" in shown
    assert "isthmus:" not in shown
    assert not host.base.exists()


def test_what_another_resource_owns_is_left_alone(host: Host, netns: str) -> None:
    calls.put(host, [bridge(netns)])
    with pytest.raises(Refused, match=f"belongs to another resource \\(marked {MARK}\\)"):
        calls.put(host, [{**bridge(netns, mark=OTHER), "adopt": True}])


def test_a_record_that_cannot_be_written_keeps_the_kernel_untouched(
    host: Host, netns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("isthmus_agent.record.write_lasting", _full)
    with pytest.raises(Refused, match=r"record\.json cannot be written: No space left on device; nothing was changed"):
        calls.put(host, [bridge(netns)])
    assert "br0" not in ip(netns, "link")


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")
