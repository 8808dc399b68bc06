"""The known hosts of OpenSSH are read as OpenSSH reads them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from isthmus.transports.linux.ssh.known_hosts import KnownKey, fingerprint, keys_of
from tests.support.sshd import make_key


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_key(tmp_path_factory.mktemp("key") / "host").with_suffix(".pub")


def public(key: Path) -> str:
    return " ".join(key.read_text().split()[:2])


def found(folder: Path, text: str, host: str = "gw.example.org", port: int = 22) -> list[KnownKey]:
    (folder / "known_hosts").write_text(text)
    return keys_of(host, port, [folder / "known_hosts"])


def test_a_fingerprint_is_what_ssh_keygen_prints(key: Path, tmp_path: Path) -> None:
    (known,) = found(tmp_path, f"gw.example.org {public(key)}\n")
    printed = subprocess.run(["ssh-keygen", "-lf", str(key)], capture_output=True, text=True, check=True).stdout
    assert known.fingerprint == printed.split()[1]
    assert known.place.endswith("known_hosts line 1")


@pytest.mark.parametrize(
    ("names", "host", "port"),
    [
        ("gw.example.org", "gw.example.org", 22),
        ("GW.example.org", "gw.Example.org", 22),
        ("boise,gw.example.org,192.0.2.1", "192.0.2.1", 22),
        ("[gw.example.org]:2222", "gw.example.org", 2222),
        ("gw.example.org", "gw.example.org", 2222),
        ("*.example.org", "gw.example.org", 22),
        ("g?.example.org", "gw.example.org", 22),
        ("[*.example.org]:2222", "gw.example.org", 2222),
        ("2001:db8::1", "2001:db8::1", 22),
    ],
)
def test_a_name_is_known(key: Path, tmp_path: Path, names: str, host: str, port: int) -> None:
    assert len(found(tmp_path, f"# comment\n\n{names} {public(key)} a comment\n", host, port)) == 1


@pytest.mark.parametrize(
    ("names", "host", "port"),
    [
        ("gw.example.org", "gw.example.com", 22),
        ("[gw.example.org]:2222", "gw.example.org", 22),
        ("[gw.example.org]:2222", "gw.example.org", 2223),
        ("*.example.org,!gw.example.org", "gw.example.org", 22),
        ("[abc]w.example.org", "aw.example.org", 22),
    ],
)
def test_a_name_is_not_known(key: Path, tmp_path: Path, names: str, host: str, port: int) -> None:
    assert found(tmp_path, f"{names} {public(key)}\n", host, port) == []


@pytest.mark.parametrize("port", [22, 2222])
def test_hashed_names_are_known(key: Path, tmp_path: Path, port: int) -> None:
    name = "gw.example.org" if port == 22 else f"[gw.example.org]:{port}"
    text = tmp_path / "known_hosts"
    text.write_text(f"{name} {public(key)}\n")
    subprocess.run(["ssh-keygen", "-q", "-H", "-f", str(text)], check=True, capture_output=True)
    assert "gw.example" not in text.read_text()
    assert len(keys_of("gw.example.org", port, [text])) == 1
    assert keys_of("gw.example.com", port, [text]) == []


def test_a_revoked_key_is_revoked_under_every_port(key: Path, tmp_path: Path) -> None:
    (known,) = found(tmp_path, f"@revoked * {public(key)}\n", port=2222)
    assert known.marker == "@revoked"


def test_a_revoked_key_of_another_host_says_nothing(key: Path, tmp_path: Path) -> None:
    assert found(tmp_path, f"@revoked other.example.org {public(key)}\n") == []


def test_lines_that_cannot_be_read_are_passed_over(key: Path, tmp_path: Path) -> None:
    text = f"gw.example.org ssh-ed25519 %%%\n|1|x|y {public(key)}\ngw.example.org\ngw.example.org {public(key)}\n"
    assert len(found(tmp_path, text)) == 1
    assert keys_of("gw.example.org", 22, [tmp_path / "absent"]) == []


def test_the_fingerprint_of_nothing_is_no_key() -> None:
    assert fingerprint(b"") == "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
