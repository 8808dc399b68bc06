"""A virtual machine with Debian's own kernel over this machine's files, for what its kernel lacks."""

from __future__ import annotations

from isthmus_lab.vm.machine import Done, Vm

__all__ = ["Done", "Vm"]
