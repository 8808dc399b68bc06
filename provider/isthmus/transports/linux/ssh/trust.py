"""Why a host key is trusted: the device's entry says it, else the known hosts, else the lock file; nothing adds it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from isthmus.devices.linux import SSH_PORT
from isthmus.errors import TrustError
from isthmus.transports.linux.ssh.hop import Hop
from isthmus.transports.linux.ssh.known_hosts import KnownKey, keys_of

_USERS = "~/.ssh/known_hosts"
_EVERYBODYS = "/etc/ssh/ssh_known_hosts"


class Expected(NamedTuple):
    """The fingerprints that a host may show, who says so, and what to do if it shows another.

    ``types`` are the kinds of keys to ask for, () where only a fingerprint is known.
    """

    fingerprints: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    revoked: tuple[str, ...] = ()
    source: str = ""
    remedy: str = ""


def expected(hop: Hop) -> Expected:
    """Return what a host is trusted by."""
    anew = f"run isthmus devices trust {hop.name}"
    if hop.ssh.host_key:
        return Expected((hop.ssh.host_key,), source=f"{hop.word}host_key", remedy="put that one in its place")
    known = keys_of(hop.ssh.host or "", hop.ssh.port, _files(hop))
    revoked = tuple(key.fingerprint for key in known if key.marker == "@revoked")
    if keys := [key for key in known if not key.marker]:
        return _by_known_hosts(hop, keys, revoked)
    if hop.locked:
        return Expected((hop.locked,), revoked=revoked, source="the lock file", remedy=anew)
    if authority := next((key.place for key in known if key.marker == "@cert-authority"), None):
        raise TrustError(
            hop.name,
            f"{hop.title} is trusted only by the @cert-authority of {authority}, which is not supported: "
            f"{anew}, or write {hop.word}host_key in its entry",
        )
    return Expected(revoked=revoked)


def verify(hop: Hop, known: Expected, kind: str, shown: str) -> None:
    """Raise TrustError if a key is not the trusted one; nothing was sent to the host."""
    if shown in known.revoked:
        raise TrustError(hop.name, f"{hop.title} shows the host key {shown}, which is marked @revoked: {_ASK}")
    if shown in known.fingerprints:
        return
    if known.fingerprints:
        raise TrustError(
            hop.name,
            f"{hop.title} shows the host key {shown} ({kind}), trusted is {' or '.join(known.fingerprints)} "
            f"({known.source}): if it was changed on purpose, {known.remedy}",
        )
    raise TrustError(
        hop.name,
        f"nothing says which host key of {hop.title} to trust, it shows {shown} ({kind}): compare it with "
        f"`ssh-keygen -lf` of /etc/ssh/ssh_host_*_key.pub there, then run isthmus devices trust {hop.name} "
        f"or write {hop.word}host_key in its entry",
    )


_ASK = "ask who runs the host for its new one"


def _files(hop: Hop) -> list[Path]:
    if hop.ssh.known_hosts:
        return [hop.path(hop.ssh.known_hosts)]
    return [Path(_USERS).expanduser(), Path(_EVERYBODYS)]


def _by_known_hosts(hop: Hop, keys: list[KnownKey], revoked: tuple[str, ...]) -> Expected:
    name = hop.ssh.host if hop.ssh.port == SSH_PORT else f"[{hop.ssh.host}]:{hop.ssh.port}"
    return Expected(
        tuple(key.fingerprint for key in keys),
        tuple(dict.fromkeys(key.type for key in keys)),
        revoked,
        keys[0].place,
        f"forget the old one with ssh-keygen -R '{name}' -f '{keys[0].place.rpartition(' line ')[0]}', "
        f"then run isthmus devices trust {hop.name}",
    )
