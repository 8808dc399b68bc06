"""``isthmus-lab router``: run one emulated router in the foreground."""

from __future__ import annotations

import argparse
import base64
import json
import os
import signal
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from isthmus_lab import names
from isthmus_lab.cli import secret
from isthmus_lab.cli.users import let_in
from isthmus_lab.control import Control
from isthmus_lab.emulated import EmulatedRouter
from isthmus_lab.errors import LabError
from isthmus_lab.routeros.login import Method
from isthmus_lab.routeros.tls import Certificate
from isthmus_lab.routeros.versions import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LAST_PORT: Final = 65535


def register(subcommands: Any) -> None:
    """Add the subcommand."""
    parser = subcommands.add_parser(
        "router",
        help="run an emulated RouterOS router in the foreground",
        description="Run an emulated RouterOS router on loopback until Ctrl-C, SIGTERM or a shutdown by its control "
        "channel. A fresh one has the user admin with an empty password.",
    )
    parser.set_defaults(run=run)
    parser.add_argument("--name", required=True, help="how the control command finds it")
    parser.add_argument("--version", type=_version, default="7.16", help="RouterOS version (default: %(default)s)")
    parser.add_argument("--state", type=Path, metavar="FILE", help="go on from this file, and save to it at the end")
    parser.add_argument("--api", type=_port, default=0, metavar="PORT", help="port of the API (default: any free one)")
    parser.add_argument("--api-ssl", type=_port, default=0, metavar="PORT", help="port of the API over TLS (likewise)")
    parser.add_argument("--delay", type=float, default=0, metavar="MS", help="round trip to it, in milliseconds")
    parser.add_argument("--login", type=Method, choices=list(Method), default=Method.BOTH, help="logins it knows")
    parser.add_argument("--user", metavar="NAME", help="a user to have from the start")
    parser.add_argument("--password", type=secret.read, metavar="REF", help="its password: env:NAME or file:PATH")
    parser.add_argument("--group", default="full", help="its group (default: %(default)s)")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="PEM for api-ssl (default: a self-signed one)")
    parser.add_argument("--key", type=Path, metavar="FILE", help="PEM of the certificate's private key")
    parser.add_argument("--no-certificate", action="store_true", help="have none, as a stock router")
    parser.add_argument("--ready-file", type=Path, metavar="FILE", help="write where it listens to this file, as JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run it until asked to end."""
    router = EmulatedRouter(
        chosen.name,
        chosen.version,
        state=chosen.state,
        api_port=chosen.api,
        api_ssl_port=chosen.api_ssl,
        certificate=_certificate(chosen),
        delay=chosen.delay,
        method=chosen.login,
        control_socket=_free_socket(chosen.name),
    )
    if chosen.user:
        let_in(router.router, chosen.user, chosen.password or "", chosen.group)
    with _ended_by_signals(router), router, _announced(router.about(), chosen.ready_file):
        router.wait()
    return 0


@contextmanager
def _ended_by_signals(router: EmulatedRouter) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM ask the router to end, rather than kill it."""
    before = {number: signal.signal(number, lambda *_: router.end()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _version(text: str) -> str:
    try:
        return str(Version.emulated(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is no port: ports are 0 (any free one) to {_LAST_PORT}")
    return int(text)


def _certificate(chosen: argparse.Namespace) -> Any:
    """Give the certificate that the arguments describe."""
    if chosen.no_certificate:
        return None
    if chosen.certificate is None:
        return "self-signed"
    if chosen.key is None:
        raise LabError(f"--certificate {chosen.certificate} needs --key, the file with its private key")
    return Certificate.from_files(chosen.certificate, chosen.key)


def _free_socket(name: str) -> Path:
    """Name the control socket, unless a running router has it."""
    socket = names.socket_of(name)
    try:
        about = Control(socket).info()
    except LabError:
        return socket
    raise LabError(f"a router {name} is running already (process {about['pid']}): choose another name, or stop it")


@contextmanager
def _announced(about: Mapping[str, Any], ready_file: Path | None) -> Iterator[None]:
    """Say where it listens, for as long as it does."""
    for line in _lines(about):
        print(f"{about['name']}: {line}", flush=True)
    if ready_file is None:
        yield
        return
    _write_whole(ready_file, json.dumps(about, indent=2) + "\n")
    try:
        yield
    finally:
        ready_file.unlink(missing_ok=True)


def _lines(about: Mapping[str, Any]) -> Iterator[str]:
    yield f"RouterOS {about['version']}, process {about['pid']}"
    yield f"api      {about['host']}:{about['api_port']}"
    yield f"api-ssl  {about['host']}:{about['api_ssl_port']}  {_shown(about['fingerprint'])}"
    yield f"control  {about['control']}"


def _shown(fingerprint: str | None) -> str:
    """Return a fingerprint as a router shows it, and as the devices file of the provider pins it."""
    if not fingerprint:
        return "no certificate"
    return f"sha256 {fingerprint}, as a pin sha256/{base64.b64encode(bytes.fromhex(fingerprint)).decode()}"


def _write_whole(file: Path, text: str) -> None:
    """Write a file that nobody ever sees half written."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(text)
        beside.replace(file)
    except OSError as error:
        raise LabError(f"cannot write {file}: {error.strerror}") from error
