"""What a list of 1,000 rows, owned as one resource, costs the router in sentences and round trips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.figures import Figure
from tests.support.deployment import Deployment

if TYPE_CHECKING:
    from isthmus_lab.routeros.counters import Counts

ROWS = 1000
ROUND_TRIPS = 25
"""The most round trips wanted for a phase: logins and locks among them."""
OVERHEAD = 25
"""The most sentences wanted for a phase besides one for each row that comes or goes."""


class Workload(NamedTuple):
    """A resource that owns many rows of a menu: its program, given the number of the row that is changed."""

    name: str
    menu: str
    program: Callable[[int | None], str]


def nat_rules(changed: int | None) -> str:
    """Return a program with one ordered list of NAT rules, one of them with another target."""
    return f"""
        routeros.ip.firewall.NatRules("services", device="seattle", chain="dstnat", rules=[
            {{"action": "dst-nat", "protocol": "tcp", "dst_address": "165.95.23.2", "dst_port": 10000 + n,
             "to_addresses": "192.168.91.1" if n == {changed} else f"192.168.90.{{n % 250 + 1}}", "to_ports": 80}}
            for n in range({ROWS})
        ])
    """


def address_list(changed: int | None) -> str:
    """Return a program with one set of addresses, one of them with another comment."""
    return f"""
        routeros.ip.firewall.AddressList("blocked", device="seattle", list="blocked", entries=[
            {{"address": f"10.{{n // 250}}.{{n % 250}}.1", "comment": "changed" if n == {changed} else f"entry {{n}}"}}
            for n in range({ROWS})
        ])
    """


WORKLOADS = (
    Workload("1,000 NAT rules as a list", "/ip/firewall/nat", nat_rules),
    Workload("1,000 addresses as a set", "/ip/firewall/address-list", address_list),
)


def measured(folder: Path, workload: Workload, delay: int) -> Iterator[Figure]:
    """Yield what each phase in the life of the rows costs, over a network with this round trip in milliseconds."""
    with Deployment(folder) as project:
        control = project.router("seattle", delay=delay).control

        def costs(phase: str, run: Callable[[], object], rows: int) -> tuple[str, Counts, int]:
            control.reset_counters()
            run()
            return f"{workload.name}, {delay} ms: {phase}", control.counters(), rows

        project.program(workload.program(None))
        yield from _figures(*costs("create", project.up, ROWS))
        name, counts, rows = costs("unchanged preview with refresh", lambda: project.unchanged("--refresh"), 0)
        yield from _figures(name, counts, rows)
        yield Figure(f"{name}: prints of the menu", counts["paths"].get(f"{workload.menu}/print", 0), "prints", 1)
        project.program(workload.program(ROWS // 2))
        yield from _figures(*costs("one change", project.up, 1))
        yield from _figures(*costs("destroy", project.destroy, ROWS))


def _figures(name: str, counts: Counts, rows: int) -> Iterator[Figure]:
    yield Figure(f"{name}: sentences", counts["sentences"], "sentences", rows + OVERHEAD)
    yield Figure(f"{name}: round trips", counts["round_trips"], "round trips", ROUND_TRIPS)
