"""DHCP clients that run for one link: dhclient and udhcpc, found among the processes of this network namespace."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.programs import attempt, path_of, present

PROGRAMS = ("dhclient", "udhcpc")
SECONDS = 5
"""How long a killed client may take to be gone."""
_LEASED = re.compile(r"fixed-address (?P<address>[0-9.]+);")


@dataclass(frozen=True)
class Running:
    """A client that runs for a link."""

    pid: int
    program: str
    arguments: tuple[str, ...]


def running(dev: str) -> list[Running]:
    """Return the clients that run for a link."""
    return [client for client in _all() if dev in client.arguments]


def stop(client: Running) -> None:
    """End a client so that it neither releases its lease nor takes the address off."""
    with suppress(ProcessLookupError):
        os.kill(client.pid, signal.SIGKILL)
    deadline = time.monotonic() + SECONDS
    while _alive(client.pid) and time.monotonic() < deadline:
        time.sleep(0.02)


def renamed(words: Sequence[str], dev: str, other: str) -> list[str]:
    """Return a command about another link: its name, and files that are called after it."""
    return [word_of(dev).sub(other, word) for word in words]


def word_of(name: str) -> re.Pattern[str]:
    """Return what finds a link's name: `eth0` in `dhclient.eth0.leases`, not in `veth0`, nor in `eth0.10`."""
    return re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(name)}(?![A-Za-z0-9_-]|\.[0-9])")


def start(command: Sequence[str], dev: str, address: str = "") -> None:
    """Start a client for a link; it asks for `address`, and goes on when we end."""
    program, *arguments = command
    if program == "dhclient":
        arguments = ["-nw", *(word for word in arguments if word != "-nw")]
    elif address:
        arguments = ["-b", "-r", address, *_without(arguments, "-r")]
    if Path("/run/systemd/system").exists() and present("systemd-run"):
        _by_systemd(program, arguments, dev)
    else:
        _by_itself(program, arguments)


def take_leases(command: Sequence[str], dev: str, other: str) -> None:
    """Let a client that is started for another link know the lease of this one: it asks for the same address."""
    for name in _lease_files(command):
        there = Path(word_of(dev).sub(other, name))
        with suppress(FileNotFoundError):
            there.write_text(Path(name).read_text().replace(f'interface "{dev}"', f'interface "{other}"'))


def leased(command: Sequence[str], dev: str) -> set[str]:
    """Return the addresses in a client's lease file."""
    found: set[str] = set()
    for name in _lease_files(command):
        with suppress(OSError):
            leases = Path(name).read_text().split("lease {")
            here = [lease for lease in leases if f'interface "{dev}"' in lease]
            found.update(match["address"] for lease in here for match in _LEASED.finditer(lease))
    return found


def _lease_files(command: Sequence[str]) -> list[str]:
    given = [value for word, value in zip(command, command[1:]) if word in ("-lf", "-df")]
    return given or (["/var/lib/dhcp/dhclient.leases"] if command[0] == "dhclient" else [])


def _all() -> Iterator[Running]:
    here = Path("/proc/self/ns/net").readlink()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            program, arguments = _program(words)
            if program in PROGRAMS and (folder / "ns/net").readlink() == here:
                yield Running(int(folder.name), program, tuple(arguments))


def _program(words: list[str]) -> tuple[str, list[str]]:
    """Return the program of a command line; busybox is called by its own name, or by that of the program."""
    name = Path(words[0]).name
    words = words[1:] if name.startswith("busybox") else words
    return (Path(words[0]).name, [word for word in words[1:] if word]) if words else ("", [])


def _alive(pid: int) -> bool:
    try:
        return not Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0].startswith("Z")
    except OSError:
        return False


def _without(arguments: Sequence[str], option: str) -> list[str]:
    kept = list(arguments)
    while option in kept:
        at = kept.index(option)
        del kept[at : at + 2]
    return kept


def _words(program: str, arguments: Sequence[str]) -> list[str]:
    if present(program):
        return [path_of(program), *arguments]
    return [path_of("busybox"), program, *arguments]


def _by_systemd(program: str, arguments: Sequence[str], dev: str) -> None:
    unit = f"isthmus-{program}-{dev}-{os.getpid()}-{time.monotonic_ns()}"
    options = ["--quiet", "--collect", "--service-type=forking", "--no-block", f"--unit={unit}"]
    done = attempt("systemd-run", *options, "--", *_words(program, arguments))
    if done.returncode:
        raise Refused(f"{program} cannot be started for {dev}: {done.stderr.strip() or 'systemd-run failed'}")


def _by_itself(program: str, arguments: Sequence[str]) -> None:
    subprocess.run(
        _words(program, arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        check=False,
        timeout=60,
    )
