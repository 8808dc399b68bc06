"""The cards, settings, addresses and routes that a node has at each boot."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from isthmus_lab.errors import LabError
from isthmus_lab.linux import namespaces, programs, readiness, waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from isthmus_lab.linux.fabric import Fabric
    from isthmus_lab.topology import LinuxNode

_LOCALLY_ADMINISTERED: Final = "02"
_DETECTION_SECONDS: Final = 0.5


def make_namespace(name: str) -> None:
    """Make a network namespace anew; what was in the one before goes with its last process."""
    if (namespaces.FOLDER / name).exists():
        programs.run(["ip", "netns", "del", name])
    programs.run(["ip", "netns", "add", name])
    programs.run(["ip", "-n", name, "link", "set", "lo", "up"])


def wire(fabric: Fabric, name: str, node: LinuxNode, plugs: Mapping[str, str]) -> None:
    """Give a node's fresh namespace its cards, settings, addresses and routes."""
    # Settings of "all" and "default" must be there before the cards, which take them over; those of cards after.
    _set(name, {setting: value for setting, value in node.sysctls.items() if _early(setting)})
    for card, link in plugs.items():
        declared = node.card(card)
        fabric.plug(link, name, card, declared.mac or made_mac(name, card), declared.mtu)
    _set(name, node.sysctls)
    with _no_detection(name, plugs):
        _batch(name, "".join(_card_commands(card, node) for card in ("lo", *plugs)))
    for route in node.routes:
        # Beside a route that a neighbour's advertisement may have brought already.
        verb = "append" if route.family == 6 else "add"  # noqa: PLR2004 - IPv6
        programs.run(["ip", "-n", name, f"-{route.family}", "route", verb, *route.words()], doing=f"{name}: route")


def made_mac(node: str, card: str) -> str:
    """Make a card's MAC address from its place: the same after each reboot, as a real card's."""
    digest = hashlib.sha256(f"{node}:{card}".encode()).hexdigest()
    return ":".join((_LOCALLY_ADMINISTERED, *(digest[i : i + 2] for i in range(0, 10, 2))))


@contextmanager
def _no_detection(name: str, cards: Iterable[str]) -> Iterator[None]:
    """Spare the links' own addresses, which come from MAC addresses of ours, the second that their detection takes."""
    settings = {f"net/ipv6/conf/{card}/accept_dad": 0 for card in cards}
    before = namespaces.inside(namespaces.FOLDER / name, lambda: {it: _file(it).read_text() for it in settings})
    _set(name, settings)
    yield
    waiting.until(lambda: not readiness.tentative(name), _DETECTION_SECONDS)
    _set(name, {it: value.strip() for it, value in before.items()})


def _card_commands(card: str, node: LinuxNode) -> str:
    addresses = node.card(card).addresses
    return "".join(
        [
            *(f"address add {address} dev {card}{' nodad' if ':' in address else ''}\n" for address in addresses),
            f"link set dev {card} up\n",
        ]
    )


def _batch(name: str, commands: str) -> None:
    programs.run(["ip", "-n", name, "-batch", "-"], commands, doing=f"{name}: addresses")


def _early(setting: str) -> bool:
    parts = setting.replace("/", ".").split(".")
    return "conf" not in parts or "all" in parts or "default" in parts


def _set(name: str, sysctls: Mapping[str, str | int]) -> None:
    if sysctls:
        namespaces.inside(namespaces.FOLDER / name, _writer(name, sysctls))


def _writer(name: str, sysctls: Mapping[str, str | int]) -> Callable[[], None]:
    def write() -> None:
        for setting, value in sysctls.items():
            try:
                _file(setting).write_text(f"{value}\n")
            except OSError as error:
                raise LabError(f"{name}: sysctls: cannot set {setting} to {value}: {error.strerror}") from error

    return write


def _file(setting: str) -> Path:
    return Path("/proc/sys", setting if "/" in setting else setting.replace(".", "/"))
