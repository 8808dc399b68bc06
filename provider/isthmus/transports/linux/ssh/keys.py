"""Private keys: of a file, of the SSH agent, and those that ssh itself would take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import paramiko
from cryptography.exceptions import UnsupportedAlgorithm

from isthmus.devices import resolve
from isthmus.errors import ConfigurationError
from isthmus.transports.linux.ssh.hop import Hop

_DEFAULTS = ("id_ed25519", "id_ecdsa", "id_rsa")


def key_of_file(hop: Hop, path: Path, config: Mapping[str, str]) -> paramiko.PKey:
    """Read a private key, Ed25519, ECDSA or RSA. Raises ConfigurationError."""
    word = f"{hop.name}: {hop.word}key {hop.ssh.key}"
    passphrase = resolve(hop.ssh.passphrase, device=hop.device, config=config) if hop.ssh.passphrase else None
    secret: Any = passphrase.encode() if passphrase else None  # the stubs want text, paramiko bytes
    try:
        return paramiko.PKey.from_path(path, secret)
    except OSError as error:
        raise ConfigurationError(f"{word} cannot be read: {error.strerror}") from None
    except (paramiko.PasswordRequiredException, TypeError):
        raise ConfigurationError(f"{word} {_opened(hop, passphrase is not None)}") from None
    except (paramiko.ssh_exception.SSHException, paramiko.pkey.UnknownKeyType, ValueError, UnsupportedAlgorithm):
        if passphrase:
            raise ConfigurationError(f"{word} is not opened by {hop.word}passphrase: is it the right one?") from None
        raise ConfigurationError(f"{word} is no private key: Ed25519, ECDSA and RSA are known") from None


@contextmanager
def agent_keys() -> Iterator[tuple[paramiko.PKey, ...]]:
    """Lend the keys of the SSH agent, none without one."""
    try:
        agent = paramiko.Agent()
    except (paramiko.SSHException, OSError):
        yield ()
        return
    try:
        yield tuple(agent.get_keys())
    finally:
        agent.close()


def default_keys() -> Iterator[tuple[str, paramiko.PKey]]:
    """Return those of the user's own keys that no passphrase protects."""
    for name in _DEFAULTS:
        path = Path("~/.ssh", name)
        try:
            yield str(path), paramiko.PKey.from_path(path.expanduser())
        except (OSError, paramiko.SSHException, TypeError, ValueError):
            continue


def _opened(hop: Hop, given: bool) -> str:  # noqa: FBT001 - one fact
    if given:
        return f"has no passphrase: remove {hop.word}passphrase"
    return f"has a passphrase: say where it is found, {hop.word}passphrase: {{env: ...}}, or use the SSH agent"
