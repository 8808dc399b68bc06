"""Services of systemd: whether they run, whether they start at boot, and when they are started anew."""

from __future__ import annotations

from typing import Any, ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds import service_unit as units
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.recorded import Recorded
from isthmus_agent.ledger import Ledger

_ENABLED = {"enabled": True, "disabled": False, "enabled-runtime": False, "linked": False, "indirect": False}
"""What a unit file's state says of the next boot; other states, such as static, have nothing to switch."""
_WAYS_IN = (
    "ssh",
    "dropbear",
    "systemd-networkd",
    "NetworkManager",
    "networking",
    "wpa_supplicant",
    "dhc",
    "nftables",
    "iptables",
    "netfilter-persistent",
    "firewalld",
    "ufw",
    "fail2ban",
    "openvpn",
    "wg-quick",
    "strongswan",
    "ipsec",
    "tailscaled",
    "bird",
    "frr",
    "keepalived",
)
"""How the names of units begin that a login may hang on."""
_RUNNING = {"active", "reloading", "refreshing"}


class Service(Recorded):
    """A unit, which its package or a file brings: it is switched, and given back as it was."""

    kind: ClassVar[str] = "service"
    lasting: ClassVar[bool] = True
    standing: ClassVar[bool] = True

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the state of the unit; when it is started anew is nothing that systemd knows."""
        unit = units.show(wanted["name"])
        if unit["LoadState"] == "not-found":
            return None
        state = unit.get("UnitFileState", "")
        return {
            "name": wanted["name"],
            "masked": unit["LoadState"] == "masked",
            "running": unit["ActiveState"] in _RUNNING,
            "triggers": Ledger(host, "services").read().get(wanted["name"], ""),
            **({"enabled": _ENABLED[state]} if state in _ENABLED else {}),
            **{name: wanted[name] for name in ("on_change",) if wanted.get(name)},
        }

    def make(self, host: Host, wanted: Props, mark: str) -> None:
        """Look again after systemd has read its files; Refused if there is still no such unit."""
        units.reload_units()
        actual = self.find(host, wanted)
        if actual is None:
            remedy = "install the package that brings it, or declare its file (linux.File) first"
            raise Refused(f"there is no unit {wanted['name']}: {remedy}", "name")
        different = {name: value for name, value in wanted.items() if actual.get(name) != value}
        self.change(host, actual, different, mark)

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:  # noqa: ARG002 - shows no mark
        """Switch what differs: first what lets it start, last what keeps it from starting."""
        name = actual["name"]
        if units.show(name).get("NeedDaemonReload") == "yes":
            units.reload_units()
        if different.get("masked") is False:
            units.tell("unmask", name, "masked")
        elif actual["masked"] and (different.get("running") or different.get("enabled")):
            raise Refused(f"it is masked: set masked=False, or run systemctl unmask {name}", "masked")
        _enable(name, different)
        _run(name, actual, different)
        if different.get("masked"):
            units.tell("mask", name, "masked")
        if "triggers" in different:
            _note(host, name, different["triggers"])

    def cuts(self, host: Host, props: Props) -> bool:  # noqa: ARG002 - whoever comes in
        """It may, where it is one of those that let people in, bring the network up, or carry it elsewhere."""
        return str(props["name"]).startswith(_WAYS_IN)

    def remove(self, host: Host, actual: Props) -> None:
        """Stop the unit and keep it from the next boot: its file was not there before us."""
        self.change(host, actual, {"running": False, "enabled": False, "triggers": ""}, "")


def _enable(name: str, different: Props) -> None:
    if different.get("enabled") is None:
        return
    state = units.show(name).get("UnitFileState", "")
    if state in _ENABLED:
        units.tell("enable" if different["enabled"] else "disable", name, "enabled")
    elif different["enabled"]:
        raise Refused(f"its file is {state or 'unknown'}, so others start it: leave enabled out", "enabled")


def _run(name: str, actual: Props, different: Props) -> None:
    if different.get("running") is False:
        units.tell("stop", name, "running")
    elif different.get("running"):
        units.tell("start", name, "running")
        units.settled(name, "running")
    elif different.get("triggers") and actual["running"]:
        _anew(name, {**actual, **different}.get("on_change") or "restart")


def _anew(name: str, how: Any) -> None:
    if how == "reload" and units.show(name).get("CanReload") != "yes":
        raise Refused("it cannot be reloaded: set on_change='restart'", "on_change")
    units.tell(str(how), name, "triggers")
    units.settled(name, "triggers")


def _note(host: Host, name: str, triggers: str) -> None:
    ledger = Ledger(host, "services")
    notes = {unit: digest for unit, digest in ledger.read().items() if unit != name}
    ledger.write({**notes, name: triggers} if triggers else notes)
