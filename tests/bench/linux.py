"""What 200 tunnels with addresses and routes on one Linux host cost, over SSH, against `ip -batch` over one ssh.

The tunnels are VXLAN links, which any kernel has, in a network namespace of this machine. Compared is one SSH login
and how long the host takes for the changes, each from a request's last byte to its answer, with the whole of
`ip -batch` over one ssh, a login among it. Beside it is told how long the host works in all (the starts of agents and
the proofs of reach, which `ip` has none of, are in it), and how long the whole command takes, most of which is
Pulumi's own.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.figures import Figure
from tests.support.deployment import Deployment
from tests.support.linux import ip, namespace
from tests.support.metered import Meter, meter
from tests.support.sshd import SshHost, ssh_host

TUNNELS = 200
ROUND_TRIPS = 10
"""The most round trips wanted for a phase: starts of agents and proofs of reach among them."""
SLOWER = 2
"""How many times as long as `ip -batch` over one ssh a login and the host's changes may take."""
RUNS = 3
NAME = f"{TUNNELS} tunnels with addresses and routes over ssh"

PROGRAM = """
    numbers = range({tunnels})
    links = linux.Links("tunnels", device="gw", links=[
        {{"kind": "vxlan", "name": f"t{{n}}", "vni": n + 1, "local": "198.51.100.1", "remote": "198.51.100.2",
          "dstport": 4789, "mtu": 1300 if n == {changed} else 1400}} for n in numbers])
    addresses = linux.Addresses("inside", device="gw", opts=pulumi.ResourceOptions(depends_on=[links]), addresses=[
        {{"address": f"10.0.{{n}}.1/30", "dev": f"t{{n}}"}} for n in numbers])
    linux.Routes("far", device="gw", opts=pulumi.ResourceOptions(depends_on=[addresses]), routes=[
        {{"dst": f"10.1.{{n}}.0/24", "via": f"10.0.{{n}}.2", "mtu": 1300 if n == {changed} else 1400}}
        for n in numbers])
"""


class Cost(NamedTuple):
    """What a phase took: seconds in all, seconds that the host worked and that it changed objects, and round trips."""

    whole: float
    host: float
    changing: float
    trips: int


class Plain(NamedTuple):
    """What plain tools take for the same, in seconds: an SSH login, and `ip -batch` over one ssh, that login in it."""

    login: float
    create: float
    destroy: float


def measured(folder: Path) -> Iterator[Figure]:
    """Yield what each phase in the life of the tunnels costs, and what `ip` takes for the same."""
    folder.mkdir()
    with namespace("bench") as name, ssh_host(folder / "host") as host, Deployment(folder / "project") as project:
        plain = _plain(host, name)
        counting = meter(folder / "python")
        project.device("gw", host.entry(netns=name, python=str(counting.python)))
        yield Figure(f"{NAME}: one ssh login", round(plain.login, 2), "s")
        yield from _phases(project, counting, plain)


def _phases(project: Deployment, counting: Meter, plain: Plain) -> Iterator[Figure]:
    project.program(PROGRAM.format(tunnels=TUNNELS, changed=None))
    created = _cost(counting, project.up)
    yield from _told("create", created)
    yield from _compared("create", created, plain.create, plain.login)
    yield from _told("nothing to do", _cost(counting, project.up))
    yield from _told("unchanged preview with refresh", _cost(counting, lambda: project.unchanged("--refresh")))
    project.program(PROGRAM.format(tunnels=TUNNELS, changed=TUNNELS // 2))
    yield from _told("one change", _cost(counting, project.up))
    destroyed = _cost(counting, project.destroy)
    yield from _told("destroy", destroyed)
    yield from _compared("destroy", destroyed, plain.destroy, plain.login)


def _told(phase: str, cost: Cost) -> Iterator[Figure]:
    yield Figure(f"{NAME}: {phase}: round trips", cost.trips, "round trips", ROUND_TRIPS)
    yield Figure(f"{NAME}: {phase}: the whole command", round(cost.whole, 2), "s")
    yield Figure(f"{NAME}: {phase}: the host works", round(cost.host, 2), "s")
    yield Figure(f"{NAME}: {phase}: the host changes objects", round(cost.changing, 2), "s")


def _compared(phase: str, cost: Cost, plain: float, login: float) -> Iterator[Figure]:
    yield Figure(f"{NAME}: {phase}: ip -batch over one ssh", round(plain, 2), "s")
    changes, all_work = ((login + seconds) / plain for seconds in (cost.changing, cost.host))
    over = "over ip -batch over one ssh"
    yield Figure(f"{NAME}: {phase}: one ssh login and the changes, {over}", round(changes, 2), "ratio", SLOWER)
    yield Figure(f"{NAME}: {phase}: one ssh login and all that the host works, {over}", round(all_work, 2), "ratio")


def _cost(counting: Meter, run: Callable[[], object]) -> Cost:
    counting.reset()
    start = time.perf_counter()
    run()
    whole = time.perf_counter() - start
    return Cost(whole, counting.seconds(), counting.seconds("exchange", "put", "drop"), counting.round_trips)


def _plain(host: SshHost, name: str) -> Plain:
    """Return the medians of what plain tools take."""
    before = ip(name, "-br", "link")
    runs = [
        Plain(_ssh(host, "true"), _batch(host, name, _making()), _batch(host, name, _removing())) for _ in range(RUNS)
    ]
    assert ip(name, "-br", "link") == before
    return Plain(*(median(times) for times in zip(*runs, strict=True)))


def _making() -> list[str]:
    ends = "local 198.51.100.1 remote 198.51.100.2 dstport 4789"
    links = [f"link add t{n} mtu 1400 type vxlan id {n + 1} {ends}" for n in range(TUNNELS)]
    up = [f"link set t{n} up alias tunnel-{n}" for n in range(TUNNELS)]
    addresses = [f"address add 10.0.{n}.1/30 dev t{n}" for n in range(TUNNELS)]
    routes = [f"route add 10.1.{n}.0/24 via 10.0.{n}.2 mtu 1400 proto 200" for n in range(TUNNELS)]
    return [*links, *up, *addresses, *routes]


def _removing() -> list[str]:
    routes = [f"route del 10.1.{n}.0/24" for n in range(TUNNELS)]
    addresses = [f"address del 10.0.{n}.1/30 dev t{n}" for n in range(TUNNELS)]
    return [*routes, *addresses, *[f"link del t{n}" for n in range(TUNNELS)]]


def _batch(host: SshHost, name: str, lines: list[str]) -> float:
    return _ssh(host, "ip", "-n", name, "-batch", "-", text="\n".join(lines) + "\n")


def _ssh(host: SshHost, *command: str, text: str = "") -> float:
    """Return what a command on the host takes over an ssh of its own, in seconds."""
    known = host.folder / "known"
    known.write_text(f"[127.0.0.1]:{host.port} {host.public()}\n")
    options = ["-i", str(host.folder / "user"), "-p", str(host.port), "-o", f"UserKnownHostsFile={known}"]
    start = time.perf_counter()
    subprocess.run(["ssh", *options, "root@127.0.0.1", *command], input=text, text=True, check=True)
    return time.perf_counter() - start
