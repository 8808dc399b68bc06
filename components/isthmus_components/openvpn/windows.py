"""The profile for Windows, with the command files that set the client's address as the tunnel comes, and take it away.

A program that `up` names runs as whoever started OpenVPN, and setting addresses takes an administrator: OpenVPN's
service, or its GUI run as administrator. The plain profile does without command files and without both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from isthmus_components.openvpn.client import Ipv6Client
from isthmus_components.openvpn.profile import EVERYWHERE, Directive, Profile, directives, ovpn, text

FOLDER: Final = "C:\\Program Files\\OpenVPN\\config"
"""Where OpenVPN for Windows looks for profiles."""


def files(profile: Profile, mtu: int, folder: str = FOLDER) -> dict[str, str]:
    """Return the files by name, to be put into the folder: a profile, and what it runs where the address is by hand.

    mtu: the largest packet in bytes that passes the tunnel in one piece.
    """
    name, client = profile.client.name, profile.client
    if client.address is None or not profile.addressed:
        return {f"{name}.ovpn": _crlf(ovpn(replace(profile, addressed=False)))}
    up, down = f"{name}-up.cmd", f"{name}-down.cmd"
    runs: list[Directive] = [
        ["script-security", "2"],
        ["up", command(f"{folder}\\{up}")],
        ["down", command(f"{folder}\\{down}")],
    ]
    return {
        f"{name}.ovpn": _crlf(text([*directives(profile), *runs], profile.inline)),
        up: _crlf(_cmd(_up(client, mtu))),
        down: _crlf(_cmd(_down(client))),
    }


def command(path: str) -> str:
    """Return how a profile names a program, whatever blanks and backslashes are in its path.

    OpenVPN reads it twice: as a word of the file and, when it is run, as a word of a command line.
    """
    return _quoted(_quoted(path))


def _quoted(word: str) -> str:
    """Return a word that OpenVPN reads as it was: backslashes escape within double quotes (openvpn(8), `--config`)."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _up(client: Ipv6Client, mtu: int) -> list[str]:
    """OpenVPN sets `dev_idx` to the number of the tap, which netsh takes for a name that may have spaces."""
    return [
        f"netsh interface ipv6 set subinterface %dev_idx% mtu={mtu} store=active",
        f"netsh interface ipv6 add address interface=%dev_idx% address={client.address} store=active || exit /b 1",
        *(f"netsh interface ipv6 add route {route} store=active || exit /b 1" for route in _routes(client)),
        *(
            f"netsh interface ipv6 add dnsservers name=%dev_idx% address={resolver} validate=no"
            for resolver in client.resolvers
        ),
        "exit /b 0",
    ]


def _down(client: Ipv6Client) -> list[str]:
    return [
        *(
            f"netsh interface ipv6 delete dnsservers name=%dev_idx% address={resolver} validate=no"
            for resolver in client.resolvers
        ),
        *(f"netsh interface ipv6 delete route {route} store=active" for route in _routes(client)),
        f"netsh interface ipv6 delete address interface=%dev_idx% address={client.host} store=active",
        "exit /b 0",
    ]


def _routes(client: Ipv6Client) -> list[str]:
    return [f"prefix={EVERYWHERE} interface=%dev_idx% nexthop={client.router}"] if client.router else []


def _cmd(lines: Sequence[str]) -> str:
    return "\n".join(["@echo off", *lines]) + "\n"


def _crlf(content: str) -> str:
    return content.replace("\n", "\r\n")
