"""A secret that was on the router before: it comes back, and is nowhere in clear."""

from __future__ import annotations

from tests.support.deployment import Deployment

FORMER, OURS, DRIFT = "the-former-secret-of-boise", "our-own-secret-for-boise", "a-secret-by-another-hand"
PROGRAM = f"""
    peer = routeros.ip.ipsec.Peer("boise", device="seattle", name="boise", address="87.16.79.2", adopt=True)
    secret = pulumi.Output.secret("{OURS}")
    routeros.ip.ipsec.Identity("boise", device="seattle", peer=peer.name, secret=secret, adopt=True)
"""


def test_an_adopted_secret_comes_back_and_is_never_shown(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    router.control.execute("/ip/ipsec/peer/add", {"name": "boise", "address": "87.16.79.2"})
    router.control.execute("/ip/ipsec/identity/add", {"peer": "boise", "secret": FORMER})
    before = router.control.export()
    deployment.program(PROGRAM)
    texts = [deployment.up().text]
    (identity,) = router.control.execute("/ip/ipsec/identity/print").rows
    assert identity["secret"] == OURS
    deployment.unchanged("--refresh")
    router.control.execute("/ip/ipsec/identity/set", {".id": identity[".id"], "secret": DRIFT})
    texts += [deployment.preview("--refresh").text, deployment.pulumi("refresh", "--yes", "--diff", check=True).text]
    texts += [deployment.pulumi("stack", "export", check=True).text]
    texts += [deployment.up().text, deployment.pulumi("stack", "export", check=True).text]
    (identity,) = router.control.execute("/ip/ipsec/identity/print").rows
    assert identity["secret"] == OURS
    deployment.destroy()
    assert router.control.export() == before
    shown = [secret for secret in (FORMER, OURS, DRIFT) for text in texts if secret in text]
    assert shown == []
