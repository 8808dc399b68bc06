"""What a preview of 1,000 single resources costs over one of 1,000 trivial dynamic resources."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.bench.figures import Figure
from tests.support.deployment import Deployment

HALF = 500
RUNS = 5
SLOWER = 1.25
"""How many times as long as a trivial preview ours may take."""

REPOSITORY = Path(__file__).parents[2]

TYPED = f"""
    for n in range({HALF}):
        routeros.ip.firewall.NatRule(f"service-{{n}}", device="seattle", chain="dstnat", action="dst-nat",
            protocol="tcp", dst_address="165.95.23.2", dst_port=str(10000 + n), to_addresses="192.168.90.10",
            comment=f"service {{n}}")
        routeros.ip.firewall.AddressListEntry(f"blocked-{{n}}", device="seattle", list="blocked",
            address=f"10.{{n // 250}}.{{n % 250}}.1", comment=f"entry {{n}}")
"""
TRIVIAL = """
    import json
    from tests.bench.trivial import Trivial

    for name, properties in json.load(open("properties.json")).items():
        Trivial(name, properties)
"""


class Cost(NamedTuple):
    """What a preview took, in seconds: on the clock, and of processors, which other programs disturb less."""

    time: float
    processor: float


def measured(folder: Path) -> Iterator[Figure]:
    """Yield the medians of previews that alternate, so that a busy machine slows both."""
    with Deployment(folder / "typed") as typed, Deployment(folder / "trivial") as trivial:
        _build(typed, trivial)
        pairs = [(_cost(typed), _cost(trivial)) for _ in range(RUNS)]
    for kind in Cost._fields:
        ours, floor = (median(getattr(cost, kind) for cost in costs) for costs in zip(*pairs, strict=True))
        yield Figure(f"preview of 1,000 single resources: {kind}", round(ours, 2), "s")
        yield Figure(f"preview of 1,000 trivial resources: {kind}", round(floor, 2), "s")
        yield Figure(f"preview of single over trivial resources: {kind}", round(ours / floor, 3), "ratio", SLOWER)


def _build(typed: Deployment, trivial: Deployment) -> None:
    """Create both stacks, the trivial resources with the properties that the typed ones were given."""
    for project in (typed, trivial):
        project.environment |= {
            "PULUMI_EXPERIMENTAL": "true",
            "PULUMI_SKIP_CHECKPOINTS": "true",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")])),
        }
    typed.router("seattle")
    typed.program(TYPED)
    typed.up()
    (trivial.folder / "properties.json").write_text(json.dumps(dict(map(_properties, typed.state()))))
    trivial.program(TRIVIAL)
    trivial.up()


def _properties(entry: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a resource's name and what it was given."""
    given = {name: value for name, value in entry["inputs"].items() if name != "__provider"}
    return entry["urn"].rpartition("::")[2], given


def _cost(project: Deployment) -> Cost:
    start, used = time.perf_counter(), _processor_seconds()
    project.unchanged()
    return Cost(time.perf_counter() - start, _processor_seconds() - used)


def _processor_seconds() -> float:
    """Return what all programs that were run until now have used of processors."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
