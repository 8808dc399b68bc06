"""A host key is trusted by the entry, the known hosts or the lock file, in this order, and never by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isthmus.devices import LinuxDevice, LockEntry, parse_device
from isthmus.errors import TrustError
from isthmus.transports.linux.dial import dial
from tests.support.sshd import SshHost, missing, ssh_host

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
OTHER = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with ssh_host(tmp_path_factory.mktemp("sshd")) as host:
        yield host


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    return tmp_path


def device(host: SshHost, **words: Any) -> LinuxDevice:
    parsed = parse_device("gw", host.entry(**{"host_key": None, **words}), folder=Path(), source="devices.yaml:1")
    assert isinstance(parsed, LinuxDevice)
    return parsed


def enters(host: SshHost, locked: str | None = None, **words: Any) -> bool:
    entry = LockEntry(serial=f"{host.port:032x}", version="6.1", host_key=locked) if locked else None
    session = dial(device(host, **words), {}, entry)
    session.close()
    return bool(session.about["root"])


def refusal(host: SshHost, locked: str | None = None, **words: Any) -> str:
    with pytest.raises(TrustError) as caught:
        enters(host, locked, **words)
    return str(caught.value)


def know(home: Path, text: str) -> Path:
    path = home / ".ssh" / "known_hosts"
    path.write_text(text + "\n")
    return path


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_the_entry_trusts_any_key_of_the_host(host: SshHost, kind: str) -> None:
    assert enters(host, host_key=host.fingerprint(kind))


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_the_known_hosts_trust_any_key_of_the_host(host: SshHost, home: Path, kind: str) -> None:
    know(home, f"[127.0.0.1]:{host.port} {host.public(kind)}")
    assert enters(host)


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_the_lock_file_trusts_any_key_of_the_host(host: SshHost, kind: str) -> None:
    assert enters(host, host.fingerprint(kind))


def test_known_hosts_of_the_entry_take_the_place_of_the_users(host: SshHost, home: Path, tmp_path: Path) -> None:
    know(home, f"[127.0.0.1]:{host.port} {host.public()}")
    (tmp_path / "mine").write_text("")
    assert "nothing says which host key" in refusal(host, known_hosts=str(tmp_path / "mine"))


def test_an_unknown_key_is_shown_and_not_added(host: SshHost, home: Path) -> None:
    said = refusal(host)
    where = f"127.0.0.1:{host.port}"
    assert said.startswith(f"gw: nothing says which host key of {where} to trust, it shows {host.fingerprint()} (ssh-")
    assert "then run isthmus devices trust gw or write host_key in its entry" in said
    assert not (home / ".ssh" / "known_hosts").exists()


def test_a_changed_key_is_told_from_the_trusted_one_of_the_entry(host: SshHost) -> None:
    said = refusal(host, host_key=OTHER)
    assert f"shows the host key {host.fingerprint()} (ssh-ed25519), trusted is {OTHER} (host_key): if it was" in said
    assert said.endswith("put that one in its place")


def test_a_changed_key_of_the_known_hosts_is_refused_whatever_the_lock_file_says(host: SshHost, home: Path) -> None:
    other = host.public("rsa").replace("AAAAB3Nza", "AAAAB3Nzb")
    path = know(home, f"[127.0.0.1]:{host.port} {other}")
    said = refusal(host, host.fingerprint())
    assert f"({path} line 1): if it was changed on purpose, forget the old one with ssh-keygen -R" in said


def test_a_changed_key_of_the_lock_file_is_refused(host: SshHost) -> None:
    said = refusal(host, OTHER)
    assert f"trusted is {OTHER} (the lock file): if it was changed on purpose, run isthmus devices trust gw" in said


def test_a_revoked_key_is_refused_though_the_lock_file_trusts_it(host: SshHost, home: Path) -> None:
    know(home, f"@revoked * {host.public()}")
    assert "is marked @revoked" in refusal(host, host.fingerprint())


def test_a_host_known_by_its_authority_alone_is_refused_with_the_reason(host: SshHost, home: Path) -> None:
    path = know(home, f"@cert-authority * {host.public()}")
    assert f"only by the @cert-authority of {path} line 1, which is not supported" in refusal(host)


def test_another_machine_under_the_same_key_is_refused(host: SshHost) -> None:
    entry = LockEntry(serial="0" * 32, version="6.1")
    with pytest.raises(TrustError) as caught:
        dial(device(host, host_key=host.fingerprint()), {}, entry)
    found = f"machine id {host.port:032x}, trusted is {'0' * 32}"
    assert f"is another machine: {found}; if it was replaced, run isthmus devices trust gw" in str(caught.value)


def test_another_kernel_is_a_warning(host: SshHost) -> None:
    entry = LockEntry(serial=f"{host.port:032x}", version="0.0.1")
    session = dial(device(host, host_key=host.fingerprint()), {}, entry)
    session.close()
    (warning,) = session.warnings
    assert warning.startswith("gw: runs the kernel ")
    assert warning.endswith("the lock file says 0.0.1: run isthmus devices trust gw")
