"""The agent is stored once under its digest, where only root writes, and nothing else is ever run as root."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from isthmus.devices import LinuxDevice, parse_device
from isthmus.errors import DeviceError
from isthmus.transports.linux import dial
from isthmus.transports.linux.zipapp import zipapp
from tests.support.sshd import SshHost, missing, ssh_host

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
DAYS = 24 * 3600


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with ssh_host(tmp_path_factory.mktemp("sshd")) as host:
        yield host


@pytest.fixture
def empty(host: SshHost) -> SshHost:
    """Return the host without any agent."""
    for path in host.run.iterdir():
        path.unlink()
    return host


def enter(host: SshHost, **words: Any) -> None:
    device = parse_device("gw", host.entry(**words), folder=Path(), source="devices.yaml:1")
    assert isinstance(device, LinuxDevice)
    session = dial(device, {})
    session.close()
    assert session.about["root"]


def stored(host: SshHost) -> Path:
    (path,) = host.run.iterdir()
    return path


def test_the_agent_is_stored_once_whole_and_for_root_alone(empty: SshHost) -> None:
    enter(empty)
    path = stored(empty)
    assert path.name == f"{zipapp().digest}.pyz"
    assert path.read_bytes() == zipapp().content
    written = path.stat()
    enter(empty)
    assert stored(empty).stat().st_ino == written.st_ino


def test_a_stored_agent_that_was_changed_is_replaced_before_anything_runs(empty: SshHost) -> None:
    enter(empty)
    path = stored(empty)
    path.write_bytes(path.read_bytes()[:-1000])
    enter(empty)
    assert stored(empty).read_bytes() == zipapp().content


def test_a_folder_that_others_may_write_is_refused(empty: SshHost) -> None:
    empty.run.chmod(0o777)
    try:
        with pytest.raises(DeviceError) as caught:
            enter(empty)
    finally:
        empty.run.chmod(0o700)
    where = f"127.0.0.1:{empty.port}"
    reason = "/run/isthmus may be written by others than root: remove it (rm -r /run/isthmus)"
    assert str(caught.value) == f"gw: {where}: the agent cannot be stored: {reason}"
    assert list(empty.run.iterdir()) == []


def test_versions_that_nobody_started_for_a_day_are_removed(empty: SshHost) -> None:
    for name, age in (("old", 2 * DAYS), ("recent", 60)):
        (empty.run / f"{name}.pyz").write_text("")
        os.utime(empty.run / f"{name}.pyz", (time.time() - age,) * 2)
    enter(empty)
    assert sorted(path.stem for path in empty.run.iterdir()) == sorted(["recent", zipapp().digest])


def test_what_a_login_shell_prints_before_is_passed_over(tmp_path: Path) -> None:
    words = {"ForceCommand": 'echo welcome to gw; echo; eval "$SSH_ORIGINAL_COMMAND"'}
    with ssh_host(tmp_path / "chatty", **words) as host:
        enter(host)
        enter(host)


def test_a_host_that_runs_no_commands_is_said(tmp_path: Path) -> None:
    with ssh_host(tmp_path / "closed", ForceCommand="echo this account is closed >&2; exit 1") as host:
        with pytest.raises(DeviceError) as caught:
            enter(host)
        said = f"gw: 127.0.0.1:{host.port} does not start the agent: this account is closed"
        assert str(caught.value) == said


def test_a_full_disk_is_said_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    with small_disk(tmp_path / "full" / "run"), ssh_host(tmp_path / "full") as host:
        with pytest.raises(DeviceError) as caught:
            enter(host)
        assert list(host.run.iterdir()) == []
    reason = "/run/isthmus: No space left on device: root needs 1 MB there"
    assert str(caught.value) == f"gw: 127.0.0.1:{host.port}: the agent cannot be stored: {reason}"


@contextmanager
def small_disk(path: Path) -> Iterator[None]:
    """Mount a disk of 64 KiB."""
    path.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "none", str(path)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)
