"""Kernel settings (sysctl(8), proc_sys(5))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from isthmus.declare.fields import Property, Required, required, word
from isthmus.engine.kinds import Kind, plain
from isthmus.linux.base import Object


@dataclass(frozen=True, slots=True)
class Name(Kind):
    """A setting's name: dotted as sysctl prints it, where a slash stands for a dot in a link's name.

    Slashed it is the path below /proc/sys: `net/ipv4/conf/eth0.100/rp_filter`.
    """

    @override
    def canonical(self, value: Any) -> str:
        text = plain(value).strip().removeprefix("/proc/sys/")
        first = next((sign for sign in text if sign in "./"), ".")
        dotted = text.translate({ord("."): "/", ord("/"): "."}) if first == "/" else text
        parts = dotted.split(".")
        if len(parts) < 2 or any(not part or set(part) == {"/"} or not part.isprintable() for part in parts):  # noqa: PLR2004
            raise ValueError(f"expected a name such as net.ipv4.ip_forward, found {text!r}")
        return dotted


@dataclass(frozen=True, slots=True)
class Setting(Kind):
    """A setting's value: numbers in a row are parted by one space, however the kernel parts them."""

    @override
    def canonical(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(int(value))
        text = " ".join(map(plain, value)) if isinstance(value, list | tuple) else " ".join(plain(value).split())
        if not text:
            raise ValueError("expected a number or text, found nothing")
        return text


class Sysctl(Object, kind="sysctl", key=("name", "netns"), listed=False, cuts=True):
    """A kernel setting. What it was before comes back with destroy.

    It is set again at every boot, before the network is called up, and after the links that the program makes. A
    setting of a link goes with the link: name the link by its resource.
    """

    name: Required[Annotated[str, Name()]] = required(
        "Name of the setting: `net.ipv4.ip_forward`, or as a path, `net/ipv4/conf/eth0.100/rp_filter`.", replaces=True
    )
    value: Required[Annotated[str | int, Setting()]] = required("Its value; several numbers are parted by spaces.")
    netns: Property[str] = word("Network namespace it is of; by default the host's own.", default="", replaces=True)
