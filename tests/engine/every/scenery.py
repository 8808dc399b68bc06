"""What a person had on the router before: rows that the specimens refer to."""

from __future__ import annotations

from isthmus.engine.version import parse
from isthmus_lab import EmulatedRouter

ROWS = [
    ("/interface/bridge/add", {"name": "old"}, ""),
    ("/interface/bridge/add", {"name": "older"}, ""),
    ("/interface/list/add", {"name": "LAN"}, ""),
    ("/interface/list/add", {"name": "WAN"}, ""),
    ("/ip/pool/add", {"name": "spare", "ranges": "10.6.0.1-10.6.0.9"}, ""),
    ("/ipv6/pool/add", {"name": "delegated", "prefix": "2001:db8:a::/48", "prefix-length": "64"}, ""),
    ("/ipv6/pool/add", {"name": "local", "prefix": "2001:db8:b::/48", "prefix-length": "64"}, ""),
    ("/ip/ipsec/profile/add", {"name": "other"}, ""),
    ("/ip/ipsec/proposal/add", {"name": "other"}, ""),
    ("/ip/ipsec/policy/group/add", {"name": "branches"}, ""),
    ("/ip/ipsec/peer/add", {"name": "east", "address": "198.51.100.1/32"}, ""),
    ("/ip/ipsec/peer/add", {"name": "west", "address": "198.51.100.2/32"}, ""),
    ("/certificate/add", {"name": "own", "common-name": "own"}, ""),
    ("/certificate/add", {"name": "authority", "common-name": "authority"}, ""),
    ("/certificate/add", {"name": "theirs", "common-name": "theirs"}, ""),
    ("/routing/table/add", {"name": "branch", "fib": ""}, "7"),
]


def arrange(router: EmulatedRouter, version: str) -> None:
    """Make the rows."""
    for path, words, since in ROWS:
        if parse(version) >= parse(since or "6"):
            router.control.execute(path, words)
