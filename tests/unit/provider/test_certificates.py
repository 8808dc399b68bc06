"""Certificates are made once, renewed in time with their key, and made anew when asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from isthmus.dynamic import CertificateProvider, KeyProvider, certificate
from isthmus.engine import pki

INPUTS: dict[str, Any] = {
    "common_name": "gw",
    "usage": "server",
    "names": ["gw.example.net"],
    "days": 825.0,
    "renew_days": 90.0,
    "key_type": "ec-p256",
    "rotation": None,
    "ca_certificate": None,
    "ca_key": None,
}


@pytest.fixture
def made() -> dict[str, Any]:
    return dict(CertificateProvider().create(INPUTS).outs or {})


def after(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)
    monkeypatch.setattr(certificate, "_now", lambda: later)


def test_what_was_made_stays(made: dict[str, Any]) -> None:
    assert not CertificateProvider().diff("", made, INPUTS).changes


def test_it_is_renewed_before_its_end_with_the_same_key(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    after(monkeypatch, 734)
    assert not CertificateProvider().diff("", made, INPUTS).changes
    after(monkeypatch, 736)
    assert CertificateProvider().diff("", made, INPUTS).changes
    assert "certificate of gw: ends on" in capsys.readouterr().out
    renewed = CertificateProvider().update("", made, INPUTS).outs or {}
    assert renewed["private_key"] == made["private_key"]
    assert pki.ends(renewed["certificate"]) > pki.ends(made["certificate"]) + timedelta(days=700)


def test_another_time_of_renewal_leaves_a_good_certificate_and_its_fingerprint(made: dict[str, Any]) -> None:
    later = {**INPUTS, "renew_days": 30.0}
    assert CertificateProvider().diff("", made, later).changes
    kept = CertificateProvider().update("", made, later).outs or {}
    assert (kept["fingerprint"], kept["renew_days"]) == (made["fingerprint"], 30.0)
    assert not CertificateProvider().diff("", dict(kept), later).changes


def test_one_that_has_ended_is_told(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    after(monkeypatch, 900)
    assert CertificateProvider().diff("", made, INPUTS).changes
    assert "certificate of gw: has ended on" in capsys.readouterr().out


def test_a_rotation_brings_a_new_key(made: dict[str, Any]) -> None:
    news = {**INPUTS, "rotation": "2027"}
    assert CertificateProvider().diff("", made, news).changes
    assert (CertificateProvider().update("", made, news).outs or {})["private_key"] != made["private_key"]


def test_an_authority_signs(made: dict[str, Any]) -> None:
    above = CertificateProvider().create({**INPUTS, "usage": None}).outs or {}
    news = {**INPUTS, "ca_certificate": above["certificate"], "ca_key": above["private_key"]}
    signed = CertificateProvider().update("", made, news).outs or {}
    assert signed["certificate"] != made["certificate"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"common_name": ""}, "Certificate: common_name: expected 1 to 64 characters"),
        ({"key_type": "dsa"}, "Certificate: key_type: expected one of ec-p256, ec-p384, ed25519, rsa-2048, rsa-4096"),
        ({"usage": "mail"}, "Certificate: usage: expected one of server, client, both"),
        ({"days": 30.0}, "Certificate: days: expected more than the renew_days before its end on which it is renewed"),
    ],
)
def test_what_no_certificate_can_be_made_of_is_refused(change: dict[str, Any], message: str) -> None:
    assert [failure.reason for failure in CertificateProvider().check({}, {**INPUTS, **change}).failures] == [message]


def test_keys_are_made_once_and_anew_when_asked() -> None:
    props = {"form": "wireguard", "rotation": None}
    made = KeyProvider().create(props).outs or {}
    assert pki.wireguard_public(made["private_key"]) == made["public_key"]
    assert not KeyProvider().diff("", made, props).changes
    assert KeyProvider().diff("", made, {**props, "rotation": "2027"}).changes
    assert (KeyProvider().update("", made, props).outs or {})["private_key"] != made["private_key"]
