"""Addresses on links (ip-address(8))."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.address_words import (
    DADFAILED,
    FAMILIES,
    FLAGS,
    TENTATIVE,
    dumped,
    key,
    request,
    shown,
    uncertain,
)
from isthmus_agent.kinds.beside import keeping
from isthmus_agent.kinds.kind import Kind, Outcome, Props
from isthmus_agent.kinds.links import netlink as links
from isthmus_agent.kinds.links import session, told
from isthmus_agent.kinds.requests import headed, only, send

PATIENCE = 20
"""Seconds that duplicate address detection may take: one by default, more where it was told to try often."""
RUNNING = 0x40
"""IFF_RUNNING: the link has a carrier. Without one the detection waits for it."""
IN_PLACE = {4: {"metric", "valid_lft", "preferred_lft"}, 6: {"metric", "valid_lft", "preferred_lft", "peer", *FLAGS}}
"""What the kernel changes on an address that is there, by family (inet_rtm_newaddr, inet6_addr_modify)."""


class Address(Kind):
    """An address with its prefix, on a link: `192.0.2.1/24 dev eth0`.

    With a peer the prefix length is the peer's. An address that was found to be a duplicate counts as not there.
    """

    keys: ClassVar[tuple[str, ...]] = ("address", "dev", "peer")
    bulk: ClassVar[bool] = True

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return all addresses that can be used, or may be soon."""
        names, messages = links.names(host, netns), _messages(host, netns)
        return [shown(message, names, netns) for message in messages if not message["flags"] & DADFAILED]

    def key(self, props: Props) -> tuple[Any, ...]:
        """Return what tells addresses apart: no peer is the same as none given."""
        return (props.get("address"), props.get("dev"), props.get("peer") or "")

    def make(self, host: Host, wanted: Props, mark: str) -> None:
        """Add the address, in place of one that was found to be a duplicate."""
        only(self.make_all(host, [(wanted, mark)]))

    def make_all(self, host: Host, wanted: Sequence[tuple[Props, str]]) -> Sequence[Outcome]:
        """Add addresses, in place of those that were found to be duplicates."""
        objects = [props for props, _ in wanted]
        self._remove_duplicates(host, objects)
        return _sent(host, "add", objects)

    def _remove_duplicates(self, host: Host, wanted: Sequence[Props]) -> None:
        six = [props for props in wanted if ":" in props["address"]]
        for netns in dict.fromkeys(props.get("netns") or "" for props in six):
            flags = _flags(host, netns)
            here = [props for props in six if (props.get("netns") or "") == netns]
            only(self.remove_all(host, [props for props in here if flags.get(_place(props), 0) & DADFAILED]))

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Change the address in place, or make it anew where the kernel cannot."""
        wanted = {**actual, **different}
        if _in_place(actual, different):
            only(_sent(host, "replace", [wanted] if different else []))
            return
        with keeping(host, actual.get("netns") or "", actual["dev"]):
            self.remove(host, actual)
            self.make(host, wanted, mark)

    def change_all(self, host: Host, changes: Sequence[tuple[Props, Props, str]]) -> Iterable[Outcome]:
        """Change addresses, together where the kernel changes all of them in place."""
        if not all(_in_place(actual, different) for actual, different, _ in changes):
            return super().change_all(host, changes)
        wanted = [{**actual, **different} for actual, different, _ in changes if different]
        outcomes = iter(_sent(host, "replace", wanted))
        return [next(outcomes) if different else None for _, different, _ in changes]

    def cuts(self, host: Host, props: Props) -> bool:
        """Tell whether the session comes in by the address's link."""
        return session.over(host, props.get("netns") or "", props["dev"])

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the address."""
        only(self.remove_all(host, [actual]))

    def remove_all(self, host: Host, actual: Sequence[Props]) -> Sequence[Outcome]:
        """Remove addresses."""
        return _sent(host, "del", actual)

    def finish(self, host: Host, wanted: Iterable[Props]) -> None:
        """Wait until duplicate address detection has passed each address; Refused for one that another host has."""
        deadline = time.monotonic() + PATIENCE
        waiting: Sequence[Props] = [props for props in wanted if ":" in props["address"] and not props.get("nodad")]
        while waiting and (waiting := self._undecided(host, waiting)):
            if time.monotonic() > deadline:
                first = f"address {waiting[0]['address']} dev {waiting[0]['dev']}"
                raise Refused(f"{first}: is still tentative after {PATIENCE} s: look at the link's dad_transmits")
            time.sleep(0.05)

    def _undecided(self, host: Host, wanted: Sequence[Props]) -> Sequence[Props]:
        """Return the addresses of which the kernel does not know yet whether another host has them."""
        places = {props.get("netns") or "" for props in wanted}
        seen = {netns: _flags(host, netns, _running(host, netns)) for netns in places}
        flags = [seen[props.get("netns") or ""].get(_place(props), 0) for props in wanted]
        for props, bits in zip(wanted, flags):
            if bits & DADFAILED:
                self.remove(host, props)
                where = f"{props['address']} dev {props['dev']}"
                raise Refused(
                    f"address {where}: another host on the link has this address already: find it, or take another"
                )
        return [props for props, bits in zip(wanted, flags) if bits & TENTATIVE]


def _sent(host: Host, verb: str, objects: Sequence[Props]) -> Sequence[Outcome]:
    """Send a request for each address; links are asked for by name once."""
    indexes = links.Indexes(host)

    def write(props: Props) -> bytes:
        index = indexes.of(props.get("netns") or "", props["dev"])
        return headed("addr", verb, key(props, index) if verb == "del" else request(props, index, new=verb == "add"))

    return send(host, [(props.get("netns") or "", partial(write, props)) for props in objects])


def _in_place(actual: Props, different: Props) -> bool:
    return set(different) <= IN_PLACE[ipaddress.ip_interface(actual["address"]).version]


def _place(props: Props) -> tuple[str, str]:
    return (props["address"], props["dev"])


def _running(host: Host, netns: str) -> set[int]:
    return {link["index"] for link in told.links(host, netns) if link["flags"] & RUNNING}


def _flags(host: Host, netns: str, among: Collection[int] | None = None) -> dict[tuple[str, str], int]:
    """Return the flags of IPv6 addresses, of all links or some, by address and link."""
    names = links.names(host, netns)
    return {
        (f"{message.get('local') or message['address']}/{message['prefixlen']}", names[message["index"]]): message[
            "flags"
        ]
        for message in dumped(host, netns, FAMILIES[6])
        if message["index"] in (names if among is None else among)
    }


def _messages(host: Host, netns: str) -> list[dict[str, Any]]:
    """Return all addresses, read again where a limited lifetime could be told wrong."""
    messages = dumped(host, netns)
    if any(uncertain(message) for message in messages):
        time.sleep(0.25)
        messages = dumped(host, netns)
    return messages
