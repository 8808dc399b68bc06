from ipaddress import ip_address

import pytest

from isthmus_components.site_to_site_ipsec.keep_alive import netwatch_can, ping


@pytest.mark.parametrize(
    ("version", "can"),
    [
        ("6.49", False),
        ("6.49.10 (long-term)", False),
        ("7.9.2", False),
        ("7.11", True),
        ("7.11.3", True),
        ("7.16 (stable)", True),
        ("7.20.8", True),
        ("8.0", True),
        (None, False),
    ],
)
def test_netwatch_takes_a_source_address_from_7_11(version: str | None, *, can: bool) -> None:
    assert netwatch_can(version) is can


def test_the_scheduled_ping_comes_from_the_lan_address() -> None:
    sent = ping(ip_address("192.168.90.1"), ip_address("192.168.30.1"))
    assert sent == "/ping 192.168.30.1 src-address=192.168.90.1 count=1"
