"""Servers, clients and peers: each a configuration with its keys, the files of its clients, and a daemon."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.file import CHANGED
from isthmus_agent.kinds.file_access import explained
from isthmus_agent.kinds.kind import Props
from isthmus_agent.kinds.links import session
from isthmus_agent.kinds.openvpn import client_files, management, program
from isthmus_agent.kinds.openvpn.config import digest, parse, render, same, told, without_secrets
from isthmus_agent.kinds.openvpn.management import Silent
from isthmus_agent.kinds.openvpn.place import MODE, Place
from isthmus_agent.kinds.openvpn.running import Runner, runner
from isthmus_agent.kinds.openvpn.words import SECRETS
from isthmus_agent.kinds.recorded import Recorded
from isthmus_agent.record import write_lasting


class OpenVpn(Recorded):
    """One configuration. A new one is examined before the old one goes, and goes itself if openvpn ends with it.

    role: what the end of the tunnel is. unit: whose folder and unit it has.
    """

    role: ClassVar[str]
    unit: ClassVar[str]

    def survives(self, host: Host) -> bool:
        """Tell whether systemd starts it at boot; else the agent does."""
        return runner(Place.of(host, self.unit, "any")).enabled() is not None

    def find(self, host: Host, wanted: Props) -> Props | None:
        """Return what the configuration and the clients' files say, and whether openvpn runs."""
        place = Place.of(host, self.unit, wanted["name"])
        runs = runner(place)
        content = place.read()
        if not content and not runs.alive():
            return None
        props = parse(self.role, content, wanted, place.named)
        if content and not place.closed:
            props["extra"] = [*(props["extra"] or []), "# the file is not closed to others"]
        return {
            "name": wanted["name"],
            **props,
            **({"clients": client_files.read(place.clients) or ""} if self.role == "server" else {}),
            "running": self._runs(runs, props) and not self._outdated(place, content, wanted),
            "enabled": _enabled(runs, wanted),
            "original": "" if content == render(self.role, props, place.named) else content,
        }

    def look(self, host: Host, wanted: Props) -> Props | None:
        """Return it without secrets: of each only that it changed."""
        actual = self.find(host, wanted)
        if actual is None:
            return None
        changed = {name: CHANGED for name in SECRETS if name in actual and actual[name] != (wanted.get(name) or "")}
        shown = {name: value for name, value in actual.items() if name not in (*SECRETS, "original")}
        return {**shown, "extra": without_secrets(actual["extra"], wanted.get("extra")), **changed}

    def make(self, host: Host, wanted: Props, mark: str) -> None:  # noqa: ARG002 - the record holds the mark
        """Write the configuration and start openvpn."""
        place = Place.of(host, self.unit, wanted["name"])
        content = wanted.get("original") or self._content(place, wanted)
        try:
            self._write(place, content, wanted)
            _enable(runner(place), wanted)
            _switch(runner(place), wanted)
        except BaseException:
            with suppress(Refused, OSError):
                self.remove(host, wanted)
            raise

    def change(self, host: Host, actual: Props, different: Props, mark: str) -> None:  # noqa: ARG002 - see make
        """Write what differs; openvpn starts anew only for what it reads at its start."""
        place = Place.of(host, self.unit, actual["name"])
        wanted = {**actual, **different}
        content = different.get("original") or self._content(place, wanted)
        before = place.read()
        if not same(before, content):
            self._exchange(place, before, content, {"actual": actual, "wanted": wanted})
        else:
            if before and not place.closed:
                place.config.chmod(MODE)
            self._refresh_clients(place, wanted)
            _enable(runner(place), different)
            if told(different.get("running")) or different.get("running") is False:
                _switch(runner(place), different)

    def cuts(self, host: Host, props: Props) -> bool:
        """Tell whether the session may come in through the tunnel, or answers be led into it by its routes."""
        dev = str(props.get("dev") or "")
        leads = self.role == "client" or told(props.get("route")) or told(props.get("route_ipv6"))
        return leads or not dev or session.over(host, "", dev, *_bridges(host, dev))

    def remove(self, host: Host, actual: Props) -> None:
        """End openvpn and remove its files."""
        place = Place.of(host, self.unit, actual["name"])
        runs = runner(place)
        runs.enable(wanted=False)
        runs.stop()
        with explained():
            client_files.remove(place.clients)
            place.clear()

    def _content(self, place: Place, wanted: Props) -> str:
        """Return the configuration, which openvpn takes."""
        if told(wanted.get("secret")):
            program.refuse_static(program.version())
        notes = [line for line in wanted.get("extra") or [] if not line.startswith("# ")]
        content = render(self.role, {**wanted, "extra": notes}, place.named)
        if not same(place.read(), content):
            # The folder of the clients' files may not be there yet.
            trial = render(self.role, {**wanted, "extra": notes}, {**place.named, "clients": "/"})
            program.examine(self.role, trial, place.folder)
        return content

    def _exchange(self, place: Place, before: str, content: str, props: dict[str, Props]) -> None:
        """Put a configuration in the place of another, and that one back if openvpn ends with it."""
        try:
            self._write(place, content, props["wanted"])
            _enable(runner(place), props["wanted"])
            _switch(runner(place), props["wanted"])
        except BaseException:
            with suppress(Refused, OSError):
                self._write(place, before, props["actual"])
                _switch(runner(place), props["actual"])
            raise

    def _write(self, place: Place, content: str, props: Props) -> list[str]:
        with explained():
            place.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            changed = client_files.write(place.clients, props.get("clients") or {}) if self.role == "server" else []
            write_lasting(place.config, content, MODE)
        return changed

    def _refresh_clients(self, place: Place, wanted: Props) -> None:
        if self.role == "server":
            changed = client_files.write(place.clients, wanted.get("clients") or {})
            if changed:
                with suppress(Silent):
                    management.disconnect(place.socket, changed)

    def _outdated(self, place: Place, content: str, wanted: Props) -> bool:
        """Tell whether openvpn runs with an older configuration: a change was killed between writing and starting."""
        try:
            started = place.started.read_text()
        except OSError:
            return False
        return started != digest(content) and same(content, render(self.role, wanted, place.named))

    def _runs(self, runs: Runner, props: Props) -> bool:
        """Tell whether openvpn is there and, where it calls another, has not been without it for long."""
        if not runs.alive():
            return False
        if self.role == "server" or not told(props.get("remote")):
            return True
        try:
            return not management.disconnected(runs.place.socket)
        except Silent:
            return True


class Server(OpenVpn):
    """A server for any number of clients."""

    kind: ClassVar[str] = "openvpn/server"
    role: ClassVar[str] = "server"
    unit: ClassVar[str] = "server"


class Client(OpenVpn):
    """A client of a server."""

    kind: ClassVar[str] = "openvpn/client"
    role: ClassVar[str] = "client"
    unit: ClassVar[str] = "client"


class Peer(OpenVpn):
    """One end of a tunnel between two. It is run as servers are, for the clients' unit lets nobody wait."""

    kind: ClassVar[str] = "openvpn/peer"
    role: ClassVar[str] = "peer"
    unit: ClassVar[str] = "server"


def _enable(runs: Runner, wanted: Props) -> None:
    """Let openvpn start at boot, or not, if that is wanted."""
    if isinstance(wanted.get("enabled"), bool):
        runs.enable(wanted=wanted["enabled"])


def _switch(runs: Runner, wanted: Props) -> None:
    """Let openvpn run, anew if it does, or not."""
    if wanted.get("running") is False:
        runs.stop()
    else:
        runs.start()
        write_lasting(runs.place.started, digest(runs.place.read()), MODE)


def _enabled(runs: Runner, wanted: Props) -> Any:
    found = runs.enabled()
    return wanted.get("enabled", True) if found is None else found


def _bridges(host: Host, dev: str) -> list[str]:
    """Return the bridge that a link is a port of, if it is one."""
    links = {message["index"]: message for message in host.route().get_links()}
    above = [message.get("master") for message in links.values() if message.get("ifname") == dev]
    return [str(links[index].get("ifname")) for index in above if index in links]
