"""Where the files of an OpenVPN configuration are."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from isthmus_agent.host import Host

ETC, NETNS = Path("/etc/openvpn"), Path("/etc/netns")
RUN, LOG = Path("/run"), Path("/var/log/openvpn")
MODE = 0o600


@dataclass(frozen=True)
class Place:
    """The files of one configuration. part: `server` or `client`, as Debian's units and folders are called."""

    part: str
    name: str
    netns: str

    @classmethod
    def of(cls, host: Host, part: str, name: str) -> Place:
        """Return the place on a host; that of a namespace of a machine is in /etc/netns (ip-netns(8))."""
        return cls(part, name, host.netns)

    @property
    def folder(self) -> Path:
        """The folder of the configuration."""
        return (NETNS / self.netns / "openvpn" if self.netns else ETC) / self.part

    @property
    def config(self) -> Path:
        """The configuration."""
        return self.folder / f"{self.name}.conf"

    @property
    def clients(self) -> Path:
        """The folder of the clients' files."""
        return self.folder / f"{self.name}.ccd"

    @property
    def run(self) -> Path:
        """The folder of what goes with a boot."""
        folder = RUN / f"openvpn-{self.part}"
        return folder / self.netns if self.netns else folder

    @property
    def socket(self) -> Path:
        """The management socket."""
        return self.run / f"{self.name}.sock"

    @property
    def pid(self) -> Path:
        """The number of the process, where the agent started it."""
        return self.run / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        """What the process says, where the agent started it."""
        return (LOG / self.netns if self.netns else LOG) / f"{self.part}-{self.name}.log"

    @property
    def started(self) -> Path:
        """The digest of the configuration that openvpn was last started with in this boot."""
        return self.run / f"{self.name}.started"

    @property
    def status(self) -> Path:
        """The list of clients that the unit for servers lets openvpn write."""
        return self.run / f"status-{self.name}.log"

    @property
    def named(self) -> dict[str, str]:
        """The places that a configuration names."""
        return {"socket": str(self.socket), "clients": str(self.clients)}

    def read(self) -> str:
        """Return the configuration, '' if there is none."""
        with suppress(FileNotFoundError, NotADirectoryError):
            return self.config.read_text(errors="replace")
        return ""

    @property
    def closed(self) -> bool:
        """Whether nobody but root may read the configuration."""
        found = self.config.stat()
        return (found.st_mode & 0o7777, found.st_uid) == (MODE, 0)

    def clear(self) -> None:
        """Remove what is left of the files, and folders that are empty by that and no package's."""
        for path in (self.config, self.pid, self.socket, self.log, self.started, self.status):
            path.unlink(missing_ok=True)
        if self.netns:
            _prune(self.folder, NETNS.parent)
            _prune(self.run, RUN / f"openvpn-{self.part}")
            _prune(self.log.parent, LOG)


def _prune(folder: Path, end: Path) -> None:
    """Remove an empty folder, and those above it that are empty then."""
    while folder not in (end, folder.parent):
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return
        folder = folder.parent
