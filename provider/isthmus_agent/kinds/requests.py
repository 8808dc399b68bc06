"""Writes netlink requests, and sends those of many objects together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pyroute2.iproute.linux import get_arguments_processor
from pyroute2.netlink.exceptions import NetlinkError
from pyroute2.netlink.rtnl.fibmsg import fibmsg
from pyroute2.netlink.rtnl.ifinfmsg import ifinfmsg

from isthmus_agent.errors import Refused
from isthmus_agent.host import Host
from isthmus_agent.kinds.kind import Outcome
from isthmus_agent.wire import HEADER

Request = tuple[str, Callable[[], bytes]]
"""A namespace, and what writes a request to it; it may raise Refused, for its own object."""
_CREATE, _EXCLUSIVE, _REPLACE, _APPEND = 0x400, 0x200, 0x100, 0x800
"""NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, NLM_F_APPEND."""
_TYPES = {"link": 16, "addr": 20, "route": 24, "rule": 32}
"""Of each kind the first of three types: RTM_NEW..., RTM_DEL..., RTM_GET...."""
_SHAPES = {"link": ifinfmsg, "rule": fibmsg}
_VERBS = {
    "add": (0, _CREATE | _EXCLUSIVE),
    "append": (0, _CREATE | _APPEND),
    "replace": (0, _CREATE | _REPLACE),
    "set": (0, 0),
    "del": (1, 0),
}


def headed(what: str, verb: str, body: bytes) -> bytes:
    """Return a request with its header."""
    offset, flags = _VERBS[verb]
    return HEADER.pack(HEADER.size + len(body), _TYPES[what] + offset, flags, 0, 0) + body


def written(what: str, verb: str, **arguments: Any) -> bytes:
    """Return a request about a link or a rule, with the arguments that pyroute2's IPRoute takes."""
    shape = _SHAPES[what]
    given = get_arguments_processor(what, verb, arguments)
    message = shape()
    for name, _ in message.fields:
        message[name] = given.get_value(name, default=0, mode="field")
    for name, value in given.items():
        attribute = shape.name2nla(name)
        if value is not None and message.valid_nla(attribute):
            message["attrs"].append([attribute, value])
    message.encode()
    return headed(what, verb, bytes(message.data[HEADER.size :]))


def send(host: Host, requests: Sequence[Request]) -> list[Outcome]:
    """Send the requests of many objects, those of a namespace in their order; returns what became of each."""
    outcomes: list[Outcome] = [None] * len(requests)
    ready: dict[str, list[tuple[int, bytes]]] = {}
    for position, (netns, write) in enumerate(requests):
        try:
            host.wire(netns)
            ready.setdefault(netns, []).append((position, write()))
        except (Refused, NetlinkError, OSError) as failure:
            outcomes[position] = failure
    for netns, numbered in ready.items():
        answers = host.wire(netns).deliver([request for _, request in numbered])
        for (position, _), answer in zip(numbered, answers):
            outcomes[position] = answer
    return outcomes


def only(outcomes: Sequence[Outcome]) -> None:
    """Raise why one object could not be changed."""
    for outcome in outcomes:
        if outcome is not None:
            raise outcome
