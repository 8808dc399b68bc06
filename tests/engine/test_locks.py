"""One change of a router at a time, whoever runs it; what a dead run left behind stops nobody for long."""

from __future__ import annotations

import json
import time

from isthmus.engine import mark
from isthmus.transact import journal
from isthmus_lab import EmulatedRouter
from tests.support.deployment import Deployment
from tests.support.running import Running
from tests.support.waiting import wait_until

PROGRAM = """
    stack = pulumi.get_stack()
    routeros.ip.firewall.FilterRules(stack, device="seattle", chain="input", rules=[
        {"action": "accept", "comment": f"{stack} {number}"} for number in range(3)
    ])
"""


def comments(router: EmulatedRouter) -> list[str]:
    return sorted(row["comment"].split(" [")[0] for row in router.control.execute("/ip/firewall/filter/print").rows)


def lock(router: EmulatedRouter, stack: str, seconds: float) -> None:
    """Leave a lock as a run of a stack of this project does, with so many seconds until it expires."""
    holder = {"stack": mark.make("lab", stack, "", "").stack, "name": "a colleague", "until": time.time() + seconds}
    router.control.execute("/system/script/add", {"name": journal.LOCK, "source": json.dumps(holder)})


def locks(router: EmulatedRouter) -> int:
    return len(router.control.execute("/system/script/print").rows)


def test_a_lock_that_a_dead_run_left_is_taken_over(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    deployment.program(PROGRAM)
    lock(router, "dev", 100)
    started = time.monotonic()
    deployment.up()
    assert time.monotonic() - started < 100
    assert locks(router) == 0
    lock(router, "other", -1)
    deployment.destroy()
    assert (locks(router), comments(router)) == (0, [])


def test_a_run_waits_for_another_stacks_lock(deployment: Deployment) -> None:
    router = deployment.router("seattle")
    deployment.program(PROGRAM)
    lock(router, "other", 1000)
    router.control.reset_counters()
    with Running(deployment) as running:
        wait_until(lambda: router.control.counters()["paths"].get("/system/script/print", 0) > 2, 60)
        assert comments(router) == []
        router.control.execute("/system/script/remove", {"numbers": journal.LOCK})
        outcome = running.ended()
    assert outcome.code == 0, outcome.text
    assert comments(router) == ["dev 0", "dev 1", "dev 2"]


def test_two_stacks_at_once_change_a_chain_one_after_the_other(deployment: Deployment) -> None:
    router = deployment.router("seattle", delay=100)
    deployment.pulumi("stack", "init", "other", check=True)
    deployment.program(PROGRAM)
    with Running(deployment, "dev") as one, Running(deployment, "other") as two:
        outcomes = [one.ended(), two.ended()]
    assert [outcome.code for outcome in outcomes] == [0, 0], outcomes
    assert comments(router) == ["dev 0", "dev 1", "dev 2", "other 0", "other 1", "other 2"]
    assert locks(router) == 0
    for stack in ("dev", "other"):
        deployment.unchanged("--refresh", "--stack", stack)
