"""The provider of generated secrets."""

from __future__ import annotations

import secrets
import string

from pulumi.dynamic import CheckFailure, CheckResult, CreateResult, DiffResult, UpdateResult

from isthmus.dynamic.base import Props, Provider, unknown

_ALPHABET = string.ascii_letters + string.digits
"""Characters that no console, configuration file or shell takes for something else."""
SHORTEST = 16


class SecretProvider(Provider):
    """Generates a random text and keeps it, until its trigger or its length changes."""

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Refuse lengths that are guessed too soon."""
        length = news.get("length")
        if unknown(length) or (isinstance(length, int | float) and length >= SHORTEST and float(length).is_integer()):
            return CheckResult(news, [])
        return CheckResult(
            news, [CheckFailure("length", f"Secret: length: expected a whole number of at least {SHORTEST}")]
        )

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """A new trigger or length brings a new secret."""
        return DiffResult(changes=any(olds.get(name) != news.get(name) for name in ("length", "rotation")))

    def create(self, props: Props) -> CreateResult:
        """Generate."""
        return CreateResult(secrets.token_hex(8), _generated(props))

    def update(self, _id: str, _olds: Props, news: Props) -> UpdateResult:
        """Generate anew."""
        return UpdateResult(_generated(news))


def _generated(props: Props) -> Props:
    value = "".join(secrets.choice(_ALPHABET) for _ in range(int(props["length"])))
    return {"length": props["length"], "rotation": props.get("rotation"), "value": value}
