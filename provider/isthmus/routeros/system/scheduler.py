"""`/system/scheduler`: commands that run at their time."""

from collections.abc import Sequence
from typing import Annotated, Literal

from isthmus.declare.fields import Property, word
from isthmus.declare.values import Duration
from isthmus.engine import kinds
from isthmus.routeros.named import ResourceNamedItem
from isthmus.routeros.system.script import ALL_RIGHTS

Policy = Literal[
    "api",
    "ftp",
    "local",
    "password",
    "policy",
    "read",
    "reboot",
    "rest-api",
    "romon",
    "sensitive",
    "sniff",
    "ssh",
    "telnet",
    "test",
    "web",
    "winbox",
    "write",
]
"""Something that commands may be allowed to do."""


class Scheduler(ResourceNamedItem, menu="/system/scheduler", key=("name",)):
    """Commands that run at their time. (MikroTik manual: Scheduler)."""

    name: Property[str] = word("Name of the entry; by default the resource's.")
    on_event: Property[str] = word("The commands, or the name of a script.", default="")
    interval: Property[Duration] = word("How often they run; 0s is once.", default="0s")
    start_date: Property[Annotated[str, kinds.Date()]] = word("Date of the first run.")
    start_time: Property[Annotated[str, kinds.TimeOfDay(("startup",))]] = word(
        "Time of the first run, or startup: whenever the router starts."
    )
    days: Property[str] = word("Days of the week on which they run.", since="7.24")
    policy: Property[Sequence[Policy]] = word("What they may do.", default=ALL_RIGHTS)
    disabled: Property[bool] = word("Whether the entry is switched off.", default="no")
    comment: Property[str] = word("Text for people.")
