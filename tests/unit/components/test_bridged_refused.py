"""A component that cannot work says so before anything of it is declared."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from isthmus_components import BridgedIpv6, RoutedIpv6


@pytest.mark.parametrize(
    ("component", "given"), [(BridgedIpv6, {"port": "br0", "bridge": "br0"}), (RoutedIpv6, {"network": "fd00::/8"})]
)
def test_every_problem_is_a_line_that_names_the_resource(component: Any, given: dict[str, Any]) -> None:
    with pytest.raises(pulumi.RunError) as told:
        component("ipv6", device="server", remote="2001:db8::1", listen=0, **given)
    lines = str(told.value).splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("ipv6: ") for line in lines)
    assert "ipv6: listen 0 is no port: give 1 to 65535, 1194 if in doubt" in lines
