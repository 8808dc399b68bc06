"""Words of example programs that tell more than the fewest would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

OFFICE: Final = "192.168.90.0/24"
BRANCH: Final = "192.168.30.0/24"

BY_MENU: Final[Mapping[str, Mapping[str, Any]]] = {
    "/interface/bridge": {"vlan_filtering": True},
    "/interface/bridge/port": {"bridge": "bridge1", "interface": "ether2", "pvid": 20},
    "/interface/list": {"include": ["static"], "comment": "Everything that is not dynamic"},
    "/interface/list/member": {"list": "LAN", "interface": "ether2"},
    "/ip/address": {"address": "192.168.90.1/24", "interface": "ether2"},
    "/ip/firewall/address-list": {"list": "offices", "address": BRANCH},
    "/ip/firewall/filter": {"chain": "forward", "action": "accept", "dst_address": BRANCH},
    "/ip/firewall/mangle": {"chain": "prerouting", "action": "mark-routing", "new_routing_mark": "must-vpn"},
    "/ip/firewall/nat": {"chain": "srcnat", "action": "masquerade", "out_interface": "ether1"},
    "/ip/firewall/raw": {"chain": "prerouting", "action": "notrack", "src_address": OFFICE},
    "/ip/ipsec/identity": {"peer": "boise", "auth_method": "digital-signature", "certificate": ["seattle"]},
    "/ip/ipsec/peer": {"address": "87.16.79.2", "exchange_mode": "ike2", "profile": "modern"},
    "/ip/ipsec/policy": {"peer": ["boise"], "tunnel": True, "src_address": OFFICE, "dst_address": BRANCH},
    "/ip/ipsec/policy/group": {"comment": "Branches"},
    "/ip/ipsec/profile": {"dh_group": ["ecp384"], "enc_algorithm": ["aes-256"], "hash_algorithm": "sha256"},
    "/ip/ipsec/proposal": {"enc_algorithms": ["aes-256-gcm"], "pfs_group": "ecp384"},
    "/ip/ipsec/settings": {"xauth_use_radius": True},
    "/ip/pool": {"ranges": ["192.168.90.100-192.168.90.199"]},
    "/ip/route": {"dst_address": BRANCH, "gateway": "192.168.90.2"},
    "/routing/table": {"fib": True},
    "/system/identity": {"name": "seattle"},
    "/system/scheduler": {"interval": "5m", "on_event": ":log info alive"},
    "/system/script": {"source": ":log info hello"},
    "/tool/netwatch": {"host": "192.168.30.1", "src_address": "192.168.90.1", "interval": "30s"},
}
"""For a menu with a class; one without an entry shows the words that it must have."""

BY_NAME: Final[Mapping[str, Mapping[str, Any]]] = {
    "Secret": {"length": 32, "rotation": "2026-01"},
    "routeros.Command": {"path": "/ip/dns/cache/flush", "triggers": ["2026-01"]},
    "routeros.Item": {
        "menu": "/interface/vlan",
        "properties": {"name": "office", "vlan-id": 20, "interface": "ether2"},
    },
    "routeros.Settings": {"menu": "/ip/dns", "properties": {"allow-remote-requests": False}},
}
"""For what declares no menu."""
