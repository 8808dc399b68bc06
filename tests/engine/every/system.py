"""Values for the words of scripts, schedules, the router's name, Netwatch, and generic resources."""

from __future__ import annotations

from tests.engine.every.specimen import Specimen, Table

NETWATCH: Table = {
    "type": ("icmp", "tcp-conn"),
    "name": ("boise", "renamed"),
    "interval": ("90", "2m"),
    "timeout": ("1500ms", "2s"),
    "src_address": ("192.168.90.1", "192.168.90.2"),
    "start_delay": ("90", "2m"),
    "startup_delay": ("00:05:00", "6m"),
    "accept_icmp_time_exceeded": ("TRUE", "no"),
    "packet_count": (5, "6"),
    "packet_interval": ("00:00:00.050", "60ms"),
    "packet_size": (100, "101"),
    "ttl": ("0x40", "65"),
    "thr_avg": ("100ms", "110ms"),
    "thr_jitter": ("50ms", "60ms"),
    "thr_loss_count": (3, "4"),
    "thr_loss_percent": (50, "51"),
    "thr_max": ("1.5", "2s"),
    "thr_stdev": ("250ms", "260ms"),
    "port": (443, "444"),
    "thr_tcp_conn_time": ("1000ms", "2s"),
    "certificate": ("own", "none"),
    "check_certificate": ("TRUE", "no"),
    "http_codes": ([200, "300-399"], "200"),
    "thr_http_time": ("10000ms", "11s"),
    "dns_server": ("192.0.2.53", "192.0.2.54"),
    "record_type": ("AAAA", "MX"),
    "up_script": (":log info up", ":log info back"),
    "down_script": (":log info down", ":log info away"),
    "test_script": (":log info tested", ":log info tried"),
    "early_failure_detection": ("TRUE", "no"),
    "early_success_detection": ("FALSE", "yes"),
    "ignore_initial_down": ("TRUE", "no"),
    "ignore_initial_up": ("TRUE", "no"),
    "disabled": ("TRUE", "no"),
    "comment": ("declared", "by hand"),
}
SCHEDULER: Table = {
    "name": ("nightly", "renamed"),
    "on_event": (":log info night", ":log info day"),
    "interval": ("23h60m", "12h"),
    "start_date": ("sep/29/2031", "2031-09-30"),
    "start_time": ("3:15:00", "04:00:00"),
    "policy": (["write", "read"], "test"),
    "disabled": ("TRUE", "no"),
    "comment": ("declared", "by hand"),
}
SCRIPT: Table = {
    "name": ("greet", "renamed"),
    "source": (':put "hello\\r\\nworld"', ":put bye"),
    "policy": (["write", "read"], "test"),
    "dont_require_permissions": ("TRUE", "no"),
    "owner": ("admin", "pulumi"),
    "comment": ("declared", "by hand"),
}

SPECIMENS = [
    Specimen("system.Identity", "identity-of-router", {}, {"name": ("seattle", "boise")}),
    Specimen("system.Script", "script", {}, SCRIPT),
    Specimen("system.Scheduler", "scheduler", {}, SCHEDULER),
    Specimen("tool.Netwatch", "watch", {"host": ("87.16.79.2", "87.16.79.3")}, NETWATCH),
    Specimen(
        "Item",
        "vlan",
        {"name": ("vlan90", "vlan91"), "interface": ("ether4", "ether5"), "vlan-id": (90, "91")},
        {"mtu": (1400, "1401"), "loop-protect-disable-time": ("60", "2m"), "comment": ("declared", "by hand")},
        menu="/interface/vlan",
        options={"key": ["name"]},
    ),
    Specimen(
        "Item",
        "mode-config",
        {"name": ("offices", "renamed")},
        {"address-pool": ("spare", "none"), "responder": ("yes", "no")},
        menu="/ip/ipsec/mode-config",
        options={"key": ["name"], "comments": False},
    ),
    Specimen(
        "Settings",
        "dns",
        {"servers": ("192.0.2.53,192.0.2.54", "192.0.2.53")},
        {"cache-size": (4096, "4097"), "allow-remote-requests": ("yes", "no"), "cache-max-ttl": ("6d24h", "2d")},
        menu="/ip/dns",
    ),
]
