"""`/ip/ipsec`: tunnels that encrypt."""

from isthmus.routeros.ip.ipsec.identity import Identity
from isthmus.routeros.ip.ipsec.peer import Peer
from isthmus.routeros.ip.ipsec.policy import Policy, PolicyGroup
from isthmus.routeros.ip.ipsec.profile import Profile
from isthmus.routeros.ip.ipsec.proposal import Proposal
from isthmus.routeros.ip.ipsec.settings import Settings

__all__ = ["Identity", "Peer", "Policy", "PolicyGroup", "Profile", "Proposal", "Settings"]
