"""A tunnel between two routers, with the real engine: both ends agree, and what cannot work is refused by a preview."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.deployment import Deployment

REPOSITORY = Path(__file__).parents[2]

PROGRAM = """
    from isthmus_components import Site, SiteToSiteIpsec

    tunnel = SiteToSiteIpsec(
        "seattle-boise",
        Site(device="seattle", address="165.95.23.2", networks=["192.168.90.0/24", "10.90.0.0/16"], routeros="6.49"),
        Site(device="boise", address="87.16.79.2", networks=["192.168.30.0/24"], routeros="7.20"),
        {options}
    )
    pulumi.export("mtu", tunnel.mtu)
"""
KILL, FLUSH = "/ip/ipsec/active-peers/kill-connections", "/ip/ipsec/installed-sa/flush"


def declare(deployment: Deployment, options: str = "") -> None:
    deployment.program(PROGRAM.format(options=options))


def rows(deployment: Deployment, router: str, menu: str) -> list[Mapping[str, Any]]:
    """Return a menu's rows with a comment, in order and without marks, but not those that the router made itself."""
    printed = deployment.routers[router].control.execute(f"{menu}/print").rows
    return [{**row, "comment": row["comment"].split(" [")[0]} for row in printed if made(row)]


def made(row: Mapping[str, Any]) -> bool:
    return "comment" in row and row.get("dynamic") != "true"


def column(deployment: Deployment, router: str, menu: str, *words: str) -> list[Any]:
    found = [tuple(row.get(word) for word in words) for row in rows(deployment, router, menu)]
    return [values[0] if len(words) == 1 else values for values in found]


@pytest.fixture
def two_routers(deployment: Deployment) -> Deployment:
    """Routers of two versions, of which each masquerades and fast-tracks its office's traffic."""
    for name, version in {"seattle": "6.49", "boise": "7.20"}.items():
        control = deployment.router(name, version).control
        control.execute("/ip/firewall/nat/add", {"chain": "srcnat", "action": "masquerade", "comment": "office"})
        control.execute("/ip/firewall/filter/add", {"chain": "input", "action": "drop", "comment": "office"})
        track = {"chain": "forward", "action": "fasttrack-connection", "connection-state": "established"}
        control.execute("/ip/firewall/filter/add", {**track, "comment": "office"})
    return deployment


def test_both_ends_of_a_tunnel_agree_and_leave_nothing_behind(two_routers: Deployment) -> None:
    before = {name: router.control.export() for name, router in two_routers.routers.items()}
    declare(two_routers, "keep_alive=True")
    two_routers.up()
    two_routers.unchanged("--refresh")

    selectors = column(two_routers, "seattle", "/ip/ipsec/policy", "src-address", "dst-address")
    assert selectors == [("192.168.90.0/24", "192.168.30.0/24"), ("10.90.0.0/16", "192.168.30.0/24")]
    mirrored = column(two_routers, "boise", "/ip/ipsec/policy", "dst-address", "src-address")
    assert mirrored == selectors
    (secret,) = column(two_routers, "seattle", "/ip/ipsec/identity", "secret")
    assert column(two_routers, "boise", "/ip/ipsec/identity", "secret") == [secret]
    assert len(secret) == 32
    proposals = [column(two_routers, name, "/ip/ipsec/proposal", "enc-algorithms", "pfs-group") for name in before]
    assert proposals[0] == proposals[1] == [("aes-256-gcm", "ecp384")]
    peer = column(two_routers, "boise", "/ip/ipsec/peer", "comment", "address", "local-address")
    assert peer == [("Seattle Peer", "165.95.23.2/32", "87.16.79.2")]

    nat = column(two_routers, "seattle", "/ip/firewall/nat", "comment")
    assert nat == ["Boise NAT bypass", "Boise NAT bypass", "office"]
    rules = column(two_routers, "boise", "/ip/firewall/filter", "chain", "comment")
    assert [comment for chain, comment in rules if chain == "input"] == [
        "Seattle IKE",
        "Seattle ESP",
        "Seattle keep-alive",
        "office",
    ]
    assert [comment for chain, comment in rules if chain == "forward"] == ["Seattle FastTrack bypass"] * 4 + ["office"]
    assert column(two_routers, "seattle", "/ip/firewall/mangle", "new-mss") == ["1406"] * 4

    (ping,) = column(two_routers, "seattle", "/system/scheduler", "on-event")
    assert ping == "/ping 192.168.30.1 src-address=192.168.90.1 count=1"
    watched = column(two_routers, "boise", "/tool/netwatch", "host", "src-address")
    assert watched == [("192.168.90.1", "192.168.30.1")]

    two_routers.destroy()
    assert {name: router.control.export() for name, router in two_routers.routers.items()} == before


def test_two_tunnels_and_a_list_of_the_programs_own_share_a_router(two_routers: Deployment) -> None:
    two_routers.router("portland")
    before = {name: router.control.export() for name, router in two_routers.routers.items()}
    two_routers.program("""
        from isthmus_components import Site, SiteToSiteIpsec

        mail = {"action": "src-nat", "src_address": "192.168.90.25", "to_addresses": "165.95.23.3", "comment": "mail"}
        routeros.ip.firewall.NatRules("internet", device="seattle", chain="srcnat", rules=[mail])
        seattle = Site(device="seattle", address="165.95.23.2", networks=["192.168.90.0/24", "10.90.0.0/16"])
        boise = Site(device="boise", address="87.16.79.2", networks=["192.168.30.0/24", "10.30.0.0/16"])
        portland = Site(device="portland", address="203.0.113.2", networks=["192.168.40.0/24"])
        SiteToSiteIpsec("seattle-boise", seattle, boise)
        SiteToSiteIpsec("seattle-portland", seattle, portland)
    """)
    two_routers.up()
    two_routers.unchanged("--refresh")
    nat = column(two_routers, "seattle", "/ip/firewall/nat", "comment")
    assert sorted(nat[:6]) == ["Boise NAT bypass"] * 4 + ["Portland NAT bypass"] * 2
    assert nat[6:] == ["mail", "office"]
    traffic = column(two_routers, "seattle", "/ip/ipsec/policy", "comment")
    assert sorted(traffic) == ["Boise Traffic"] * 4 + ["Portland Traffic"] * 2
    two_routers.destroy()
    assert {name: router.control.export() for name, router in two_routers.routers.items()} == before


def test_the_lock_file_says_how_a_router_keeps_a_tunnel_alive(deployment: Deployment) -> None:
    for name in ("seattle", "boise"):
        deployment.router(name)
    lock = "seattle: {serial: A1, version: '7.9.2'}\nboise: {serial: B2, version: '7.16'}\n"
    (deployment.folder / "isthmus.lock.yaml").write_text(lock)
    deployment.program("""
        from isthmus_components import Site, SiteToSiteIpsec

        seattle = Site(device="seattle", address="165.95.23.2", networks=["192.168.90.0/24"])
        boise = Site(device="boise", address="87.16.79.2", networks=["192.168.30.0/24"])
        SiteToSiteIpsec("seattle-boise", seattle, boise, keep_alive=True)
    """)
    planned = deployment.preview().text
    assert "system:Scheduler::seattle-boise-seattle-keep-alive" in planned
    assert "tool:Netwatch::seattle-boise-boise-keep-alive" in planned


def test_a_router_of_unknown_version_is_pinged_until_the_lock_file_tells_more(deployment: Deployment) -> None:
    versions = {"seattle": "7.9", "boise": "7.16"}
    before = {name: deployment.router(name, version).control.export() for name, version in versions.items()}
    deployment.program("""
        from isthmus_components import Site, SiteToSiteIpsec

        seattle = Site(device="seattle", address="165.95.23.2", networks=["192.168.90.0/24"])
        boise = Site(device="boise", address="87.16.79.2", networks=["192.168.30.0/24"])
        SiteToSiteIpsec("seattle-boise", seattle, boise, keep_alive=True, fasttrack_bypass=False)
    """)
    deployment.up()
    deployment.unchanged("--refresh")
    for name, other in (("seattle", "Boise"), ("boise", "Seattle")):
        assert column(deployment, name, "/system/scheduler", "comment") == [f"{other} keep-alive"]
        assert column(deployment, name, "/ip/firewall/filter", "chain") == ["input"] * 3

    serial = deployment.routers["boise"].control.execute("/system/license/print").rows[0]["system-id"]
    (deployment.folder / "isthmus.lock.yaml").write_text(f"boise: {{serial: {serial}, version: '7.16'}}\n")
    deployment.up()
    assert column(deployment, "seattle", "/system/scheduler", "comment") == ["Boise keep-alive"]
    assert column(deployment, "boise", "/system/scheduler", "comment") == []
    assert column(deployment, "boise", "/tool/netwatch", "comment") == ["Seattle keep-alive"]
    deployment.destroy()
    assert {name: router.control.export() for name, router in deployment.routers.items()} == before


def test_ipv6_outside_and_inside_is_let_through_its_own_firewall(deployment: Deployment) -> None:
    before = {name: deployment.router(name).control.export() for name in ("seattle", "boise")}
    deployment.program("""
        from isthmus_components import Site, SiteToSiteIpsec

        seattle = Site(device="seattle", address="2001:db8::1", networks=["fd00:90::/64", "192.168.90.0/24"])
        boise = Site(device="boise", address="2001:db8:2::1", networks=["fd00:30::/64", "192.168.30.0/24"])
        SiteToSiteIpsec("seattle-boise", seattle, boise, keep_alive=True)
    """)
    deployment.up()
    deployment.unchanged("--refresh")
    rules = column(deployment, "seattle", "/ipv6/firewall/filter", "chain", "protocol", "src-address")
    assert sorted(rules, key=lambda rule: rule[0] == "forward") == [
        ("input", "udp", "2001:db8:2::1/128"),
        ("input", "ipsec-esp", "2001:db8:2::1/128"),
        ("input", "icmpv6", "fd00:30::1/128"),
        ("forward", None, "fd00:90::/64"),
        ("forward", None, "fd00:30::/64"),
    ]
    (mss4,) = set(column(deployment, "seattle", "/ip/firewall/mangle", "new-mss"))
    (mss6,) = set(column(deployment, "seattle", "/ipv6/firewall/mangle", "new-mss"))
    assert int(mss4) - int(mss6) == 20
    assert column(deployment, "seattle", "/ip/firewall/filter", "chain") == ["forward"] * 2
    deployment.destroy()
    assert {name: router.control.export() for name, router in deployment.routers.items()} == before


def test_a_preview_refuses_a_tunnel_in_a_chain_that_another_list_owns_whole(deployment: Deployment) -> None:
    for name in ("seattle", "boise"):
        deployment.router(name)
    owned = "'internet', device='seattle', chain='srcnat', exclusive=True, rules=[{'action': 'masquerade'}]"
    deployment.program(PROGRAM.format(options="") + f"    routeros.ip.firewall.NatRules({owned})\n")
    refused = deployment.preview(check=False)
    assert (
        "error: seattle: /ip/firewall/nat: srcnat: 'internet' owns the whole chain (exclusive=True), and"
        " 'seattle-boise-seattle-nat-bypass' has rules in it too; leave exclusive out, or remove the others' rules"
    ) in refused.lines
    assert "Traceback" not in refused.text


def test_every_resource_is_named_after_tunnel_and_site(deployment: Deployment) -> None:
    deployment.router("seattle", "6.49")
    deployment.router("boise")
    declare(deployment, "keep_alive=True")
    deployment.up()
    names = {entry["urn"].rpartition("::")[2] for entry in deployment.state()}
    assert {name.removeprefix("seattle-boise-boise-") for name in names if "boise-boise" in name} == {
        "profile",
        "proposal",
        "peer",
        "identity",
        "policy-192.168.30.0/24-192.168.90.0/24",
        "policy-192.168.30.0/24-10.90.0.0/16",
        "nat-bypass",
        "input",
        "fasttrack-bypass",
        "mss-clamp",
        "keep-alive",
        "kill-connections",
        "flush",
    }


def test_a_changed_suite_reaches_both_ends_and_is_used_at_the_next_rekey_or_now(two_routers: Deployment) -> None:
    declare(two_routers)
    two_routers.up()
    assert ran(two_routers) == {"seattle": (0, 0), "boise": (0, 0)}

    declare(two_routers, "suite='compatible', rotation='spring'")
    two_routers.up()
    two_routers.unchanged()
    for name in two_routers.routers:
        assert column(two_routers, name, "/ip/ipsec/proposal", "enc-algorithms") == ["aes-256-cbc"]
    assert ran(two_routers) == {"seattle": (0, 0), "boise": (0, 0)}

    old = column(two_routers, "seattle", "/ip/ipsec/identity", "secret")
    declare(two_routers, "suite='compatible', rotation='autumn', rekey='now'")
    two_routers.up()
    two_routers.unchanged()
    new = column(two_routers, "seattle", "/ip/ipsec/identity", "secret")
    assert new == column(two_routers, "boise", "/ip/ipsec/identity", "secret") != old
    assert ran(two_routers) == {"seattle": (1, 1), "boise": (1, 1)}


def ran(deployment: Deployment) -> dict[str, tuple[int, int]]:
    """Return how often each router forgot the keys of IKE and of ESP."""
    counted = {name: router.control.counters()["paths"] for name, router in deployment.routers.items()}
    return {name: (paths.get(KILL, 0), paths.get(FLUSH, 0)) for name, paths in counted.items()}


@pytest.mark.parametrize("project", [".", "examples/site-to-site-ipsec"])
def test_the_repositorys_own_projects_are_built_and_leave_nothing_behind(deployment: Deployment, project: str) -> None:
    before = {name: deployment.router(name).control.export() for name in ("seattle", "boise")}
    shutil.copy(REPOSITORY / project / "__main__.py", deployment.folder)
    deployment.up()
    deployment.unchanged("--refresh")
    for name in before:
        assert len(column(deployment, name, "/ip/ipsec/policy", "comment")) == 1
    deployment.destroy()
    assert {name: router.control.export() for name, router in deployment.routers.items()} == before


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("secret='my_secret'", "the secret has 9 characters, and fewer than 16 can be guessed: give a longer one"),
        ("secret=pulumi.Output.secret('my_secret')", "the secret has 9 characters, and fewer than 16 can be guessed"),
        ("suite='modren'", "there is no suite 'modren': take one of modern, compatible, aes-128, or a Suite"),
    ],
)
def test_a_preview_refuses_what_is_unsafe(deployment: Deployment, options: str, sentence: str) -> None:
    declare(deployment, options)
    refused = deployment.preview(check=False)
    assert refused.code != 0
    assert any(line.startswith(f"error: seattle-boise: {sentence}") for line in refused.lines), refused.text
    assert "Traceback" not in refused.text
    assert "my_secret" not in refused.text


def test_a_preview_tells_all_that_is_wrong_with_two_sites(deployment: Deployment) -> None:
    deployment.program("""
        from isthmus_components import Site, SiteToSiteIpsec

        SiteToSiteIpsec(
            "seattle-boise",
            Site(device="seattle", address="165.95.23.2", networks=["192.168.0.0/16"]),
            Site(device="boise", address="165.95.23.2", networks=["192.168.30.0/24"]),
        )
    """)
    refused = deployment.preview(check=False)
    assert (
        "seattle-boise: seattle and boise have the same public address 165.95.23.2: give each its own" in refused.text
    )
    overlap = "the network 192.168.0.0/16 of seattle overlaps 192.168.30.0/24 of boise: renumber one of them"
    assert f"seattle-boise: {overlap}" in refused.text
    assert "Traceback" not in refused.text
