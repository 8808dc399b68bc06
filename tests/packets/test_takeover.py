"""A bridge takes over the very port that its host is reached by, whoever configures it, and gives it back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from isthmus_lab import Lab
from isthmus_lab.linux import needs
from tests.support import takeovers
from tests.support.deployment import Deployment
from tests.support.labs import skip_unless, ssh, standing
from tests.support.takeovers import LEASING, MANAGERS, NUMBERS, Seen, look, served
from tests.support.waiting import wait_until

pytestmark = pytest.mark.timeout(900)
WHOLE = ("networkd", "networkmanager", "ifupdown", "fixed")
PROGRAM = "".join(
    f"""
br0 = linux.BridgeTakeover("{host}-br0", name="br0", device="{host}", port="eth0")
tap0 = linux.Tap("{host}-tap0", name="tap0", device="{host}")
linux.BridgePort("{host}-port", device="{host}", dev=tap0.name, bridge=br0.name)
"""
    for host in NUMBERS
)


@dataclass(frozen=True)
class Life:
    """What was seen of each host before a takeover, after it, after a reboot, and after its end."""

    before: dict[str, Seen]
    taken: dict[str, Seen]
    rebooted: dict[str, Seen]
    returned: dict[str, Seen]
    managers: dict[str, str]
    drift: str
    served: dict[str, list[str]]


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    for program in ("nmcli", "networkctl", "ifup", "dhclient", "dhcpd", "radvd", "busybox"):
        skip_unless(lambda name=program: needs.program(name))  # type: ignore[misc]
    folder = tmp_path_factory.mktemp("takeover")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISTHMUS_LAB_RUNTIME", str(folder / "run"))
        with (
            standing(folder / "takeover.yaml", takeovers.topology("takeover", *NUMBERS)) as lab,
            Deployment(folder / "project") as project,
        ):
            yield _live(lab, project)


def _live(lab: Lab, project: Deployment) -> Life:
    project.pulumi("config", "set", "isthmus:devices", str(lab.devices), check=True)
    project.program(PROGRAM)
    before = _settled(lab, "eth0")
    project.up()
    taken = _settled(lab, "br0")
    managers = _managers(project)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda host: lab.host(host).reboot(), NUMBERS))
    for host in WHOLE:
        wait_until(lambda host=host: _is_restored(lab, host), 120)  # type: ignore[misc]
    rebooted = _settled(lab, "br0")
    drift = project.pulumi("preview", "--refresh", "--diff", "--expect-no-changes").text
    for host in NUMBERS:
        ssh(lab, host, "true")
    asked = {host: served(lab, host) for host in NUMBERS}
    project.destroy()
    return Life(before, taken, rebooted, _settled(lab, "eth0"), managers, drift, asked)


def _is_restored(lab: Lab, host: str) -> bool:
    shown = lab.host(host).run(["systemctl", "is-active", "isthmus-late.service"], check=False).stdout
    return shown == "active\n"


def _managers(project: Deployment) -> dict[str, str]:
    """Return who configures each host's port, as the state has it."""
    taken = (entry for entry in project.state() if entry["type"].endswith("BridgeTakeover"))
    return {entry["outputs"]["device"]: entry["outputs"]["found"]["words"].get("manager", "") for entry in taken}


def _settled(lab: Lab, dev: str) -> dict[str, Seen]:
    """Look at all hosts when they have what a router announces, which comes by itself."""
    for host in NUMBERS:
        wait_until(lambda host=host: _announced(look(lab.host(host)), dev, host), 60)  # type: ignore[misc]
    return {host: look(lab.host(host)) for host in NUMBERS}


def _announced(seen: Seen, dev: str, host: str) -> bool:
    own = [text for text in seen.addresses.get(dev, []) if ":" in text]
    return bool(own) and (host == "fixed" or f"default via fe80::1 dev {dev}" in seen.routes)


@pytest.mark.parametrize("host", NUMBERS)
def test_its_addresses_and_routes_move_up(life: Life, host: str) -> None:
    before, taken = life.before[host], life.taken[host]
    assert taken.addresses["br0"] == before.addresses["eth0"]
    assert "eth0" not in taken.addresses
    assert taken.routes == [route.replace("eth0", "br0") for route in before.routes]


@pytest.mark.parametrize("host", NUMBERS)
def test_a_reboot_brings_the_same(life: Life, host: str) -> None:
    rebooted, taken = life.rebooted[host], life.taken[host]
    assert (rebooted.addresses, rebooted.routes, rebooted.files) == (taken.addresses, taken.routes, taken.files)


@pytest.mark.parametrize("host", NUMBERS)
def test_everything_comes_back(life: Life, host: str) -> None:
    before, returned = life.before[host], life.returned[host]
    assert (returned.addresses, returned.routes, returned.files) == (before.addresses, before.routes, before.files)


@pytest.mark.parametrize("host", NUMBERS)
def test_who_configures_it_is_found(life: Life, host: str) -> None:
    assert life.managers[host] == MANAGERS.get(host, "")


def test_a_refresh_after_the_reboot_finds_nothing_to_do(life: Life) -> None:
    assert "error" not in life.drift, life.drift
    assert " unchanged" in life.drift


@pytest.mark.parametrize("host", LEASING)
def test_the_lease_stays_with_the_client_that_had_it(life: Life, host: str) -> None:
    """The pool has one address, which no client of another identity would be given."""
    assert len([line for line in life.served[host] if line.startswith("DHCPACK")]) > 1
    assert not [line for line in life.served[host] if "no free leases" in line]


@pytest.mark.parametrize("host", ["dhclient", "ifupdown", "udhcpc"])
def test_the_client_runs_once_and_for_the_bridge(life: Life, host: str) -> None:
    for seen, dev in ((life.taken[host], "br0"), (life.rebooted[host], "br0"), (life.returned[host], "eth0")):
        (program,) = seen.programs
        assert f" {dev}" in program
