"""Hosts without apt are told apart before anything is noted."""

from __future__ import annotations

import pytest

from isthmus_agent import calls
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host

WANTED = {
    "kind": "packages",
    "mark": "u-7f3a-9c01d2e4",
    "props": {"name": "tools", "names": ["openvpn"], "keep": False},
}


@pytest.mark.parametrize(
    ("there", "found"), [({"dnf", "rpm"}, "it has dnf"), (set(), "no package manager is known here")]
)
def test_a_host_with_another_package_manager_is_told_so(
    host: Host, monkeypatch: pytest.MonkeyPatch, there: set[str], found: str
) -> None:
    monkeypatch.setattr(
        "isthmus_agent.kinds.package_apt.present", lambda name: f"/usr/bin/{name}" if name in there else None
    )
    with pytest.raises(Refused, match=rf"packages tools: this host has no apt-get \({found}\): install the packages"):
        calls.put(host, [WANTED])
    assert not (host.base / "packages.json").exists()
