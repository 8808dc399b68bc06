"""Persistent TUN and TAP links, made by ioctl: netlink makes none (linux/if_tun.h)."""

from __future__ import annotations

import errno
import fcntl
import grp
import os
import pwd
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links import modules
from isthmus_agent.kinds.links.data import flag, mapped, told
from isthmus_agent.kinds.links.link import Link, in_use
from isthmus_agent.kinds.links.netlink import data_of, inside, kind_of, message_of

SET, PERSIST, OWNER, GROUP = 0x400454CA, 0x400454CB, 0x400454CC, 0x400454CE
"""TUNSETIFF, TUNSETPERSIST, TUNSETOWNER, TUNSETGROUP."""
NO_HEADER, VNET_HEADER, QUEUES = 0x1000, 0x4000, 0x0100
"""IFF_NO_PI, IFF_VNET_HDR, IFF_MULTI_QUEUE."""
DEVICE = Path("/dev/net/tun")
NOBODY = 0xFFFFFFFF


def _user(number: int) -> str:
    if number == NOBODY:
        return ""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _group(number: int) -> str:
    if number == NOBODY:
        return ""
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


WORDS = {
    "owner": mapped("IFLA_TUN_OWNER", str, _user),
    "owner_group": mapped("IFLA_TUN_GROUP", str, _group),
    "multi_queue": flag("IFLA_TUN_MULTI_QUEUE", fixed=True),
    "vnet_hdr": flag("IFLA_TUN_VNET_HDR", fixed=True),
    "pi": flag("IFLA_TUN_PI", fixed=True),
    "persist": flag("IFLA_TUN_PERSIST"),
}


class TunTap(Link):
    """A TUN link (of packets) or a TAP link (of frames) that stays when no program has it open."""

    loose: ClassVar[frozenset[str]] = frozenset({"owner", "owner_group"})

    def __init__(self, kind: str, number: int) -> None:
        super().__init__(kind, WORDS)
        self.number = number

    def is_one(self, message: Any) -> bool:
        """Tell whether a link is of this kind: the kernel calls both tun."""
        return kind_of(message) == "tun" and data_of(message).get("IFLA_TUN_TYPE") == self.number

    def add(self, host: Host, home: str, wanted: Props) -> None:
        """Make the link, and let it stay."""
        taken = message_of(host.route(home), wanted["name"])
        if taken is not None:
            raise Refused(in_use(taken), "name")
        with inside(home), self._opened(wanted) as device:
            _own(device, wanted)
            fcntl.ioctl(device, PERSIST, 1)

    def settle(self, host: Host, wanted: Props) -> None:
        """Nothing is left to do: netlink set the rest."""

    def change_data(self, host: Host, netns: str, actual: Props, different: Props) -> None:  # noqa: ARG002 - as in add
        """Give the link to another user or group."""
        for name in ("owner", "owner_group"):
            if name in different and not told(different[name]):
                raise Refused("the kernel does not take it away again: remove the link and make it anew", name)
        if any(name in different for name in ("owner", "owner_group", "persist")):
            with inside(netns), self._opened(actual) as device:
                _own(device, different)
                fcntl.ioctl(device, PERSIST, int(different.get("persist", True)))

    @contextmanager
    def _opened(self, wanted: Props) -> Iterator[int]:
        """Open the link as a program does that has it."""
        kind = self.number | (0 if wanted.get("pi") else NO_HEADER)
        kind |= (QUEUES if wanted.get("multi_queue") else 0) | (VNET_HEADER if wanted.get("vnet_hdr") else 0)
        device = _device()
        try:
            fcntl.ioctl(device, SET, struct.pack("16sH22x", wanted["name"].encode(), kind))
            yield device
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            raise Refused("a program has it open: stop the program (a daemon that uses this link) first") from None
        finally:
            os.close(device)


def _device() -> int:
    if not DEVICE.exists():
        modules.load("tun")
    try:
        return os.open(DEVICE, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        if error.errno not in (errno.ENODEV, errno.ENOENT, errno.ENXIO):
            raise Refused(f"{DEVICE} cannot be opened ({error.strerror}): let this host use it") from None
        modules.load("tun")
        return os.open(DEVICE, os.O_RDWR | os.O_CLOEXEC)


def _own(device: int, wanted: Props) -> None:
    if told(wanted.get("owner")):
        fcntl.ioctl(device, OWNER, _uid(str(wanted["owner"])))
    if told(wanted.get("owner_group")):
        fcntl.ioctl(device, GROUP, _gid(str(wanted["owner_group"])))


def _uid(name: str) -> int:
    try:
        return int(name) if name.isdecimal() else pwd.getpwnam(name).pw_uid
    except KeyError:
        raise Refused(f"this host has no user {name!r}: make it, or give a number", "owner") from None


def _gid(name: str) -> int:
    try:
        return int(name) if name.isdecimal() else grp.getgrnam(name).gr_gid
    except KeyError:
        raise Refused(f"this host has no group {name!r}: make it, or give a number", "owner_group") from None
