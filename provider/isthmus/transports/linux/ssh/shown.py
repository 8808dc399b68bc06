"""Which host key a machine shows to anybody, for a person who decides whether to trust it."""

from __future__ import annotations

from collections.abc import Mapping

from isthmus.devices import LinuxDevice, LockEntry
from isthmus.errors import TrustError
from isthmus.transports.linux.ssh.connection import enter_jump, way_to
from isthmus.transports.linux.ssh.handshake import key_of, shake_hands
from isthmus.transports.linux.ssh.hop import Hop, host_hop, jump_hop
from isthmus.transports.linux.ssh.trust import expected


def vouched(device: LinuxDevice, *, jump: bool = False) -> bool:
    """Tell whether the device's entry or the known hosts say which key to trust, whatever the lock file says."""
    hop = _hop(device, None, jump)
    try:
        return bool(expected(hop).fingerprints)
    except TrustError:
        return False


def shown_key(
    device: LinuxDevice, config: Mapping[str, str], trusted: LockEntry | None, *, jump: bool = False
) -> tuple[str, str]:
    """Return type and fingerprint of the host key of a device, or of its jump host; only the latter is logged in to."""
    hop = _hop(device, trusted, jump)
    before = None if jump else enter_jump(device, config, trusted)
    try:
        transport = shake_hands(hop, way_to(hop, before)())
        try:
            return key_of(transport)
        finally:
            transport.close()
    finally:
        if before:
            before.transport.close()


def _hop(device: LinuxDevice, trusted: LockEntry | None, jump: bool) -> Hop:  # noqa: FBT001 - one fact
    hop = jump_hop(device, trusted) if jump else host_hop(device, trusted)
    assert hop is not None  # noqa: S101 - the caller asks only for what the device has
    return hop
