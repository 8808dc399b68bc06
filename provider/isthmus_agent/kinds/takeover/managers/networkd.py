"""systemd-networkd: files of its own syntax, of which the first that matches a link counts."""

from __future__ import annotations

import shlex
import socket
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.kinds.takeover.managers.manager import Manager, Move, Plan
from isthmus_agent.kinds.takeover.managers.startup import active
from isthmus_agent.kinds.takeover.managers.unitfile import Setting, settings
from isthmus_agent.programs import run

SERVICE = "systemd-networkd.service"
FOLDER = Path("/etc/systemd/network")
STATE = Path("/run/systemd/netif")
PREFIX = "00-isthmus"
PATIENCE = 20
"""Seconds until the bridge is configured; a lease takes some."""
ENOUGH = 3
"""Seconds after which a link with addresses will do: networkd waits longer for routers where there are none."""
_SECTIONS = {
    *("Match", "Link", "Network", "Address", "Neighbor", "Route", "RoutingPolicyRule", "NextHop", "IPv6AddressLabel"),
    *("DHCP", "DHCPv4", "DHCPv6", "DHCPServer", "DHCPServerStaticLease", "DHCPPrefixDelegation", "IPv6AcceptRA"),
    *("IPv6SendRA", "IPv6Prefix", "IPv6RoutePrefix", "IPv6PREF64Prefix"),
}
"""Sections that mean the same for a bridge."""
_OF_THE_CARD = {
    *("Bridge", "Bond", "VRF", "BatmanAdvanced", "VLAN", "MACVLAN", "MACVTAP", "IPVLAN", "IPVTAP", "VXLAN", "Tunnel"),
    *("Xfrm", "MACsec", "IPoIB", "ActiveSlave", "PrimarySlave"),
}
"""Settings of [Network] that say what the card is under, or what stands on it."""
_LINK_OF_THE_CARD = {"MACAddress", "MTUBytes", "Unmanaged", "ActivationPolicy"}
"""Settings of [Link] that stay with the card, or that the bridge has by other means."""


class Networkd(Manager):
    """systemd-networkd, given files of ours that come before those that it has; none of them is changed."""

    name: ClassVar[str] = "networkd"
    resolves: ClassVar[bool] = True

    def place(self, dev: str) -> str:
        """Return the file of networkd's that configures the link."""
        state = _state(dev)
        managed = state.get("ADMIN_STATE") not in (None, "unmanaged", "pending", "initialized")
        return state.get("NETWORK_FILE", "") if managed and active(SERVICE) else ""

    def plan(self, move: Move) -> Plan:
        """Return a file for the bridge itself, one that puts the port under it, and the port's own for the bridge."""
        state = _state(move.port)
        files = [Path(state["NETWORK_FILE"]), *map(Path, shlex.split(state.get("NETWORK_FILE_DROPINS", "")))]
        lines = list(settings(files))
        for line in lines:
            _refuse_exotic(line)
        _refuse_earlier(files[0])
        link = [line.text for line in lines if line.section == "Link" and line.name == "MTUBytes"]
        names = {
            f"{PREFIX}-{move.bridge}.netdev": _netdev(move),
            f"{PREFIX}-{move.bridge}-port.network": _port(move, link),
            f"{PREFIX}-{move.bridge}.network": _bridge(move, lines, _iaid(move.port)),
        }
        return Plan(
            {str(FOLDER / name): text for name, text in names.items()}, {"files": [str(path) for path in files]}
        )

    def moved(self, move: Move) -> None:
        """Let it read its files, and wait until it has configured the bridge."""
        _reload()
        _wait_for_both(move)

    def resume(self, move: Move) -> None:
        """Let it configure the bridge, if it runs and has not begun to."""
        if not active(SERVICE):
            return
        if _state(move.bridge).get("ADMIN_STATE") not in ("configuring", "configured"):
            run("networkctl", "reconfigure", move.port, move.bridge)
        _wait_for_both(move)

    def returned(self, move: Move) -> None:
        """Let it read its files, and wait until it has configured the port."""
        _reload()
        _wait_until(move.port, Path(move.memory["files"][0]), ("configured",))


def _state(dev: str) -> dict[str, str]:
    """Return what networkd tells of a link to other programs (sd-network)."""
    try:
        text = (STATE / "links" / str(socket.if_nametoindex(dev))).read_text()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines() if not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def _refuse_exotic(line: Setting) -> None:
    if line.section not in _SECTIONS and not line.section.startswith("X-"):
        what, remedy = f"[{line.section}] is no section of a bridge", "move it to a file of the card's own"
    elif line.section == "Network" and line.name in _OF_THE_CARD:
        what, remedy = f"{line.name}= is about the card itself", "take it out, or declare what it does (isthmus.linux)"
    else:
        return
    raise Refused(f"{line.place}: {what}: {remedy}; nothing was changed", "port")


def _refuse_earlier(path: Path) -> None:
    if path.name <= PREFIX:
        remedy = "give it a name that begins with 10-"
        raise Refused(f"{path} comes before every file of ours ({PREFIX}-...): {remedy}; nothing was changed", "port")


def _netdev(move: Move) -> str:
    device = ["[NetDev]", f"Name={move.bridge}", "Kind=bridge", f"MACAddress={move.address}", f"MTUBytes={move.mtu}"]
    return "\n".join([_HEAD, *device, "", "[Bridge]", "STP=no", "ForwardDelaySec=0", ""])


def _port(move: Move, link: Sequence[str]) -> str:
    network = ["[Network]", f"Bridge={move.bridge}", "LinkLocalAddressing=no", "IPv6AcceptRA=no"]
    about = ["[Link]", "RequiredForOnline=no", *link]
    return "\n".join([_HEAD, "[Match]", f"Name={move.port}", "", *about, "", *network, ""])


def _bridge(move: Move, lines: Iterable[Setting], iaid: int | None) -> str:
    kept = [line.text for line in lines if not _left_out(line)]
    identity = [f"\n[{section}]\nIAID={iaid}" for section in ("DHCPv4", "DHCPv6")] if iaid is not None else []
    return "\n".join([_HEAD, "[Match]", f"Name={move.bridge}", "", *kept, *identity, ""])


def _left_out(line: Setting) -> bool:
    return line.section in ("", "Match") or (line.section == "Link" and line.name in _LINK_OF_THE_CARD)


def _iaid(dev: str) -> int | None:
    """Return the number by which a DHCP server knows the link, None where it knows the MAC address (RFC 4361)."""
    try:
        lease = (STATE / "leases" / str(socket.if_nametoindex(dev))).read_text()
    except OSError:
        return None
    client = next((line.partition("=")[2] for line in lease.splitlines() if line.startswith("CLIENTID=")), "")
    return int(client[2:10], 16) if client.startswith("ff") else None


def _reload() -> None:
    if active(SERVICE):
        run("networkctl", "reload")


def _wait_for_both(move: Move) -> None:
    """Wait until the bridge is configured; of a port that is under it already, networkd may never say so."""
    _wait_until(move.port, FOLDER / f"{PREFIX}-{move.bridge}-port.network", ("configuring", "configured"))
    _wait_until(move.bridge, FOLDER / f"{PREFIX}-{move.bridge}.network", ("configured",))


def _wait_until(dev: str, file: Path, states: Sequence[str]) -> None:
    """Wait for what networkd does later; whether the host is reached then is proved by a new login."""
    begin = time.monotonic()
    while active(SERVICE) and (waited := time.monotonic() - begin) < PATIENCE:
        state = _state(dev)
        enough = waited > ENOUGH and state.get("OPER_STATE") == "routable"
        if state.get("NETWORK_FILE") == str(file) and (enough or state.get("ADMIN_STATE") in states):
            return
        if state.get("ADMIN_STATE") == "failed":
            run("networkctl", "reconfigure", dev)
        time.sleep(0.1)


_HEAD = "# Made by Isthmus, and removed with the bridge."
