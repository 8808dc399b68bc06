"""NetworkManager: connection profiles, kept as files and activated by nmcli."""

from __future__ import annotations

import ipaddress
import re
import uuid
from pathlib import Path
from typing import ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.kinds.address import Address
from isthmus_agent.kinds.takeover.managers import keyfile
from isthmus_agent.kinds.takeover.managers.keyfile import Profile
from isthmus_agent.kinds.takeover.managers.manager import Manager, Move, Plan
from isthmus_agent.kinds.takeover.managers.startup import active
from isthmus_agent.programs import attempt, present, run

SERVICE = "NetworkManager.service"
FOLDER = Path("/etc/NetworkManager/system-connections")
SECONDS = 40
"""How long an activation may take, with a lease."""
PRIORITY = 999
"""The largest autoconnect-priority: our profiles come before those that they stand for."""
METRIC = "100"
"""What NetworkManager gives routes over Ethernet; those over a bridge would come after others."""
_KINDS = ("802-3-ethernet", "ethernet")
_SPACE = uuid.UUID("9b6f3f2e-6a1b-4a3c-9a0e-0f8a3a7c6d51")
"""The name space of the profiles' UUIDs: the same takeover has the same ones."""
_ABOUT_ADDRESSES = ("ipv4", "ipv6", "proxy", "hostname")
_CARRIED = ("zone", "metered", "lldp", "mdns", "llmnr", "dns-over-tls", "stable-id")
"""What of [connection] is about the network, and not about the card."""


class NetworkManager(Manager):
    """NetworkManager, given a profile for the bridge and one for its port; the port's own stays as it is."""

    name: ClassVar[str] = "NetworkManager"
    resolves: ClassVar[bool] = True

    def place(self, dev: str) -> str:
        """Return the profile that is active on the link, and not only seen there by NetworkManager."""
        if not active(SERVICE) or present("nmcli") is None:
            return ""
        profile = _active(dev)
        return (_known(profile)["filename"] or profile) if profile and not _external(dev) else ""

    def plan(self, move: Move) -> Plan:
        """Return the two profiles."""
        known = _known(_active(move.port))
        path = Path(known["filename"])
        profile = keyfile.read(path) if path.suffix in ("", ".nmconnection") else _refuse_foreign(path)
        _refuse_exotic(path, profile)
        bridge, port = _bridge_name(move), _port_name(move)
        profiles = {
            bridge: _bridge(move, profile, _client_id(move.port), _token(self, move.port)),
            port: _port(move, profile),
        }
        files = {str(FOLDER / f"{name}.nmconnection"): keyfile.text(each, _HEAD) for name, each in profiles.items()}
        return Plan(files, {"profile": known["uuid"]}, mode="0600")

    def moved(self, move: Move) -> None:
        """Load the profiles and activate them."""
        for name in (_bridge_name(move), _port_name(move)):
            run("nmcli", "connection", "load", str(FOLDER / f"{name}.nmconnection"))
        self._activate(move)

    def resume(self, move: Move) -> None:
        """Activate the profiles anew, if NetworkManager runs and has not done so."""
        if active(SERVICE) and _active(move.bridge) != _uuid(_bridge_name(move)):
            self._activate(move)

    def returned(self, move: Move) -> None:
        """Forget the profiles, and activate the port's own again."""
        if active(SERVICE):
            run("nmcli", "connection", "reload")
            _up(move.memory["profile"], move.port)

    @staticmethod
    def _activate(move: Move) -> None:
        _up(_uuid(_bridge_name(move)), move.bridge)
        _up(_uuid(_port_name(move)), move.port)


def _up(profile: str, dev: str) -> None:
    run("nmcli", "--wait", str(SECONDS), "connection", "up", "uuid", profile, "ifname", dev, seconds=SECONDS + 20)


def _active(dev: str) -> str:
    """Return the UUID of the profile that is active on a link, '' for none."""
    return attempt("nmcli", "--get-values", "GENERAL.CON-UUID", "device", "show", dev).stdout.strip()


def _external(dev: str) -> bool:
    """Tell whether NetworkManager has only made up a profile for what others configured."""
    return "external" in attempt("nmcli", "--get-values", "GENERAL.STATE", "device", "show", dev).stdout


def _known(profile: str) -> dict[str, str]:
    """Return where a profile is kept."""
    listed = run("nmcli", "--get-values", "UUID,FILENAME", "connection", "show").splitlines()
    lines = (line.replace("\\:", ":").partition(":") for line in listed)
    return next(({"uuid": name, "filename": path} for name, _, path in lines if name == profile), {"filename": ""})


def _refuse_foreign(path: Path) -> Profile:
    raise Refused(f"{path} is no keyfile: run nmcli connection migrate, and try again; nothing was changed", "port")


def _refuse_exotic(path: Path, profile: Profile) -> None:
    connection = profile.get("connection", {})
    kind = connection.get("type", "")
    if kind not in _KINDS:
        what, remedy = f"type={kind} is no Ethernet, which alone goes under a bridge", "name another port"
    elif {"master", "controller"} & connection.keys():
        what, remedy = "it is under another device already", "take it out there first"
    elif "802-1x" in profile:
        what, remedy = (
            "[802-1x] is the card's, and not known of a bridge",
            "declare the bridge in NetworkManager itself",
        )
    elif int(connection.get("autoconnect-priority", "0")) >= PRIORITY:
        what, remedy = f"its autoconnect-priority is not below {PRIORITY}", "give it a lower one"
    else:
        return
    raise Refused(f"{path}: {what}: {remedy}; nothing was changed", "port")


def _bridge(move: Move, profile: Profile, client_id: str, token: str) -> Profile:
    carried = {name: value for name, value in profile["connection"].items() if name in _CARRIED}
    about = {name: dict(profile[name]) for name in _ABOUT_ADDRESSES if name in profile}
    about.setdefault("ipv4", {"method": "auto"})
    about.setdefault("ipv6", {"method": "auto"})
    for values in (about["ipv4"], about["ipv6"]):
        values.setdefault("route-metric", METRIC)
    if client_id and about["ipv4"].get("method") == "auto":
        about["ipv4"]["dhcp-client-id"] = client_id
    if token and "token" not in about["ipv6"]:
        about["ipv6"].update({"addr-gen-mode": "eui64", "token": token})
    return {
        "connection": {**_connection(_bridge_name(move), move.bridge, "bridge"), **carried},
        "ethernet": {"mtu": str(move.mtu)},
        "bridge": {"stp": "false", "forward-delay": "0", "mac-address": move.address},
        **about,
    }


def _port(move: Move, profile: Profile) -> Profile:
    card = {name: values for name, values in profile.items() if name in ("ethernet", "802-3-ethernet", "ethtool")}
    under = {"master": move.bridge, "slave-type": "bridge"}
    return {"connection": {**_connection(_port_name(move), move.port, "ethernet"), **under}, **card}


def _connection(name: str, dev: str, kind: str) -> dict[str, str]:
    fixed = {"id": name, "uuid": _uuid(name), "type": kind, "interface-name": dev}
    return {**fixed, "autoconnect": "true", "autoconnect-priority": str(PRIORITY)}


def _bridge_name(move: Move) -> str:
    return f"isthmus-{move.bridge}"


def _port_name(move: Move) -> str:
    return f"isthmus-{move.bridge}-port"


def _uuid(name: str) -> str:
    return str(uuid.uuid5(_SPACE, name))


def _client_id(dev: str) -> str:
    """Return by what a DHCP server knows the link, '' where it has no lease."""
    options = attempt("nmcli", "--get-values", "DHCP4.OPTION", "device", "show", dev).stdout.replace("\\:", ":")
    found = re.search(r"dhcp_client_identifier = ([0-9a-f:]+)", options)
    return found[1] if found else ""


def _token(manager: Manager, dev: str) -> str:
    """Return the half of an address that the link gave itself, '' if it has none."""
    here = [props for props in Address().list(manager.host, "") if props["dev"] == dev]
    made = (str(props["address"]) for props in here if ":" in props["address"] and props.get("valid_lft") != "forever")
    addresses = (ipaddress.IPv6Interface(text) for text in made)
    found = next((each for each in addresses if each.network.prefixlen == 64 and not each.is_link_local), None)  # noqa: PLR2004
    return f"::{ipaddress.IPv6Address(int(found.ip) & (1 << 64) - 1).exploded[20:]}" if found else ""


_HEAD = "# Made by Isthmus, and removed with the bridge.\n"
