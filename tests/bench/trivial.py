"""Pulumi's own floor: a dynamic resource that does as little as one can, with any properties."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, ResourceProvider


class TrivialProvider(ResourceProvider):
    """Makes nothing, and compares what it is given."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Succeed."""
        return CreateResult("trivial", props)

    def diff(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        """Compare each property."""
        return DiffResult(changes=any(olds.get(name) != value for name, value in news.items()))


_TRIVIAL = TrivialProvider()


class Trivial(Resource, module="bench", name="Trivial"):
    """One trivial resource."""

    def __init__(self, name: str, properties: dict[str, Any], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(_TRIVIAL, name, properties, opts)
