"""Typed items that refer to each other, a secret among them."""

from __future__ import annotations

import pytest

from tests.support.deployment import Deployment

PEER = """
    psk = Secret("psk")
    ipsec, here = routeros.ip.ipsec, "seattle"
    profile = ipsec.Profile("modern", device=here, lifetime="6d24h", enc_algorithm=["aes-256"], hash_algorithm="sha256")
    peer = ipsec.Peer("boise", device=here, address="87.16.79.2", profile=profile.name, comment="Boise Peer")
    ipsec.Identity("boise", device=here, peer=peer.name, secret=psk.value)
    pulumi.export("psk", psk.value)
"""


@pytest.mark.parametrize("version", ["6.49", "7.16", "7.20"])
def test_a_peer_with_profile_and_identity(deployment: Deployment, version: str) -> None:
    router = deployment.router("seattle", version)
    before = router.control.export()
    deployment.program(PEER)
    deployment.up()
    deployment.unchanged()
    deployment.unchanged("--refresh")
    (identity,) = router.control.execute("/ip/ipsec/identity/print").rows
    secret = identity["secret"]
    assert len(secret) == 32
    assert secret not in deployment.pulumi("stack", "export").text
    router.control.execute("/ip/ipsec/peer/set", {".id": "*1", "port": "4500"})
    drift = deployment.preview("--refresh")
    assert "- port" in drift.text
    deployment.up("--refresh")
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before
