"""An SSH connection to a host: through the jump host if there is one, trusted, logged in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import paramiko

from isthmus.devices import LinuxDevice, LockEntry
from isthmus.errors import Unreachable
from isthmus.transports.linux.ssh.handshake import Dial, trusted_transport
from isthmus.transports.linux.ssh.hop import Hop, host_hop, jump_hop
from isthmus.transports.linux.ssh.login import log_in, ways
from isthmus.transports.linux.ssh.tcp import connect as connect_tcp
from isthmus.transports.linux.ssh.trust import expected


class Entered(NamedTuple):
    """A machine that is logged in to, and the fingerprint of the key that it showed."""

    transport: paramiko.Transport
    key: str


class Connection:
    """A connection that is logged in. ``host_key`` and ``jump_host_key`` are the fingerprints that were shown."""

    def __init__(self, host: Entered, jump: Entered | None) -> None:
        self.transport = host.transport
        self.host_key = host.key
        self.jump_host_key = jump.key if jump else None
        self._jump = jump.transport if jump else None

    def close(self) -> None:
        """End it, and the one that it passes through."""
        self.transport.close()
        if self._jump:
            self._jump.close()


def connect(device: LinuxDevice, config: Mapping[str, str], trusted: LockEntry | None) -> Connection:
    """Connect and log in. Raises ConfigurationError, Unreachable, TrustError, LoginRefused."""
    jump = enter_jump(device, config, trusted)
    hop = host_hop(device, trusted)
    try:
        return Connection(_enter(hop, config, way_to(hop, jump)), jump)
    except BaseException:
        if jump:
            jump.transport.close()
        raise


def enter_jump(device: LinuxDevice, config: Mapping[str, str], trusted: LockEntry | None) -> Entered | None:
    """Log in to the jump host, None if there is none."""
    hop = jump_hop(device, trusted)
    return _enter(hop, config, lambda: connect_tcp(hop)) if hop else None


def way_to(hop: Hop, jump: Entered | None) -> Dial:
    """Return how a host is dialled: directly, or through the jump host."""
    return (lambda: _through(hop, jump.transport)) if jump else (lambda: connect_tcp(hop))


def _enter(hop: Hop, config: Mapping[str, str], dial: Dial) -> Entered:
    known = expected(hop)
    with ways(hop, config) as chosen:
        transport, key = trusted_transport(hop, dial, known)
        try:
            log_in(hop, transport, chosen)
        except BaseException:
            transport.close()
            raise
    return Entered(transport, key)


def _through(hop: Hop, jump: paramiko.Transport) -> paramiko.Channel:
    try:
        return jump.open_channel(
            "direct-tcpip", (hop.ssh.host or "", hop.ssh.port), ("127.0.0.1", 0), timeout=hop.device.timeout
        )
    except paramiko.ChannelException as error:
        reason = {1: "it does not allow it (AllowTcpForwarding)", 2: "it gets no connection there"}.get(
            error.code, error.text
        )
        raise Unreachable(hop.name, f"the jump host does not lead to {hop.title}: {reason}") from None
    except (paramiko.SSHException, OSError, EOFError) as error:
        raise Unreachable(hop.name, f"the jump host does not lead to {hop.title}: {error or 'no answer'}") from None
