"""How many bytes OpenVPN adds to a packet (openvpn(8), `--tun-mtu` and `--mssfix`; ssl_pkt.h and crypto.h)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Proto = Literal["udp", "tcp"]

_IP: Final = 20
"""IPv4 outside: a tunnel that brings IPv6 is reached by IPv4."""
_UDP: Final = 8
_TCP: Final = 20 + 12 + 2
"""Header, timestamps, and the length that OpenVPN puts in front of each packet in a stream."""
_ETHERNET: Final = 14
_AEAD: Final = 4 + 4 + 16
"""Opcode with peer id, packet id, and tag."""
_HMAC_SHA256, _IV, _BLOCK, _LONG_PACKET_ID = 32, 16, 16, 8
_IP6_TCP: Final = 40 + 20
"""Headers of IPv6 and TCP inside."""


@dataclass(frozen=True, kw_only=True)
class Channel:
    """What carries the packets: protocol outside, frames or packets inside, AEAD or CBC with SHA256 (static key)."""

    proto: Proto = "udp"
    frames: bool = True
    static: bool = False
    link: int = 1500

    @property
    def mtu(self) -> int:
        """The largest packet in bytes that passes in one piece."""
        room = self.link - _IP - self._transport
        room = self._static_room(room) if self.static else room - _AEAD
        return room - (_ETHERNET if self.frames else 0)

    @property
    def mss(self) -> int:
        """The largest segment in bytes of a TCP connection over IPv6 through the tunnel."""
        return self.mtu - _IP6_TCP

    @property
    def mssfix(self) -> int:
        """What `mssfix` is to be: the largest payload of an outer packet, as versions before 2.6 read it, too."""
        return self.link - _IP - self._transport

    @property
    def _transport(self) -> int:
        return _TCP if self.proto == "tcp" else _UDP

    @staticmethod
    def _static_room(room: int) -> int:
        """A static key's packets are padded to whole blocks, by at least a byte, and have a long packet id."""
        blocks = (room - _HMAC_SHA256 - _IV) // _BLOCK
        return blocks * _BLOCK - 1 - _LONG_PACKET_ID
