"""The device's lock: who holds it, who waits, and who takes it away."""

from __future__ import annotations

import json
import threading
import time

import pytest

from isthmus.errors import DeviceError
from isthmus.transact import journal, transaction
from isthmus.transact.commands import printing
from isthmus.transact.transaction import Owner
from isthmus.transports.routeros import Command
from isthmus_lab import EmulatedRouter
from tests.unit.transact.conftest import Run

OURS = Owner("6d3d", "us")
SCRIPTS = "/system/script"


def lock(emulated: EmulatedRouter, source: str) -> None:
    emulated.control.execute(f"{SCRIPTS}/add", {"name": journal.LOCK, "source": source})


def held(stack: str, seconds: float) -> str:
    """Return a lock's content that expires after so many seconds."""
    return json.dumps({"stack": stack, "name": "a colleague", "until": time.time() + seconds})


def scripts(emulated: EmulatedRouter) -> list[str]:
    return [row["name"] for row in emulated.control.execute(f"{SCRIPTS}/print").rows]


@pytest.mark.parametrize(
    "source", [held(OURS.stack, 1000), held("ffff", -1), "not ours to read"], ids=["ours", "expired", "unreadable"]
)
def test_a_dead_runs_lock_is_taken_over(emulated: EmulatedRouter, run: Run, source: str) -> None:
    lock(emulated, source)
    with transaction.transaction(run(), OURS, []):
        assert scripts(emulated) == [journal.LOCK]
    assert scripts(emulated) == []


def test_another_stacks_lock_is_explained_when_it_lasts(
    emulated: EmulatedRouter, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "PATIENCE", 0)
    lock(emulated, held("ffff", 1000))
    told = (
        "seattle: /system/script: locked by a run of a colleague; wait for it to end, or remove the script "
        "'isthmus-lock' if that run is dead"
    )
    with pytest.raises(DeviceError) as raised, transaction.transaction(run(), OURS, []):
        pass
    assert str(raised.value) == told
    assert scripts(emulated) == [journal.LOCK]


def test_another_stacks_lock_is_waited_for(emulated: EmulatedRouter, run: Run) -> None:
    lock(emulated, held("ffff", 1000))
    threading.Timer(0.3, emulated.control.execute, [f"{SCRIPTS}/remove", {"numbers": journal.LOCK}]).start()
    with transaction.transaction(run(), OURS, [printing(SCRIPTS)]) as change:
        assert [row["name"] for row in change.replies[0].rows] == [journal.LOCK]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), DeviceError("seattle", "no"), ZeroDivisionError()])
def test_whatever_ends_a_change_unlocks(emulated: EmulatedRouter, run: Run, error: BaseException) -> None:
    with pytest.raises(type(error)), transaction.transaction(run(), OURS, []):
        raise error
    assert scripts(emulated) == []


def test_a_lock_that_another_run_took_over_stays(emulated: EmulatedRouter, run: Run) -> None:
    with transaction.transaction(run(), OURS, []):
        emulated.control.execute(f"{SCRIPTS}/remove", {"numbers": journal.LOCK})
        lock(emulated, held("ffff", 1000))
    assert scripts(emulated) == [journal.LOCK]


def test_changes_of_one_run_never_overlap(emulated: EmulatedRouter, run: Run) -> None:
    router = run()
    under_way: list[int] = []
    most: list[int] = []

    def change() -> None:
        with transaction.transaction(router, OURS, []):
            under_way.append(1)
            most.append(len(under_way))
            emulated.control.info()
            under_way.pop()

    threads = [threading.Thread(target=change) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]
    assert scripts(emulated) == []


def test_a_long_change_renews_its_lock(emulated: EmulatedRouter, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "RENEWAL", 0)
    monkeypatch.setattr(transaction, "SHARE", 2)
    monkeypatch.setattr(journal, "LEASE", 0)
    with transaction.transaction(run(), OURS, []) as change:
        assert until(emulated) <= time.time() + 1
        monkeypatch.setattr(journal, "LEASE", 1000)
        replies = change.run([printing(SCRIPTS), printing("/ip/pool"), printing(SCRIPTS)])
        assert [len(reply.rows) for reply in replies] == [1, 0, 1]
        assert until(emulated) > time.time() + 900
    assert scripts(emulated) == []


def until(emulated: EmulatedRouter) -> float:
    (row,) = emulated.control.execute(f"{SCRIPTS}/print").rows
    return journal.Holder.read(row["source"]).until


def test_a_change_whose_lock_was_taken_over_sends_nothing_more(
    emulated: EmulatedRouter, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "RENEWAL", 0)
    adding = Command("/ip/pool/add", {"name": "lan", "ranges": "192.0.2.1"})
    with transaction.transaction(run(), OURS, []) as change:
        emulated.control.execute(f"{SCRIPTS}/remove", {"numbers": journal.LOCK})
        lock(emulated, held("ffff", 1000))
        with pytest.raises(DeviceError, match="seattle: /system/script: the lock 'isthmus-lock' was taken over"):
            change.run([adding])
    assert not emulated.control.execute("/ip/pool/print").rows
    assert scripts(emulated) == [journal.LOCK]
