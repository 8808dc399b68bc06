"""The provider of commands that run when a trigger changes."""

from __future__ import annotations

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, UpdateResult

from isthmus.dynamic import where
from isthmus.dynamic.base import Props, Provider
from isthmus.dynamic.item import outputs
from isthmus.transports.routeros import Command


class CommandProvider(Provider):
    """Runs one command of a router; it makes nothing, so that there is nothing to read or remove."""

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Say what is wrong without asking a device."""
        _, problems = where.target(news.get("device"))
        return CheckResult(news, where.failures(news.get("device"), problems))

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Run again when a trigger, the command or its arguments are others."""
        names = ("device", "path", "attributes", "triggers", "at_create")
        return DiffResult(changes=any(olds.get(name) != news.get(name) for name in names))

    def create(self, props: Props) -> CreateResult:
        """Run at creation only where that is asked for."""
        if props.get("at_create"):
            _run(props)
        return CreateResult(str(props["path"]), dict(props))

    def update(self, _id: str, _olds: Props, news: Props) -> UpdateResult:
        """Run."""
        return UpdateResult(_run(news))


def _run(props: Props) -> Props:
    router = where.reach(props["device"])
    attributes = {name: str(value) for name, value in (props.get("attributes") or {}).items()}
    path = str(props["path"])
    (reply,) = router.batch([Command(path, attributes)])
    if reply.error:
        raise router.refusal(path, "run", reply.error)
    return {name: value for name, value in outputs(props, router, {}).items() if name != "reached"}
