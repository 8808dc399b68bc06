"""What a component hands to its clients: profiles, as outputs that hold keys and so are secret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pulumi

from isthmus_components.openvpn import windows
from isthmus_components.openvpn.keys import Keys
from isthmus_components.openvpn.profile import Profile, ovpn

Profiles = Mapping[str, pulumi.Output[str]]
WindowsFiles = Mapping[str, pulumi.Output[Mapping[str, str]]]


def profiles(ends: Sequence[Profile], keys: Keys) -> Profiles:
    """Return the text of each client's `.ovpn`, by client."""
    return {end.client.name: _inlined(end, keys).apply(ovpn) for end in ends}


def windows_files(ends: Sequence[Profile], keys: Keys, mtu: int) -> WindowsFiles:
    """Return each client's files for Windows by name, by client."""
    return {end.client.name: _inlined(end, keys).apply(lambda it: windows.files(it, mtu)) for end in ends}


def _inlined(end: Profile, keys: Keys) -> pulumi.Output[Profile]:
    own = keys.clients[end.client.name]
    worded = replace(end, words=[*end.words, *own.words])

    def inline(texts: Mapping[str, Any]) -> Profile:
        return replace(worded, inline=texts)

    texts: pulumi.Output[Any] = pulumi.Output.all(**own.inline)
    hidden: pulumi.Output[Any] = pulumi.Output.secret(texts)
    return hidden.apply(inline)
