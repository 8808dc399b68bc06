"""The command that boots the virtual machine, and dies with all that it started."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from isthmus_lab.errors import LabError
from isthmus_lab.vm.monitor import NETWORK

GUEST_SCRIPT: Final = Path(__file__).with_name("guest.sh")
MAC: Final = "52:54:00:00:00:01"
SSH_PORT: Final = 22
_PLAIN: Final = re.compile(r"/[\w./+-]+")

# Process 1 of a namespace of process numbers: when it ends, the kernel kills all others in it. virtme-ng wants a pipe
# for its output, and standard input is its owner's pipe: when the owner dies, it ends.
_WATCHED: Final = """
log=$1; shift
trap 'exit 0' TERM
{ "$@" </dev/null 2>&1 | cat >"$log"; kill -TERM $$; } &
read -r end
"""
_DETACHED: Final = """
log=$1; shift
"$@" </dev/null 2>&1 | cat >"$log"
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is booted: a kernel with so much memory in MiB, a shared folder, a port here for its SSH."""

    kernel: Path
    folder: Path
    ssh_port: int
    cpus: int = 2
    memory: int = 4096
    kvm: bool = False
    shared: tuple[Path, ...] = ()
    cached: tuple[Path, ...] = ()

    @property
    def socket(self) -> Path:
        """Where QEMU's monitor listens."""
        return self.folder / "qmp"

    @property
    def log(self) -> Path:
        """What the machine said while it booted."""
        return self.folder / "console.log"


def command(plan: Plan, path: str, *, detached: bool) -> list[str]:
    """Return the whole command; ``path`` is where the guest looks for programs.

    It lives until the machine ends. Unless ``detached`` it also ends when its standard input does. When it is killed,
    nothing of it is left.
    """
    script = _DETACHED if detached else _WATCHED
    alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child=SIGKILL", "--mount-proc", "--"]
    return [*alone, "sh", "-c", script, "sh", str(plan.log), *_vng(plan, path)]


def _vng(plan: Plan, path: str) -> list[str]:
    for folder in (plan.folder, *plan.shared, *plan.cached):
        _require_plain(folder)
    return [
        *("vng", "--run", str(plan.kernel), "--user", "root", "--disable-microvm", "--force-9p", "--no-dhcp"),
        *(() if plan.kvm else ("--disable-kvm",)),
        *("--cpus", str(plan.cpus), "--memory", f"{plan.memory}M", "--cwd", "/"),
        *(f"--rwdir={folder}" for folder in (plan.folder, *plan.shared)),
        f"--qemu-opts={' '.join(_qemu(plan))}",
        *("--", "sh", str(GUEST_SCRIPT), str(plan.folder), path, *map(str, plan.cached)),
    ]


def _qemu(plan: Plan) -> list[str]:
    forward = f"hostfwd=tcp:127.0.0.1:{plan.ssh_port}-10.0.2.15:{SSH_PORT}"
    return [
        *("-qmp", f"unix:{plan.socket},server=on,wait=off"),
        *("-device", f"virtio-net-pci,netdev={NETWORK},mac={MAC}"),
        *("-fsdev", "local,id=machine,path=/,security_model=none,readonly=on,multidevs=remap"),
        *("-device", "virtio-9p-pci,fsdev=machine,mount_tag=machine"),
        *("-netdev", f"user,id={NETWORK},restrict=on,ipv6=off,{forward}"),
    ]


def _require_plain(folder: Path) -> None:
    """virtme-ng splits its options at blanks, and QEMU at commas."""
    if not _PLAIN.fullmatch(str(folder)):
        raise LabError(f"{folder} cannot be shared with a virtual machine: use letters, digits and ._+- in its name")
