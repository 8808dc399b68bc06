"""Addresses on links (ip-address(8))."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.address_words import DADFAILED, FAMILIES, FLAGS, TENTATIVE, request, shown, uncertain
from isthmus_agent.kinds.beside import keeping
from isthmus_agent.kinds.kind import Kind, Props
from isthmus_agent.kinds.links import session
from isthmus_agent.kinds.links.link import index_of

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
        route = host.route(netns)
        names = {message["index"]: message.get("ifname") for message in route.get_links()}
        messages = _messages(route)
        return [shown(message, names, netns) for message in messages if not _flags(message) & DADFAILED]

    def key(self, props: Props) -> tuple[Any, ...]:
        """Return what tells addresses apart: no peer is the same as none given."""
        return (props.get("address"), props.get("dev"), props.get("peer") or "")

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - the kernel shows no mark
        """Add the address, in place of one that was found to be a duplicate."""
        route = host.route(wanted.get("netns") or "")
        arguments = request(wanted, index_of(route, wanted["dev"]))
        if any(_flags(message) & DADFAILED for message in _same(route, arguments)):
            self.remove(host, wanted)
        route.addr("add", **arguments)

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Change the address in place, or make it anew where the kernel cannot."""
        if not different:
            return
        wanted = {**actual, **different}
        route = host.route(actual.get("netns") or "")
        if set(different) <= IN_PLACE[ipaddress.ip_interface(actual["address"]).version]:
            route.addr("replace", **request(wanted, index_of(route, actual["dev"])))
            return
        with keeping(host, actual.get("netns") or "", actual["dev"]):
            self.remove(host, actual)
            self.make(host, wanted, mark)

    def cuts(self, host: Host, props: Props) -> bool:
        """Tell whether the session comes in by the address's link."""
        return session.over(host, props.get("netns") or "", props["dev"])

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the address."""
        route = host.route(actual.get("netns") or "")
        interface = ipaddress.ip_interface(actual["address"])
        route.addr(
            "del",
            index=index_of(route, actual["dev"]),
            family=FAMILIES[interface.version],
            local=str(interface.ip),
            address=actual.get("peer") or str(interface.ip),
            prefixlen=interface.network.prefixlen,
        )

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
        seen = {netns: _seen(host.route(netns)) for netns in {props.get("netns") or "" for props in wanted}}
        flags = [seen[props.get("netns") or ""].get((props["address"], props["dev"]), 0) for props in wanted]
        for props, bits in zip(wanted, flags):
            if bits & DADFAILED:
                self.remove(host, props)
                where = f"{props['address']} dev {props['dev']}"
                raise Refused(
                    f"address {where}: another host on the link has this address already: find it, or take another"
                )
        return [props for props, bits in zip(wanted, flags) if bits & TENTATIVE]


def _seen(route: Any) -> dict[tuple[str, str], int]:
    """Return the flags of the IPv6 addresses on links with a carrier, by address and link."""
    running = {link["index"]: str(link.get("ifname")) for link in route.get_links() if link["flags"] & RUNNING}
    return {
        (f"{message.get('local') or message.get('address')}/{message['prefixlen']}", running[message["index"]]): (
            _flags(message)
        )
        for message in route.get_addr(family=FAMILIES[6])
        if message["index"] in running
    }


def _messages(route: Any) -> list[Any]:
    """Return all addresses, read again where a limited lifetime could be told wrong."""
    messages = list(route.get_addr())
    if any(uncertain(message) for message in messages):
        time.sleep(0.25)
        messages = list(route.get_addr())
    return messages


def _same(route: Any, arguments: dict[str, Any]) -> list[Any]:
    if ":" not in arguments["local"]:
        return []
    here = route.get_addr(index=arguments["index"], family=arguments["family"])
    return [message for message in here if (message.get("local") or message.get("address")) == arguments["local"]]


def _flags(message: Any) -> int:
    return int(message.get("flags") or 0)
