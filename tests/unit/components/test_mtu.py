"""Each figure was measured with Linux's own ESP on a link of 1500 bytes."""

import pytest

from isthmus_components.mtu import CIPHERS, INTEGRITY, Family, Mode, esp_mtu, tcp_mss, tunnel_mtu
from isthmus_components.suites import AES_128, COMPATIBLE, MODERN, Suite

GRE_AND_IP = 24


@pytest.mark.parametrize("nat_traversal", [False, True])
@pytest.mark.parametrize(
    ("outer", "mode", "cipher", "integrity", "plain", "in_udp"),
    [
        (4, "tunnel", "aes-256-cbc", "sha1", 1438, 1422),
        (4, "tunnel", "aes-128-cbc", "sha256", 1438, 1422),
        (4, "tunnel", "aes-256-cbc", "sha512", 1422, 1406),
        (4, "tunnel", "aes-256-gcm", "sha256", 1446, 1438),
        (4, "tunnel", "chacha20poly1305", "sha256", 1446, 1438),
        (6, "tunnel", "aes-256-cbc", "sha1", 1422, 1406),
        (6, "tunnel", "aes-256-cbc", "sha256", 1406, 1406),
        (6, "tunnel", "aes-256-gcm", "sha256", 1426, 1418),
        (4, "transport", "aes-256-cbc", "sha1", 1458, 1442),
        (4, "transport", "aes-256-gcm", "sha256", 1466, 1458),
    ],
)
def test_it_is_what_the_kernel_says(
    *, outer: Family, mode: Mode, cipher: str, integrity: str, plain: int, in_udp: int, nat_traversal: bool
) -> None:
    found = esp_mtu(1500, cipher, integrity, outer=outer, mode=mode, nat_traversal=nat_traversal)
    assert found == (in_udp if nat_traversal else plain)


@pytest.mark.parametrize(("cipher", "gre"), [("aes-256-cbc", 1434), ("aes-256-gcm", 1442)])
def test_gre_over_transport_mode_has_its_header_less(cipher: str, gre: int) -> None:
    assert esp_mtu(1500, cipher, "sha1", mode="transport") - GRE_AND_IP == gre


@pytest.mark.parametrize("nat_traversal", [False, True])
@pytest.mark.parametrize("outer", [4, 6])
@pytest.mark.parametrize("cipher", CIPHERS)
@pytest.mark.parametrize("integrity", INTEGRITY)
@pytest.mark.parametrize("link", [1280, 1492, 1500, 9000])
def test_the_packet_fits_and_one_byte_more_does_not(
    *, link: int, cipher: str, integrity: str, outer: Family, nat_traversal: bool
) -> None:
    mtu = esp_mtu(link, cipher, integrity, outer=outer, nat_traversal=nat_traversal)
    assert esp_packet(mtu, cipher, integrity, outer, nat_traversal=nat_traversal) <= link
    assert esp_packet(mtu + 1, cipher, integrity, outer, nat_traversal=nat_traversal) > link


def esp_packet(inner: int, cipher: str, integrity: str, outer: Family, *, nat_traversal: bool) -> int:
    """Build an ESP packet in tunnel mode as RFC 4303 does, and count its bytes."""
    iv, block, tag = CIPHERS[cipher]
    padded = -(-(inner + 2) // block) * block
    headers = {4: 20, 6: 40}[outer] + (8 if nat_traversal else 0) + 8 + iv
    return headers + padded + (tag or INTEGRITY[integrity])


@pytest.mark.parametrize(("suite", "mtu"), [(MODERN, 1446), (COMPATIBLE, 1438), (AES_128, 1438)])
def test_a_named_suite_has_its_mtu(suite: Suite, mtu: int) -> None:
    assert tunnel_mtu(suite, 1500) == mtu


def test_of_several_algorithms_the_smallest_mtu_counts() -> None:
    suite = Suite(enc_algorithms=("aes-256-gcm", "aes-256-cbc"), auth_algorithms=("sha256", "sha512"))
    assert tunnel_mtu(suite, 1500) == esp_mtu(1500, "aes-256-cbc", "sha512")


def test_pppoe_takes_what_its_header_takes() -> None:
    assert tunnel_mtu(COMPATIBLE, 1492) == 1422


@pytest.mark.parametrize(("inner", "mss"), [(4, 1398), (6, 1378)])
def test_mss_leaves_room_for_ip_and_tcp(inner: Family, mss: int) -> None:
    assert tcp_mss(1438, inner) == mss
