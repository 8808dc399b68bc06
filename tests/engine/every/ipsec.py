"""Values for the words of IPsec."""

from __future__ import annotations

from tests.engine.every.specimen import Specimen, Table

PROFILE: Table = {
    "dh_group": (["modp2048", "ecp256"], "modp1536"),
    "dpd_interval": ("60", "disable-dpd"),
    "dpd_maximum_failures": (3, "7"),
    "enc_algorithm": (["aes-128", "aes-256"], "3des"),
    "hash_algorithm": ("sha256", "sha512"),
    "lifebytes": (1000000, "2000000"),
    "lifetime": ("6d24h", "8h"),
    "nat_traversal": ("FALSE", "yes"),
    "prf_algorithm": ("sha256", "sha512"),
    "proposal_check": ("strict", "claim"),
}
PROPOSAL: Table = {
    "name": ("modern", "renamed"),
    "auth_algorithms": (["sha256", "null"], "sha512"),
    "enc_algorithms": (["aes-128-cbc", "aes-256-gcm"], "3des"),
    "lifetime": ("1h30m0s", "1h"),
    "pfs_group": ("none", "modp2048"),
    "disabled": ("TRUE", "no"),
    "comment": ("declared", "by hand"),
}
PEER: Table = {
    "name": ("boise", "renamed"),
    "address": ("87.16.79.2", "87.16.79.3/32"),
    "local_address": ("165.95.23.2", "165.95.23.3"),
    "port": ("0x1194", "4501"),
    "exchange_mode": ("ike2", "aggressive"),
    "profile": ("other", "default"),
    "passive": ("TRUE", "no"),
    "send_initial_contact": ("FALSE", "yes"),
    "disabled": ("true", "no"),
    "comment": ("declared", "by hand"),
}
KEYED: Table = {
    "auth_method": ("pre-shared-key-xauth", "eap"),
    "secret": ("long-enough-and-random", "another-long-secret"),
    "username": ("seattle", "boise"),
    "password": ("sixteen-letters-x", "sixteen-letters-y"),
    "my_id": ("fqdn:seattle.example.org", "auto"),
    "remote_id": ("key-id:boise", "ignore"),
    "generate_policy": ("port-strict", "port-override"),
    "policy_template_group": ("branches", "default"),
    "mode_config": ("request-only", "none"),
    "notrack_chain": ("prerouting", "output"),
    "disabled": ("TRUE", "no"),
    "comment": ("declared", "by hand"),
}
CERTIFIED: Table = {
    "auth_method": ("digital-signature", "eap"),
    "certificate": (["own", "authority"], "own"),
    "remote_certificate": ("theirs", "none"),
    "eap_methods": (["eap-ttls", "eap-tls"], "eap-peap"),
    "match_by": ("certificate", "remote-id"),
}
POLICY: Table = {
    "action": ("discard", "none"),
    "tunnel": ("TRUE", "no"),
    "src_address": ("192.168.90.7/255.255.255.0", "192.168.91.0/24"),
    "src_port": (1701, "any"),
    "dst_address": ("192.168.30.1", "192.168.31.0/24"),
    "dst_port": (1701, "1702"),
    "protocol": ("17", "tcp"),
    "level": ("unique", "use"),
    "ipsec_protocols": ("ah", "esp"),
    "proposal": ("other", "default"),
    "template": ("FALSE", "yes"),
    "disabled": ("TRUE", "no"),
    "comment": ("declared", "by hand"),
}
SETTINGS: Table = {
    "accounting": ("FALSE", "yes"),
    "interim_update": ("60", "2m"),
    "xauth_use_radius": ("TRUE", "no"),
}

SPECIMENS = [
    Specimen("ip.ipsec.Profile", "profile", {}, PROFILE),
    Specimen("ip.ipsec.Profile", "profile-named", {"name": ("modern", "renamed")}),
    Specimen("ip.ipsec.Proposal", "proposal", {}, PROPOSAL),
    Specimen("ip.ipsec.Peer", "peer", {}, PEER),
    Specimen("ip.ipsec.Identity", "identity", {"peer": ("east", "west")}, KEYED),
    Specimen("ip.ipsec.Identity", "identity-certified", {"peer": ("west", "east")}, CERTIFIED),
    Specimen("ip.ipsec.Policy", "policy", {"peer": (["west", "east"], "east")}, POLICY),
    Specimen("ip.ipsec.Policy", "template", {"template": ("TRUE", None)}, {"group": ("branches", "default")}),
    Specimen(
        "ip.ipsec.PolicyGroup",
        "group",
        {},
        {"name": ("offices", "renamed"), "comment": ("declared", "by hand")},
    ),
    Specimen("ip.ipsec.Settings", "ipsec-settings", {}, SETTINGS),
]
