"""`/tool`: watching hosts."""

from collections.abc import Sequence
from typing import Annotated, Literal

from isthmus.declare.fields import Fields, Property, Required, required, word
from isthmus.declare.values import Address, Duration, number
from isthmus.engine import kinds
from isthmus.routeros.base import TypedItem

__all__ = ["Netwatch"]

Probe = Literal["simple", "icmp", "tcp-conn", "http-get", "https-get", "dns"]
"""How a host is asked."""

Count = Annotated[int, number(0, 0xFFFFFFFF)]
"""A number of packets."""

Codes = Annotated[Sequence[int | str], kinds.ListOf(kinds.Span(100, 599), ordered=True)]
"""HTTP status codes and ranges of them."""


class _General(Fields):
    host: Required[Annotated[str, kinds.Host()]] = required("Address or name of the host.")
    name: Property[str] = word("Name of the probe.", since="7")
    type: Property[Probe] = word("How the host is asked.", since="7", default="simple")
    interval: Property[Duration] = word("How often the host is asked.", unset=True)
    timeout: Property[Duration] = word("How long the host may take to answer.", unset=True)
    src_address: Property[Address] = word("Source address of the packets.", since="7.11", unset=True)
    start_delay: Property[Duration] = word("How long to wait after the probe is made.", since="7", unset=True)
    startup_delay: Property[Duration] = word("How long to wait after the router starts.", since="7", unset=True)


class _Icmp(Fields):
    accept_icmp_time_exceeded: Property[bool] = word(
        "Whether a router that says the packet lived too long counts as an answer.", since="7.16", unset=True
    )
    packet_count: Property[Count] = word("How many packets a probe sends.", since="7", unset=True)
    packet_interval: Property[Duration] = word("How long it waits between them.", since="7", unset=True)
    packet_size: Property[Annotated[int, number(0, 65535)]] = word("Size of a packet in bytes.", since="7", unset=True)
    ttl: Property[Annotated[int, number(0, 255)]] = word("Time to live of a packet.", since="7.16", unset=True)
    thr_avg: Property[Duration] = word("Longest average round trip of a host that is up.", since="7", unset=True)
    thr_jitter: Property[Duration] = word("Largest jitter of a host that is up.", since="7", unset=True)
    thr_loss_count: Property[Count] = word("Most packets that may be lost.", since="7", unset=True)
    thr_loss_percent: Property[Annotated[int, number(0, 100)]] = word(
        "Highest share of packets that may be lost, in percent.", since="7", unset=True
    )
    thr_max: Property[Duration] = word("Longest round trip of a host that is up.", since="7", unset=True)
    thr_stdev: Property[Duration] = word("Largest standard deviation of round trips.", since="7", unset=True)


class _Services(Fields):
    port: Property[Annotated[int, number(1, 65535)]] = word("Port of the service.", since="7", unset=True)
    thr_tcp_conn_time: Property[Duration] = word("Longest time to connect.", since="7", unset=True)
    certificate: Property[str] = word("Name of the certificate to show, or none.", since="7", unset=True, refers=True)
    check_certificate: Property[bool] = word("Whether the host's certificate is verified.", since="7", unset=True)
    http_codes: Property[Codes] = word("Status codes of a host that is up.", since="7", unset=True)
    thr_http_time: Property[Duration] = word("Longest time to an answer.", since="7", unset=True)
    dns_server: Property[Address] = word("Address of the DNS server to ask.", since="7.16", unset=True)
    record_type: Property[Literal["A", "AAAA", "MX", "NS"]] = word("Kind of DNS record.", since="7.16", unset=True)


class _Reactions(Fields):
    up_script: Property[str] = word("Commands to run when the host is up again.", unset=True, default="")
    down_script: Property[str] = word("Commands to run when the host is down.", unset=True, default="")
    test_script: Property[str] = word("Commands to run after each probe.", since="7", unset=True, default="")
    early_failure_detection: Property[bool] = word(
        "Whether a probe ends as soon as it cannot succeed.", since="7.20", unset=True
    )
    early_success_detection: Property[bool] = word(
        "Whether a probe ends as soon as it cannot fail.", since="7.20", unset=True
    )
    ignore_initial_down: Property[bool] = word(
        "Whether a host that is down at the start runs no script.", since="7.17", unset=True
    )
    ignore_initial_up: Property[bool] = word(
        "Whether a host that is up at the start runs no script.", since="7.17", unset=True
    )
    disabled: Property[bool] = word("Whether the host is not watched.", default="no")
    comment: Property[str] = word("Text for people.")


class Netwatch(_Reactions, _Services, _Icmp, _General, TypedItem, menu="/tool/netwatch", key=("name",)):
    """A host that is watched. (MikroTik manual: Netwatch)."""
