"""The nodes of a lab: Linux hosts and emulated routers."""

from __future__ import annotations

from ipaddress import ip_interface
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from isthmus_lab.topology.base import Part
from isthmus_lab.topology.interface import Interface, Route
from isthmus_lab.topology.values import Address, Command, DeviceName, FilePath, InterfaceAddress, Port, Sysctl

_USER = r"^[a-z_][a-z0-9_-]{0,30}$"


class Ssh(Part):
    """How a host is reached from outside the lab.

    Without ``through`` the connection ends at the host's loopback, and nothing that is done to its cards can cut it.
    With ``through`` it comes in over that card, from a machine of the lab's on the same link: ``source`` is this
    machine's address there (by default the last free one of the card's first network), ``address`` the host's.
    A ``user`` that is not there is made, with ``sudo`` without a password or without any. ``port`` is the port on the
    machine, by default any free one.
    """

    user: Annotated[str, Field(pattern=_USER)] = "root"
    sudo: bool = True
    through: DeviceName | None = None
    source: InterfaceAddress | None = None
    address: Address | None = None
    port: Port | None = None

    @model_validator(mode="after")
    def _through_something(self) -> Self:
        if self.through is None and (self.source or self.address):
            raise ValueError("source and address say how to come in over a card: name it by through")
        if self.source and self.address and ip_interface(self.source).version != ip_interface(self.address).version:
            raise ValueError(f"source: {self.source} and address: {self.address} are of different families")
        return self


class LinuxNode(Part):
    """A Linux host: light (namespaces, in a second) or ``whole`` (systemd as its first process).

    ``files`` are written when the host is made, and again at a reboot where they lie in /run or /tmp. ``run`` are
    programs that live as long as the host, each a list of words; ``on_boot`` are commands that each boot carries out,
    in order, before SSH is up. ``sysctls`` are those below ``net.``.
    """

    kind: Literal["linux"] = "linux"
    whole: bool = False
    interfaces: dict[DeviceName, Interface] = Field(default_factory=dict)
    routes: list[Route] = Field(default_factory=list)
    sysctls: dict[Sysctl, str | int] = Field(default_factory=dict)
    files: dict[FilePath, str] = Field(default_factory=dict)
    run: list[Command] = Field(default_factory=list)
    on_boot: list[Command] = Field(default_factory=list)
    ssh: Ssh = Ssh()

    def card(self, name: str) -> Interface:
        """What is said of a card; one of which nothing is said has everything by default."""
        return self.interfaces.get(name, Interface())


class RouterNode(Part):
    """An emulated RouterOS router: it is reached by its API, and not plugged into links yet."""

    kind: Literal["routeros"]
    version: str = "7.16"


Node = LinuxNode | RouterNode
