"""No password goes to a router whose certificate is not the trusted one."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.devices import RouterOSDevice
from isthmus.errors import ConfigurationError, IsthmusError, TrustError, Unreachable
from isthmus.transports.routeros import certificate_of, dial
from isthmus.transports.routeros.refusal import refusal
from tests.support.certificates import Certificate, self_signed
from tests.support.scripted_router import PASSWORD, ScriptedRouter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER = "sha256/" + "A" * 43 + "="


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATTLE_PASSWORD", PASSWORD)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return self_signed(tmp_path_factory.mktemp("tls") / "seattle.pem")


def serving(certificate: Certificate) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.path)
    return context


@pytest.fixture
def router(certificate: Certificate) -> Iterator[ScriptedRouter]:
    with ScriptedRouter(tls=serving(certificate)) as router:
        yield router


def seattle(port: int, tls: Any, *, folder: Path | None = None, timeout: float = 5) -> RouterOSDevice:
    words = {"name": "seattle", "host": "127.0.0.1", "port": port, "user": "pulumi", "timeout": timeout, "tls": tls}
    return RouterOSDevice.from_snapshot(words | {"password": {"env": "SEATTLE_PASSWORD"}}, folder=folder)


def refused(router: ScriptedRouter, device: RouterOSDevice) -> str:
    with pytest.raises(IsthmusError) as error:
        dial(device, {})
    assert isinstance(error.value, TrustError | ConfigurationError)
    assert router.sentences == []
    return str(error.value)


def test_a_pinned_certificate_is_let_in(router: ScriptedRouter, certificate: Certificate) -> None:
    session = dial(seattle(router.port, {"pin": certificate.pin}), {})
    assert session.fingerprint == certificate.pin
    assert session.identity == "seattle-gw"
    session.close()


def test_a_session_over_tls_is_idle_after_the_login(router: ScriptedRouter, certificate: Certificate) -> None:
    session = dial(seattle(router.port, {"pin": certificate.pin}), {})
    assert session.usable
    session.close()


def test_a_pin_outlives_the_certificate(tmp_path: Path) -> None:
    expired = self_signed(tmp_path / "old.pem", until=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))
    with ScriptedRouter(tls=serving(expired)) as router:
        dial(seattle(router.port, {"pin": expired.pin}), {}).close()


def test_another_certificate_than_the_pinned_one_is_refused(router: ScriptedRouter, certificate: Certificate) -> None:
    message = refused(router, seattle(router.port, {"pin": OTHER}))
    assert f"shows the certificate {certificate.pin}, trusted is {OTHER}" in message


def test_a_certificate_of_the_authority_is_let_in(router: ScriptedRouter, certificate: Certificate) -> None:
    tls = {"ca": certificate.path.name}
    session = dial(seattle(router.port, tls, folder=certificate.path.parent), {})
    assert session.fingerprint == certificate.pin
    session.close()


def test_the_server_name_may_differ_from_the_host(router: ScriptedRouter, certificate: Certificate) -> None:
    tls = {"ca": str(certificate.path), "server_name": "seattle.test"}
    dial(seattle(router.port, tls), {}).close()


def test_a_certificate_with_another_name_is_refused(router: ScriptedRouter, certificate: Certificate) -> None:
    message = refused(router, seattle(router.port, {"ca": str(certificate.path), "server_name": "boise.test"}))
    assert "is not valid for 'boise.test'" in message
    assert "server_name" in message


def test_a_certificate_of_nobody_known_is_refused(router: ScriptedRouter, tmp_path: Path) -> None:
    other = self_signed(tmp_path / "other.pem")
    message = refused(router, seattle(router.port, {"ca": str(other.path)}))
    assert message.startswith("seattle: the certificate is not trusted: ")


@pytest.mark.parametrize(
    ("content", "message"), [(None, "cannot be read: No such file"), ("no certificate", "holds no PEM certificate")]
)
def test_an_authority_that_cannot_be_used_is_named(
    router: ScriptedRouter, tmp_path: Path, content: str | None, message: str
) -> None:
    if content:
        (tmp_path / "ca.pem").write_text(content)
    found = refused(router, seattle(router.port, {"ca": "ca.pem"}, folder=tmp_path))
    assert f"seattle: tls ca ca.pem {message}" in found


def test_without_any_trust_nothing_is_sent(router: ScriptedRouter) -> None:
    message = refused(router, seattle(router.port, None))
    assert "nothing says which certificate to trust: run isthmus devices trust seattle" in message


def test_a_stock_router_without_a_certificate_is_told_how_to_make_one() -> None:
    anonymous = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    anonymous.maximum_version = ssl.TLSVersion.TLSv1_2
    anonymous.set_ciphers("AECDH:@SECLEVEL=0")
    with ScriptedRouter(tls=anonymous) as router:
        message = refused(router, seattle(router.port, {"pin": OTHER}))
    assert (
        "has no certificate for api-ssl: on the router, /certificate add name=api-ssl common-name=127.0.0.1" in message
    )
    assert "/ip service set api-ssl certificate=api-ssl" in message


def test_a_port_that_is_silent_to_tls_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        device = seattle(server.getsockname()[1], {"pin": OTHER}, timeout=0.05)
        with pytest.raises(Unreachable, match=r"does not answer the TLS handshake within 0\.05 s"):
            dial(device, {})


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), "does not speak TLS: if it is the plain"),
        (ConnectionResetError(104, "Connection reset by peer"), "breaks the TLS handshake off: if api-ssl there has"),
    ],
)
def test_a_port_that_does_not_speak_tls_is_recognised(error: OSError, message: str) -> None:
    assert message in str(refusal(seattle(8728, {"pin": OTHER}), error))


def test_anybody_may_look_at_the_certificate(router: ScriptedRouter, certificate: Certificate) -> None:
    assert certificate_of(seattle(router.port, None)) == certificate.pin
    assert router.sentences == []
