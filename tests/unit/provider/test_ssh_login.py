"""A host is logged in to by every way that OpenSSH has, and a refusal says which ways were tried."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from isthmus.devices import LinuxDevice, parse_device
from isthmus.errors import ConfigurationError, IsthmusError, LoginRefused, Unreachable
from isthmus.transports.linux import Session
from isthmus.transports.linux.dial import dial
from tests.support.sshd import PASSWORD, SshHost, make_key, missing, ssh_host
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with ssh_host(tmp_path_factory.mktemp("sshd")) as host:
        host.user("ana", sudo="ALL=(root) NOPASSWD: ALL")
        host.user("ben", sudo="ALL=(root) ALL")
        host.user("carla")
        yield host


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GW_PASSWORD", PASSWORD)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    return tmp_path


def device(entry: dict[str, Any], folder: Path = Path()) -> LinuxDevice:
    parsed = parse_device("gw", entry, folder=folder, source="devices.yaml:1")
    assert isinstance(parsed, LinuxDevice)
    return parsed


def about(entry: dict[str, Any], folder: Path = Path()) -> dict[str, Any]:
    session: Session = dial(device(entry, folder), {})
    session.close()
    return dict(session.about)


def refusal(entry: dict[str, Any], folder: Path = Path(), kind: type[IsthmusError] = LoginRefused) -> str:
    with pytest.raises(kind) as caught:
        dial(device(entry, folder), {})
    assert PASSWORD not in str(caught.value)
    return str(caught.value)


BY_PASSWORD = {"key": None, "password": {"env": "GW_PASSWORD"}}


def test_a_key_of_the_entry_logs_in_as_root(host: SshHost) -> None:
    assert about(host.entry())["root"]


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_keys_of_every_kind_with_a_passphrase_log_in(host: SshHost, home: Path, kind: str) -> None:
    make_key(home / "mine", kind, PASSWORD)
    host.allow(home / "mine.pub")
    assert about(host.entry(key="mine", passphrase={"env": "GW_PASSWORD"}), home)["root"]


def test_a_key_whose_passphrase_is_not_told_or_wrong_is_said(
    host: SshHost, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(home / "mine", "ed25519", PASSWORD)
    said = refusal(host.entry(key="mine"), home, ConfigurationError)
    assert said.startswith("gw: key mine has a passphrase: say where it is found, passphrase: {env: ...}")
    monkeypatch.setenv("GW_PASSWORD", "wrong")
    said = refusal(host.entry(key="mine", passphrase={"env": "GW_PASSWORD"}), home, ConfigurationError)
    assert said == "gw: key mine is not opened by passphrase: is it the right one?"


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "cannot be read: No such file or directory"), ("hello\n", "is no private key: Ed25519, ECDSA and RSA")],
)
def test_a_file_that_is_no_key_is_said(host: SshHost, home: Path, content: str | None, why: str) -> None:
    if content:
        (home / "mine").write_text(content)
    assert f"gw: key mine {why}" in refusal(host.entry(key="mine"), home, ConfigurationError)


def test_the_users_own_key_is_taken_where_the_entry_names_none(host: SshHost, home: Path) -> None:
    (home / ".ssh").mkdir()
    shutil.copy(host.folder / "user", home / ".ssh" / "id_ed25519")
    assert about(host.entry(key=None))["root"]


def test_the_ssh_agent_is_asked(host: SshHost, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ssh_agent(home / "agent.sock", monkeypatch):
        subprocess.run(["ssh-add", "-q", str(host.folder / "user")], check=True, capture_output=True)
        assert about(host.entry(key=None))["root"]


def test_a_password_logs_in(host: SshHost) -> None:
    assert about(host.entry(**BY_PASSWORD, user="ana"))["root"]


def test_keyboard_interactive_logs_in_where_it_is_just_the_password(tmp_path: Path) -> None:
    words = {"UsePAM": "yes", "PasswordAuthentication": "no", "KbdInteractiveAuthentication": "yes"}
    with ssh_host(tmp_path / "sshd", **words) as host:
        host.user("ana", sudo="ALL=(root) NOPASSWD: ALL")
        assert about(host.entry(**BY_PASSWORD, user="ana"))["root"]


def test_a_host_may_want_key_and_password(tmp_path: Path) -> None:
    with ssh_host(tmp_path / "sshd", AuthenticationMethods="publickey,password") as host:
        host.user("ana", sudo="ALL=(root) NOPASSWD: ALL")
        assert about(host.entry(user="ana", password={"env": "GW_PASSWORD"}))["root"]
        assert "wants password besides, for the user ana" in refusal(host.entry(user="ana"))


def test_a_key_that_is_not_authorised_is_refused(host: SshHost, home: Path) -> None:
    make_key(home / "mine")
    said = refusal(host.entry(key="mine"), home)
    where = f"127.0.0.1:{host.port}"
    assert said.startswith(f"gw: {where} refuses the user root with the key mine: is the public key in ~root/.ssh/")


def test_a_wrong_password_is_refused_without_being_told(host: SshHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GW_PASSWORD", "not-the-right-one")
    said = refusal(host.entry(**BY_PASSWORD, user="ana"))
    assert "refuses the user ana with the password" in said
    assert "not-the-right-one" not in said


def test_nothing_to_log_in_with_is_said(host: SshHost) -> None:
    assert "nothing to log in to" in refusal(host.entry(key=None))


def test_sudo_takes_its_password(host: SshHost) -> None:
    assert about(host.entry(user="ben", sudo={"env": "GW_PASSWORD"}))["root"]


def test_a_password_that_sudo_does_not_ask_for_stays_unsent(host: SshHost) -> None:
    assert about(host.entry(user="ana", sudo={"env": "GW_PASSWORD"}))["root"]


def test_a_wrong_password_of_sudo_is_refused(host: SshHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_PASSWORD", "not-the-right-one")
    said = refusal(host.entry(user="ben", sudo={"env": "SUDO_PASSWORD"}))
    assert said.endswith("sudo refuses the password of ben (env SUDO_PASSWORD)")


@pytest.mark.parametrize(
    ("user", "words", "why"),
    [
        ("ben", {}, "ben is not root there, and sudo needs a password: say where it is found, sudo: {env: NAME}"),
        (
            "carla",
            {"sudo": {"env": "GW_PASSWORD"}},
            "carla is not root there, and sudo does not allow it: write `carla",
        ),
    ],
)
def test_without_rights_the_remedy_is_said(host: SshHost, user: str, words: dict[str, Any], why: str) -> None:
    assert why in refusal(host.entry(user=user, **words))


def test_a_jump_host_leads_to_a_host(host: SshHost, tmp_path: Path) -> None:
    with ssh_host(tmp_path / "jump") as jump:
        way = {"host": "127.0.0.1", "port": jump.port, "key": str(jump.folder / "user"), "host_key": jump.fingerprint()}
        assert about(host.entry(jump=way))["machine"] == f"{host.port:032x}"
        said = refusal(host.entry(jump=way, port=1), kind=Unreachable)
        assert said == "gw: the jump host does not lead to 127.0.0.1:1: it gets no connection there"
        said = refusal(host.entry(jump={**way, "key": str(host.folder / "user")}))
        assert said.startswith(f"gw: the jump host 127.0.0.1:{jump.port} refuses the user root with the key")


@contextmanager
def ssh_agent(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run an SSH agent of the test's own."""
    monkeypatch.setenv("SSH_AUTH_SOCK", str(path))
    command = ["ssh-agent", "-D", "-a", str(path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(path.exists)
        yield
    finally:
        process.terminate()
        process.wait()
