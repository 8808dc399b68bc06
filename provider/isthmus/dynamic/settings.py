"""The provider of menus of settings."""

from __future__ import annotations

from dataclasses import replace

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from isthmus.dynamic import state, where
from isthmus.dynamic.base import Props, Provider, unknown
from isthmus.dynamic.item import check, name_secrets, outputs, refuse
from isthmus.engine import changes
from isthmus.transact import settings as menus
from isthmus.transact.settings import Settings


class SettingsProvider(Provider):
    """Sets words of a menu of settings, and sets them back."""

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Say what is wrong without asking a device."""
        return check(news, singleton=True)

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Compare parsed words, never spellings."""
        if unknown(news.get("device")) or any(unknown(value) for value in state.given(news).values()):
            return DiffResult(changes=True, delete_before_replace=True)
        before, after = (state.words(state.menu_of(props), props) for props in (olds, news))
        name_secrets(state.menu_of(news, olds), news, before, after)
        changed = changes.differ(before, after) or any(
            olds.get(name) != news.get(name) for name in ("mark", "on_destroy")
        )
        replaces = state.replaced(olds, news)
        return DiffResult(changes=changed or bool(replaces), replaces=replaces, delete_before_replace=True)

    def create(self, props: Props) -> CreateResult:
        """Set the words, and keep what was there before."""
        return CreateResult(f"{props['menu']}#{props['mark']}", _apply(props, None))

    def update(self, _id: str, olds: Props, news: Props) -> UpdateResult:
        """Set other words; those no longer declared go back."""
        return UpdateResult(_apply(news, olds))

    def read(self, id_: str, props: Props) -> ReadResult:
        """Return the words as they are."""
        settings = _settings(props)
        router = where.reach_again(props["device"], props.get("reached") or {})
        with where.forgetting(router, id_):
            base = state.kept(props).base
            inputs = {**state.options(props), **state.shown(settings.menu, props, menus.read(router, settings, base))}
            if props.get("noted"):
                router.acknowledged.add(settings.mark)
            noted = {"noted": True} if props.get("noted") else {}
            kept = {**state.before(props.get("former") or {}), **state.found(base), **noted}
            return ReadResult(id_, outputs(inputs, router, kept), inputs)
        return ReadResult("", {})

    def delete(self, id_: str, props: Props) -> None:
        """Set what was there before, or leave it."""
        keep = props.get("on_destroy") == "keep"
        if keep and not props.get("noted"):
            return
        former = {} if keep else props.get("former") or {}
        router = where.reach_again(props["device"], props.get("reached") or {})
        with where.forgetting(router, id_):
            menus.restore(router, state.owner(props), _settings(props), former)


def _settings(props: Props, olds: Props | None = None) -> Settings:
    menu = state.menu_of(props, olds)
    return Settings(replace(menu, singleton=True), state.words(menu, props), state.mark_of(props))


def _apply(props: Props, olds: Props | None) -> Props:
    settings = _settings(props, olds)
    router = where.reach(props["device"])
    refuse(router, settings.menu, props)
    kept = menus.apply(router, state.owner(props), settings, (olds or {}).get("former") or {})
    noted = {"noted": True} if kept.noted else {}
    return outputs(props, router, {**state.before(kept.former), **state.found(kept.base), **noted})
