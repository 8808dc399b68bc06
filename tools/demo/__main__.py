"""`make demo`: builds a tunnel on two emulated routers, lets it drift, repairs it, and removes it without a trace."""

import difflib
import hashlib
import os
import sys
from collections.abc import Sequence

from isthmus_lab.errors import LabError
from tools import cache
from tools.demo import isthmus, place, routers, telling
from tools.demo.picture import picture
from tools.demo.pulumi import Pulumi
from tools.demo.routers import DemoRouter
from tools.demo.stopping import STOP
from tools.demo.telling import DemoError
from tools.setup import ROOT


def main() -> int:
    """Runs the demo; says in one line why it cannot go on."""
    STOP.listen()
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr] # a terminal may not know the picture's lines
    os.chdir(ROOT)
    try:
        with cache.locked(ROOT / "build" / "demo.lock", "waiting for another demo of this clone"):
            place.prepare()
            return show()
    except (DemoError, LabError) as error:
        print(f"\ndemo failed: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read this has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("\ndemo stopped; nothing that it started is left running", file=sys.stderr)
        return 130


def show() -> int:
    """The whole story; the status is 1 where a router is not what it was before."""
    env = routers.passwords()
    kinds = {name: f"RouterOS {version}" for name, version in routers.VERSIONS.items()}
    telling.step(f"Two emulated routers start: {' and '.join(f'{name} ({kind})' for name, kind in kinds.items())}.")
    with routers.started(env) as both:
        before = _exports(both)
        telling.step("Isthmus logs in over TLS, by pinned certificates, and records which routers these are.")
        isthmus.trust(env)
        pulumi = Pulumi(env)
        pulumi.make_stack()
        _build(pulumi, kinds)
        _drift(pulumi, both[0])
        telling.step("Everything is removed again.")
        pulumi.change("destroy")
        telling.step("Is the whole configuration of both routers, byte for byte, what it was before?")
        same = _same(before, _exports(both))
        telling.step("Both routers stop.")
    return 0 if same else 1


def _build(pulumi: Pulumi, kinds: dict[str, str]) -> None:
    telling.step("One declaration, __main__.py, becomes both ends of a tunnel.")
    pulumi.change("up")
    telling.lines(picture(pulumi.tunnel(), kinds))
    telling.step("Nothing is left to do.")
    pulumi.preview("--expect-no-changes")


def _drift(pulumi: Pulumi, router: DemoRouter) -> None:
    telling.step(f"Somebody logs in to {router.name}, changes a rule and moves it to the end.")
    _change_by_hand(router)
    telling.step("A preview that asks the routers tells what is no longer as declared, and what would be done.")
    pulumi.preview("--refresh", "--diff")
    telling.step("An update repairs it: one rule changed, one moved, nothing else touched.")
    pulumi.change("up", "--refresh")
    pulumi.preview("--refresh", "--expect-no-changes")


def _change_by_hand(router: DemoRouter) -> None:
    rows = router.control.execute("/ip/firewall/nat/print").rows
    mail = next(row[".id"] for row in rows if row.get("comment", "").startswith("Mail"))
    router.control.execute("/ip/firewall/nat/set", {".id": mail, "to-addresses": "165.95.23.9"})
    router.control.execute("/ip/firewall/nat/move", {"numbers": mail})
    find = '[find comment~"^Mail"]'
    telling.lines(
        [
            f"[admin@{router.name}] > /ip/firewall/nat/set {find} to-addresses=165.95.23.9",
            f"[admin@{router.name}] > /ip/firewall/nat/move {find}",
        ]
    )


def _exports(both: Sequence[DemoRouter]) -> dict[str, str]:
    return {router.name: router.control.export() for router in both}


def _same(before: dict[str, str], after: dict[str, str]) -> bool:
    for name, text in before.items():
        size, digest = len(text.encode()), hashlib.sha256(text.encode()).hexdigest()
        if after[name] == text:
            telling.lines([f"{name}: yes, {size:,} bytes, sha256 {digest}"])
        else:
            telling.lines([f"{name}: NO", *_difference(text, after[name])])
    return before == after


def _difference(before: str, after: str) -> list[str]:
    return list(difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", lineterm="", n=1))


if __name__ == "__main__":
    sys.exit(main())
