"""The devices file gives every device by its name, or one line that says what to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.devices import Device, RouterOSDevice, Tls, declared_devices, device_named, load_devices
from isthmus.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

PIN = "sha256/" + "A" * 43 + "="
SEATTLE = f"seattle: {{host: 165.95.23.2, user: pulumi, password: {{env: SEATTLE_PASSWORD}}, tls: {{pin: {PIN}}}}}\n"
BOISE = "boise: {host: 87.16.79.2, user: pulumi, password: {command: [pass, show, boise]}, tls: off}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "devices.yaml"


def test_devices_are_read_by_name(path: Path) -> None:
    path.write_text(SEATTLE + BOISE)
    devices = load_devices(path)
    assert list(devices) == ["seattle", "boise"]
    seattle, boise = _router(devices["seattle"]), _router(devices["boise"])
    assert seattle.tls == Tls(pin=PIN)
    assert seattle.api_port == 8729
    assert boise.api_port == 8728
    assert boise.password.command == ("pass", "show", "boise")
    assert devices["boise"].folder == path.parent


def test_a_name_that_yaml_takes_for_something_else_stays_a_name(path: Path) -> None:
    path.write_text(BOISE.replace("boise:", "no:", 1))
    assert list(load_devices(path)) == ["no"]


def test_an_empty_file_has_no_devices(path: Path) -> None:
    path.write_text("# none yet\n")
    assert load_devices(path) == {}


def test_a_changed_file_is_read_again(path: Path) -> None:
    path.write_text(SEATTLE)
    load_devices(path)
    path.write_text(SEATTLE + BOISE)
    assert list(load_devices(path)) == ["seattle", "boise"]


def test_what_a_caller_does_to_the_result_changes_nothing(path: Path) -> None:
    path.write_text(SEATTLE)
    declared_devices(path).clear()
    assert list(declared_devices(path)) == ["seattle"]


def test_a_device_without_tls_is_pinned_to_the_recorded_certificate(path: Path) -> None:
    path.write_text(SEATTLE.replace(f", tls: {{pin: {PIN}}}", ""))
    recorded = PIN.replace("A", "B")
    lock = f"seattle: {{serial: HC1234567, version: 7.16.1, certificate: {recorded}}}\n"
    (path.parent / "isthmus.lock.yaml").write_text(lock)
    assert _router(load_devices(path)["seattle"]).tls == Tls(pin=recorded)
    assert _router(declared_devices(path)["seattle"]).tls is None


def test_an_unknown_name_lists_the_known_ones(path: Path) -> None:
    path.write_text(SEATTLE + BOISE)
    with pytest.raises(ConfigurationError) as error:
        device_named("seatle", path)
    assert str(error.value) == f"unknown device seatle: did you mean seattle? {path} has boise, seattle"


def written(**changes: str) -> str:
    words = {"host": "165.95.23.2", "user": "pulumi", "password": "{env: P}", "tls": "off"} | changes
    return "seattle: {" + ", ".join(f"{name}: {value}" for name, value in words.items() if value) + "}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("seattle: [\n", ":2: not YAML: "),
        ("seattle: 1\n\tboise: 2\n", ":2: not YAML: "),
        ("seattle: \x07\n", ": not YAML: "),
        ("- seattle\n", ":1: must be a mapping of names"),
        ("seattle:\n", ":1: seattle: must be a mapping with kind, host, user and a credential"),
        (BOISE + SEATTLE + BOISE, ":3: boise stands there twice"),
        ("seattle: {host: a, host: b}\n", ":1: host stands there twice"),
        ("\n\n" + written(host=""), ":3: seattle: host is missing"),
        (written(kind="openwrt"), "seattle: unknown kind, known are: routeros"),
        (written(name="other"), "seattle: name is not written: the key is the name"),
        (written(hots="x"), "seattle: unknown word hots"),
        (written(host="10.0.0.1:8729"), "host holds a port: write host: 10.0.0.1 and port: 8729"),
        (written(host="https://10.0.0.1/"), "seattle: host String should match"),
        (written(port="70000"), "seattle: port should be less than or equal to 65535"),
        (written(timeout="0"), "seattle: timeout should be greater than 0"),
        (written(unreachable="ignore"), "seattle: unreachable should be 'error' or 'forget'"),
        (written(user="''"), "seattle: user String should have at least 1 character"),
        (written(tls="on"), "seattle: tls must be off, {pin: sha256/...} or {ca: FILE}"),
        (written(tls="{pin: }"), "seattle: tls must be off, {pin: sha256/...} or {ca: FILE}"),
        (written(tls="{pin: a, ca: b}"), "seattle: tls must be off, {pin: sha256/...} or {ca: FILE}"),
        (written(tls="{pin: sha256/short}"), "seattle: tls.pin String should match"),
        (written(password=""), "seattle: password is missing: write password: {env: SEATTLE_PASSWORD}"),
        (written(password="{}"), "password must have exactly one of env, file, command, config"),
        (
            written(password="{env: A, file: B}"),
            "seattle: password must have exactly one of env, file, command, config",
        ),
        (written(password="{env: ''}"), "seattle: password has an empty env"),
        (written(password="{command: pass show}"), "seattle: password.command should be a valid"),
        (SEATTLE.replace("seattle", "se attle"), "se attle: name String should match"),
    ],
)
def test_a_mistake_is_one_line_with_file_and_line(path: Path, text: str, message: str) -> None:
    path.write_text(text)
    with pytest.raises(ConfigurationError) as error:
        load_devices(path)
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_literal_password_is_refused_and_not_repeated(path: Path) -> None:
    path.write_text("boise: {host: b, user: u, password: {env: B}}\n" + written(password="hunter2"))
    with pytest.raises(ConfigurationError) as error:
        load_devices(path)
    remedy = "write password: {env: SEATTLE_PASSWORD}"
    assert str(error.value) == (
        f"{path}:2: seattle: password must be a reference, a secret itself is never written here: {remedy}"
    )


def test_several_mistakes_are_told_at_once(path: Path) -> None:
    path.write_text(written(host="", user="", password="hunter2"))
    with pytest.raises(ConfigurationError, match="host is missing; user is missing; password must be a reference"):
        load_devices(path)


@pytest.mark.parametrize(("content", "message"), [(None, "no such devices file"), (b"\xff", "is not UTF-8 text")])
def test_a_file_that_cannot_be_read_is_named(path: Path, content: bytes | None, message: str) -> None:
    if content:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=message) as error:
        load_devices(path)
    assert str(path) in str(error.value)


def _router(device: Device) -> RouterOSDevice:
    assert isinstance(device, RouterOSDevice)
    return device
