"""Devices that cannot be reached or trusted, or that refuse the user: one line each, and mended all is well."""

from __future__ import annotations

import base64
from typing import Any

from tests.support.certificates import self_signed
from tests.support.deployment import USER, Deployment
from tests.support.refused import errors

PROGRAM = """
    for name in pulumi.Config().require_object("devices"):
        routeros.ip.Address(name, device=name, address="192.168.90.1/24", interface="ether2")
"""
TOLD = {
    "pinned": "TrustError: pinned: 127.0.0.1:{tls} shows the certificate {pin}, trusted is {other}: if it was renewed,"
    " put that pin in its place or run isthmus devices trust pinned",
    "signed": "TrustError: signed: the certificate is not trusted: self-signed certificate: correct tls ca, or"
    " tls server_name if the certificate carries another name, or use tls pin",
    "silent": "Unreachable: silent: 127.0.0.1:{api} does not let a login through (closed): does /ip service there allow"
    " this address, and is {api} the port of the API?",
    "down": "Unreachable: down: 127.0.0.1:1 refuses the connection: is it enabled (/ip service enable api)?",
    "locked": "LoginRefused: locked: refuses the user pulumi (invalid user name or password (6)): check env"
    " WRONG_PASSWORD, and that the user's group has the policy api",
    "reader": "DeviceError: reader: /system/script: cannot lock the router: not enough permissions (9); give the group"
    " of user 'pulumi' the policies api, read, write, policy and sensitive",
    "unset": "ConfigurationError: unset: env NO_PASSWORD is not set: export NO_PASSWORD with the secret, then run"
    " again",
}
WRONG = "wrong-horse-battery-staple"


def pin(deployment: Deployment, name: str) -> str:
    fingerprint = deployment.routers[name].fingerprint or ""
    return "sha256/" + base64.b64encode(bytes.fromhex(fingerprint)).decode()


def troubles(deployment: Deployment, other: str, authority: str) -> dict[str, dict[str, Any]]:
    """Return what is wrong in the devices file."""
    tls = {name: {"port": deployment.routers[name].api_ssl_port} for name in ("pinned", "signed")}
    return {
        "pinned": {**tls["pinned"], "tls": {"pin": other}},
        "signed": {**tls["signed"], "tls": {"ca": authority}},
        "down": {"port": 1},
        "locked": {"password": {"env": "WRONG_PASSWORD"}},
        "unset": {"password": {"env": "NO_PASSWORD"}},
    }


def test_every_device_in_trouble_is_told_in_one_line_and_mended(deployment: Deployment) -> None:
    for name in TOLD:
        deployment.router(name)
    before = {name: router.control.export() for name, router in deployment.routers.items()}
    other = self_signed(deployment.folder / "other.pem")
    deployment.write_devices(**troubles(deployment, other.pin, "other.pem"))
    deployment.environment["WRONG_PASSWORD"] = WRONG
    deployment.routers["silent"].control.refuse()
    reader = deployment.routers["reader"].control
    reader.execute("/user/group/add", {"name": "readers", "policy": "read,api"})
    reader.execute("/user/set", {"numbers": USER, "group": "readers"})
    deployment.pulumi("config", "set", "devices", str(list(TOLD)).replace("'", '"'), check=True)
    deployment.program(PROGRAM)

    refused = deployment.up("--continue-on-error", check=False)
    lines = [line.replace("(Connection reset by peer)", "(closed)") for line in errors(refused)]
    assert sorted(lines) == sorted(told(deployment, name, other.pin) for name in TOLD)
    assert WRONG not in refused.text + deployment.pulumi("stack", "export").text
    assert all(not router.control.execute("/ip/address/print").rows for router in deployment.routers.values())

    deployment.write_devices(
        pinned={"port": deployment.routers["pinned"].api_ssl_port, "tls": {"pin": pin(deployment, "pinned")}}
    )
    deployment.routers["silent"].control.heal()
    reader.execute("/user/set", {"numbers": USER, "group": "full"})
    reader.execute("/user/group/remove", {"numbers": "readers"})
    deployment.up()
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert {name: router.control.export() for name, router in deployment.routers.items()} == before


def told(deployment: Deployment, name: str, other: str) -> str:
    router = deployment.routers[name]
    return TOLD[name].format(tls=router.api_ssl_port, api=router.api_port, pin=pin(deployment, name), other=other)
