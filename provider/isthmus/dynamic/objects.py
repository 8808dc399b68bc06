"""The provider of sets of objects on Linux hosts."""

from __future__ import annotations

from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult
from pulumi.runtime.rpc import wrap_rpc_secret

from isthmus.declare import registry
from isthmus.dynamic import process, state, where
from isthmus.dynamic.base import Props, Provider, unknown
from isthmus.dynamic.item import outputs
from isthmus.engine import members
from isthmus.engine.checks import Problem
from isthmus.engine.members import Family, Member
from isthmus.transact import object_sets
from isthmus.transact.object_sets import Recorded, Set
from isthmus.transact.objects import Kept

OPTIONS = ("device", "menu", "mark", "objects", "adopt", "on_destroy")
KNOWN = (*OPTIONS, "found", "former", "reached", "__provider")
"""Every property that a set may have."""


class ObjectsProvider(Provider):
    """Creates, reads, updates and deletes the objects that one resource owns on a host."""

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Say what is wrong with a line without asking the host; the text itself stays as the program rendered it."""
        family = _family(news)
        _, problems = where.target(news.get("device"), "linux")
        problems = [*problems, *_misused(family, news)]
        if not unknown(news.get("objects")):
            problems += members.problems(family, str(news.get("objects") or ""))
        return CheckResult(news, where.failures(news.get("device"), problems))

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Compare parsed objects, and say in a line what comes, goes and changes."""
        replaces = state.replaced(olds, news)
        if any(unknown(news.get(name)) for name in OPTIONS):
            return DiffResult(changes=True, replaces=replaces, delete_before_replace=True)
        before, after = _members(olds), _members(news)
        told = members.summary(before, after)
        if told:
            process.say(f"{where.named(news['device'])}: {news['menu']}: {told}")
        changed = bool(told) or any(olds.get(name) != news.get(name) for name in ("mark", "adopt", "on_destroy"))
        return DiffResult(changes=changed or bool(replaces), replaces=replaces, delete_before_replace=True)

    def create(self, props: Props) -> CreateResult:
        """Make the objects, or find those of a killed run."""
        return CreateResult(f"{props['menu']}#{props['mark']}", _settled(props, Recorded()))

    def update(self, _id: str, olds: Props, news: Props) -> UpdateResult:
        """Make, change and remove as little as it takes."""
        return UpdateResult(_settled(news, _recorded(olds)))

    def read(self, id_: str, props: Props) -> ReadResult:
        """Return the objects as they are, without those that are gone."""
        host = where.reach_host_again(props["device"], props.get("reached") or {})
        with where.forgetting(host, id_):
            recorded = _recorded(props)
            seen = object_sets.read(host, _set(props), recorded)
            inputs = {**_options(props), "objects": _like(props, members.render(_family(props), seen))}
            return ReadResult(id_, outputs(inputs, host, _keep(recorded.kept)), inputs)
        return ReadResult("", {})

    def delete(self, id_: str, props: Props) -> None:
        """Remove the objects, or give adopted ones back as they were."""
        host = where.reach_host_again(props["device"], props.get("reached") or {})
        with where.forgetting(host, id_):
            object_sets.drop(host, _set(props), _recorded(props))


def _settled(props: Props, recorded: Recorded) -> Props:
    host = where.reach_host(props["device"])
    kept = object_sets.settle(host, _set(props), recorded)
    return outputs(_options(props), host, _keep(kept))


def _family(props: Props) -> Family:
    return Family(str(props["menu"]), registry.menu)


def _members(props: Props) -> list[Member]:
    return members.parse(_family(props), str(props.get("objects") or ""))


def _set(props: Props) -> Set:
    keep = props.get("on_destroy") == "keep"
    return Set(_members(props), state.mark_of(props), bool(props.get("adopt")), keep)


def _options(props: Props) -> Props:
    """Return the inputs, the text as secret as it was."""
    given = {name: props[name] for name in OPTIONS if props.get(name) is not None}
    return {**given, "objects": _like(props, str(given.get("objects") or ""))}


def _like(props: Props, listing: str) -> Any:
    """Return a text as a secret where one of its words is: the engine hands it over in clear."""
    secret = any(
        word.secret for member in _members(props) for name, word in member.menu.by_name.items() if name in member.words
    )
    return wrap_rpc_secret(listing) if secret else listing


def _recorded(props: Props) -> Recorded:
    former = props.get("former") or {}
    found = props.get("found") or {}
    kept = {key: Kept(state.kept({"found": noted}).base, former.get(key)) for key, noted in found.items()}
    return Recorded(_members(props), kept)


def _keep(kept: dict[str, Kept] | Any) -> Props:
    former = {key: dict(each.former) for key, each in kept.items() if each.former is not None}
    secret = {"former": wrap_rpc_secret(former)} if former else {}
    return {"found": {key: state.found(each.base)["found"] for key, each in sorted(kept.items())}, **secret}


def _misused(family: Family, props: Props) -> list[Problem]:
    """Say which arguments of the set itself are missing or none that it has."""
    name = f"{family.path}es" if family.path.endswith("s") else f"{family.path}s"
    without = [] if props.get("objects") is not None else [Problem("objects", f"{name} is required")]
    return without + [_strange(name, each) for each in props if each not in KNOWN]


def _strange(name: str, given: str) -> Problem:
    return Problem(given, f"a set has no property {given!r}: it has {name}, adopt and on_destroy")
