"""Network managers that would fight over our links: told to leave them alone, or named where they configure them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.host import HOME, Host
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.takeover.handover import managers
from isthmus_agent.kinds.takeover.managers import interfaces, keyfile, manager_of, networkd, networkmanager
from isthmus_agent.kinds.takeover.managers.startup import active
from isthmus_agent.kinds.takeover.managers.unitfile import settings
from isthmus_agent.programs import attempt, present
from isthmus_agent.record import Record, write_lasting

WANTED = Path("/etc/systemd/system/multi-user.target.wants")
NETWORKD = networkd.FOLDER / "00-isthmus-unmanaged.network"
NETWORKD_ROUTES = Path("/etc/systemd/networkd.conf.d/90-isthmus.conf")
NETWORKMANAGER = Path("/etc/NetworkManager/conf.d/90-isthmus.conf")
_HEAD = "# Made by Isthmus, and removed with the last link that it owns here.\n"
_FOREIGN = f"{_HEAD}[Network]\nManageForeignRoutes=no\nManageForeignRoutingPolicyRules=no\n"


def leave_alone(host: Host, record: Record) -> None:
    """Tell those that run, or will, of the links that are ours; what was said of them goes with the last."""
    if host.netns or host.base != HOME:
        return
    for_networkd, for_networkmanager = (_ours(host, record, name) for name in ("networkd", "NetworkManager"))
    routes = any(entry.kind in ("route", "rule") and not entry.props.get("netns") for entry in record.entries())
    here = _in_use("systemd-networkd.service", networkd.STATE / "state")
    _write(NETWORKD_ROUTES, _FOREIGN if here and (routes or for_networkd) else "")
    if _write(NETWORKD, _unmanaged_by_networkd(for_networkd) if here else "") and active(networkd.SERVICE):
        attempt("networkctl", "reload")
    here = _in_use("NetworkManager.service", Path("/run/NetworkManager"))
    text = _unmanaged_by_networkmanager(for_networkmanager) if here else ""
    if _write(NETWORKMANAGER, text) and active(networkmanager.SERVICE):
        attempt("nmcli", "general", "reload", "conf")


class Claims:
    """What other managers configure by name, read once."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._places: dict[str, str] | None = None

    def refuse(self, kind: str, props: Props) -> None:
        """Raise Refused for a link that another configures as well: the two would fight at every boot."""
        if self._host.netns or props.get("netns"):
            return
        if kind == "bridge-port":
            _refuse_configured(self._host, props["dev"])
        if not kind.startswith("link/"):
            return
        name = props["name"]
        if self._places is None:
            self._places = dict(_claims())
        if name in self._places:
            remedy = "remove it there, or name the link otherwise"
            raise Refused(f"{self._places[name]} configures a link of this name too: {remedy}", "name")


def _refuse_configured(host: Host, dev: str) -> None:
    """Raise Refused for a port that has a configuration of its own: the bridge would have its frames."""
    manager = manager_of(host, "", dev)
    if manager is not None:
        remedy = "take that out, or use linux.BridgeTakeover, which hands it to the bridge"
        raise Refused(f"{manager.name} gives {dev} addresses of its own ({manager.place(dev)}): {remedy}", "dev")


def _ours(host: Host, record: Record, manager: str) -> list[str]:
    """Return the links that we made in the host's own namespace, but for what this manager has by our own word.

    No port is among them: let go again, it would be cleared by NetworkManager, which holds it for new.
    """
    entries = [entry for entry in record.entries() if not entry.props.get("netns")]
    links = {entry.props["name"] for entry in entries if entry.kind.startswith("link/")}
    having = managers(host)
    bridges = {entry.props["name"] for entry in entries if entry.kind == "takeover"}
    return sorted(links | {name for name in bridges if _is_there(name) and having.get(name) != manager})


def _is_there(name: str) -> bool:
    """Tell whether a bridge is made: who has it is known by then."""
    return Path("/sys/class/net", name).exists()


def _in_use(unit: str, running: Path) -> bool:
    return running.exists() or (WANTED / unit).is_symlink()


def _unmanaged_by_networkd(names: Collection[str]) -> str:
    return f"{_HEAD}[Match]\nName={' '.join(names)}\n\n[Link]\nUnmanaged=yes\n" if names else ""


def _unmanaged_by_networkmanager(names: Collection[str]) -> str:
    devices = ";".join(f"interface-name:={name}" for name in names)
    return f"{_HEAD}[keyfile]\nunmanaged-devices+={devices}\n" if names else ""


def _write(path: Path, text: str) -> bool:
    """Let a file hold a text, '' for no file; tells whether it changed."""
    now = path.read_text() if path.exists() else ""
    if now == text:
        return False
    try:
        if text:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
            write_lasting(path, text, 0o644)
        else:
            path.unlink()
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from None
    return True


def _claims() -> Iterator[tuple[str, str]]:
    """Return names of links, and the places that configure them; a bridge of ours is ours."""
    if present("ifup"):
        for line in interfaces.lines():
            if line.sort == "iface" and len(line.words) > 1:
                yield line.words[1], line.place
    for folder in (networkd.FOLDER, Path("/run/systemd/network")):
        for path in _foreign(folder, "*.netdev"):
            yield from ((each.value, each.place) for each in settings([path]) if _names(each.section, each.name))
    for path in _foreign(networkmanager.FOLDER, "*.nmconnection"):
        with suppress(Refused):
            yield keyfile.read(path).get("connection", {}).get("interface-name", ""), str(path)


def _names(section: str, name: str) -> bool:
    return (section, name) == ("NetDev", "Name")


def _foreign(folder: Path, pattern: str) -> list[Path]:
    return [path for path in sorted(folder.glob(pattern)) if not path.name.startswith(("isthmus-", networkd.PREFIX))]
