"""SSH to Linux hosts, by paramiko: the way there, why the host is trusted, the login, the agent's start."""

from isthmus.transports.linux.ssh.channel import SshChannel
from isthmus.transports.linux.ssh.connection import Connection, connect
from isthmus.transports.linux.ssh.shown import shown_key, vouched

__all__ = ["Connection", "SshChannel", "connect", "shown_key", "vouched"]
