"""Commands of a router that change no configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi.dynamic import Resource

from isthmus.dynamic import CommandProvider
from isthmus.routeros.base import Device

_COMMAND = CommandProvider()


class Command(Resource, module="routeros", name="Command"):
    """Runs a command, such as `/ip/ipsec/installed-sa/flush`, whenever one of its triggers changes.

    at_create: whether it also runs when the resource is made. A command that fails is tried again by the next `up`.
    """

    def __init__(
        self,
        resource_name: str,
        *,
        device: pulumi.Input[Device],
        path: str,
        attributes: Mapping[str, pulumi.Input[Any]] | None = None,
        triggers: Sequence[pulumi.Input[Any]] = (),
        at_create: bool = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        inputs = {"device": device, "path": path, "attributes": dict(attributes or {}), "triggers": list(triggers)}
        super().__init__(_COMMAND, resource_name, {**inputs, "at_create": at_create}, opts)
