"""The sshd of a light host: key-only, with a key of the host's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from isthmus_lab.linux.host import Plan
    from isthmus_lab.topology import Ssh

COMMAND: Final = ("/usr/sbin/sshd",)
_AUTHORIZED: Final = "/etc/ssh/authorized_keys"
_CONFIG: Final = f"""\
HostKey /etc/ssh/ssh_host_ed25519_key
AuthorizedKeysFile {_AUTHORIZED} .ssh/authorized_keys
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
PrintMotd no
PrintLastLog no
MaxSessions 100
MaxStartups 100
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
"""


def private_files(plan: Plan) -> Mapping[str, str]:
    """Files that only root may read."""
    return {"/etc/ssh/ssh_host_ed25519_key": plan.host_key.private}


def public_files(plan: Plan) -> Mapping[str, str]:
    """Files that everybody may read."""
    return {
        "/etc/ssh/ssh_host_ed25519_key.pub": f"{plan.host_key.public}\n",
        "/etc/ssh/sshd_config": _CONFIG,
        _AUTHORIZED: f"{plan.authorized}\n",
    }


def make_user(run: Callable[[Sequence[str]], object], ssh: Ssh) -> None:
    """Make the user who logs in, who becomes root by sudo without a password, if at all."""
    run(["sh", "-c", 'id "$1" >/dev/null 2>&1 || useradd -m -N -s /bin/bash -p "*" "$1"', "sh", ssh.user])
    if ssh.sudo:
        line = f"{ssh.user} ALL=(ALL) NOPASSWD: ALL"
        run(["sh", "-c", 'mkdir -p /etc/sudoers.d && printf "%s\\n" "$1" >/etc/sudoers.d/lab', "sh", line])
