"""What every kind of object can do."""

from __future__ import annotations

from typing import Any, ClassVar

from isthmus_agent.host import Host

Props = dict[str, Any]


class Kind:
    """A kind of object on the host. Subclasses say how it is listed, made, changed and removed.

    keys: the properties that tell objects of the kind apart. lasting: it survives a reboot by itself, as a file does.
    standing: the host has it before anybody asks, as it has a sysctl; it is taken over without `adopt` and given back.
    """

    keys: ClassVar[tuple[str, ...]] = ("name",)
    lasting: ClassVar[bool] = False
    standing: ClassVar[bool] = False

    def list(self, host: Host, netns: str) -> list[Props]:
        """Return all objects of the kind in a namespace, as `find` returns one."""
        raise NotImplementedError

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return the object with the keys of `wanted` as it is, in the same words and spellings; None: not there."""
        here = self.list(host, wanted.get("netns", ""))
        return next((actual for actual in here if self.same_key(actual, wanted)), None)

    def look(self, host: Host, wanted: Props) -> Props | None:
        """Return the object for a refresh: what `find` returns, without what nobody is to see."""
        return self.find(host, wanted)

    def same_key(self, actual: Props, wanted: Props) -> bool:
        """Tell whether two objects have the same key."""
        return all(actual.get(name) == wanted.get(name) for name in self.keys)

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

    def title(self, props: Props) -> str:
        """Return what a message calls the object."""
        return " ".join(str(props[name]) for name in self.keys if props.get(name))
