"""Generated secrets."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi.dynamic import Resource

from isthmus.dynamic import SecretProvider

_SECRET = SecretProvider()


class Secret(Resource, module="isthmus", name="Secret"):
    """A random text of letters and digits, made once and kept encrypted in the state.

    length: how many characters, at least 16; each is worth 5.95 bits. rotation: any text (a date, say); when it
    changes, a new secret is made.
    """

    value: pulumi.Output[str]

    def __init__(
        self,
        resource_name: str,
        *,
        length: pulumi.Input[int] = 32,
        rotation: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["value"])
        props: dict[str, Any] = {"length": length, "rotation": rotation, "value": None}
        super().__init__(_SECRET, resource_name, props, pulumi.ResourceOptions.merge(opts, hidden))
