"""Logs in to one machine: by a key, by the SSH agent, by a password."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import NamedTuple

import paramiko

from isthmus.devices import Credential, resolve
from isthmus.errors import LoginRefused, Unreachable
from isthmus.transports.linux.ssh.hop import Hop
from isthmus.transports.linux.ssh.keys import agent_keys, default_keys, key_of_file


class Way(NamedTuple):
    """One way to log in: what a message calls it, and what it does; it returns what the host wants besides."""

    title: str
    method: str
    attempt: Callable[[paramiko.Transport], list[str]]


@contextmanager
def ways(hop: Hop, config: Mapping[str, str]) -> Iterator[list[Way]]:
    """Lend the ways that the device's entry asks for. Raises ConfigurationError for a credential not found."""
    found = _asked_for(hop, config)
    with agent_keys() if not found else nullcontext(()) as keys:
        found = found or _by_itself(hop, keys)
        if not found:
            raise LoginRefused(
                hop.name,
                f"nothing to log in to {hop.title} with: write {hop.word}key or {hop.word}password in its entry, "
                "or add a key to your SSH agent (ssh-add)",
            )
        yield found


def log_in(hop: Hop, transport: paramiko.Transport, ways: list[Way]) -> None:
    """Log in; the host may want two of the ways one after the other. Raises LoginRefused, Unreachable."""
    wanted: list[str] = []
    tried: list[str] = []
    for way in ways:
        if wanted and way.method not in wanted:
            continue
        try:
            wanted = way.attempt(transport)
            if not wanted:
                return
        except paramiko.BadAuthenticationType as error:
            tried.append(f"{way.title} (the host takes {', '.join(error.allowed_types) or 'nothing'})")
        except paramiko.AuthenticationException:
            tried.append(way.title)
        except (paramiko.SSHException, OSError, EOFError) as error:
            raise Unreachable(hop.name, f"{hop.title} ended the login: {error or 'connection closed'}") from None
    raise LoginRefused(hop.name, _why(hop, tried, wanted))


def _asked_for(hop: Hop, config: Mapping[str, str]) -> list[Way]:
    found: list[Way] = []
    if hop.ssh.key:
        found.append(_by_key(hop.ssh.user, f"the key {hop.ssh.key}", key_of_file(hop, hop.path(hop.ssh.key), config)))
    if hop.ssh.password:
        found += _by_password(hop.ssh.user, resolve(hop.ssh.password, device=hop.device, config=config))
    return found


def _by_itself(hop: Hop, keys: Sequence[paramiko.PKey]) -> list[Way]:
    """Return what ssh would try by itself: the agent's keys, then the user's own."""
    user = hop.ssh.user
    found = [_by_key(user, f"the SSH agent's key {key.fingerprint}", key) for key in keys]
    return [*found, *(_by_key(user, f"the key {path}", key) for path, key in default_keys())]


def _why(hop: Hop, tried: list[str], wanted: list[str]) -> str:
    if wanted:
        return f"{hop.title} wants {' or '.join(wanted)} besides, for the user {hop.ssh.user}: add it to its entry"
    found = ", ".join(dict.fromkeys(tried))
    remedy = f"is the public key in ~{hop.ssh.user}/.ssh/authorized_keys there, and may the user log in?"
    if any("password" in each for each in tried):
        remedy = "is it the right one, and does sshd allow it (PasswordAuthentication, PermitRootLogin)?"
    return f"{hop.title} refuses the user {hop.ssh.user} with {found}: {remedy}"


def _by_key(user: str, title: str, key: paramiko.PKey) -> Way:
    return Way(title, "publickey", lambda transport: list(transport.auth_publickey(user, key)))


def _by_password(user: str, password: Credential) -> Iterator[Way]:
    def answers(_title: str, _instructions: str, prompts: list[tuple[str, bool]]) -> list[str]:
        """Give the password where one thing is asked that is not shown: more is beyond us."""
        return [str(password)] if len(prompts) == 1 and not prompts[0][1] else [""] * len(prompts)

    yield Way(
        "the password", "password", lambda transport: list(transport.auth_password(user, str(password), fallback=False))
    )
    yield Way(
        "the password",
        "keyboard-interactive",
        lambda transport: list(transport.auth_interactive(user, answers)),
    )
