"""Changes objects: finds or makes each, notes it first, and takes everything back if one is refused."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby

from pyroute2.netlink.exceptions import NetlinkError

from isthmus_agent.before import Before, settle, settle_all, undo
from isthmus_agent.bystanders import Claims, leave_alone
from isthmus_agent.errors import Refused
from isthmus_agent.guard import Guard
from isthmus_agent.heal import heal
from isthmus_agent.host import Host
from isthmus_agent.installed import install, tidy
from isthmus_agent.kinds import Kind, Props, kind_named
from isthmus_agent.kinds.beside import keeping
from isthmus_agent.kinds.kind import Outcome
from isthmus_agent.kinds.links.session import standing_still
from isthmus_agent.record import Record
from isthmus_agent.survey import Survey


@dataclass(frozen=True)
class Wanted:
    """An object as it is to be: under whose mark, and whether one that is nobody's may be taken over.

    recorded: the keys that it was last seen under. former: what the state remembers of the time before us, for a
    host whose record is gone. keep: an adopted object that is let go stays as it is. fixed: properties that the
    kernel cannot change, so that the object is made anew where one differs. lost: properties that it had and is to
    have no more, and that the kernel cannot take away otherwise.
    """

    kind: str
    mark: str
    props: Props
    adopt: bool = False
    former: Props | None = None
    keep: bool = False
    fixed: Sequence[str] = ()
    lost: Sequence[str] = ()

    def stands(self, actual: Props) -> bool:
        """Tell whether an object that is there can be changed into this one."""
        differs = (name for name in self.fixed if name in self.props and self.props[name] != actual.get(name))
        return not self.lost and next(differs, None) is None


class Change:
    """Several objects changed as one: all of them, or none; with a guard, taken back unless confirmed."""

    def __init__(self, host: Host, record: Record, guard: Guard | None = None) -> None:
        self._host = host
        self._record = record
        self._guard = guard
        self._before: list[Before] = []
        self._made: list[tuple[str, Props]] = []
        self._survey = Survey(host)
        self._claims = Claims(host)

    def put(self, wanted: list[Wanted]) -> list[Props]:
        """Make or change objects; returns each as it is now, and what it was before it was ours."""
        return self.exchange([], wanted)

    def exchange(self, gone: list[Wanted], wanted: list[Wanted]) -> list[Props]:
        """Remove objects, then make or change others, as one change; returns what `put` does."""
        gone, wanted = self._last_first(gone), _normal(wanted)
        self._find(gone)
        leaving = {_place(each) for each in gone} - {None}
        for each in wanted:
            self._look(each, leaving)
        install(self._host)
        self._arm()
        self._record.save()
        with self._undone():
            leave_alone(self._host, self._record)
            self._drop_all(gone, self._before)
            self._put_all(wanted, self._before[len(gone) :])
            replies = self._verified(wanted)
        self._settled({each.mark for each in (*gone, *wanted)})
        return replies

    def drop(self, wanted: list[Wanted]) -> list[Props]:
        """Remove objects, last made first, or give adopted ones back as they were."""
        wanted = self._last_first(wanted)
        self._find(wanted)
        self._arm()
        with self._undone():
            self._drop_all(wanted, self._before)
        self._settled({each.mark for each in wanted})
        return [{} for _ in wanted]

    @contextmanager
    def _undone(self) -> Iterator[None]:
        """Take everything back if a part of it fails."""
        try:
            yield
        except BaseException:
            undo(self._host, self._record, self._before)
            raise

    def _settled(self, marks: set[str]) -> None:
        """Put back what went with others, and make the record lasting."""
        if self._made:
            heal(self._host, self._record, self._made, marks)
        self._record.save()
        leave_alone(self._host, self._record)
        tidy(self._host, self._record)

    def _arm(self) -> None:
        """Arm the guard, if the change can cut the way in."""
        if self._guard is None:
            return
        with standing_still(self._host):
            cutting = any(self._cuts(each) for each in self._before)
        if cutting:
            self._guard.arm(self._before)

    def _cuts(self, before: Before) -> bool:
        return kind_named(before.kind).cuts(self._host, {**before.keys, **(before.actual or {})})

    def _put_all(self, wanted: Sequence[Wanted], before: Sequence[Before]) -> None:
        """Make what is not there, side by side where one kind follows upon itself, and change what is."""
        for (name, step), pairs in groupby(zip(wanted, before), key=_step):
            run = list(pairs)
            step(self, kind_named(name), [each for each, _ in run], [was.actual or {} for _, was in run])

    def _make(self, kind: Kind, wanted: Sequence[Wanted], _: Sequence[Props]) -> None:
        with naming(wanted[0]):
            outcomes = kind.make_all(self._host, [(each.props, each.mark) for each in wanted])
        _proved(wanted, outcomes)
        for each in wanted:
            self._note_made(each)

    def _settle(self, kind: Kind, wanted: Sequence[Wanted], actual: Sequence[Props]) -> None:
        with naming(wanted[0]):
            changes = [(there, each.props, each.mark) for each, there in zip(wanted, actual)]
            outcomes = settle_all(self._host, kind, changes)
        _proved(wanted, outcomes)

    def _replace(self, kind: Kind, wanted: Sequence[Wanted], actual: Sequence[Props]) -> None:
        for each, there in zip(wanted, actual):
            with naming(each):
                self._make_anew(kind, each, there)
            self._note_made(each)

    def _drop_all(self, gone: Sequence[Wanted], before: Sequence[Before]) -> None:
        """Let objects go: those of a kind that follow one another side by side, adopted ones given back."""
        for name, pairs in groupby(zip(gone, before), key=lambda pair: pair[0].kind):
            kind, run = kind_named(name), list(pairs)
            doomed = [(each, was.actual) for each, was in run if was.actual is not None and _former(each, was) is None]
            if doomed:
                self._remove(kind, doomed)
            for each, was in run:
                with naming(each):
                    self._give_back(kind, each, was)

    def _remove(self, kind: Kind, doomed: Sequence[tuple[Wanted, Props]]) -> None:
        with naming(doomed[0][0]):
            outcomes = kind.remove_all(self._host, [actual for _, actual in doomed])
        _proved([each for each, _ in doomed], outcomes)

    def _verified(self, wanted: list[Wanted]) -> list[Props]:
        """Wait for what the kernel does later, and read everything again."""
        for name in dict.fromkeys(each.kind for each in wanted):
            kind_named(name).finish(self._host, [each.props for each in wanted if each.kind == name])
        survey = Survey(self._host)
        return [self._reply(each, survey) for each in wanted]

    def _reply(self, wanted: Wanted, survey: Survey) -> Props:
        with naming(wanted):
            actual = survey.find(wanted.kind, wanted.props)
            if actual is None:
                raise Refused("was made but is not there: look at the host's log")
            kind_named(wanted.kind).check(actual, wanted.props)
        found = {name: actual.get(name) for name in kind_named(wanted.kind).remembered}
        entry = self._record.get(wanted.mark)
        self._record.note(wanted.mark, wanted.kind, {**found, **wanted.props}, entry.former if entry else None)
        return {"actual": actual, "former": entry.former if entry else None}

    def _last_first(self, gone: list[Wanted]) -> list[Wanted]:
        """Return what is to go, last made first: nothing goes with what it stands on."""
        numbers = {entry.mark: entry.number for entry in self._record.entries()}
        return sorted(_normal(gone), key=lambda each: -numbers.get(each.mark, 0))

    def _find(self, wanted: list[Wanted]) -> None:
        for each in wanted:
            self._note(each, self._survey.find(each.kind, each.props))

    def _look(self, wanted: Wanted, leaving: Collection[object]) -> None:
        """Find the object, say whose it is, and note that it is to be ours; `leaving` are links that go before."""
        kind = kind_named(wanted.kind)
        with naming(wanted):
            self._claims.refuse(wanted.kind, wanted.props)
            actual = None if _place(wanted) in leaving else self._survey.find(wanted.kind, wanted.props)
            before = self._note(wanted, actual or self._elsewhere(wanted))
            former = self._former(kind, wanted, before)
        self._record.note(wanted.mark, wanted.kind, wanted.props, former)

    def _elsewhere(self, wanted: Wanted) -> Props | None:
        """Return the link in the namespace that it is recorded in, if it is to be moved from there."""
        entry = self._record.get(wanted.mark)
        if entry is None or entry.kind != wanted.kind or not wanted.kind.startswith("link/"):
            return None
        netns = entry.props.get("netns") or ""
        return self._survey.find(wanted.kind, {**wanted.props, "netns": netns})

    def _note(self, wanted: Wanted, actual: Props | None) -> Before:
        kind = kind_named(wanted.kind)
        keys = {name: wanted.props.get(name) for name in (*kind.keys, "netns")}
        keys.update(kind.context(self._host, wanted.props) if actual is None else {})
        before = Before(wanted.kind, wanted.mark, keys, actual, self._record.get(wanted.mark))
        self._before.append(before)
        return before

    def _former(self, kind: Kind, wanted: Wanted, before: Before) -> Props | None:
        """Return what the object was before it was ours; Refused if it is another's."""
        if before.actual is None:
            return None
        if before.entry is not None:
            return before.entry.former
        if kind.owner(before.actual) == wanted.mark or wanted.former is not None:
            return wanted.former
        other = self._owner(kind, before.actual)
        if other and other != wanted.mark:
            raise Refused(f"belongs to another resource (marked {other}): remove one of the two declarations")
        if not (wanted.adopt or kind.standing):
            raise Refused("exists already and is nobody's: remove it, or take it over with adopt=True")
        return before.actual

    def _owner(self, kind: Kind, actual: Props) -> str:
        noted = (entry for entry in self._record.entries() if kind_named(entry.kind) is kind)
        here = (entry for entry in noted if (entry.props.get("netns") or "") == (actual.get("netns") or ""))
        found = next((entry.mark for entry in here if kind.same_key(actual, entry.props)), "")
        return kind.owner(actual) or found

    def _make_anew(self, kind: Kind, wanted: Wanted, actual: Props) -> None:
        with keeping(self._host, actual.get("netns") or "", str(actual.get("dev") or actual.get("name"))):
            kind.remove(self._host, actual)
            stays = {name: value for name, value in actual.items() if name not in wanted.lost}
            kind.make(self._host, {**stays, **wanted.props}, wanted.mark)

    def _note_made(self, wanted: Wanted) -> None:
        """Remember what others may have stood on: a link, or an address."""
        if wanted.kind == "address" or wanted.kind.startswith("link/"):
            self._made.append((wanted.kind, wanted.props))

    def _give_back(self, kind: Kind, wanted: Wanted, before: Before) -> None:
        former = _former(wanted, before)
        self._record.restore(wanted.mark, None)
        if before.actual is not None and former is not None:
            settle(self._host, kind, before.actual, {} if wanted.keep else former, "")


_Step = Callable[[Change, Kind, Sequence[Wanted], Sequence[Props]], None]


def _step(pair: tuple[Wanted, Before]) -> tuple[str, _Step]:
    """Return how an object becomes as it is wanted; those that follow one another with the same step go together."""
    wanted, before = pair
    if before.actual is None:
        return wanted.kind, Change._make
    return wanted.kind, Change._settle if wanted.stands(before.actual) else Change._replace  # noqa: SLF001 - likewise


def _proved(wanted: Sequence[Wanted], outcomes: Iterable[Outcome]) -> None:
    """Raise what became of the first object that could not be changed; kinds go on only as they are asked."""
    for each, outcome in zip(wanted, outcomes):
        if outcome is not None:
            with naming(each):
                raise outcome


def _former(wanted: Wanted, before: Before) -> Props | None:
    """Return what an object that is let go was before it was ours, None if it was not there."""
    return before.entry.former if before.entry else wanted.former


def _place(wanted: Wanted) -> object:
    """Return the name that a link takes, whatever its kind; None for what is no link."""
    return (wanted.props.get("netns") or "", wanted.props["name"]) if wanted.kind.startswith("link/") else None


def _normal(wanted: list[Wanted]) -> list[Wanted]:
    """Return what is wanted in the host's own spelling."""
    return [_spelled(each) for each in wanted]


def _spelled(wanted: Wanted) -> Wanted:
    with naming(wanted):
        return replace(wanted, props=kind_named(wanted.kind).normal(wanted.props))


@contextmanager
def naming(wanted: Wanted) -> Iterator[None]:
    """Let every refusal begin with the object and its property."""
    title = f"{wanted.kind} {kind_named(wanted.kind).title(wanted.props)}"
    try:
        yield
    except Refused as refused:
        where = f"{title}: {refused.word}" if refused.word else title
        raise Refused(f"{where}: {refused.reason}") from None
    except NetlinkError as error:
        raise Refused(f"{title}: the kernel refuses: {_said(error)}") from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise Refused(f"{title}: {place}{error.strerror or error}") from None


def _said(error: NetlinkError) -> str:
    """Return what an error number stands for, and what the kernel itself adds to it."""
    meant, added = os.strerror(error.code), str(error.args[-1])
    return meant if added == meant else f"{meant} ({added})"
