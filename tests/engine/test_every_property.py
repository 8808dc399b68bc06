"""Every property of every type, through its whole life on routers of three versions."""

from __future__ import annotations

import pytest

from tests.engine.every.life import Life, changed_properties, same, settled
from tests.support.deployment import Deployment

VERSIONS = ["6.49", "7.16", "7.20"]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("version", VERSIONS)
def test_every_property_is_set_kept_repaired_unset_and_given_back(deployment: Deployment, version: str) -> None:
    life = Life(deployment, version)
    before = life.export()

    life.declare(full=False)
    deployment.up()
    deployment.unchanged()
    deployment.unchanged("--refresh")
    small = life.export()

    life.declare(full=True)
    deployment.up()
    deployment.unchanged("--refresh")

    life.declare(full=False)
    deployment.up()
    deployment.unchanged("--refresh")
    same(settled(small), settled(life.export()))

    life.declare(full=True)
    deployment.up()
    deployment.unchanged("--refresh")
    whole = life.export()

    for disturb in (life.change_by_hand, life.unset_by_hand):
        disturbed = disturb()
        shown = changed_properties(deployment.preview("--refresh").text)
        assert not {name: missed for name, words in disturbed.items() if (missed := words - shown.get(name, set()))}
        deployment.up("--refresh")
        deployment.unchanged("--refresh")
        same(whole, life.export())

    unmarked = life.erase_marks_by_hand()
    assert unmarked <= set(changed_properties(deployment.preview("--refresh").text))
    deployment.up("--refresh")
    deployment.unchanged("--refresh")
    same(whole, life.export())

    rows = life.change_lists_by_hand()
    assert deployment.preview("--refresh").text.count("to change") == len(life.listings), rows
    deployment.up("--refresh")
    deployment.unchanged("--refresh")
    same(whole, life.export())

    life.remove_by_hand()
    deployment.up("--refresh")
    deployment.unchanged("--refresh")
    same(settled(whole), settled(life.export()))

    life.declare(full=False)
    deployment.up()
    deployment.unchanged("--refresh")
    same(settled(small), settled(life.export()))

    deployment.destroy()
    same(before, life.export())
    assert life.router.control.execute("/system/script/print").rows == []
