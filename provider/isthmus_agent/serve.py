"""Answers calls: a request is a line of JSON with a list of calls, and so is its answer.

::

    {"calls": [["about", {}], ["read", {"kind": "link/gre"}]]}
    {"replies": [{"value": {...}}, {"refused": "..."}]}

A refused call ends its request: the calls behind it are not made. Empty lines between answers say that it lives.
"""

from __future__ import annotations

import json
import os
from typing import Any, TextIO

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.alive import alive
from isthmus_agent.calls import CALLS
from isthmus_agent.errors import Refused
from isthmus_agent.host import Host


def serve(host: Host, requests: TextIO, answers: TextIO) -> None:
    """Answer until the input ends."""
    for line in requests:
        with alive(answers):
            replies = answer(host, json.loads(line)["calls"])
        answers.write(json.dumps({"replies": replies}, separators=(",", ":")) + "\n")
        answers.flush()


def answer(host: Host, calls: list[list[Any]]) -> list[dict[str, Any]]:
    """Make calls one after another, up to the first that is refused."""
    replies = []
    for name, arguments in calls:
        replies.append(_reply(host, name, arguments))
        if "refused" in replies[-1]:
            break
    return replies


def _reply(host: Host, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    if name not in CALLS:
        return {"refused": f"the agent has no call {name!r}"}
    try:
        return {"value": CALLS[name](host, **arguments)}
    except Refused as refused:
        return {"refused": refused.reason}
    except NetlinkError as error:
        return {"refused": f"the kernel refuses: {os.strerror(error.code)} (netlink error {error.code})"}
    except Exception as error:  # noqa: BLE001 - a mistake of ours must not end the agent, nor show its frames
        return {"refused": f"the agent failed at {_where(error)}: {type(error).__name__}: {error}"}


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "start"
