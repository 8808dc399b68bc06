"""Links whose packets a program handles (ip-tuntap(8))."""

from __future__ import annotations

from typing import Annotated

from isthmus.declare.fields import Property, word
from isthmus.declare.values import number
from isthmus.linux.links.base import EtherLink, Link

OWNER = "User who may open it besides root; it cannot be taken away again."
OWNERS = "Group that may open it besides root; it cannot be taken away again."
QUEUES = "Whether a program may open it more than once."
HEADER = "Whether frames have a virtio header."
INFORMATION = "Whether packets have a header of flags and protocol."
PERSIST = "Whether it stays when no program has it open."


class Tun(Link, kind="link/tun", key=("name",)):
    """A link of packets, which a program such as OpenVPN opens; it stays when the program ends."""

    mtu: Property[Annotated[int, number(68, 65535)]] = word("Largest packet in bytes.", default="1500")
    txqueuelen: Property[Annotated[int, number(0, 1_000_000)]] = word("Packets that may wait.", default="500")
    multicast: Property[bool] = word("Whether multicast goes over the link.", default="yes")
    owner: Property[str] = word(OWNER)
    owner_group: Property[str] = word(OWNERS)
    multi_queue: Property[bool] = word(QUEUES, default="no", replaces=True)
    vnet_hdr: Property[bool] = word(HEADER, default="no", replaces=True)
    pi: Property[bool] = word(INFORMATION, default="no", replaces=True)


class Tap(EtherLink, kind="link/tap", key=("name",)):
    """A link of Ethernet frames, which a program such as OpenVPN opens; it stays when the program ends."""

    owner: Property[str] = word(OWNER)
    owner_group: Property[str] = word(OWNERS)
    multi_queue: Property[bool] = word(QUEUES, default="no", replaces=True)
    vnet_hdr: Property[bool] = word(HEADER, default="no", replaces=True)
    pi: Property[bool] = word(INFORMATION, default="no", replaces=True)
