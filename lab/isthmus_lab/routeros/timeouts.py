"""Rows that leave by themselves: entries of address lists with a timeout."""

from __future__ import annotations

from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from isthmus_lab.routeros.values import durations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.store import Row, Table

FACT = "expires"


class Timeouts:
    """When which row leaves."""

    def __init__(self) -> None:
        self._due: list[tuple[datetime, str, int]] = []

    def watch(self, table: Table, row: Row) -> None:
        """Take note of a row that has a moment to leave."""
        if FACT in row.facts:
            heappush(self._due, (datetime.fromisoformat(row.facts[FACT]), table.menu.path, row.number))

    def expire(self, device: Device) -> None:
        """Remove every row whose moment has come."""
        while self._due and self._due[0][0] <= device.clock.now():
            moment, path, number = heappop(self._due)
            table = device.table(path)
            row = table.numbered(number)
            if row and row.facts.get(FACT) == moment.isoformat():
                table.remove(row)
                device.changed(table, row, removed=True)


def moment(device: Device, timeout: str) -> str:
    """Return when a row leaves that is given a timeout now."""
    return (device.clock.now() + timedelta(microseconds=durations.microseconds(timeout))).isoformat()


def remaining(device: Device, row: Row, _shown: Mapping[str, str]) -> dict[str, str | None]:
    """Show how long a row stays, in whole seconds."""
    if FACT not in row.facts:
        return {}
    left = datetime.fromisoformat(row.facts[FACT]) - device.clock.now()
    return {"timeout": durations.printed(max(0, round(left.total_seconds())) * 1_000_000), FACT: None}
