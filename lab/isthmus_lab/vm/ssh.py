"""SSH into the virtual machine: its keys, its server's settings, and the client's command."""

from __future__ import annotations

import shlex
import socket
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SERVER: Final = """\
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
PrintLastLog no
MaxSessions 500
MaxStartups 500
Subsystem sftp internal-sftp
"""
_HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Ssh:
    """The way in, at a port of this machine."""

    folder: Path
    port: int

    def prepare(self) -> None:
        """Make both keys and the server's settings."""
        for name in ("host_key", "user_key"):
            make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "isthmus-lab", "-f", str(self.folder / name)]
            subprocess.run(make, check=True, stdin=subprocess.DEVNULL)
        public = (self.folder / "host_key.pub").read_text()
        (self.folder / "known_hosts").write_text(f"[{_HOST}]:{self.port} {public}")
        (self.folder / "sshd.conf").write_text(_SERVER.format(folder=self.folder))

    def answers(self, seconds: float) -> bool:
        """Say whether the server shows its banner; the port itself is open before it does."""
        try:
            with socket.create_connection((_HOST, self.port), timeout=seconds) as connection:
                return connection.recv(4) == b"SSH-"
        except OSError:
            return False

    def command(self, command: Sequence[str], *, terminal: bool = False) -> list[str]:
        """Return the client's command that runs a command inside, or the user's shell where it is empty."""
        words = ["--", shlex.join(command)] if command else []
        return [*self._client(), "-tt" if terminal else "-T", "-p", str(self.port), f"root@{_HOST}", *words]

    def forward_socket(self, here: Path, there: Path) -> None:
        """Let what listens at a socket inside be reached by a socket here, for as long as the connection stands."""
        ask = [*self._client(), "-O", "forward", "-L", f"{here}:{there}", f"root@{_HOST}"]
        subprocess.run(ask, check=True, stdin=subprocess.DEVNULL, capture_output=True)

    def end(self) -> None:
        """End the connection that commands share."""
        ask = [*self._client(), "-O", "exit", f"root@{_HOST}"]
        subprocess.run(ask, check=False, stdin=subprocess.DEVNULL, capture_output=True)

    def _client(self) -> list[str]:
        options = {
            "IdentitiesOnly": "yes",
            "UserKnownHostsFile": self.folder / "known_hosts",
            "StrictHostKeyChecking": "yes",
            "BatchMode": "yes",
            "LogLevel": "ERROR",
            "ControlMaster": "auto",
            "ControlPath": self.folder / "ssh",
            "ControlPersist": "yes",
            "StreamLocalBindUnlink": "yes",
        }
        settings = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        return ["ssh", "-F", "none", "-i", str(self.folder / "user_key"), *settings]
