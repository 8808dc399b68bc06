"""Many commands as one: sent together, and undone together if the router refuses one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.engine.menu import Menu
from isthmus.transact.transaction import Transaction
from isthmus.transports.routeros import Command, Reply


@dataclass(frozen=True, slots=True)
class Step:
    """A command, and what it does in words for an error.

    adds: the menu in which it makes a row that must go again if a later step fails. undo: what else takes it back.
    """

    command: Command
    what: str
    adds: str = ""
    undo: Sequence[Command] = ()

    def inverse(self, reply: Reply) -> list[Command]:
        """Return what takes the step back after its reply."""
        return [Command(f"{self.adds}/remove", {".id": reply.ret or ""})] if self.adds else list(self.undo)


def run(change: Transaction, menu: Menu, steps: Sequence[Step]) -> list[Reply]:
    """Carry out the steps, or none of them; DeviceError names the first one that the router refused."""
    replies = change.run([step.command for step in steps]) if steps else []
    refused = next((at for at, reply in enumerate(replies) if reply.error), None)
    if refused is None:
        return replies
    done = [(step, reply) for step, reply in zip(steps, replies, strict=True) if not reply.error]
    undo = [command for step, reply in reversed(done) for command in step.inverse(reply)]
    if undo:
        change.run(undo)
    raise change.router.refusal(menu.path, steps[refused].what, replies[refused].error or "")
