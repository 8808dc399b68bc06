"""`python -m tests.bench`: measures, prints a table, writes `build/bench.json`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from tests.bench import linux, lists, singles
from tests.bench.figures import Figure, document, table
from tests.support.sshd import missing

RESULT = Path(__file__).parents[2] / "build" / "bench.json"
DELAYS = (0, 50)


def main() -> int:
    """Measure everything; what does not hold is told, and no failure."""
    with tempfile.TemporaryDirectory() as folder:
        figures = list(_measured(Path(folder)))
    print(table(figures))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(document(figures))
    return 0


def _measured(folder: Path) -> Iterator[Figure]:
    for number, (workload, delay) in enumerate(product(lists.WORKLOADS, DELAYS)):
        print(f"measuring {workload.name} at {delay} ms ...", file=sys.stderr, flush=True)
        yield from lists.measured(folder / f"list-{number}", workload, delay)
    yield from _linux(folder / "linux")
    print("measuring previews of 1,000 single and 1,000 trivial resources ...", file=sys.stderr, flush=True)
    yield from singles.measured(folder)


def _linux(folder: Path) -> Iterator[Figure]:
    if reason := missing():
        print(f"not measured on a Linux host: {reason}", file=sys.stderr, flush=True)
        return
    print(f"measuring {linux.NAME} ...", file=sys.stderr, flush=True)
    yield from linux.measured(folder)


if __name__ == "__main__":
    sys.exit(main())
