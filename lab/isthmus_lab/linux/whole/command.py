"""The command that boots a whole host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT: Final = {
    "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1",
    # Settings below /proc/sys/net are the host's own: it has a network namespace of its own.
    "SYSTEMD_NSPAWN_API_VFS_WRITABLE": "network",
}
REBOOT: Final = 133
"""What systemd-nspawn ends with when the host asks for a reboot (``--keep-unit``)."""


def nspawn(name: str, namespace: Path) -> list[str]:
    """Return the command, all but ``--directory``; the network namespace is made and wired before."""
    return [
        *("systemd-nspawn", "--quiet", "--boot", "--keep-unit", "--register=no", "--notify-ready=yes"),
        *(f"--machine={name}", f"--network-namespace-path={namespace}", "--capability=all"),
        # What ip vrf exec and tools that trace need; the kernel's key ring is what some daemons keep secrets in.
        "--system-call-filter=bpf @keyring perf_event_open",
        *("--link-journal=no", "--resolv-conf=off", "--timezone=off", "--console=pipe", "--tmpfs=/tmp"),
        "--bind=/dev/net/tun",
    ]
