"""Kinds of values: how a property is checked and spelled, so that one value has one spelling.

A kind turns whatever a person or a router writes into the canonical wire text, and that into the Python
value a resource shows. `canonical` is idempotent. Spellings follow what routers print (recorded sessions and
MikroTik's manual, "Console: value types").
"""

from isthmus.engine.kinds.addresses import Address, Gateway, Host, Mac, Prefix
from isthmus.engine.kinds.combined import ListOf, Negatable
from isthmus.engine.kinds.kind import Kind, plain
from isthmus.engine.kinds.matchers import DstLimit, Form, Icmp, Limit, PortScan, Rates
from isthmus.engine.kinds.protocols import Protocol
from isthmus.engine.kinds.spans import Ports, Span
from isthmus.engine.kinds.times import Date, Daytime, Duration, TimeOfDay
from isthmus.engine.kinds.words import Choice, Flag, Loose, Number, YesNo

__all__ = [
    "Address",
    "Choice",
    "Date",
    "Daytime",
    "DstLimit",
    "Duration",
    "Flag",
    "Form",
    "Gateway",
    "Host",
    "Icmp",
    "Kind",
    "Limit",
    "ListOf",
    "Loose",
    "Mac",
    "Negatable",
    "Number",
    "PortScan",
    "Ports",
    "Prefix",
    "Protocol",
    "Rates",
    "Span",
    "TimeOfDay",
    "YesNo",
    "plain",
]
