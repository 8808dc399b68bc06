"""Keys and certificates are what openssl and the programs that use them take."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from isthmus.engine import pki

NOW = datetime.now(UTC).replace(microsecond=0)
AUTHORITY = pki.Subject("Branch offices", NOW, NOW + timedelta(days=3650))


def authority(kind: pki.KeyType = "ec-p256") -> pki.Pair:
    key = pki.new_key(kind)
    return pki.Pair(pki.certificate(AUTHORITY, key), key)


def host(usage: pki.Usage, *names: str, days: int = 825) -> pki.Subject:
    return pki.Subject("gw", NOW - pki.BACKDATED, NOW + timedelta(days=days), usage, names)


def openssl(folder: Path, purpose: str, certificate: str, above: str) -> str:
    (folder / "own.pem").write_text(certificate)
    (folder / "ca.pem").write_text(above)
    command = ["openssl", "verify", "-purpose", purpose, "-x509_strict", "-CAfile", "ca.pem", "own.pem"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


@pytest.mark.parametrize("kind", ["ec-p256", "ec-p384", "ed25519", "rsa-2048"])
def test_openssl_verifies_what_an_authority_signs(tmp_path: Path, kind: pki.KeyType) -> None:
    above = authority(kind)
    own = pki.certificate(host("server", "gw.example.net", "203.0.113.5"), pki.new_key(kind), above)
    assert openssl(tmp_path, "sslserver", own, above.certificate) == "own.pem: OK"
    assert "OK" not in openssl(tmp_path, "sslclient", own, above.certificate)


def test_another_authority_does_not_verify(tmp_path: Path) -> None:
    own = pki.certificate(host("both"), pki.new_key("ec-p256"), authority())
    assert "error" in openssl(tmp_path, "sslclient", own, authority().certificate)


def test_a_renewed_authority_with_its_old_key_verifies_what_it_signed(tmp_path: Path) -> None:
    above = authority()
    own = pki.certificate(host("client"), pki.new_key("ec-p256"), above)
    renewed = pki.certificate(AUTHORITY, above.private_key)
    assert openssl(tmp_path, "sslclient", own, renewed) == "own.pem: OK"


def test_the_fingerprint_is_openssls(tmp_path: Path) -> None:
    own = pki.certificate(host("both"), pki.new_key("ed25519"))
    (tmp_path / "own.pem").write_text(own)
    command = ["openssl", "x509", "-in", "own.pem", "-noout", "-fingerprint", "-sha256"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip().partition("=")[2] == pki.fingerprint(own)


def test_a_certificate_ends_when_it_was_asked_to() -> None:
    assert pki.ends(pki.certificate(host("both", days=30), pki.new_key("ec-p256"))) == NOW + timedelta(days=30)


def test_a_wireguard_pair_is_the_one_of_rfc_7748() -> None:
    private = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo="
    assert pki.wireguard_public(private) == "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="


def test_keys_differ_each_time_and_have_their_form() -> None:
    assert pki.wireguard_private() != pki.wireguard_private()
    assert len(pki.preshared()) == 44
    lines = pki.openvpn_static().splitlines()
    assert lines[0] == "-----BEGIN OpenVPN Static key V1-----"
    assert {len(line) for line in lines[1:-1]} == {32}
    assert len(lines) == 18
