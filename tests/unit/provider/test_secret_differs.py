"""A preview names the secret that differs, which the engine shows as [secret] whether it differs or not."""

from __future__ import annotations

from typing import Any

import pytest

from isthmus.dynamic import ItemProvider, SettingsProvider
from isthmus.dynamic.base import Provider


def props(device: str, password: str) -> dict[str, Any]:
    words = {"password": password, "user": "isthmus"}
    return {"device": device, "menu": "/tool/e-mail", "mark": "u-6d3d-01234567", "properties": words}


@pytest.mark.parametrize("provider", [ItemProvider(), SettingsProvider()], ids=["a row", "a menu of settings"])
def test_the_secret_that_differs_is_named_and_not_shown(provider: Provider, capsys: pytest.CaptureFixture[str]) -> None:
    device = type(provider).__name__
    assert provider.diff("", props(device, "same-as-ever"), props(device, "same-as-ever")).changes is False
    assert capsys.readouterr().out == ""
    assert provider.diff("", props(device, "former-one"), props(device, "latter-one")).changes
    assert capsys.readouterr().out == f"{device}: /tool/e-mail: password differs, a secret\n"
