"""`/ip/ipsec/identity`: how peers prove who they are."""

from collections.abc import Sequence
from typing import Annotated, Literal

from isthmus.declare.fields import Property, Required, required, word
from isthmus.declare.values import ORDERED
from isthmus.engine import kinds
from isthmus.routeros.base import TypedItem
from isthmus.routeros.named import Names

AuthMethod = Literal[
    "pre-shared-key",
    "digital-signature",
    "eap",
    "eap-radius",
    "pre-shared-key-xauth",
    "rsa-key",
    "rsa-signature-hybrid",
]
"""How a peer proves who it is."""

EapMethod = Literal["eap-tls", "eap-ttls", "eap-peap", "eap-mschapv2"]
"""An EAP method, for a router that is the initiator."""

_NAMED = "(address|fqdn|user-fqdn|key-id):.+"
MyId = Annotated[str, kinds.Form(f"auto|dn|{_NAMED}", "fqdn:gateway.example.org")]
"""The identity that the router claims."""

RemoteId = Annotated[str, kinds.Form(f"auto|ignore|dn|{_NAMED}", "fqdn:gateway.example.org")]
"""The identity that the peer must claim."""


class Identity(TypedItem, menu="/ip/ipsec/identity", key=("peer", "remote-id"), since="6.44"):
    """How a peer proves who it is. (MikroTik manual: IPsec, Identities)."""

    peer: Required[str] = required("Name of the peer.", cuts=True, refers=True)
    auth_method: Property[AuthMethod] = word("How the peer proves who it is.", default="pre-shared-key", cuts=True)
    secret: Property[str] = word("The pre-shared key.", secret=True, cuts=True)
    certificate: Property[Annotated[Names, kinds.ListOf(ordered=True)]] = word(
        "Names of the router's own certificate and of those that vouch for it, in this order.", cuts=True, refers=True
    )
    remote_certificate: Property[str] = word(
        "Name of the peer's certificate, where it sends none.", cuts=True, refers=True
    )
    key: Property[str] = word("Name of the router's own RSA key; IKEv1 only.", cuts=True, refers=True)
    remote_key: Property[str] = word("Name of the peer's RSA key; IKEv1 only.", cuts=True, refers=True)
    eap_methods: Property[Annotated[Sequence[EapMethod], ORDERED]] = word(
        "EAP methods, tried in this order; IKEv2 only.", cuts=True
    )
    username: Property[str] = word("User name for XAuth or EAP.", cuts=True)
    password: Property[str] = word("Password for XAuth or EAP.", secret=True, cuts=True)
    my_id: Property[MyId] = word("The identity that the router claims.", cuts=True)
    remote_id: Property[RemoteId] = word("The identity that the peer must claim.", cuts=True)
    match_by: Property[Literal["remote-id", "certificate"]] = word(
        "By what a responder finds the identity of a peer.", cuts=True
    )
    generate_policy: Property[Literal["no", "port-override", "port-strict"]] = word(
        "Whether policies are made as the peer asks, within the template group.", default="no", cuts=True
    )
    policy_template_group: Property[str] = word(
        "Name of the group whose templates bound made policies.", cuts=True, refers=True
    )
    mode_config: Property[str] = word("Name of the mode config that gives addresses, or none.", cuts=True, refers=True)
    notrack_chain: Property[str] = word(
        "Name of a raw chain that gets a rule without tracking for each policy that is made."
    )
    disabled: Property[bool] = word("Whether the identity is switched off.", default="no", cuts=True)
    comment: Property[str] = word("Text for people.")
