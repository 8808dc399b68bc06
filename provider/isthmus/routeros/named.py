"""Rows that have names: by default their resource's, and as others call them."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Any

import pulumi

from isthmus.routeros.base import TypedItem

Name = str | Awaitable[str] | pulumi.Output[str]
"""Text that is perhaps known only during the deployment."""

Names = str | Sequence[Name]
"""Names of rows, comma-separated or as a list."""


class ResourceNamedItem(TypedItem):
    """A row with a name and a comment, which carries the mark; by default the name is the resource's."""

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        inputs = super()._inputs(name, opts, arguments)
        return {**inputs, "name": name} if inputs.get("name") is None else inputs
