"""The values that firewall rules match, each with its notation; `!` in front of most means anything but it."""

from collections.abc import Sequence
from typing import Annotated, Literal

from isthmus.declare.values import negatable, number, versions
from isthmus.engine import kinds

Text = Annotated[str, kinds.Negatable()]
"""A name or other text."""

Addresses = Annotated[str, kinds.Negatable(kinds.Prefix(4, ranges=True))]
"""An address, a prefix, or a range of addresses."""

NewAddresses = Annotated[str, kinds.Prefix(4, ranges=True)]
"""An address, a prefix, or a range of addresses, to write into packets."""

Ports = Annotated[int | str, kinds.Negatable(kinds.Ports())]
"""Ports and ranges of them, comma-separated: `80,443,8000-8080`."""

Protocol = Annotated[str, kinds.Negatable(kinds.Protocol())]
"""An IP protocol, by name or number."""

Size = Annotated[int | str, kinds.Negatable(kinds.Span(0, 65535))]
"""A number of bytes, or a range."""

Dscp = Annotated[int | str, kinds.Negatable(number(0, 63))]
"""A DSCP or a priority, 0 to 63."""

Realm = Annotated[int | str, kinds.Negatable(number(0, 0xFFFFFFFF))]
"""The number of a realm."""

Mac = Annotated[str, kinds.Negatable(kinds.Mac())]
"""A MAC address."""

Icmp = Annotated[str, kinds.Negatable(kinds.Icmp())]
"""An ICMP type with its codes: `3:0-15`."""

Limit = Annotated[str, kinds.Negatable(kinds.Limit())]
"""A rate with a burst: `10/1m,5:packet`."""

DstLimit = Annotated[str, kinds.DstLimit()]
"""A rate with a burst for each flow: `10,5,src-address/1m40s`."""

PortScan = Annotated[str, kinds.PortScan()]
"""Weight threshold, delay, weight of low and of high ports: `21,3s,3,1`."""

Daytime = Annotated[str, kinds.Negatable(kinds.Daytime())]
"""Hours of certain days: `8h-17h,mon,tue`."""

Rates = Annotated[str, kinds.Negatable(kinds.Rates())]
"""A span of rates in bits per second: `0-100k`."""

Bytes = Annotated[str, kinds.Form(r"\d+(-\d+)?", "1000000-0")]
"""A span of bytes, `low-high`; `-0` is without an upper end."""

ConnectionLimit = Annotated[str, kinds.Negatable(kinds.Form(r"\d+,\d+", "100,32"))]
"""How many connections each network of a prefix length may have: `100,32`."""

Nth = Annotated[str, kinds.Negatable(kinds.Form(r"\d+(,\d+)?", "2,1"))]
"""Of so many packets, which one: `2,1`."""

_CLASSES = "(both|src|dst)-(address(es)?(-and-ports?)?|ports?)"
Classifier = Annotated[str, kinds.Negatable(kinds.Form(rf"{_CLASSES}:\d+/\d+", "both-addresses:2/0"))]
"""Which of so many classes a packet's addresses and ports fall into: `both-addresses:2/0`."""

Ttl = Annotated[str, kinds.Form(r"(equal|not-equal|less-than|greater-than):\d+", "less-than:5")]
"""A comparison with a packet's time to live."""

Tos = Annotated[int | str, kinds.Negatable(kinds.Form(r"\d+(/\d+)?", "16/30"))]
"""A type of service, with a mask: `16/30`."""

IpsecPolicy = Literal["in,ipsec", "in,none", "out,ipsec", "out,none"]
"""The direction, and whether an IPsec policy takes the packet."""

Ipv4Options = Literal[
    "any",
    "loose-source-routing",
    "no-record-route",
    "no-router-alert",
    "no-source-routing",
    "no-timestamp",
    "none",
    "record-route",
    "router-alert",
    "strict-source-routing",
    "timestamp",
]
"""An option in a packet's header."""

AddressType = Annotated[
    Literal["unicast", "local", "broadcast", "multicast", "blackhole"],
    versions(blackhole="7"),
]
AddressTypes = Annotated[str | Sequence[AddressType], negatable(Sequence[AddressType])]
"""What an address is to this router."""

ConnectionState = Literal["invalid", "established", "related", "new", "untracked"]
ConnectionStates = Annotated[str | Sequence[ConnectionState], negatable(Sequence[ConnectionState])]
"""What connection tracking says of a packet."""

ConnectionType = Annotated[str, negatable(Literal["ftp", "pptp", "h323", "sip", "irc", "quake3", "tftp"])]
"""The helper that found a connection related."""

HotspotState = Literal["from-client", "auth", "local-dst", "to-client", "http"]
HotspotStates = Annotated[str | Sequence[str], kinds.ListOf(negatable(HotspotState))]
"""What the hotspot says of a packet; each word may be negated."""

TcpFlag = Literal["fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr"]
TcpFlags = Annotated[str | Sequence[str], kinds.ListOf(negatable(TcpFlag))]
"""TCP flags that are set, or with `!` not set."""

PeerToPeer = Annotated[
    str,
    negatable(
        Literal[
            "fasttrack",
            "gnutella",
            "direct-connect",
            "edonkey",
            "bit-torrent",
            "blubster",
            "soulseek",
            "winmx",
            "warez",
            "all-p2p",
        ]
    ),
]
"""A peer-to-peer program."""

Timeout = Annotated[str, kinds.Duration(("none-dynamic", "none-static"))]
"""How long an entry stays in an address list: until restart (`none-dynamic`), for good (`none-static`), or a time."""
