"""An error is one line that names the device, under a bare name where Pulumi shows it."""

from __future__ import annotations

import traceback

import pytest

from isthmus.errors import ConfigurationError, ConnectionCut, DeviceError, IsthmusError, Unreachable


class ElsewhereError(DeviceError):
    """An error of another module than the tree's own."""


@pytest.mark.parametrize("kind", [Unreachable, ElsewhereError])
def test_an_error_shows_its_bare_name_and_one_line(kind: type[DeviceError]) -> None:
    shown = traceback.format_exception_only(kind("seattle", "no\nanswer"))
    assert shown == [f"{kind.__name__}: seattle: no answer\n"]


def test_a_cut_knows_how_far_it_got() -> None:
    cut = ConnectionCut("seattle", "/ip/address/add", answered=3, total=40, cause="closed")
    assert str(cut) == (
        "seattle: the connection was cut at /ip/address/add after 3 of 40 sentences (closed); run again to finish"
    )
    assert (cut.device, cut.answered, cut.total) == ("seattle", 3, 40)


@pytest.mark.parametrize("family", [IsthmusError, ValueError])
def test_a_users_mistake_is_also_a_value_error(family: type[Exception]) -> None:
    assert isinstance(ConfigurationError("devices.yaml: wrong"), family)
