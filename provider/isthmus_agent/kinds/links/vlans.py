"""The VLANs of a bridge's ports, and of the bridge itself as one (bridge-vlan(8))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyroute2 import IPRoute

from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links.netlink import index_of

VLANS = ("vlans", "untagged", "pvid")
PVID, UNTAGGED, MASTER, SELF = 0x2, 0x4, 1, 2
"""BRIDGE_VLAN_INFO_PVID and _UNTAGGED; BRIDGE_FLAGS_MASTER and _SELF."""
_BEGIN, _END = 0x8, 0x10


class Vlans:
    """The VLANs of links in one namespace."""

    def __init__(self, route: IPRoute) -> None:
        self._route = route

    def all(self) -> dict[int, Props]:
        """Return the VLANs of every port, by its index."""
        found = self._route.get_vlans()
        return {message["index"]: _shown(message) for message in found}

    def of(self, index: int) -> Props:
        """Return the VLANs of a port."""
        return self.all().get(index, {"vlans": "", "untagged": "", "pvid": ""})

    def set(self, name: str, wanted: Props, *, own: bool) -> None:
        """Make a port's VLANs as wanted; what is not said stays. own: the port is the bridge itself."""
        if not any(wanted.get(word) is not None for word in VLANS):
            return
        index = index_of(self._route, name)
        actual = self.of(index)
        there = _flags(actual)
        goal = _flags({**actual, **{word: wanted[word] for word in VLANS if wanted.get(word) is not None}})
        for number in sorted(there.keys() - goal.keys()):
            self._route.vlan_filter("del", index=index, **_message(number, 0, own=own))
        for number, flags in sorted(goal.items()):
            if there.get(number) != flags:
                self._route.vlan_filter("add", index=index, **_message(number, flags, own=own))


def spelled(numbers: Iterable[int]) -> list[str]:
    """Return numbers as few ranges, `1` and `10-20`."""
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return [str(low) if low == high else f"{low}-{high}" for low, high in ranges]


def numbers(ranges: Iterable[str]) -> Iterator[int]:
    """Return the numbers in ranges."""
    for text in ranges or ():
        low, _, high = str(text).partition("-")
        yield from range(int(low), int(high or low) + 1)


def _flags(props: Props) -> dict[int, int]:
    """Return what is to be said of each VLAN; one that is untagged or a port's own is a member."""
    untagged = set(numbers(props.get("untagged") or ()))
    pvid = {int(props["pvid"])} if props.get("pvid") else set()
    members = set(numbers(props.get("vlans") or ())) | untagged | pvid
    return {vid: (PVID if vid in pvid else 0) | (UNTAGGED if vid in untagged else 0) for vid in members}


def _message(number: int, flags: int, *, own: bool) -> dict[str, Any]:
    where = {"vlan_flags": "self"} if own else {}
    return {"vlan_info": {"vid": number, "flags": flags}, **where}


def _shown(message: Any) -> Props:
    spec = message.get("af_spec")
    info = [slot[1] for slot in spec["attrs"] if slot[0] == "IFLA_BRIDGE_VLAN_INFO"] if spec else []
    flags: dict[int, int] = {}
    begin = 0
    for each in info:
        if each["flags"] & _BEGIN:
            begin = each["vid"]
            continue
        low = begin if each["flags"] & _END else each["vid"]
        flags.update(dict.fromkeys(range(low, each["vid"] + 1), each["flags"]))
    pvid = next((vid for vid, flag in flags.items() if flag & PVID), "")
    return {
        "vlans": spelled(flags),
        "untagged": spelled(vid for vid, flag in flags.items() if flag & UNTAGGED),
        "pvid": pvid,
    }
