"""Name servers that a link has by itself in systemd-resolved (resolvectl(1)); /etc/resolv.conf names no links."""

from __future__ import annotations

from isthmus_agent.host import Host
from isthmus_agent.kinds.takeover.managers.startup import active
from isthmus_agent.ledger import Ledger
from isthmus_agent.programs import attempt, present, run

Words = dict[str, list[str]]
WORDS = ("dns", "domain", "default-route", "llmnr", "mdns", "dnsovertls", "dnssec")
_LEDGER = "resolvers"


def move(host: Host, netns: str, dev: str, other: str) -> None:
    """Give a link the name servers of another, which has them no more."""
    there = {} if netns or host.netns else _read(dev)
    ledger = Ledger(host, _LEDGER)
    notes = {name: words for name, words in ledger.read().items() if name != dev}
    if not there:
        return
    _write(other, there)
    run("resolvectl", "revert", dev)
    ledger.write({**notes, other: there})


def resume(host: Host, netns: str, dev: str) -> None:
    """Give a link the name servers again that it had before a boot."""
    if not netns and not host.netns and _runs() and not _read(dev):
        _write(dev, Ledger(host, _LEDGER).read().get(dev) or {})


def values(shown: str) -> list[str]:
    """Return the values behind `Link 2 (eth0): `, as `resolvectl dns eth0` prints them."""
    return shown.partition("): ")[2].split()


def _runs() -> bool:
    return present("resolvectl") is not None and active("systemd-resolved.service")


def _read(dev: str) -> Words:
    """Return what systemd-resolved has for a link, nothing where it does not run or knows no server for it."""
    if not _runs():
        return {}
    shown = {word: values(attempt("resolvectl", word, dev).stdout) for word in WORDS}
    return {word: said for word, said in shown.items() if said} if shown["dns"] or shown["domain"] else {}


def _write(dev: str, there: Words) -> None:
    for word, said in there.items():
        run("resolvectl", word, dev, *said)
