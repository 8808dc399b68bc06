"""The provider of single objects on Linux hosts."""

from __future__ import annotations

from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from isthmus.dynamic import state, where
from isthmus.dynamic.base import Props, Provider, unknown
from isthmus.dynamic.item import outputs
from isthmus.engine import changes
from isthmus.engine.changes import Words
from isthmus.engine.menu import Menu
from isthmus.transact import objects
from isthmus.transact.objects import Kept, Object

OWNED = ("mark", "adopt", "on_destroy")
"""What besides the words makes an update when it changes."""


class ObjectProvider(Provider):
    """Creates, reads, updates and deletes one object of a kind: a link, an address, a file."""

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Say what is wrong without asking the host."""
        menu = state.menu_of(news)
        values, problems = state.problems(menu, news)
        _, wrong = where.target(news.get("device"), "linux")
        return CheckResult({**state.options(news), **values}, where.failures(news.get("device"), [*wrong, *problems]))

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Compare parsed words, never spellings."""
        menu = state.menu_of(news)
        before, after = state.words(state.menu_of(olds), olds), state.words(menu, news)
        open_words = {name for name, value in state.given(news).items() if unknown(value)}
        settled = {**after, **{name: before[name] for name in open_words & before.keys()}}
        orphaned = [name for name in open_words if menu.words[name].refers]
        replaces = state.replaced(olds, news) + _replaced(menu, before, settled, olds) + orphaned
        changed = changes.differ(before, after) or any(olds.get(name) != news.get(name) for name in OWNED)
        changed = changed or bool(replaces or open_words or unknown(news.get("device")))
        return DiffResult(changes=changed, replaces=replaces, delete_before_replace=True)

    def create(self, props: Props) -> CreateResult:
        """Make the object, or find it again."""
        host = where.reach_host(props["device"])
        declared = _object(props)
        kept = objects.put(host, declared, None, {})
        return CreateResult(f"{declared.menu.path}#{declared.mark}", outputs(props, host, _keep(kept)))

    def read(self, id_: str, props: Props) -> ReadResult:
        """Return the object as it is: what was changed behind Pulumi's back shows in the inputs."""
        host = where.reach_host_again(props["device"], props.get("reached") or {})
        declared = _object(props)
        with where.forgetting(host, id_):
            seen = objects.read(host, declared, _kept(props))
            if seen is None:
                return ReadResult("", {})
            inputs = {**state.options(props), **state.shown(declared.menu, props, seen)}
            return ReadResult(id_, outputs(inputs, host, _keep(_kept(props))), inputs)
        return ReadResult("", {})

    def update(self, _id: str, olds: Props, news: Props) -> UpdateResult:
        """Change the object in place."""
        host = where.reach_host(news["device"])
        recorded = state.words(state.menu_of(olds), olds)
        kept = objects.put(host, _object(news), _kept(olds), recorded)
        return UpdateResult(outputs(news, host, _keep(kept)))

    def delete(self, id_: str, props: Props) -> None:
        """Remove the object, or give an adopted one back as it was."""
        host = where.reach_host_again(props["device"], props.get("reached") or {})
        with where.forgetting(host, id_):
            objects.drop(host, _object(props), _kept(props), keep=props.get("on_destroy") == "keep")


def _object(props: Props) -> Object:
    menu = state.menu_of(props)
    return Object(menu, state.words(menu, props), state.mark_of(props), bool(props.get("adopt")))


def _replaced(menu: Menu, before: Words, after: Words, olds: Props) -> list[str]:
    """Return the words whose change, or removal, the kernel cannot make in place."""
    found = _kept(olds).base.words
    return [
        word.attribute
        for name, word in menu.by_name.items()
        if (word.replaces or (word.default is None and word.drifts and name not in {**found, **after}))
        and before.get(name, found.get(name, "")) != after.get(name, found.get(name, ""))
    ]


def _kept(props: Props) -> Kept:
    kept = state.kept(props)
    return Kept(kept.base, kept.former)


def _keep(kept: Kept) -> Props:
    former: dict[str, Any] = {} if kept.former is None else state.before(kept.former)
    return {**state.found(kept.base), **former}
