"""What systemd of a whole host starts: what its own programs ask for, and nothing that the machine has enabled."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SYSTEM: Final = Path("etc/systemd/system")

MASKED: Final = (
    "apparmor.service",
    "console-getty.service",
    "dev-hugepages.mount",
    "e2scrub_reap.service",
    "getty.target",
    "ldconfig.service",
    "proc-sys-fs-binfmt_misc.automount",
    "sys-fs-fuse-connections.mount",
    "sys-kernel-config.mount",
    "sys-kernel-debug.mount",
    "sys-kernel-tracing.mount",
    "systemd-binfmt.service",
    "systemd-firstboot.service",
    "systemd-hwdb-update.service",
    "systemd-modules-load.service",
    "systemd-timesyncd.service",
    "systemd-tmpfiles-clean.timer",
    "systemd-update-utmp.service",
    "systemd-update-utmp-runlevel.service",
)
"""Units of every Debian that have no meaning in a host of a lab: consoles, disks, the machine's clock and kernel."""

_ENABLED: Final = ("ssh.service",)

_FOREIGN: Final = (
    "etc/systemd/network",
    "etc/NetworkManager/system-connections",
    "etc/network/interfaces.d",
    "etc/cron.d",
)
"""Folders with the machine's own configuration, which is none of the host's."""

_PLAIN_FILES: Final = {
    "etc/fstab": "",
    "etc/crypttab": "",
    "etc/network/interfaces": "source /etc/network/interfaces.d/*\n\nauto lo\niface lo inet loopback\n",
}


def arrange(root: Path) -> None:
    """Let a host that is made from the machine's files start what belongs to a fresh host of a lab."""
    _disable_all(root)
    for unit in MASKED:
        _link(root / _SYSTEM / unit, "/dev/null")
    for unit in _ENABLED:
        _link(root / _SYSTEM / "multi-user.target.wants" / unit, f"/lib/systemd/system/{unit}")
    _link(root / _SYSTEM / "default.target", "/lib/systemd/system/multi-user.target")
    for folder in _FOREIGN:
        _empty(root / folder)
    for name, text in _PLAIN_FILES.items():
        _write(root / name, text)


def write_boot_commands(root: Path, on_boot: Sequence[Sequence[str]], programs: Sequence[Sequence[str]]) -> None:
    """Let each boot carry out commands before SSH is up, and start programs."""
    if on_boot:
        _enable(root, "lab-boot.service", boot_unit(on_boot))
    for number, command in enumerate(programs, start=1):
        _enable(root, f"lab-run-{number}.service", program_unit(command))


def boot_unit(commands: Sequence[Sequence[str]]) -> str:
    """Write the unit of the commands that each boot carries out, in order."""
    return _unit(
        {"Description": "What this host of the lab does at each boot", "Before": "ssh.service"},
        {"Type": "oneshot", "RemainAfterExit": "yes"},
        commands,
    )


def program_unit(command: Sequence[str]) -> str:
    """Write the unit of a program that lives as long as the host."""
    about = {"Description": f"Program of this host of the lab: {command[0]}", "After": "lab-boot.service"}
    return _unit(about, {"Type": "exec"}, [command])


def _unit(about: Mapping[str, str], service: Mapping[str, str], commands: Sequence[Sequence[str]]) -> str:
    lines = ["[Unit]", *(f"{name}={value.replace('%', '%%')}" for name, value in about.items())]
    lines += ["", "[Service]", *(f"{name}={value}" for name, value in service.items())]
    lines += [f"ExecStart={' '.join(quoted(word) for word in command)}" for command in commands]
    return "\n".join([*lines, "", "[Install]", "WantedBy=multi-user.target", ""])


def quoted(word: str) -> str:
    """Write a word so that systemd hands it on as it is (systemd.service(5), "Command lines")."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped.replace("%", "%%").replace("$", "$$")}"'


def _disable_all(root: Path) -> None:
    for kind in ("wants", "requires"):
        for folder in (root / _SYSTEM).glob(f"*.{kind}"):
            shutil.rmtree(folder)
    for link in (root / "etc").glob("rc?.d/S*"):
        link.unlink()


def _enable(root: Path, name: str, text: str) -> None:
    _write(root / _SYSTEM / name, text)
    _link(root / _SYSTEM / "multi-user.target.wants" / name, f"/{_SYSTEM / name}")


def _empty(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_text(text)


def _link(link: Path, target: str) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(target)
