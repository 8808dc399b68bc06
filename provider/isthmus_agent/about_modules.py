"""Which kernel modules a host has: built in, loaded, loadable, or missing (modules.builtin(5), modules.dep(5))."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

from pyroute2 import IPRoute, netns
from pyroute2.netlink.exceptions import NetlinkError

LINKS = {
    "sit": "sit",
    "ipip": "ipip",
    "ip_gre": "gre",
    "ip6_gre": "ip6gre",
    "ip6_tunnel": "ip6tnl",
    "ip_vti": "vti",
    "ip6_vti": "vti6",
    "xfrm_interface": "xfrm",
    "wireguard": "wireguard",
    "vxlan": "vxlan",
    "8021q": "vlan",
    "bridge": "bridge",
    "tun": "tun",
    "vrf": "vrf",
    "dummy": "dummy",
    "veth": "veth",
    "macvlan": "macvlan",
}
"""The kind of links that each module brings."""
OTHERS = ("esp4", "esp6", "nf_tables")
_SCRATCH = "isthmus-probe"


def modules(root: Path = Path("/")) -> dict[str, str]:
    """Return the state of each module: `built in`, `loaded`, `loadable`, `missing`, or `not told` by this kernel."""
    folder = root / "lib/modules" / platform.release()
    loaded, builtin, loadable = _loaded(root), _listed(folder / "modules.builtin"), _listed(folder / "modules.dep")
    told = bool(builtin or loadable)
    found = {}
    for name in (*LINKS, *OTHERS):
        if name in loaded:
            found[name] = "loaded"
        elif name in builtin or (root / "sys/module" / name).exists():
            found[name] = "built in"
        else:
            found[name] = "loadable" if name in loadable else "missing" if told else "not told"
    return found if told else {**found, **_tried({name for name, state in found.items() if state == "not told"})}


def _loaded(root: Path) -> set[str]:
    try:
        return {line.split()[0] for line in (root / "proc/modules").read_text().splitlines()}
    except OSError:
        return set()


def _listed(path: Path) -> set[str]:
    """Return the modules of an index: `kernel/net/ipv6/sit.ko.xz: kernel/...`."""
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return set()
    return {Path(line.partition(":")[0]).name.partition(".ko")[0].replace("-", "_") for line in lines}


def _tried(unknown: set[str]) -> dict[str, str]:
    """Try links in a namespace of their own: a kernel without an index of its modules can load none by the way."""
    try:
        netns.create(_SCRATCH)
    except OSError:
        return {}
    try:
        with IPRoute(netns=_SCRATCH) as route:
            return {name: _try(route, kind) for name, kind in LINKS.items() if name in unknown}
    finally:
        netns.remove(_SCRATCH)


def _try(route: IPRoute, kind: str) -> str:
    more: dict[str, dict[str, Any]] = {
        "tun": {"tun_type": "tun"},
        "vlan": {"vlan_id": 1, "link": 1},
        "macvlan": {"link": 1},
    }
    words: dict[str, Any] = {"vxlan": {"vxlan_id": 1}, "vrf": {"vrf_table": 1}, "xfrm": {"xfrm_if_id": 1}, **more}.get(
        kind, {}
    )
    try:
        route.link("add", ifname="probe", kind="tuntap" if kind == "tun" else kind, **words)
    except (NetlinkError, OSError) as error:
        return "missing" if getattr(error, "code", 0) == _NOT_SUPPORTED else "built in"
    for index in route.link_lookup(ifname="probe"):
        route.link("del", index=index)
    return "built in"


_NOT_SUPPORTED = 95
