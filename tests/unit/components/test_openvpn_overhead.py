"""How much of a link is left inside of OpenVPN, as measured with OpenVPN 2.6 over a link of 1500 bytes."""

from __future__ import annotations

import pytest

from isthmus_components.openvpn import Channel


@pytest.mark.parametrize(
    ("channel", "mtu"),
    [
        (Channel(), 1434),
        (Channel(frames=False), 1448),
        (Channel(proto="tcp"), 1408),
        (Channel(proto="tcp", frames=False), 1422),
        (Channel(link=1492), 1426),
        (Channel(static=True), 1401),
        (Channel(static=True, frames=False), 1415),
    ],
)
def test_the_largest_packet_that_passes_in_one_piece(channel: Channel, mtu: int) -> None:
    assert channel.mtu == mtu
    assert channel.mss == mtu - 60


def test_one_byte_more_of_a_static_keys_packet_needs_another_block() -> None:
    """HMAC, initialisation vector, packet id and padding of a packet of 1415 bytes fill 1472 bytes exactly."""
    channel = Channel(static=True, frames=False)
    assert 32 + 16 + (8 + channel.mtu) // 16 * 16 + 16 == 1472
    assert 32 + 16 + (8 + channel.mtu + 1) // 16 * 16 + 16 > 1472


def test_mssfix_is_what_the_outer_packet_has_room_for() -> None:
    assert Channel().mssfix == 1472
    assert Channel(proto="tcp").mssfix == 1446
