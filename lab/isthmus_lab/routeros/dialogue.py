"""A client's dialogue with the router: what each sentence is answered, apart from any socket.

Source: MikroTik's manual, "API", sections "Initial login", "Tags" and "Command description".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from isthmus_lab.routeros import sentence
from isthmus_lab.routeros.command import Command, Trap
from isthmus_lab.routeros.query import predicate
from isthmus_lab.routeros.versions import Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus_lab.routeros.login import Login
    from isthmus_lab.routeros.router import Router
    from isthmus_lab.routeros.users import User
    from isthmus_lab.routeros.wire import Sentence

Emit = Callable[["Sentence"], None]

_SAYS_EMPTY_SINCE: Final = Version.parse("7.18")


class Dialogue:
    """One client's conversation.

    ``emit`` takes the sentences that no request asked for just now, the rows of a ``listen``; it may be called from
    any thread that changes the router.
    """

    def __init__(self, router: Router, login: Login, emit: Emit) -> None:
        self._router = router
        self._login = login
        self._emit = emit
        self._user: User | None = None
        self._listening: list[tuple[str, Callable[[], None]]] = []
        self.over = False
        """Whether the router closes the connection after what it answered last."""

    def answer(self, words: Sentence) -> Sequence[Sentence]:
        """Answer one sentence; ``over`` tells whether it was the last."""
        tag = sentence.tag_of(words)
        try:
            return self._answer(sentence.read(words), tag)
        except Trap as trap:
            return [*sentence.traps(trap, tag), sentence.done(tag=tag)]

    def close(self) -> None:
        """Stop every ``listen`` of this client."""
        for _, unsubscribe in self._listening:
            unsubscribe()
        self._listening.clear()

    def _answer(self, command: Command, tag: str) -> Sequence[Sentence]:
        if command.path == "/login":
            return [self._log_in(command, tag)]
        if self._user is None:
            return self._end("not logged in")
        if command.path == "/quit":
            return self._end("session terminated on request")
        if command.path == "/cancel":
            return self._cancel(command.attributes.get("tag"), tag)
        if command.path.endswith("/listen"):
            return self._listen(self._user, command, tag)
        return self._execute(self._user, command, tag)

    def _end(self, reason: str) -> Sequence[Sentence]:
        self.over = True
        return [sentence.fatal(reason)]

    def _log_in(self, command: Command, tag: str) -> Sentence:
        """Answer either a challenge or that the user is in."""
        outcome = self._login.attempt(command.attributes)
        if isinstance(outcome, str):
            return sentence.done(outcome, tag)
        self._user = outcome
        return sentence.done(tag=tag)

    def _execute(self, user: User, command: Command, tag: str) -> Sequence[Sentence]:
        result = self._router.execute(user, command)
        rows = [sentence.re(row, tag) for row in result.rows]
        if not rows and result.ret is None and self._says_empty(command):
            rows = [sentence.empty(tag)]
        return [*rows, sentence.done(result.ret, tag)]

    def _says_empty(self, command: Command) -> bool:
        return command.path.endswith(("/print", "/getall")) and self._router.version >= _SAYS_EMPTY_SINCE

    def _listen(self, user: User, command: Command, tag: str) -> Sequence[Sentence]:
        """Begin to send each changed row that passes the queries; there is no reply until something changes."""
        passes = predicate(command.queries)
        names = command.attributes.get(".proplist")

        def changed(row: Mapping[str, str]) -> None:
            if ".dead" in row or passes(row):
                self._emit(sentence.re(_chosen(row, names), tag))

        menu = command.path.removesuffix("/listen")
        self._listening.append((tag, self._router.subscribe(menu, changed, user)))
        return []

    def _cancel(self, cancelled: str | None, tag: str) -> Sequence[Sentence]:
        """End one running command, or all; each gets its own end, the ``/cancel`` in between."""
        chosen = [running for running in self._listening if cancelled in (None, running[0])]
        for running in chosen:
            self._listening.remove(running)
            running[1]()
        tags = [running[0] for running in chosen]
        interrupted = [trap for name in tags for trap in sentence.traps(Trap("interrupted", 2), name)]
        return [*interrupted, sentence.done(tag=tag), *(sentence.done(tag=name) for name in tags)]


def _chosen(row: Mapping[str, str], proplist: str | None) -> Mapping[str, str]:
    if proplist is None:
        return row
    names = [*proplist.split(","), ".dead"]
    return {name: row[name] for name in names if name in row}
