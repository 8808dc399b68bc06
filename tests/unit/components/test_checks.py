from dataclasses import replace
from typing import Any

import pytest

from isthmus_components.site import Site
from isthmus_components.site_to_site_ipsec.checks import rotation_problems, secret_problem, site_problems

SEATTLE = Site(device="seattle", address="165.95.23.2", networks=["192.168.90.0/24"])
BOISE = Site(device="boise", address="87.16.79.2", networks=["192.168.30.0/24"])


def test_the_sites_of_the_guide_have_nothing_wrong_with_them() -> None:
    assert site_problems(SEATTLE, BOISE) == []


@pytest.mark.parametrize(
    ("seattle", "boise", "sentence"),
    [
        (
            {"networks": ["192.168.0.0/16"]},
            {},
            "the network 192.168.0.0/16 of seattle overlaps 192.168.30.0/24 of boise: renumber one of them",
        ),
        (
            {"networks": ["fd00::/16"]},
            {"networks": ["fd00:30::/64"]},
            "the network fd00::/16 of seattle overlaps fd00:30::/64 of boise: renumber one of them",
        ),
        (
            {"networks": ["192.168.90.0/24", "192.168.90.128/25"]},
            {},
            "the networks 192.168.90.0/24 and 192.168.90.128/25 of seattle overlap: keep one of them",
        ),
        (
            {"networks": ["192.168.90.1/24"]},
            {},
            "the network 192.168.90.1/24 of seattle is an address: write its network, 192.168.90.0/24",
        ),
        (
            {"networks": ["192.168.90.0/33"]},
            {},
            "the network '192.168.90.0/33' of seattle is none: write it as a prefix, such as 192.168.90.0/24",
        ),
        ({}, {"networks": []}, "boise has no networks: name those that the tunnel joins"),
        (
            {"networks": "192.168.90.0/24"},
            {},
            "the networks of seattle are a text: give a list, networks=['192.168.90.0/24']",
        ),
        (
            {"routeros": "seven"},
            {},
            (
                "the routeros of seattle is wrong: 'seven' is no version of RouterOS: "
                "give one such as 7.16, or none to take the lock file's"
            ),
        ),
        (
            {},
            {"networks": ["fd00:30::/64"]},
            "no network of seattle has the IP version of one of boise: name a pair of one version",
        ),
        (
            {},
            {"address": "165.95.23.2"},
            "seattle and boise have the same public address 165.95.23.2: give each its own",
        ),
        (
            {},
            {"address": "boise.example.org"},
            "the public address 'boise.example.org' of boise is no IP address: give one such as 165.95.23.2",
        ),
        (
            {},
            {"address": "2001:db8::2"},
            "seattle has the public address 165.95.23.2 and boise 2001:db8::2: give two of one IP version",
        ),
        ({}, {"device": "seattle", "name": "boise"}, "both sites are on seattle: a tunnel joins two devices"),
        ({}, {"name": "seattle"}, "both sites are called seattle: give each its own name"),
        (
            {"lan_address": "10.0.0.1"},
            {},
            "the LAN address 10.0.0.1 of seattle is in none of its networks (192.168.90.0/24): give one that is",
        ),
        (
            {"lan_address": "192.168.90"},
            {},
            "the LAN address '192.168.90' of seattle is no IP address: give one such as 192.168.90.1",
        ),
        (
            {"networks": ["192.168.90.0/24", "fd00:90::/64"], "lan_address": "fd00:90::1"},
            {},
            "seattle has the LAN address fd00:90::1 and boise 192.168.30.1: give two of one IP version",
        ),
        (
            {"link_mtu": 150},
            {},
            "the link_mtu 150 of seattle is out of range: give 1280 to 65535 bytes, 1500 if in doubt",
        ),
        ({"device": {"host": "192.0.2.1"}}, {}, "a site's device has no name: give the device a `name`, or the site"),
    ],
)
def test_what_cannot_work_is_told_in_one_sentence_with_its_remedy(
    seattle: dict[str, Any], boise: dict[str, Any], sentence: str
) -> None:
    assert site_problems(replace(SEATTLE, **seattle), replace(BOISE, **boise)) == [sentence]


def test_every_site_tells_all_that_is_wrong_with_it() -> None:
    seattle = replace(SEATTLE, address="here", networks=["nowhere"])
    boise = replace(BOISE, networks=[])
    assert [problem.split(":")[0] for problem in site_problems(seattle, boise)] == [
        "the public address 'here' of seattle is no IP address",
        "the network 'nowhere' of seattle is none",
        "boise has no networks",
    ]


@pytest.mark.parametrize("secret", ["", "my_secret", "fifteen letters"])
def test_a_short_secret_is_told_by_its_length_alone(secret: str) -> None:
    problem = secret_problem(secret)
    assert problem is not None
    assert problem.startswith(f"the secret has {len(secret)} characters, and fewer than 16 can be guessed: give")
    assert not secret or secret not in problem


@pytest.mark.parametrize(("given", "rotated"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_secret_is_given_or_rotated_but_not_both(*, given: bool, rotated: bool) -> None:
    refused = ["rotation changes a generated secret, and one is given: leave out one of them"]
    assert rotation_problems(given=given, rotated=rotated) == (refused if given and rotated else [])


def test_sixteen_characters_are_long_enough() -> None:
    assert secret_problem("sixteen letters!") is None
