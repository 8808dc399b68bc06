"""What a lab writes for those who use it: a devices file, keys, known hosts."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from isthmus_lab.linux.folder import Folder
    from isthmus_lab.linux.running import RunningHost, RunningRouter

_SECRET = 0o600


def write(folder: Folder, key: str, hosts: Mapping[str, RunningHost], routers: Mapping[str, RunningRouter]) -> None:
    """Write them all into the lab's folder."""
    write_secret(folder.key, key)
    folder.known_hosts.write_text("".join(f"[{h.host}]:{h.port} {h.host_key.public}\n" for h in hosts.values()))
    for name, router in routers.items():
        write_secret(folder.path / f"{name}.password", f"{router.password}\n")
    devices: dict[str, Any] = {name: _linux(folder, host) for name, host in hosts.items()}
    devices |= {name: _routeros(name, router) for name, router in routers.items()}
    folder.devices.write_text(yaml.safe_dump(devices, sort_keys=False))


def write_secret(file: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _SECRET), "w") as stream:
        stream.write(text)


def _linux(folder: Folder, host: RunningHost) -> dict[str, Any]:
    return {
        "kind": "linux",
        "host": host.host,
        "port": host.port,
        "user": host.user,
        "key": folder.key.name,
        "host_key": host.host_key.fingerprint,
    }


def _routeros(name: str, router: RunningRouter) -> dict[str, Any]:
    return {
        "kind": "routeros",
        "host": router.host,
        "port": router.port,
        "user": router.user,
        "password": {"file": f"{name}.password"},
        "tls": {"pin": "sha256/" + base64.b64encode(bytes.fromhex(router.fingerprint)).decode()},
    }
