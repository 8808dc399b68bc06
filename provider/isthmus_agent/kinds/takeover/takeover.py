"""The bridge that takes a port over, and gives it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from pyroute2 import IPRoute

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.address import Address
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links.alias import join, split
from isthmus_agent.kinds.links.netlink import data_of, index_of, kind_of, message_of
from isthmus_agent.kinds.recorded import Recorded
from isthmus_agent.kinds.takeover import advertised
from isthmus_agent.kinds.takeover.managers import manager_of
from isthmus_agent.kinds.takeover.moving import Belongings, belongings, carry, take_off

_UP = 1
_BRIDGE = "bridge"


class Takeover(Recorded):
    """A bridge over a port that had addresses, routes and a resolver of its own: they move up in one go.

    The bridge has the port's MAC address from the start, so that no tap changes it, and forwards at once. What was
    leased stays with the program that leased it, which is told of the bridge.
    """

    kind: ClassVar[str] = "takeover"
    keys: ClassVar[tuple[str, ...]] = ("name",)
    remembered: ClassVar[tuple[str, ...]] = ("address", "mtu", "manager", "addresses", "routes")

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the bridge, with the port that it has taken over."""
        netns = wanted.get("netns") or ""
        route = host.route(netns)
        message = message_of(route, wanted["name"])
        if message is None:
            return None
        if kind_of(message) != _BRIDGE:
            raise Refused(f"the name is in use by a link of kind {kind_of(message) or 'ethernet'}", "name")
        data = data_of(message)
        lasting = belongings(host, netns, wanted["name"]).lasting
        return {
            "name": wanted["name"],
            "netns": netns,
            "port": self._port(route, message["index"], str(wanted.get("port") or "")),
            "address": message.get("address"),
            "mtu": message.get("mtu"),
            "stp": bool(data.get("IFLA_BR_STP_STATE")),
            "forward_delay": round(int(data.get("IFLA_BR_FORWARD_DELAY") or 0) / 100),
            "manager": wanted.get("manager") or "",
            "addresses": lasting.address_lines,
            "routes": lasting.route_lines,
            "alias": message.get("ifalias") or "",
        }

    def owner(self, actual: Props) -> str:
        """Return the mark in the bridge's alias."""
        return split(str(actual.get("alias") or ""))[1]

    def make(self, host: Host, wanted: Props, mark: str) -> None:
        """Take the port over. At boot, what was there before is no longer: then what is recorded is put there."""
        netns, name, port = wanted.get("netns") or "", wanted["name"], wanted["port"]
        route = host.route(netns)
        under = self._free(route, port)
        advertises = bool(advertised.routers(host, netns, port))
        there = belongings(host, netns, port)
        manager = manager_of(host, netns, port)
        self._bridge(route, {**wanted, "address": under.get("address"), "mtu": under.get("mtu")}, mark)
        advertised.follow(netns, port, name)
        if manager is not None:
            manager.take(port, name)
        take_off(host, there)
        route.link("set", index=under["index"], master=index_of(route, name), state="up")
        advertised.leave(host, netns, port)
        carry(host, there, name)
        if not there.lasting.addresses:
            carry(host, _recorded(wanted), name)
        if advertises:
            advertised.wait(host, netns, name)

    def context(self, host: Host, wanted: Props) -> Props:
        """Return what is on the port: it is taken off before it stands on the bridge."""
        there = belongings(host, wanted.get("netns") or "", wanted["port"])
        return {"port": wanted["port"], "addresses": there.address_lines, "routes": there.route_lines}

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Change the bridge's own settings, and put addresses and routes back that went."""
        netns, name = actual.get("netns") or "", actual["name"]
        if different.get("port"):
            raise Refused(f"the bridge no longer has {different['port']}: put it back, or remove the bridge", "port")
        route = host.route(netns)
        words = _data(different)
        if words:
            route.link("set", index=index_of(route, name), kind=_BRIDGE, **words)
        if different.get("mtu"):
            route.link("set", index=index_of(route, name), mtu=different["mtu"])
        if "addresses" in different or "routes" in different:
            carry(host, _missing(different, actual), name)
        route.link("set", index=index_of(route, name), ifalias=join(split(str(actual.get("alias") or ""))[0], mark))

    def remove(self, host: Host, actual: Props) -> None:
        """Give the port back all that is on the bridge now, and remove the bridge."""
        netns, name, port = actual.get("netns") or "", actual["name"], actual.get("port")
        route = host.route(netns)
        if not port:
            route.link("del", index=index_of(route, name))
            return
        advertises = bool(advertised.routers(host, netns, name))
        there = belongings(host, netns, name)
        manager = manager_of(host, netns, name)
        take_off(host, there)
        route.link("set", index=index_of(route, port), master=0)
        carry(host, there, port)
        carry(host, _recorded(actual), port)
        route.link("del", index=index_of(route, name))
        if manager is not None:
            manager.give(port, name)
        if advertises:
            advertised.wait(host, netns, port)

    def finish(self, host: Host, wanted: Iterable[Props]) -> None:
        """Wait until the bridge's addresses are no longer tentative."""
        for props in wanted:
            netns, name = props.get("netns") or "", props["name"]
            Address().finish(host, [each for each in Address().list(host, netns) if each["dev"] == name])

    @staticmethod
    def _port(route: IPRoute, index: int, port: str) -> str:
        """Return the port, '' if it is not under the bridge."""
        message = message_of(route, port) if port else None
        return port if message is not None and message.get("master") == index else ""

    @staticmethod
    def _free(route: IPRoute, port: str) -> Any:
        """Return what the kernel tells of a port; Refused for one that cannot go under a bridge."""
        message = message_of(route, port)
        if message is None:
            raise Refused(f"there is no link {port!r} on this host: `ip link` lists them", "port")
        if message.get("master"):
            (master,) = route.get_links(message.get("master"))
            raise Refused(f"{port} is already under {master.get('ifname')}: use linux.BridgePort there", "port")
        if kind_of(message) == _BRIDGE:
            raise Refused(f"{port} is a bridge itself", "port")
        return message

    @staticmethod
    def _bridge(route: IPRoute, wanted: Props, mark: str) -> None:
        words = _data({"stp": False, "forward_delay": 0, **wanted})
        route.link("add", ifname=wanted["name"], kind=_BRIDGE, address=wanted["address"], mtu=wanted["mtu"], **words)
        route.link("set", index=index_of(route, wanted["name"]), ifalias=join("", mark), state="up")


def _data(props: Props) -> dict[str, Any]:
    """Return the bridge's settings as netlink has them: times in hundredths of a second."""
    stp = {"br_stp_state": int(props["stp"])} if "stp" in props else {}
    delay = {"br_forward_delay": int(props["forward_delay"]) * 100} if "forward_delay" in props else {}
    return {**stp, **delay}


def _recorded(wanted: Props) -> Belongings:
    return Belongings.read(wanted.get("addresses") or [], wanted.get("routes") or [], wanted.get("netns") or "")


def _missing(different: Props, actual: Props) -> Belongings:
    """Return what is wanted and not there."""
    addresses, routes = (
        [line for line in different.get(name) or [] if line not in actual[name]] for name in ("addresses", "routes")
    )
    return Belongings.read(addresses, routes, actual.get("netns") or "")
