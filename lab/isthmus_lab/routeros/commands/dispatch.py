"""From a path to the menu and the command that it names, and what the user must be allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.routeros.command import Result, Trap
from isthmus_lab.routeros.commands import adding, arranging, printing, setting, special
from isthmus_lab.routeros.commands.call import Call

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from isthmus_lab.routeros.command import Command
    from isthmus_lab.routeros.device import Device
    from isthmus_lab.routeros.schema import Menu
    from isthmus_lab.routeros.users import User

    Run = Callable[[Call], Result]

_READING: Mapping[str, Run] = {
    "print": printing.print_,
    "getall": printing.print_,
    "get": printing.get,
    "find": printing.find,
    "export": special.done,
}
_LISTED: Mapping[str, Run] = {"add": adding.add, "remove": arranging.remove}
_COUNTED: Mapping[str, Run] = {
    "reset-counters": special.reset_counters,
    "reset-counters-all": special.reset_counters_all,
}
_SPECIAL: Mapping[str, Run] = {
    "/ip/ipsec/installed-sa/flush": special.flush,
    "/ip/ipsec/active-peers/kill-connections": special.flush,
    "/system/script/run": special.run,
}
_NO_COMMAND = 0


def execute(device: Device, user: User, command: Command) -> Result:
    """Run one command as one user."""
    path, _, verb = command.path.rpartition("/")
    menu = device.menus.get(path)
    run = commands(menu).get(verb) if menu else None
    if menu is None or run is None:
        raise unknown(device, command.path)
    user.require("read" if verb in _READING else menu.policy)
    return run(Call(device, user, menu, command.attributes, command.queries))


def commands(menu: Menu) -> dict[str, Run]:
    """Gather the commands of a menu from what it is made of."""
    known: dict[str, Run] = dict(_READING)
    if menu.settings:
        known |= {"set": setting.set_}
        del known["find"]
    else:
        known |= _for_lists(menu)
    known |= {path.rpartition("/")[2]: run for path, run in _SPECIAL.items() if path.startswith(f"{menu.path}/")}
    return {verb: run for verb, run in known.items() if verb not in menu.without}


def _for_lists(menu: Menu) -> dict[str, Run]:
    known: dict[str, Run] = {"set": setting.set_, **(_LISTED if menu.kind == "list" else {})}
    if "set" not in menu.without:
        known |= {"reset": setting.reset}
    if "disabled" in menu.arguments:
        known |= {"enable": setting.enable, "disable": setting.disable}
    if "comment" in menu.arguments:
        known |= {"comment": setting.comment}
    if menu.ordered:
        known |= {"move": arranging.move}
    if any(argument.unset for argument in menu.arguments.values()):
        known |= {"unset": setting.unset}
    if "bytes" in menu.shown:
        known |= _COUNTED
    return known


def unknown(device: Device, path: str) -> Trap:
    """Say what of a path the router does not know: its last word, or one on the way."""
    folders = {parent for known in device.menus for parent in _parents(known)} | {""}
    folder = path.rpartition("/")[0]
    if folder in folders:
        return Trap("no such command", _NO_COMMAND)
    unknown = next(step for step in _parents(path) if step not in folders)
    name = unknown.rpartition("/")[2]
    following = Trap("no such command prefix")
    return Trap(f"no such command or directory ({name})", _NO_COMMAND, following=following)


def _parents(path: str) -> list[str]:
    words = path.split("/")
    return ["/".join(words[:end]) for end in range(2, len(words) + 1)]
