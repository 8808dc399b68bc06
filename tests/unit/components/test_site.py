from copy import deepcopy
from dataclasses import replace
from ipaddress import ip_network
from typing import Any

import pulumi
import pytest

from isthmus_components.site import Site

SEATTLE = Site(device="seattle", address="165.95.23.2", networks=["192.168.90.0/24", "10.0.0.0/8"])


def test_a_site_is_called_as_its_device_and_in_comments_with_a_capital() -> None:
    assert str(SEATTLE) == "seattle"
    assert SEATTLE.title == "Seattle"


def test_a_site_on_an_inline_device_is_called_as_that() -> None:
    site = Site(device={"name": "boise", "host": "192.0.2.1"}, address="87.16.79.2", networks=["192.168.30.0/24"])
    assert str(site) == "boise"


def test_a_site_may_have_a_name_of_its_own() -> None:
    site = Site(device="rb-0042", name="idaho HQ", address="87.16.79.2", networks=["192.168.30.0/24"])
    assert (str(site), site.title) == ("idaho HQ", "Idaho HQ")


def test_its_lan_address_is_the_first_usable_one_of_a_network() -> None:
    assert str(SEATTLE.lan_in(ip_network("10.0.0.0/8"))) == "10.0.0.1"


def test_its_lan_address_may_be_given() -> None:
    site = replace(SEATTLE, lan_address="192.168.90.254")
    assert str(site.lan_in(ip_network("10.0.0.0/8"))) == "192.168.90.254"


def test_a_network_of_one_address_has_that_as_lan_address() -> None:
    assert str(SEATTLE.lan_in(ip_network("192.168.90.7/32"))) == "192.168.90.7"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"addres": "165.95.23.2"}, "Site: no argument 'addres'; did you mean 'address'?"),
        ({"address": "165.95.23.2"}, "Site: networks is required"),
    ],
)
def test_a_site_with_wrong_arguments_is_told_in_one_line(given: dict[str, Any], told: str) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        Site(device="seattle", **given)
    assert str(refused.value) == told


def test_a_site_can_be_copied() -> None:
    assert deepcopy(SEATTLE) == SEATTLE
