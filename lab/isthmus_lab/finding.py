"""Labs that are up, found again: each as a lab here or as one in a virtual machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus_lab.linux.folder import chosen
from isthmus_lab.linux.lab import Lab
from isthmus_lab.topology import read
from isthmus_lab.vm.lab import VmLab

if TYPE_CHECKING:
    from isthmus_lab.linux.folder import Folder


def find(name: str | None = None) -> Lab:
    """Find a lab that is up, by its name or, without one, because it is the only one."""
    folder = chosen(name)
    return in_folder(folder, read(folder.topology), str(folder.topology))


def in_folder(folder: Folder, described: str = "", source: str = "topology") -> Lab:
    """Give the lab of a folder."""
    return (VmLab if folder.machine.exists() else Lab)(folder, described, source)
