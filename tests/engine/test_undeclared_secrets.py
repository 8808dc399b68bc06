"""A secret that nobody declared: set by hand it is drift, and it is nowhere in clear."""

from __future__ import annotations

from tests.support.deployment import Deployment

PROGRAM = """
    peer = routeros.ip.ipsec.Peer("boise", device="seattle", name="boise", address="87.16.79.2")
    routeros.ip.ipsec.Identity("boise", device="seattle", peer=peer.name, auth_method="digital-signature")
"""
BY_HAND = "a-secret-set-by-hand"


def test_a_secret_set_by_hand_is_drift_and_goes_again(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    before = router.control.export()
    deployment.program(PROGRAM)
    deployment.up()
    deployment.unchanged("--refresh")
    built = router.control.export()
    (identity,) = router.control.execute("/ip/ipsec/identity/print").rows
    router.control.execute("/ip/ipsec/identity/set", {".id": identity[".id"], "secret": BY_HAND})
    drift = deployment.preview("--refresh")
    assert "(set by hand)" in drift.text
    texts = [drift.text, deployment.pulumi("refresh", "--yes", "--diff", check=True).text]
    texts += [deployment.pulumi("refresh", "--yes", "--diff", check=True).text]
    texts += [deployment.pulumi("stack", "export", "--show-secrets", check=True).text]
    texts += [deployment.up("--refresh").text, deployment.pulumi("stack", "export", check=True).text]
    assert not [text for text in texts if BY_HAND in text]
    assert router.control.export() == built
    deployment.unchanged("--refresh")
    deployment.destroy()
    assert router.control.export() == before
