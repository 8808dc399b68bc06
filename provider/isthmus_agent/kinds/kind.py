"""What every kind of object can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Optional, Union

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host

Props = dict[str, Any]
Outcome = Optional[Union[Refused, NetlinkError, OSError]]
"""Why an object could not be changed, None if it was."""


class Kind:
    """A kind of object on the host. Subclasses say how it is listed, made, changed and removed.

    keys: the properties that tell objects of the kind apart. lasting: it survives a reboot by itself, as a file does.
    standing: the host has it before anybody asks, as it has a sysctl; it is taken over without `adopt` and given back.
    remembered: what the record keeps of it as found, for a boot.
    bulk: `list` and `key` answer `find` for any number of objects at once.
    """

    keys: ClassVar[tuple[str, ...]] = ("name",)
    lasting: ClassVar[bool] = False
    standing: ClassVar[bool] = False
    bulk: ClassVar[bool] = False
    remembered: ClassVar[tuple[str, ...]] = ()

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return all objects of the kind in a namespace, as `find` returns one."""
        raise NotImplementedError

    def portion(self, wanted: Props) -> Props:  # noqa: ARG002 - only some kinds are read in parts
        """Return which of all objects of the kind must be read to find one, for `list_portion`."""
        return {}

    def list_portion(self, host: Host, netns: str, part: Props) -> Sequence[Props]:  # noqa: ARG002 - likewise
        """Return the objects of a part."""
        return self.list(host, netns)

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the object with the keys of `wanted` as it is, in the same words and spellings; None: not there."""
        here = self.list(host, wanted.get("netns") or "")
        return next((actual for actual in here if self.same_key(actual, wanted)), None)

    def look(self, host: Host, wanted: Props) -> Props | None:
        """Return the object for a refresh: what `find` returns, without what nobody is to see."""
        return self.find(host, wanted)

    def survives(self, host: Host) -> bool:  # noqa: ARG002 - most kinds do on every host, or on none
        """Tell whether the object comes back at boot by itself."""
        return self.lasting

    def key(self, props: Props) -> tuple[Any, ...]:
        """Return what tells objects of the kind apart in a namespace."""
        return tuple(props.get(name) for name in self.keys)

    def same_key(self, actual: Props, wanted: Props) -> bool:
        """Tell whether two objects have the same key."""
        return self.key(actual) == self.key(wanted)

    def normal(self, wanted: Props) -> Props:
        """Return wanted properties as the host spells them, with the keys that it would give by itself."""
        return wanted

    def context(self, host: Host, wanted: Props) -> Props:  # noqa: ARG002 - most kinds change nothing but themselves
        """Return what an undo must know of the host, besides the keys, once the object was half made."""
        return {}

    def finish(self, host: Host, wanted: Iterable[Props]) -> None:
        """Wait for what the kernel does later with objects that were just made; Refused if it does not end well."""

    def resume(self, host: Host, wanted: Props) -> None:
        """Do what an object that is there needs late in a boot, when daemons run."""

    def clear(self, host: Host, keys: Props) -> None:
        """Take away what is left of an object that was half made, or gone by a reboot amid it."""

    def cuts(self, host: Host, props: Props) -> bool:  # noqa: ARG002 - most kinds carry nobody's session
        """Tell whether a change of the object can cut the way in by which the agent is spoken to."""
        return False

    def owner(self, actual: Props) -> str:  # noqa: ARG002 - only some kinds show it
        """Return the mark that an object itself carries, '' if it carries none."""
        return ""

    def make(self, host: Host, wanted: Props, mark: str) -> None:
        """Make the object."""
        raise NotImplementedError

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:
        """Change some properties of an object that is there; Refused where the kernel cannot."""
        raise NotImplementedError

    def remove(self, host: Host, actual: Props) -> None:
        """Remove the object."""
        raise NotImplementedError

    def make_all(self, host: Host, wanted: Sequence[tuple[Props, str]]) -> Iterable[Outcome]:
        """Make objects, given with their marks, in their order; tells of each what became of it, as it goes on.

        Whoever asks for it reads them again afterwards, and compares (`check`).
        """
        return (_outcome(self.make, host, props, mark) for props, mark in wanted)

    def change_all(self, host: Host, changes: Sequence[tuple[Props, Props, str]]) -> Iterable[Outcome]:
        """Change objects that are there, each given with what differs and its mark, told likewise."""
        return (_outcome(self.change, host, *change) for change in changes)

    def remove_all(self, host: Host, actual: Sequence[Props]) -> Iterable[Outcome]:
        """Remove objects in their order, told likewise."""
        return (_outcome(self.remove, host, props) for props in actual)

    def check(self, actual: Props, wanted: Props) -> None:
        """Compare an object that was read again with what was asked for; Refused if the kernel took it otherwise."""

    def title(self, props: Props) -> str:
        """Return what a message calls the object."""
        return " ".join(str(props[name]) for name in self.keys if props.get(name))


def _outcome(do: Callable[..., None], *arguments: Any) -> Outcome:
    try:
        do(*arguments)
    except (Refused, NetlinkError, OSError) as failure:
        return failure
    return None
