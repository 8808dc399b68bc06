"""The provider of single rows."""

from __future__ import annotations

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from isthmus.dynamic import process, state, strange, where
from isthmus.dynamic.base import Props, Provider, unknown
from isthmus.engine import changes, checks
from isthmus.engine.menu import Menu
from isthmus.errors import DeviceError
from isthmus.transact import item as rows
from isthmus.transact.host import Host
from isthmus.transact.item import Item
from isthmus.transact.router import Router

OWNED = ("mark", "place", "adopt", "on_destroy", "unmarked", "displaced")
"""What besides the words makes an update when it changes; the last two only a refresh sets."""


class ItemProvider(Provider):
    """Creates, reads, updates and deletes one row of a menu."""

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Say what is wrong without asking a device."""
        return check(news)

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Compare parsed words, never spellings."""
        menu = state.menu_of(news)
        before, after = state.words(state.menu_of(olds), olds), state.words(menu, news)
        open_words = {word.name for name, word in menu.words.items() if unknown(state.given(news).get(name))}
        if unknown(news.get("device")) or unknown(news.get("properties")) or open_words:
            kept = before if unknown(news.get("properties")) else after
            settled = {**kept, **{name: text for name, text in before.items() if name in open_words}}
            replaces = list(dict.fromkeys([*_orphaned(news), *_replaces(olds, news, before, settled)]))
            return DiffResult(changes=True, replaces=replaces, delete_before_replace=True)
        replaces = _replaces(olds, news, before, after)
        name_secrets(menu, news, before, after)
        changed = changes.differ(before, after) or any(olds.get(name) != news.get(name) for name in OWNED)
        return DiffResult(changes=bool(changed or replaces), replaces=replaces, delete_before_replace=True)

    def create(self, props: Props) -> CreateResult:
        """Make the row, or find it again."""
        item = state.item(props)
        router = where.reach(props["device"])
        refuse(router, item.menu, props)
        kept = rows.create(router, state.owner(props), item)
        return CreateResult(identifier(item), outputs(props, router, state.keep(kept)))

    def read(self, id_: str, props: Props) -> ReadResult:
        """Return the row as it is: what was changed behind Pulumi's back shows in the inputs."""
        item = state.item(props)
        router = where.reach_again(props["device"], props.get("reached") or {})
        with where.forgetting(router, id_):
            seen = rows.read(router, item, state.kept(props))
            if seen is None:
                return ReadResult("", {})
            inputs = {**state.options(props), **state.shown(item.menu, props, seen.words), **_strayed(seen)}
            if seen.copies:
                copies = f"{seen.copies} row(s) carry a copy of the mark {item.mark}"
                process.say(f"{router.name}: {item.menu.path}: {copies}; they are left alone")
            return ReadResult(id_, outputs(inputs, router, state.keep(seen.kept)), inputs)
        return ReadResult("", {})

    def update(self, _id: str, olds: Props, news: Props) -> UpdateResult:
        """Change the row in place."""
        item = state.item(news, olds)
        router = where.reach(news["device"])
        refuse(router, item.menu, news)
        recorded = Item(item.menu, state.words(state.menu_of(olds), olds), state.mark_of(olds))
        kept = rows.update(router, state.owner(news), item, recorded, state.kept(olds))
        return UpdateResult(outputs(news, router, state.keep(kept)))

    def delete(self, id_: str, props: Props) -> None:
        """Remove the row, or give it back as it was."""
        item = state.item(props)
        router = where.reach_again(props["device"], props.get("reached") or {})
        with where.forgetting(router, id_):
            rows.delete(router, state.owner(props), item, state.kept(props), keep=props.get("on_destroy") == "keep")


def check(news: Props, *, singleton: bool = False) -> CheckResult:
    """Return a row's or a menu's words in canonical form, and all that is wrong with them."""
    menu = state.menu_of(news)
    misused = state.misused(menu, singleton=singleton)
    values, problems = (state.given(news), misused) if misused else state.problems(menu, news)
    target, wrong = where.target(news.get("device"))
    problems = [*wrong, *problems]
    problems += strange.problems(news)
    if target is not None:
        problems += checks.gates(menu, spelled(menu, news), target)
    inputs = {**state.options(news), **({"properties": values} if "properties" in news else values)}
    return CheckResult(inputs, where.failures(news.get("device"), problems))


def identifier(item: Item) -> str:
    """Return the resource's id: it says where to look for the row."""
    return f"{item.menu.path}#{item.mark.stack}-{item.mark.resource}"


def outputs(inputs: Props, router: Router | Host, kept: Props) -> Props:
    """Return what the state keeps: the inputs, what was found, and how the device was reached."""
    return {
        **{name: value for name, value in inputs.items() if name != "__provider"},
        **kept,
        "reached": where.reached(router),
    }


def spelled(menu: Menu, props: Props) -> dict[str, str]:
    """Return the known, valid words of a resource by attribute."""
    known = {name: value for name, value in state.given(props).items() if not unknown(value)}
    return checks.canonical(menu, known)[0]


def refuse(router: Router, menu: Menu, props: Props) -> None:
    """Raise if the router's version does not know a word; a check without a lock file could not tell."""
    target = checks.Target(router.name, router.version)
    for problem in checks.gates(menu, spelled(menu, props), target):
        raise DeviceError(router.name, problem.reason)


def name_secrets(menu: Menu, news: Props, before: changes.Words, after: changes.Words) -> None:
    """Tell which secret differs: the engine shows any secret as [secret], changed or not."""
    for word in menu.words.values():
        if word.secret and before.get(word.name) != after.get(word.name):
            process.say(f"{where.named(news['device'])}: {menu.path}: {word.name} differs, a secret")


def _orphaned(news: Props) -> list[str]:
    """Return the references that are unknown: the row they name is about to be replaced, and takes this one along.

    The engine asks so before it deletes a row that others depend on.
    """
    menu = state.menu_of(news)
    given = state.given(news)
    return [name for name, word in menu.words.items() if word.refers and unknown(given.get(name))]


def _strayed(seen: rows.Seen) -> Props:
    """Return the inputs that show a lost mark or place as a difference."""
    lost = {} if seen.marked else {"unmarked": True}
    return {**lost, **({"displaced": seen.displaced} if seen.displaced else {})}


def _replaces(olds: Props, news: Props, before: changes.Words, after: changes.Words) -> list[str]:
    menu = state.menu_of(news, olds)
    kept = state.kept(olds)
    version = where.recorded_version(olds)
    return state.replaced(olds, news) + [
        menu.by_name[name].attribute for name in changes.needs_replacing(menu, before, after, kept.base, version)
    ]
