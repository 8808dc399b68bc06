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

_LISTS = frozenset({"/ip/firewall/address-list", "/ipv6/firewall/address-list"})
_MOMENT = "expires"


class Timeouts:
    """When which row leaves."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._due: list[tuple[datetime, str, int]] = []

    def follow(self, table: Table, row: Row, removed: bool) -> None:  # noqa: FBT001 - as the device calls it
        """Take note of a row that has a timeout, which makes it dynamic."""
        if table.menu.path in _LISTS and "timeout" in row.values and not removed:
            row.facts.setdefault(_MOMENT, self._moment(row.values["timeout"]))
            row.facts["dynamic"] = "true"
            heappush(self._due, (datetime.fromisoformat(row.facts[_MOMENT]), table.menu.path, row.number))

    def expire(self) -> None:
        """Remove every row whose moment has come."""
        while self._due and self._due[0][0] <= self._device.clock.now():
            _, path, number = heappop(self._due)
            table = self._device.table(path)
            if row := table.numbered(number):
                table.remove(row)
                self._device.changed(table, row, removed=True)

    def _moment(self, timeout: str) -> str:
        return (self._device.clock.now() + timedelta(microseconds=durations.microseconds(timeout))).isoformat()


def remaining(device: Device, row: Row, _shown: Mapping[str, str]) -> dict[str, str | None]:
    """Show how long a row stays, in whole seconds."""
    if _MOMENT not in row.facts:
        return {}
    left = datetime.fromisoformat(row.facts[_MOMENT]) - device.clock.now()
    return {"timeout": durations.printed(max(0, round(left.total_seconds())) * 1_000_000), _MOMENT: None}
