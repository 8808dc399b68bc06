"""What firewall rules for IPv6 match where those for IPv4 match otherwise, or not at all."""

from collections.abc import Sequence
from typing import Annotated, Literal

from isthmus.declare.fields import Property
from isthmus.declare.values import negatable
from isthmus.engine import kinds
from isthmus.routeros.ip.firewall import values
from isthmus.routeros.ip.firewall.matchers import CommonMatchers, matcher

Addresses = Annotated[str, kinds.Negatable(kinds.Prefix(6, single="full"))]
"""An address or a prefix."""

AddressType = Literal["unicast", "local", "anycast", "multicast", "unreachable"]
AddressTypes = Annotated[str | Sequence[AddressType], negatable(Sequence[AddressType])]
"""What an address is to this router."""

_HEADER = "(hop|dst|route|frag|ah|esp|none|proto)"
Headers = Annotated[str, kinds.Negatable(kinds.Form(rf"{_HEADER}(,{_HEADER})*(:(exact|contains))?", "frag:contains"))]
"""Extension headers, all of them (`exact`) or some: `hop,frag:contains`."""

HopLimit = Annotated[str, kinds.Form(r"(equal|not-equal|less-than|greater-than):\d+", "less-than:5")]
"""A comparison with a packet's hop limit."""


class Matchers(CommonMatchers):
    """What rules for IPv6 match. (MikroTik manual: Common Firewall Matchers and Actions)."""

    dst_address: Property[Addresses] = matcher("Destination address or prefix.")
    dst_address_type: Property[AddressTypes] = matcher("What the destination address is to this router.")
    headers: Property[Headers] = matcher("Extension headers of the packet.")
    hop_limit: Property[HopLimit] = matcher("Comparison with the packet's hop limit.")
    icmp_options: Property[values.Icmp] = matcher("ICMPv6 type and codes; needs the protocol icmpv6.")
    src_address: Property[Addresses] = matcher("Source address or prefix.")
    src_address_type: Property[AddressTypes] = matcher("What the source address is to this router.")
