"""Rows that are called like their resource unless they are given another name."""

from __future__ import annotations

from typing import Any

import pulumi

from isthmus.routeros.base import TypedItem


class ResourceNamedItem(TypedItem):
    """A row with a name and a comment, which carries the mark; by default the name is the resource's."""

    def _inputs(self, name: str, opts: pulumi.ResourceOptions | None, arguments: dict[str, Any]) -> dict[str, Any]:
        inputs = super()._inputs(name, opts, arguments)
        return {**inputs, "name": name} if inputs.get("name") is None else inputs
