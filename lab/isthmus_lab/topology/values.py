"""The notations of a topology file: names, addresses, durations, shares."""

from __future__ import annotations

import re
from ipaddress import IPv4Interface, IPv6Interface, ip_address, ip_interface, ip_network
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field

IpInterface = IPv4Interface | IPv6Interface

_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?", re.IGNORECASE)
_DEVICE: Final = re.compile(r"[^\s/:]{1,15}")
_MAC: Final = re.compile(r"[0-9a-f][02468ace](?::[0-9a-f]{2}){5}", re.IGNORECASE)
_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?)(us|ms|s)")
_SHARE: Final = re.compile(r"(\d+(?:\.\d+)?)%")
_SYSCTL: Final = re.compile(r"net(?:[./][^\s]+)+")
_ALL: Final = 100


def _name(text: object) -> object:
    if isinstance(text, str) and not _NAME.fullmatch(text):
        raise ValueError(f"{text!r} is no name: use at most 32 letters, digits and dashes")
    return text


def device_name(text: object) -> object:
    """Check the name of a network interface, which the kernel holds to 15 characters."""
    if isinstance(text, str) and (not _DEVICE.fullmatch(text) or text in {".", ".."}):
        raise ValueError(f"{text!r} is no interface name: use 1 to 15 characters without blank, slash and colon")
    return text


def _interface_address(text: str) -> str:
    try:
        address = ip_interface(text)
    except ValueError:
        raise ValueError(f"{text!r} is no address: write ADDRESS/PREFIX, such as 192.0.2.1/24") from None
    if "/" not in text:
        raise ValueError(f"{text!r} has no prefix length: write {text}/{address.max_prefixlen}, or that of its network")
    return text


def _address(text: str) -> str:
    try:
        ip_address(text)
    except ValueError:
        raise ValueError(f"{text!r} is no IP address") from None
    return text


def _destination(text: str) -> str:
    if text == "default":
        return text
    try:
        ip_network(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no destination ({error}): write default or NETWORK/PREFIX") from None
    return text


def _mac(text: object) -> object:
    if isinstance(text, int):
        raise ValueError("YAML reads this MAC address as a number: quote it")  # noqa: TRY004 - pydantic takes no other
    if isinstance(text, str) and not _MAC.fullmatch(text):
        raise ValueError(f"{text!r} is no MAC address of one card: write it as 02:00:00:00:00:01")
    return text


def _duration(text: str) -> str:
    if not _DURATION.fullmatch(text):
        raise ValueError(f"{text!r} is no duration: write a number with us, ms or s, such as 5ms")
    return text


def _share(text: str) -> str:
    found = _SHARE.fullmatch(text)
    if not found or float(found[1]) > _ALL:
        raise ValueError(f"{text!r} is no share: write 0% to 100%, such as 0.5%")
    return text


def _sysctl(text: str) -> str:
    if not _SYSCTL.fullmatch(text) or ".." in text.split("/"):
        raise ValueError(f"{text!r} is no setting of one host: only those below net. belong to a network namespace")
    return text


def _program(argv: list[str]) -> list[str]:
    if not argv or not argv[0]:
        raise ValueError("a command is a list of words, the program first")
    return argv


def _absolute(path: str) -> str:
    if not path.startswith("/") or path.endswith("/") or ".." in path.split("/"):
        raise ValueError(f"{path!r} is no absolute path of a file")
    return path


Name = Annotated[str, BeforeValidator(_name)]
"""The name of a lab or a node, which is a host name too."""
DeviceName = Annotated[str, BeforeValidator(device_name)]
InterfaceAddress = Annotated[str, AfterValidator(_interface_address)]
Address = Annotated[str, AfterValidator(_address)]
Destination = Annotated[str, AfterValidator(_destination)]
Mac = Annotated[str, BeforeValidator(_mac)]
Duration = Annotated[str, AfterValidator(_duration)]
Share = Annotated[str, AfterValidator(_share)]
Sysctl = Annotated[str, AfterValidator(_sysctl)]
Command = Annotated[list[str], AfterValidator(_program)]
FilePath = Annotated[str, AfterValidator(_absolute)]
Mtu = Annotated[int, Field(ge=68, le=65535)]
Port = Annotated[int, Field(ge=1, le=65535)]
