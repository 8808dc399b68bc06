"""The provider of lists and sets of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from isthmus.dynamic import process, state, where
from isthmus.dynamic.base import Props, Provider, unknown
from isthmus.dynamic.item import outputs
from isthmus.engine import checks, telling, text
from isthmus.engine import rows as engine
from isthmus.engine.changes import Words
from isthmus.engine.checks import Problem
from isthmus.engine.menu import Menu
from isthmus.errors import DeviceError
from isthmus.transact import rows
from isthmus.transact.rows import Kept, Rows, Standing

OPTIONS = ("device", "menu", "mark", "group", "rules", "place", "exclusive", "adopt", "on_destroy", "veiled")
STRAYED = ("unmarked", "displaced")
"""What only a refresh sets: rows that lost their mark or their place."""
KNOWN = (*OPTIONS, *STRAYED, "rows", "foreign", "former", "noted", "reached", "__provider")
"""Every property that a list may have."""


class RowsProvider(Provider):
    """Creates, reads, updates and deletes the rows that one resource owns in a chain, or the entries of one name."""

    def check(self, olds: Props, news: Props) -> CheckResult:
        """Say what is wrong with a line without asking a device; the text itself stays as the program rendered it.

        The rules of a new list are told here: the engine asks for no difference, and cuts a text that is long.
        """
        menu = state.menu_of(news)
        target, problems = where.target(news.get("device"))
        problems += _misused(menu, news)
        if not unknown(news.get("rules")):
            problems += _problems(menu, str(news.get("rules") or ""), target)
        if not olds and not problems and not any(unknown(news.get(name)) for name in OPTIONS):
            _tell(news, [], _parsed(news))
        return CheckResult(news, where.failures(news.get("device"), problems))

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Compare parsed rules, and say in a line what comes, goes, changes and moves."""
        replaces = state.replaced(olds, news) + (["group"] if olds.get("group") != news.get("group") else [])
        if any(unknown(news.get(name)) for name in OPTIONS):
            return DiffResult(changes=True, replaces=replaces, delete_before_replace=True)
        before, after = _parsed(olds), _parsed(news)
        _tell(news, before, after, veiled=bool(olds.get("veiled")))
        for name in STRAYED:
            if olds.get(name):
                process.say(f"{_where(news)}: {olds[name]}")
        owned = ("mark", "place", "exclusive", "adopt", "on_destroy", *STRAYED)
        changed = before != after or any(olds.get(name) != news.get(name) for name in owned)
        return DiffResult(changes=changed or bool(replaces), replaces=replaces, delete_before_replace=True)

    def create(self, props: Props) -> CreateResult:
        """Add the rows, or find those of a killed run."""
        wanted = _rows(props)
        return CreateResult(
            f"{wanted.menu.path}/{wanted.group}#{wanted.mark}", _settled(props, wanted, None, claims=True)
        )

    def update(self, _id: str, olds: Props, news: Props) -> UpdateResult:
        """Change, move, add and remove as little as it takes."""
        return UpdateResult(_settled(news, _rows(news), _kept(olds), claims=not olds.get("exclusive")))

    def read(self, id_: str, props: Props) -> ReadResult:
        """Return the rows as they are, foreign ones apart, or among them where the chain is owned whole."""
        wanted = _rows(props)
        router = where.reach_again(props["device"], props.get("reached") or {})
        with where.forgetting(router, id_):
            seen = rows.read(router, wanted, _kept(props))
            lost = "our mark is gone from some rows" if seen.unmarked and props.get("veiled") else seen.unmarked
            strayed = {name: text for name, text in zip(STRAYED, (lost, seen.displaced), strict=True) if text}
            inputs = {
                **_options(props),
                "rules": _text(wanted.menu, _respelled(props, wanted.menu, seen.rows)),
                **strayed,
            }
            return ReadResult(id_, outputs(inputs, router, _keep(wanted.menu, seen.kept)), inputs)
        return ReadResult("", {})

    def delete(self, id_: str, props: Props) -> None:
        """Remove the rows, and give back what was others' before."""
        router = where.reach_again(props["device"], props.get("reached") or {})
        with where.forgetting(router, id_):
            rows.remove(router, state.owner(props), _rows(props), _kept(props))


def _settled(props: Props, wanted: Rows, kept: Kept | None, *, claims: bool) -> Props:
    router = where.reach(props["device"])
    for problem in _problems(wanted.menu, str(props["rules"]), checks.Target(router.name, router.version)):
        raise DeviceError(router.name, problem.reason)
    settled = rows.settle(router, state.owner(props), wanted, kept, claims=claims)
    return outputs(_options(props), router, _keep(wanted.menu, settled))


def _rows(props: Props) -> Rows:
    menu = state.menu_of(props)
    return Rows(
        menu,
        str(props["group"]),
        _parsed(props),
        state.mark_of(props),
        state.place(props.get("place")) or engine.IN_BAND,
        placed=bool(props.get("place")) or bool(props.get("exclusive")),
        exclusive=bool(props.get("exclusive")),
        adopt=bool(props.get("adopt")),
    )


def _parsed(props: Props) -> list[Words]:
    """Return the rows of a text in canonical spelling, without what the router does by itself."""
    menu, version = state.menu_of(props), where.recorded_version(props)
    parsed = [text.words(line) for line in text.lines(str(props.get("rules") or ""))]
    lines: list[Words] = [engine.declared(menu, menu.canonical(words), version) for words in parsed]
    return lines if menu.ordered else sorted(lines, key=lambda words: sorted(words.items()))


def _respelled(props: Props, menu: Menu, found: Sequence[Words]) -> list[dict[str, str]]:
    recorded = [menu.canonical(text.words(line)) for line in text.lines(str(props.get("rules") or ""))]
    return engine.respelled(menu, found, recorded, where.recorded_version(props))


def _text(menu: Menu, rows: Sequence[Words]) -> str:
    """Return rows as the program renders them: those of a set sorted."""
    return text.block(menu, rows if menu.ordered else sorted(rows, key=lambda words: text.line(menu, words)))


def _options(props: Props) -> Props:
    return {name: props[name] for name in OPTIONS if props.get(name) is not None}


def _kept(props: Props) -> Kept:
    former = [Standing.read(line) for line in text.lines(str(props.get("former") or ""))]
    return Kept(
        [str(row) for row in props.get("rows") or []],
        former,
        state.mark_of(props),
        words=_parsed(props),
        noted=str(props.get("noted") or ""),
    )


def _keep(menu: Menu, kept: Kept) -> Props:
    former = {"former": "\n".join(standing.text(menu) for standing in kept.former)} if kept.former else {}
    noted = {"noted": kept.noted} if kept.noted else {}
    return {
        "rows": sorted(kept.ids, key=_number),
        "foreign": _text(menu, kept.foreign) if kept.foreign else "",
        **former,
        **noted,
    }


def _number(row: str) -> int:
    """Ids are shown in the order they were given, so that a moved rule does not show as changed ids."""
    return int(row.removeprefix("*"), 16)


def _tell(props: Props, before: Sequence[Words], after: Sequence[Words], *, veiled: bool = False) -> None:
    """Say what becomes of a list; `veiled` where its text is, or was, a secret."""
    told = telling.told(state.menu_of(props), before, after, veiled=veiled or bool(props.get("veiled")))
    if told:
        process.say(f"{_where(props)}: {told}")


def _where(props: Props) -> str:
    return f"{where.named(props['device'])}: {props['menu']} {props['group']}"


def _misused(menu: Menu, props: Props) -> list[Problem]:
    """Say which arguments of the list itself are missing or none that it has."""
    rows = "rules" if menu.ordered else "entries"
    named = {"group": menu.group, "rules": rows}
    without = [
        Problem(key, f"{menu.path}: {name} is required") for key, name in named.items() if props.get(key) is None
    ]
    return without + [checks.unknown(menu, name, OPTIONS) for name in props if name not in KNOWN]


def _problems(menu: Menu, lines: str, target: checks.Target | None) -> list[Problem]:
    """Return what is wrong with each rule, by its number, and which entries of a set are given twice."""
    wrong = [
        Problem("rules", f"rule {number}: {problem.reason}")
        for number, line in enumerate(text.lines(lines), 1)
        for problem in _wrong(menu, line, target)
    ]
    return wrong or _twice(menu, text.lines(lines))


def _twice(menu: Menu, lines: Sequence[str]) -> list[Problem]:
    """Say which keys more than one row has: a router refuses the second."""
    names = [name for name in menu.key if name != menu.group]
    rows = [menu.canonical(text.words(line)) for line in lines]
    keys = Counter(text.line(menu, {name: words[name] for name in names if name in words}) for words in rows)
    return [
        Problem("rules", f"{menu.path}: {key} is given {count} times; a list has it once")
        for key, count in keys.items()
        if key and count > 1
    ]


def _wrong(menu: Menu, line: str, target: checks.Target | None) -> list[Problem]:
    try:
        given = text.words(line)
    except ValueError as error:
        return [Problem("rules", f"{menu.path}: {error}")]
    if menu.group in given:
        whole = "list" if menu.ordered else "set"
        told = f"{menu.group} is the {whole}'s own: make another {whole} for another {menu.group}"
        return [Problem("rules", f"{menu.path}: {told}")]
    attributes = {
        menu.by_name[name].attribute if name in menu.by_name else name.replace("-", "_"): value
        for name, value in given.items()
    }
    words, problems = checks.canonical(menu, attributes)
    group = menu.by_name[menu.group].attribute
    problems += checks.missing(menu, {*attributes, group})
    return problems + (checks.gates(menu, words, target) if target else [])
