"""Hosts that cannot be reached or trusted, or that give no rights: one line each, and mended all is well."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.deployment import Deployment
from tests.support.linux import ip
from tests.support.refused import errors
from tests.support.sshd import PASSWORD, SshHost, make_key, missing, ssh_host

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
OTHER = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
WRONG = "wrong-horse-battery-staple"
PROGRAM = """
for number, name in enumerate(pulumi.Config().require_object("devices")):
    linux.Tap(name, name=f"tap{number}", device=name)
"""
TOLD = {
    "down": "Unreachable: down: 127.0.0.1:1 refuses the connection: is sshd running there (systemctl status ssh), on"
    " this port?",
    "mute": "Unreachable: mute: 127.0.0.1:{mute} accepts the connection and says nothing within 2 s: is it sshd?",
    "changed": "TrustError: changed: {where} shows the host key {shown} (ssh-ed25519), trusted is {other} (host_key):"
    " if it was changed on purpose, put that one in its place",
    "unknown": "TrustError: unknown: nothing says which host key of {where} to trust, it shows {shown} (ssh-ed25519):"
    " compare it with `ssh-keygen -lf` of /etc/ssh/ssh_host_*_key.pub there, then run isthmus devices trust unknown or"
    " write host_key in its entry",
    "stranger": "LoginRefused: stranger: {where} refuses the user root with the key stranger: is the public key in"
    " ~root/.ssh/authorized_keys there, and may the user log in?",
    "mistyped": "LoginRefused: mistyped: {where} refuses the user ben with the password: is it the right one, and does"
    " sshd allow it (PasswordAuthentication, PermitRootLogin)?",
    "powerless": "LoginRefused: powerless: {where}: carla is not root there, and sudo does not allow it: write `carla"
    " ALL=(root) NOPASSWD: ALL` in /etc/sudoers.d, or log in with user: root",
    "asked": "LoginRefused: asked: {where}: ben is not root there, and sudo needs a password: say where it is found,"
    " sudo: {{env: NAME}} in the device's entry, or write `ben ALL=(root) NOPASSWD: ALL` in /etc/sudoers.d",
    "sudoless": "LoginRefused: sudoless: {where}: sudo refuses the password of ben (env WRONG_PASSWORD)",
    "snakeless": "DeviceError: snakeless: {where} has no /usr/bin/python9, the agent needs Python 3.9 or newer: install"
    " it there (Debian: python3), or name another interpreter with python: PATH in the device's entry",
    "aged": "DeviceError: aged: {where} has Python 3.7 as {old}, the agent needs 3.9 or newer: install it there"
    " (Debian: python3), or name another interpreter with python: PATH in the device's entry",
    "jumpless": "Unreachable: jumpless: the jump host 127.0.0.1:1 refuses the connection: is sshd running there"
    " (systemctl status ssh), on this port?",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SshHost]:
    with ssh_host(tmp_path / "sshd") as server:
        server.user("ben", sudo="ALL=(root) ALL")
        server.user("carla")
        yield server


def troubles(mute: int, old: str) -> dict[str, dict[str, Any]]:
    """Return what is wrong in the devices file."""
    way = {"host": "127.0.0.1", "port": 1, "host_key": OTHER, "key": "stranger"}
    return {
        "down": {"port": 1},
        "mute": {"port": mute, "timeout": 2},
        "changed": {"host_key": OTHER},
        "unknown": {"host_key": None},
        "stranger": {"key": "stranger"},
        "mistyped": {"user": "ben", "key": None, "password": {"env": "WRONG_PASSWORD"}},
        "powerless": {"user": "carla", "sudo": {"env": "SUDO_PASSWORD"}},
        "asked": {"user": "ben"},
        "sudoless": {"user": "ben", "sudo": {"env": "WRONG_PASSWORD"}},
        "snakeless": {"python": "/usr/bin/python9"},
        "aged": {"python": old},
        "jumpless": {"jump": way},
    }


def aged(folder: Path) -> str:
    """Return an interpreter that is too old for the agent, and knows to say no more than its version."""
    path = folder / "python3.7"
    path.write_text("#!/bin/sh\necho 3.7 False\n")
    path.chmod(0o755)
    return str(path)


def test_every_host_in_trouble_is_told_in_one_line_and_mended(tmp_path: Path, host: str, server: SshHost) -> None:
    before = ip(host, "addr")
    environment = {"WRONG_PASSWORD": WRONG, "SUDO_PASSWORD": PASSWORD, "HOME": str(tmp_path)}
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        Deployment(tmp_path / "project", environment=environment) as project,
    ):
        make_key(project.folder / "stranger")
        old, port = aged(server.folder), mute.getsockname()[1]
        for name, trouble in troubles(port, old).items():
            project.device(name, server.entry(**{"netns": host, **trouble}))
        project.program(PROGRAM)
        names = str(list(TOLD)).replace("'", '"')
        project.pulumi("config", "set", "devices", names, check=True)

        failed = project.up("--continue-on-error", check=False)
        facts = {"where": f"127.0.0.1:{server.port}", "shown": server.fingerprint(), "other": OTHER}
        told = {line.format(**facts, mute=port, old=old) for line in TOLD.values()}
        assert set(errors(failed)) == told
        assert WRONG not in failed.text
        assert ip(host, "addr") == before

        for name in TOLD:
            project.device(name, server.entry(netns=host))
        project.up()
        project.unchanged("--refresh")
        project.destroy()
        assert ip(host, "addr") == before
