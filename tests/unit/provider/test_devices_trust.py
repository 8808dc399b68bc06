"""`isthmus devices trust` shows what a device is, asks, and writes it down."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest

from isthmus.cli import main
from isthmus.devices import LockEntry, lock_entry, read_lock, write_lock
from tests.support.certificates import Certificate, self_signed
from tests.support.scripted_router import PASSWORD, ScriptedRouter, done, row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOUND = {"serial": "HC1234567", "version": "7.16.1"}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEATTLE_PASSWORD", PASSWORD)
    return tmp_path


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return self_signed(tmp_path_factory.mktemp("tls") / "seattle.pem")


@pytest.fixture
def router(certificate: Certificate) -> Iterator[ScriptedRouter]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.path)
    with ScriptedRouter(tls=context) as router:
        yield router


@pytest.fixture
def plain() -> Iterator[ScriptedRouter]:
    with ScriptedRouter() as router:
        yield router


def declare(project: Path, port: int, tls: str = "") -> None:
    words = f"host: 127.0.0.1, port: {port}, user: pulumi, password: {{env: SEATTLE_PASSWORD}}"
    (project / "devices.yaml").write_text(f"seattle: {{{words}{tls}}}\n")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer the questions of a command as a person at a terminal would, one after the other."""
    answers: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: answers.pop(0))
    return answers


def test_a_new_router_is_shown_and_written_down(
    router: ScriptedRouter, certificate: Certificate, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(project, router.port)
    assert main(["devices", "trust", "--yes"]) == 0
    assert lock_entry("seattle") == LockEntry(**FOUND, certificate=certificate.pin)
    assert capsys.readouterr().out.splitlines() == [
        f"seattle: shows the certificate of tls: {{pin: {certificate.pin}}}",
        "seattle: serial HC1234567",
        "seattle: version 7.16.1",
        "wrote isthmus.lock.yaml: commit it",
    ]


def test_what_was_trusted_is_let_in_by_check(router: ScriptedRouter, project: Path) -> None:
    declare(project, router.port)
    assert main(["devices", "check"]) == 1
    main(["devices", "trust", "--yes"])
    assert main(["devices", "check"]) == 0


def test_a_person_is_asked_once(router: ScriptedRouter, project: Path, answers: list[str]) -> None:
    declare(project, router.port)
    answers += ["y"]
    assert main(["devices", "trust"]) == 0
    assert "seattle" in read_lock(project)


def test_a_certificate_that_is_not_trusted_gets_no_password(
    router: ScriptedRouter, project: Path, answers: list[str]
) -> None:
    declare(project, router.port)
    answers += [""]
    assert main(["devices", "trust"]) == 1
    assert router.sentences == []
    assert read_lock(project) == {}


def test_a_plain_router_is_confirmed_by_its_serial(plain: ScriptedRouter, project: Path, answers: list[str]) -> None:
    declare(project, plain.port, ", tls: off")
    answers += ["no", "yes"]
    assert main(["devices", "trust"]) == 1
    assert read_lock(project) == {}
    assert main(["devices", "trust"]) == 0
    assert lock_entry("seattle") == LockEntry(**FOUND)


def test_without_anybody_to_ask_nothing_is_trusted(
    plain: ScriptedRouter, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    declare(project, plain.port, ", tls: off")
    assert main(["devices", "trust"]) == 1
    assert "run this in a terminal, or with --yes" in capsys.readouterr().out
    assert read_lock(project) == {}


def test_a_known_router_is_unchanged_and_nothing_is_asked(
    plain: ScriptedRouter, project: Path, answers: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    declare(project, plain.port, ", tls: off")
    before = write_lock(project, {"seattle": LockEntry(**FOUND)}).stat().st_ino
    assert main(["devices", "trust"]) == 0
    assert answers == []
    assert capsys.readouterr().out.splitlines() == ["seattle: unchanged"]
    assert (project / "isthmus.lock.yaml").stat().st_ino == before


def test_a_changed_router_shows_what_was(
    plain: ScriptedRouter, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(project, plain.port, ", tls: off")
    boise = LockEntry(serial="HC7654321", version="7.20")
    write_lock(project, {"seattle": LockEntry(serial="HC0000000", version="7.16.1"), "boise": boise})
    assert main(["devices", "trust", "--yes"]) == 0
    assert "seattle: serial HC1234567  (was HC0000000)" in capsys.readouterr().out
    assert read_lock(project) == {"seattle": LockEntry(**FOUND), "boise": boise}


def test_one_dead_device_does_not_keep_the_others_from_being_trusted(plain: ScriptedRouter, project: Path) -> None:
    declare(project, plain.port, ", tls: off")
    text = (project / "devices.yaml").read_text()
    (project / "devices.yaml").write_text(
        text.replace("seattle", "boise").replace(f"port: {plain.port}", "port: 1") + text
    )
    assert main(["devices", "trust", "--yes"]) == 1
    assert list(read_lock(project)) == ["seattle"]


def test_a_router_without_any_serial_cannot_be_trusted(
    plain: ScriptedRouter, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain.answers |= {f"/system/{menu}/print": row({}) + done() for menu in ("routerboard", "license")}
    declare(project, plain.port, ", tls: off")
    assert main(["devices", "trust", "--yes"]) == 1
    assert "seattle: tells no serial number" in capsys.readouterr().out
