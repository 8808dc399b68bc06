"""A real sshd on a port of the loopback, with users, an /etc and a /var/lib/isthmus of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.waiting import wait_until

PASSWORD = "correct-horse-battery-staple"
SSHD = "/usr/sbin/sshd"
_SETUP = """
mount --bind "$1/etc" /etc
mount --bind "$1/state" /var/lib/isthmus
mount --bind "$1/run" /run/isthmus
[ -z "$3" ] || mount --bind /dev/null "$3"
exec "$2" -D -e -f "$1/sshd.conf"
"""


@dataclass
class SshHost:
    """One sshd. Its `etc`, `state` (its /var/lib/isthmus) and `run` (its /run/isthmus) can be changed from outside."""

    folder: Path
    port: int
    words: dict[str, str] = field(default_factory=dict)
    hidden: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def etc(self) -> Path:
        return self.folder / "etc"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def run(self) -> Path:
        return self.folder / "run"

    def entry(self, **words: Any) -> dict[str, Any]:
        """Return how a devices file describes it; None leaves a word out."""
        own = {
            "kind": "linux",
            "host": "127.0.0.1",
            "port": self.port,
            "key": str(self.folder / "user"),
            "host_key": self.fingerprint(),
        }
        return {name: value for name, value in {**own, **words}.items() if value is not None}

    def fingerprint(self, kind: str = "ed25519") -> str:
        """Return what `ssh-keygen -l` prints of a host key."""
        return _printed("ssh-keygen", "-l", "-f", str(self.folder / f"host_{kind}.pub")).split()[1]

    def public(self, kind: str = "ed25519") -> str:
        """Return type and key of a host key, as a line of known hosts ends."""
        return " ".join((self.folder / f"host_{kind}.pub").read_text().split()[:2])

    def renew(self) -> None:
        """Give the host another host key: what was trusted is not shown any more."""
        for kind in ("ed25519", "rsa"):
            make_key(self.folder / f"host_{kind}", kind)
        assert self.process is not None
        self.kill()
        self.start()

    def user(self, name: str, password: str = PASSWORD, *, sudo: str = "") -> None:
        """Add a user with a password; `sudo` is what stands behind the name in its sudoers."""
        number = 2000 + len((self.etc / "passwd").read_text().splitlines())
        digest = _printed("openssl", "passwd", "-6", "-stdin", text=password)
        _append(self.etc / "passwd", f"{name}:x:{number}:65534::/tmp:/bin/sh")
        _append(self.etc / "shadow", f"{name}:{digest}:19000:0:99999:7:::")
        sudoers = self.etc / "sudoers.d" / f"test-{name}"
        sudoers.write_text(f"{name} {sudo}\n" if sudo else "")
        sudoers.chmod(0o440)

    def allow(self, public: Path) -> None:
        """Let the owner of a key log in, as any user."""
        _append(self.etc / "ssh" / "authorized_keys", public.read_text().strip())

    def agent(self) -> int:
        """Wait for the agent to run, and return its process id."""
        wait_until(lambda: bool(self._agents()), 30)
        return self._agents()[-1]

    def gone(self) -> None:
        """Wait until no agent runs here any more."""
        wait_until(lambda: not self._agents(), 30)

    def start(self) -> None:
        """Start the sshd, with all its files as they are."""
        for place in ("/var/lib/isthmus", "/run/isthmus", "/run/sshd"):
            Path(place).mkdir(mode=0o700, exist_ok=True)
        command = ["unshare", "--mount", "--propagation", "slave", "/bin/sh", "-ec", _SETUP, "sh"]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen([*command, str(self.folder), SSHD, self.hidden], stdout=log, stderr=log)
        wait_until(lambda: _listens(self), 20)

    def kill(self) -> None:
        """Let the host die: sshd and all that came of it."""
        assert self.process is not None
        for process in [self.process.pid, *descendants(self.process.pid)]:
            _signal(process, signal.SIGKILL)
        self.process.wait()

    def _agents(self) -> list[int]:
        assert self.process is not None
        return [each for each in descendants(self.process.pid) if b"serve" in _command(each)[3:4] + _command(each)[4:5]]


@contextmanager
def ssh_host(folder: Path, *, hidden: str = "", **words: str) -> Iterator[SshHost]:
    """Start an sshd; `words` are added to its configuration; `hidden` is a program that is not there for its users."""
    host = SshHost(folder, _free_port(), dict(words), hidden)
    _prepare(host)
    try:
        host.start()
        yield host
    finally:
        host.kill()


def missing() -> str:
    """Say why no sshd can be started here, '' if it can."""
    if os.geteuid() != 0:
        return "an sshd with users of its own is started as root"
    absent = [program for program in (SSHD, "sudo", "openssl", "unshare") if shutil.which(program) is None]
    return f"{', '.join(absent)} missing: make setup installs Debian's packages" if absent else ""


def make_key(path: Path, kind: str = "ed25519", passphrase: str = "") -> Path:
    """Make a key pair, in the place of one that is there."""
    path.unlink(missing_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", str(path)], check=True)
    return path


def descendants(process: int) -> list[int]:
    """Return the children of a process and theirs."""
    found = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [int(child) for child in listed.read_text().split()]
        except OSError:
            continue
    return [*found, *(below for child in found for below in descendants(child))]


def _prepare(host: SshHost) -> None:
    host.folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree("/etc", host.etc, symlinks=True, copy_function=_copy, ignore_dangling_symlinks=True)
    (host.etc / "machine-id").write_text(f"{host.port:032x}\n")
    (host.etc / "pam.d" / "sshd").write_text("auth required pam_unix.so\naccount required pam_permit.so\n")
    host.state.mkdir(mode=0o700)
    host.run.mkdir(mode=0o700, exist_ok=True)
    for name, kind in (("host_ed25519", "ed25519"), ("host_rsa", "rsa"), ("user", "ed25519")):
        make_key(host.folder / name, kind)
    host.allow(host.folder / "user.pub")
    (host.folder / "sshd.conf").write_text("".join(f"{word} {text}\n" for word, text in _settings(host)))


def _copy(source: str, target: str) -> None:
    """Copy a file with its rights and its owner: sudo looks at both."""
    shutil.copy2(source, target)
    status = Path(source).stat()
    os.chown(target, status.st_uid, status.st_gid)


def _settings(host: SshHost) -> list[tuple[str, str]]:
    own = {
        "Port": str(host.port),
        "ListenAddress": "127.0.0.1",
        "AuthorizedKeysFile": "/etc/ssh/authorized_keys",  # where other users than root can read it
        "StrictModes": "no",
        "UsePAM": "no",
        "UseDNS": "no",
        "PidFile": "none",
        "PermitRootLogin": "yes",
        "PrintMotd": "no",
        **host.words,
    }
    keys = [("HostKey", str(host.folder / f"host_{kind}")) for kind in ("ed25519", "rsa")]
    return [*own.items(), *keys]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _listens(host: SshHost) -> bool:
    assert host.process is not None
    said = (host.folder / "log").read_text(errors="replace")
    assert host.process.poll() is None, said
    return re.search(rf"listening on 127\.0\.0\.1 port {host.port}\b", said) is not None


def _command(process: int) -> list[bytes]:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def _signal(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return


def _append(path: Path, line: str) -> None:
    with path.open("a") as stream:
        stream.write(line + "\n")


def _printed(*command: str, text: str | None = None) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, input=text).stdout.strip()
