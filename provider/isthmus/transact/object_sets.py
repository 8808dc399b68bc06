"""The life of many objects that belong to one resource: made, read, changed and let go in one message each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from isthmus.engine import changes, members
from isthmus.engine.changes import Baseline, Words
from isthmus.engine.mark import Mark
from isthmus.engine.members import Member
from isthmus.engine.menu import Word
from isthmus.engine.version import Version
from isthmus.transact import objects
from isthmus.transact.host import Host, Props
from isthmus.transact.objects import Kept, Object


@dataclass(frozen=True, slots=True)
class Set:
    """Objects as they are declared, under one mark."""

    members: Sequence[Member]
    mark: Mark
    adopt: bool = False
    keep: bool = False
    """Whether adopted objects stay as they are when they are let go."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the state remembers of a set: its objects as last seen, and by key what is kept of each."""

    members: Sequence[Member] = ()
    kept: Mapping[str, Kept] = field(default_factory=dict)

    def base(self, member: Member) -> Baseline:
        """Return what the host made of an object, nothing where that was not recorded."""
        kept = self.kept.get(member.key)
        return kept.base if kept else Baseline({}, Version(0))


def settle(host: Host, declared: Set, recorded: Recorded) -> dict[str, Kept]:
    """Make, change and remove what it takes, all or none; returns what the state is to remember of each."""
    before = {member.key: member for member in recorded.members}
    wanted = members.arranged(declared.members)
    leaving = [before[key] for key in before.keys() - {member.key for member in wanted}]
    was = [before[member.key].words if member.key in before else {} for member in wanted]
    pairs = list(zip(wanted, was, strict=True))
    cuts = bool(leaving) or any(_risky(declared, *pair) for pair in pairs)
    answers = host.exchange(
        [_request(declared, recorded, member, {}) for member in leaving],
        [_request(declared, recorded, *pair) for pair in pairs],
        cuts=cuts,
    )
    return {member.key: _kept(member, answer, host) for member, answer in zip(wanted, answers, strict=True)}


def read(host: Host, declared: Set, recorded: Recorded) -> list[Member]:
    """Return the objects as they are now; those that are gone are left out."""
    host.prefetch(member.place for member in declared.members)
    here = {
        member.place: _by_identity(host, member) for member in {each.place: each for each in declared.members}.values()
    }
    found = ((member, here[member.place].get(_identity(member, recorded.base(member)))) for member in declared.members)
    return [_observed(member, recorded.base(member), actual) for member, actual in found if actual is not None]


def drop(host: Host, declared: Set, recorded: Recorded) -> None:
    """Remove all objects, or give adopted ones back; those that are gone already are no error."""
    if declared.members:
        leaving = [_request(declared, recorded, member, {}) for member in declared.members]
        host.drop(leaving, cuts=True)


def _object(declared: Set, member: Member) -> Object:
    return Object(member.menu, member.words, declared.mark, declared.adopt)


def _risky(declared: Set, member: Member, was: Words) -> bool:
    changed = dict(member.words) != dict(was)
    return changed and objects.risky(_object(declared, member), was)


def _request(declared: Set, recorded: Recorded, member: Member, was: Words) -> Props:
    """Return what the agent is asked; what the kernel cannot change or unset, it is to make anew."""
    kept = recorded.kept.get(member.key)
    words = member.menu.by_name
    return {
        **objects.request(_object(declared, member), kept, was),
        "mark": member.mark(str(declared.mark)),
        "keep": declared.keep,
        "fixed": [name for name, word in words.items() if word.replaces and name not in member.menu.key],
        "lost": [name for name in was if name in words and _lost(member, words[name], recorded.base(member))],
    }


def _lost(member: Member, word: Word, base: Baseline) -> bool:
    return word.default is None and word.drifts and word.name not in {**member.words, **base.words}


def _kept(member: Member, answer: Props, host: Host) -> Kept:
    actual, former = objects.words_of(member.menu, answer["actual"]), answer["former"]
    return Kept(
        changes.baseline(member.menu, member.words, actual, host.version),
        None if former is None else objects.words_of(member.menu, former),
    )


def _by_identity(host: Host, one: Member) -> dict[tuple[str, ...], dict[str, str]]:
    """Return all objects of a member's kind and namespace."""
    shown = (objects.words_of(one.menu, actual) for actual in host.snapshot(*one.place))
    return {one.menu.identity(words): words for words in shown}


def _identity(member: Member, base: Baseline) -> tuple[str, ...]:
    """Return the identity under which the host shows a member, in its own spelling."""
    own = {name: shown for name, (given, shown) in base.spelled.items() if member.words.get(name) == given}
    return member.menu.identity({**member.words, **own})


def _observed(member: Member, base: Baseline, actual: Words) -> Member:
    return Member(member.menu, changes.observed(member.menu, member.words, base, actual))
