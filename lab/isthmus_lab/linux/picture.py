"""A running lab as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from isthmus_lab.linux.lab import Lab

_FILES: Final = "devices.yaml, ssh_key, known_hosts"


def summary(lab: Lab) -> list[str]:
    """Say in a line each how its nodes are reached, and last where its files lie."""
    status = lab.status()
    width = max(map(len, (*status["hosts"], *status["routers"])))
    hosts = [f"{name:{width}}  {_way(host)}" for name, host in status["hosts"].items()]
    routers = [f"{name:{width}}  {_api(router)}" for name, router in status["routers"].items()]
    return [*hosts, *routers, f"{lab.name} is up: {lab.folder.path} ({_FILES})"]


def picture(lab: Lab) -> Iterator[str]:
    """Show its links with their ends, and its nodes with what their cards have now."""
    status = lab.status()
    yield f"{lab.name}: {lab.folder.path}"
    for name, link in lab.topology.links.items():
        traits = [f"mtu {link.mtu}", *([f"delay {link.delay}"] if link.delay else [])]
        traits += [f"loss {link.loss}"] if link.loss else []
        yield ""
        yield f"{name}  ({', '.join(traits)})"
        for position, end in enumerate(link.parsed):
            yield f"{'└' if position == len(link.ends) - 1 else '├'}── {end}"
    for name, host in status["hosts"].items():
        yield ""
        yield f"{name}  {_way(host)}"
        if host["pid"] is not None:
            yield from _cards(lab, name)
    for name, router in status["routers"].items():
        yield ""
        yield f"{name}  {_api(router)}"


def _way(host: Mapping[str, Any]) -> str:
    if host["pid"] is None:
        return "down"
    through = f"  through {host['through']}" if host["through"] else ""
    return f"ssh {host['user']}@{host['host']}:{host['port']}{through}"


def _api(router: Mapping[str, Any]) -> str:
    return f"api-ssl {router['host']}:{router['port']}  RouterOS {router['version']}"


def _cards(lab: Lab, name: str) -> Iterator[str]:
    shown = json.loads(lab.host(name).run(["ip", "-json", "address"]).stdout)
    plugs = lab.topology.plugs(name)
    for card in shown:
        addresses = [f"{a['local']}/{a['prefixlen']}" for a in card["addr_info"] if a["scope"] == "global"]
        if card["ifname"] == "lo" and not addresses:
            continue
        words = [card["ifname"], plugs.get(card["ifname"], "-"), card["operstate"].lower(), f"mtu {card['mtu']}"]
        yield "  " + "  ".join([*words, *addresses])
