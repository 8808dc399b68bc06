"""Rows and settings that a person made are refused, adopted on request, and given back as they were."""

from __future__ import annotations

import pytest

from tests.engine.every import hand
from tests.engine.every.life import Life, same
from tests.support.deployment import Deployment


@pytest.mark.parametrize("version", ["6.49", "7.16", "7.20"])
def test_every_row_with_a_key_is_adopted_and_given_back(deployment: Deployment, version: str) -> None:
    life = Life(deployment, version)
    rows = [specimen for specimen in life.specimens if hand.key_of(specimen, version)]
    life.specimens = [*rows, *[specimen for specimen in life.specimens if specimen.settings]]
    for specimen in life.specimens:
        hand.make_otherwise(life.router, specimen, version)
    before = life.export()

    life.declare(full=True, adopt=False)
    refused = deployment.up("--continue-on-error", check=False).text
    assert refused.count("exists already and is not ours") >= len(rows), refused
    deployment.destroy()
    same(before, life.export())

    life.declare(full=True, adopt=True)
    deployment.up()
    deployment.unchanged("--refresh")
    deployment.destroy()
    same(before, life.export())
