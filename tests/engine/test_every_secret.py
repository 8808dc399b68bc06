"""Generated secrets, and secrets on routers."""

from __future__ import annotations

from tests.support.deployment import Deployment

SECRET = "Secret('key'{more})\n"
IDENTITY = """
    routeros.ip.ipsec.Identity("boise", device="seattle", peer="boise", secret=Secret("key"{more}).value)
"""


def secret_of(deployment: Deployment) -> str:
    (row,) = deployment.routers["seattle"].control.execute("/ip/ipsec/identity/print").rows
    return row["secret"]


def test_a_secret_is_kept_until_its_rotation_or_length_changes(deployment: Deployment) -> None:
    deployment.router("seattle").control.execute("/ip/ipsec/peer/add", {"name": "boise"})
    seen = []
    for more, length in [
        ("", 32),
        (", rotation='may'", 32),
        (", rotation='june'", 32),
        (", rotation='june', length=48", 48),
    ]:
        deployment.program(IDENTITY.replace("{more}", more))
        deployment.up()
        deployment.unchanged("--refresh")
        seen.append(secret_of(deployment))
        assert len(seen[-1]) == length
    assert len(set(seen)) == len(seen)
    assert not [secret for secret in seen if secret in deployment.pulumi("stack", "export").text]


def test_a_short_secret_is_refused_before_anything_is_made(deployment: Deployment) -> None:
    deployment.program(SECRET.replace("{more}", ", length=15"))
    refused = deployment.preview(check=False)
    assert refused.code != 0
    assert "length: expected a whole number of at least 16" in refused.text


def test_a_secret_that_was_changed_by_hand_is_drift_and_is_repaired(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    router.control.execute("/ip/ipsec/peer/add", {"name": "boise"})
    deployment.program(IDENTITY.replace("{more}", ""))
    deployment.up()
    secret = secret_of(deployment)
    (row,) = router.control.execute("/ip/ipsec/identity/print").rows
    router.control.execute("/ip/ipsec/identity/set", {".id": row[".id"], "secret": "changed-by-somebody"})
    drift = deployment.preview("--refresh").text
    assert "1 to update" in drift
    assert secret not in drift
    assert "changed-by-somebody" not in drift
    deployment.up("--refresh")
    assert secret_of(deployment) == secret
    deployment.unchanged("--refresh")
