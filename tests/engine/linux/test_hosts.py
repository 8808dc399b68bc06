"""Hosts over SSH: one connection serves a run, and what dies in the middle is found again."""

from __future__ import annotations

import os
import signal
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from isthmus.devices import LinuxDevice, parse_device
from isthmus.transports.linux import dial
from tests.support.deployment import Deployment
from tests.support.linux import ip
from tests.support.refused import error
from tests.support.running import Running
from tests.support.sshd import PASSWORD, SshHost, missing, ssh_host
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
PROGRAM = """
for name in ("tap0", "tap1", "tap2"):
    linux.Tap(name, name=name, device="gw", alias="{alias}")
"""
AGAIN = "run again to finish"
ONE = 'linux.Tap("tap0", name="tap0", device="gw", alias="office")'


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SshHost]:
    with ssh_host(tmp_path / "sshd") as server:
        yield server


@pytest.fixture
def over_ssh(tmp_path: Path, host: str, server: SshHost) -> Iterator[Deployment]:
    with Deployment(tmp_path / "project", environment={"SUDO_PASSWORD": PASSWORD}) as project:
        project.device("gw", server.entry(netns=host))
        yield project


def logins(server: SshHost) -> int:
    return (server.folder / "log").read_text().count("Accepted ")


def stopping(server: SshHost, host: str, when: str) -> str:
    """Return an interpreter whose agent stops itself once, just before or just after it makes the first object."""
    store(server, host)
    folder = server.folder
    path = folder / "python-that-stops"
    path.write_text(
        textwrap.dedent(f"""\
        #!/usr/bin/python3 -I
        import os, signal, sys
        from pathlib import Path
        if "serve" not in sys.argv[3:4]:
            os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv[1:]])
        sys.argv = sys.argv[2:]
        sys.path.insert(0, sys.argv[0])
        from isthmus_agent.__main__ import main
        from isthmus_agent.changes import Change
        original = Change._put_all
        def stop():
            flag = Path({str(folder / "stop")!r})
            if flag.exists():
                flag.unlink()
                Path({str(folder / "stopped")!r}).write_text(str(os.getpid()))
                os.kill(os.getpid(), signal.SIGSTOP)
        def put(*arguments):
            {"stop()" if when == "noted" else "pass"}
            answer = original(*arguments)
            {"stop()" if when == "made" else "pass"}
            return answer
        Change._put_all = put
        sys.exit(main(sys.argv[1:]))
        """)
    )
    path.chmod(0o755)
    (folder / "stop").touch()
    return str(path)


def store(server: SshHost, host: str) -> None:
    """Have the agent stored on the host, so that the next start is the agent's own and no other's."""
    device = parse_device("gw", server.entry(netns=host), folder=Path(), source="devices.yaml:1")
    assert isinstance(device, LinuxDevice)
    dial(device, {}).close()


def stopped(folder: Path) -> int:
    """Wait for the agent to have stopped itself, and return its process id."""
    wait_until(lambda: (folder / "stopped").exists() and bool((folder / "stopped").read_text()), 60)
    return int((folder / "stopped").read_text())


def test_one_login_a_run_serves_all_resources_and_nothing_is_left(
    over_ssh: Deployment, host: str, server: SshHost
) -> None:
    before = ip(host, "addr")
    server.user("ben", sudo="ALL=(root) ALL")
    over_ssh.device("gw", server.entry(netns=host, user="ben", sudo={"env": "SUDO_PASSWORD"}))
    over_ssh.program(PROGRAM.format(alias="office"))
    over_ssh.up()
    assert logins(server) == 1
    (stored,) = server.run.glob("*.pyz")
    written = stored.stat().st_ino
    over_ssh.program(PROGRAM.format(alias="branch"))
    over_ssh.up()
    assert logins(server) == 2
    assert stored.stat().st_ino == written
    assert ip(host, "link").count("alias branch") == 3
    over_ssh.unchanged("--refresh")
    over_ssh.destroy()
    server.gone()
    assert ip(host, "addr") == before
    assert PASSWORD not in "".join(path.read_text(errors="replace") for path in over_ssh.folder.rglob("*.json"))


@pytest.mark.parametrize("when", ["noted", "made"])
def test_an_agent_that_is_killed_in_the_middle_leaves_what_the_next_run_finds(
    over_ssh: Deployment, host: str, server: SshHost, when: str
) -> None:
    before = ip(host, "addr")
    over_ssh.program(ONE)
    over_ssh.device("gw", server.entry(netns=host, python=stopping(server, host, when)))
    with Running(over_ssh) as running:
        os.kill(stopped(server.folder), signal.SIGKILL)
        said = error(running.ended())
    assert said == "ConnectionCut: gw: the connection was cut at put link/tap tap0 (the agent was killed); " + AGAIN
    assert ("tap0" in ip(host, "link")) == (when == "made")
    over_ssh.up()
    assert "alias office" in ip(host, "link", "show", "tap0")
    over_ssh.unchanged("--refresh")
    over_ssh.destroy()
    assert ip(host, "addr") == before


def test_a_host_that_dies_in_the_middle_is_told_and_goes_on_when_it_is_back(
    over_ssh: Deployment, host: str, server: SshHost
) -> None:
    over_ssh.program(ONE)
    over_ssh.device("gw", server.entry(netns=host, python=stopping(server, host, "noted")))
    with Running(over_ssh) as running:
        stopped(server.folder)
        server.kill()
        said = error(running.ended())
    where = f"127.0.0.1:{server.port}"
    assert said.startswith(f"ConnectionCut: gw: the connection was cut at put link/tap tap0 ({where} is gone")
    assert error(over_ssh.up(check=False)).startswith(f"Unreachable: gw: {where} refuses the connection: is sshd")
    server.start()
    over_ssh.up()
    assert "alias office" in ip(host, "link", "show", "tap0")
    over_ssh.destroy()


def test_a_host_that_falls_silent_in_the_middle_costs_one_timeout(
    over_ssh: Deployment, host: str, server: SshHost
) -> None:
    over_ssh.program(ONE)
    over_ssh.device("gw", server.entry(netns=host, timeout=4, python=stopping(server, host, "noted")))
    said = error(over_ssh.up(check=False))
    assert said.endswith("cut at put link/tap tap0 (no answer within 4 s); run again to finish")
    os.kill(stopped(server.folder), signal.SIGKILL)
    over_ssh.up()
    over_ssh.destroy()
