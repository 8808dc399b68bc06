"""What holds for the whole provider process: the stack's configuration, and how errors are shown."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping
from typing import Any

DEVICES_KEY = "isthmus:devices"
"""The stack configuration that names another devices file."""

_config: dict[str, str] = {}
_said: set[str] = set()
_guard = threading.Lock()


def configure(raw: Mapping[str, Any]) -> None:
    """Take the stack's decrypted configuration, and let an error be the one line that it is.

    Pulumi shows what `traceback.format_exc` returns: without a limit of 0 that is a page of frames.
    """
    _config.clear()
    _config.update({key: str(value) for key, value in raw.items()})
    if os.environ.get("ISTHMUS_TRACEBACK") != "1":
        sys.tracebacklimit = 0
    logging.getLogger("librouteros").setLevel(logging.CRITICAL)


def config() -> Mapping[str, str]:
    """Return the stack's configuration by full key."""
    return _config


def devices_file() -> str:
    """Return the path of the devices file, from the project's folder."""
    return _config.get(DEVICES_KEY, "devices.yaml")


def say(line: str) -> None:
    """Tell the user something, once in this process: the engine asks for one difference several times."""
    with _guard:
        if line in _said:
            return
        _said.add(line)
    print(line, flush=True)
