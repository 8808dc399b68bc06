"""The bridge that takes a port over, and gives it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from isthmus_agent.host import Host
from isthmus_agent.kinds.address import Address
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links.alias import join, split
from isthmus_agent.kinds.links.netlink import index_of, message_of
from isthmus_agent.kinds.recorded import Recorded
from isthmus_agent.kinds.takeover import advertised, bridge, handover, resolver
from isthmus_agent.kinds.takeover.managers import Move
from isthmus_agent.kinds.takeover.moving import Belongings, belongings, carry, take_off


class Takeover(Recorded):
    """A bridge over a port that had addresses, routes and a resolver of its own: they move up in one go.

    The bridge has the port's MAC address from the start, so that no tap changes it, and forwards at once. What was
    leased stays with the program that leased it, which is told of the bridge.
    """

    kind: ClassVar[str] = "takeover"
    keys: ClassVar[tuple[str, ...]] = ("name",)
    remembered: ClassVar[tuple[str, ...]] = ("address", "mtu", "stp", "forward_delay", "addresses", "routes")

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the bridge, with the port that it has taken over."""
        netns, name, port = wanted.get("netns") or "", wanted["name"], str(wanted.get("port") or "")
        route = host.route(netns)
        message = message_of(route, name)
        if message is None:
            return None
        settings = bridge.shown(message)
        lasting = belongings(host, netns, name).lasting(handover.leased(host, netns, name))
        return {
            "name": name,
            "netns": netns,
            "port": port if bridge.has(route, message["index"], port) else "",
            "manager": handover.manager_name(host, netns, name),
            "addresses": lasting.address_lines,
            "routes": lasting.route_lines,
            **settings,
        }

    def owner(self, actual: Props) -> str:
        """Return the mark in the bridge's alias."""
        return split(str(actual.get("alias") or ""))[1]

    def make(self, host: Host, wanted: Props, mark: str) -> None:
        """Take the port over. At boot, what was there before is no longer: then what is recorded is put there.

        Where a manager configures the bridge at boot, it does that.
        """
        netns, name, port = wanted.get("netns") or "", wanted["name"], wanted["port"]
        route = host.route(netns)
        card = bridge.free(route, port)
        move = Move(port, name, card.get("address"), int(wanted.get("mtu") or card.get("mtu")))
        handing = handover.plan(host, netns, move)
        advertises = bool(advertised.routers(host, netns, port))
        bridge.make(route, {**wanted, "address": move.address, "mtu": move.mtu}, mark)
        advertised.follow(netns, port, name)
        if handing:
            handing.write()
        there = self._move(host, netns, port, name)
        if handing:
            handing.moved()
            bridge.change(route, name, {**bridge.USUAL, **wanted})
        elif not there.lasting().addresses:
            carry(host, _recorded(wanted), name)
        if handing is None or not handing.resolves:
            resolver.move(host, netns, port, name)
        if advertises:
            advertised.wait(host, netns, name)

    def context(self, host: Host, wanted: Props) -> Props:
        """Return what is on the port: it is taken off before it stands on the bridge."""
        there = belongings(host, wanted.get("netns") or "", wanted["port"])
        return {"port": wanted["port"], "addresses": there.address_lines, "routes": there.route_lines}

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Change the bridge's own settings, and put the port, addresses and routes back that went."""
        netns, name = actual.get("netns") or "", actual["name"]
        route = host.route(netns)
        if different.get("port"):
            bridge.free(route, different["port"])
            self._move(host, netns, different["port"], name)
        bridge.change(route, name, different)
        if "addresses" in different or "routes" in different:
            carry(host, _missing(different, actual), name)
        route.link("set", index=index_of(route, name), ifalias=join(split(str(actual.get("alias") or ""))[0], mark))

    def cuts(self, host: Host, props: Props) -> bool:  # noqa: ARG002 - it is made for the port of the session
        """It may, whatever it says."""
        return True

    def remove(self, host: Host, actual: Props) -> None:
        """Give the port back all that is on the bridge now, and remove the bridge."""
        netns, name, port = actual.get("netns") or "", actual["name"], actual.get("port")
        route = host.route(netns)
        handing = handover.noted(host, netns, name)
        if handing:
            handing.refuse_changed()
        advertises = bool(advertised.routers(host, netns, name))
        try:
            if port:
                self._return(host, netns, name, actual)
                if handing is None or not handing.resolves:
                    resolver.move(host, netns, name, port)
        finally:
            route.link("del", index=index_of(route, name))
            if handing:
                handing.restore()
                handing.returned()
        listens = advertised.takes(netns, str(port)) or (handing is not None and handing.resolves)
        if port and advertises and listens:
            advertised.wait(host, netns, port)

    def clear(self, host: Host, keys: Props) -> None:
        """Put back the files of a takeover whose bridge is gone, as after a reboot amid it."""
        handing = handover.noted(host, keys.get("netns") or "", keys["name"])
        if handing:
            handing.restore()
            handing.returned()

    def resume(self, host: Host, wanted: Props) -> None:
        """Let the manager go on with the bridge, late in a boot, and give it its name servers."""
        netns, name = wanted.get("netns") or "", wanted["name"]
        if message_of(host.route(netns), name) is None:
            return
        handing = handover.noted(host, netns, name)
        if handing:
            handing.resume()
        resolver.resume(host, netns, name)

    def finish(self, host: Host, wanted: Iterable[Props]) -> None:
        """Wait until the bridge's addresses are no longer tentative."""
        for props in wanted:
            netns, name = props.get("netns") or "", props["name"]
            Address().finish(host, [each for each in Address().list(host, netns) if each["dev"] == name])

    @staticmethod
    def _move(host: Host, netns: str, port: str, name: str) -> Belongings:
        """Put the port under the bridge, and what is on it on the bridge."""
        there = belongings(host, netns, port)
        take_off(host, there)
        bridge.enslave(host.route(netns), port, name)
        advertised.leave(host, netns, port)
        carry(host, there, name)
        return there

    @staticmethod
    def _return(host: Host, netns: str, name: str, actual: Props) -> None:
        there = belongings(host, netns, name)
        take_off(host, there)
        bridge.enslave(host.route(netns), actual["port"], "")
        carry(host, there, actual["port"])
        carry(host, _recorded(actual), actual["port"])


def _recorded(wanted: Props) -> Belongings:
    return Belongings.read(wanted.get("addresses") or [], wanted.get("routes") or [], wanted.get("netns") or "")


def _missing(different: Props, actual: Props) -> Belongings:
    """Return what is wanted and not there."""
    addresses, routes = (
        [line for line in different.get(name) or [] if line not in actual[name]] for name in ("addresses", "routes")
    )
    return Belongings.read(addresses, routes, actual.get("netns") or "")
