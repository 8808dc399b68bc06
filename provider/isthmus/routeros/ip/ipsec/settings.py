"""`/ip/ipsec/settings`: what holds for all of IPsec."""

from typing import Annotated

from isthmus.declare.fields import Property, word
from isthmus.declare.values import Duration, number
from isthmus.routeros.base import TypedSettings


class Settings(TypedSettings, menu="/ip/ipsec/settings", singleton=True, comment=False, since="6.44"):
    """What holds for all of IPsec. (MikroTik manual: IPsec, Settings)."""

    accounting: Property[bool] = word("Whether RADIUS is told of users' traffic.", default="yes")
    interim_update: Property[Duration] = word("How often RADIUS is told meanwhile; 0s is never.", default="0s")
    xauth_use_radius: Property[bool] = word("Whether RADIUS knows the users of XAuth.", default="no")
    ddos_cookie_threshold: Property[Annotated[int, number(0, 0xFFFFFFFF)]] = word(
        "From how many half-open connections on a new peer must first return a cookie.", since="7.22"
    )
