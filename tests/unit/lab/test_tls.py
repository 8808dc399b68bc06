"""The ``api-ssl`` service: what it shows, and who gets through."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path

import pytest

from isthmus_lab import Certificate, EmulatedRouter, LabError
from tests.support.raw_api import RawClient


def trusting(router: EmulatedRouter) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=router.certificate)


def test_a_client_that_trusts_the_certificate_gets_through() -> None:
    with EmulatedRouter("seattle") as router, RawClient(router.api_ssl_port, trusting(router)) as client:
        assert client.log_in().ask("/system/identity/print")[-1] == ["!done"]


def test_the_fingerprint_is_of_the_certificate_that_is_shown() -> None:
    with EmulatedRouter("seattle") as router, RawClient(router.api_ssl_port, trusting(router)) as client:
        assert isinstance(client.socket, ssl.SSLSocket)
        shown = client.socket.getpeercert(binary_form=True)
        assert shown is not None
        assert hashlib.sha256(shown).hexdigest() == router.fingerprint


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "seattle"])
def test_the_certificate_is_for_the_router_and_for_this_machine(name: str) -> None:
    with EmulatedRouter("seattle") as router, RawClient(router.api_ssl_port, trusting(router), name) as client:
        client.log_in()


def test_the_certificate_is_for_no_other_name() -> None:
    with EmulatedRouter("seattle") as router, pytest.raises(ssl.SSLCertVerificationError, match="boise"):
        RawClient(router.api_ssl_port, trusting(router), "boise")


def test_a_client_that_does_not_trust_the_certificate_turns_away() -> None:
    with EmulatedRouter("seattle") as router, pytest.raises(ssl.SSLCertVerificationError):
        RawClient(router.api_ssl_port, ssl.create_default_context())


def test_without_a_certificate_no_handshake_succeeds() -> None:
    careless = ssl.create_default_context()
    careless.check_hostname = False
    careless.verify_mode = ssl.CERT_NONE
    with EmulatedRouter("seattle", certificate=None) as router:
        assert router.fingerprint is None
        with pytest.raises(ssl.SSLError, match=r"(?i)handshake.failure"):
            RawClient(router.api_ssl_port, careless)


def test_each_router_has_a_certificate_of_its_own() -> None:
    assert Certificate.self_signed("seattle").fingerprint != Certificate.self_signed("seattle").fingerprint


def test_a_given_certificate_is_shown(tmp_path: Path) -> None:
    made = Certificate.self_signed("given")
    (tmp_path / "cert.pem").write_bytes(made.certificate)
    (tmp_path / "key.pem").write_bytes(made.key)
    given = Certificate.from_files(tmp_path / "cert.pem", tmp_path / "key.pem")
    with (
        EmulatedRouter("seattle", certificate=given) as router,
        RawClient(router.api_ssl_port, trusting(router)) as client,
    ):
        client.log_in()
        assert router.fingerprint == made.fingerprint


def test_the_private_key_is_not_shown() -> None:
    assert "PRIVATE" not in repr(Certificate.self_signed("seattle"))


def test_files_that_hold_no_certificate_are_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("no certificate")
    with pytest.raises(LabError, match=r"cert.pem and .* are no certificate and its key"):
        Certificate.from_files(tmp_path / "cert.pem", tmp_path / "cert.pem")


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_bytes(Certificate.self_signed("seattle").certificate)
    (tmp_path / "key.pem").write_bytes(Certificate.self_signed("boise").key)
    with pytest.raises(LabError, match="KEY_VALUES_MISMATCH"):
        Certificate.from_files(tmp_path / "cert.pem", tmp_path / "key.pem")
