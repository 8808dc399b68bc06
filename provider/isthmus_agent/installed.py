"""What the agent leaves on the host while objects are recorded there: itself, and the unit that restores them.

Both go with the last object. Where systemd does not run, whatever starts the host may call
`python3 -I /var/lib/isthmus/agent.pyz restore`.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from pathlib import Path

from isthmus_agent.errors import Refused
from isthmus_agent.host import HOME, Host
from isthmus_agent.programs import attempt
from isthmus_agent.record import Record, write_lasting

UNITS = Path("/etc/systemd/system")
EARLY = "isthmus.service"
LATE = "isthmus-late.service"
_SERVICE = """\
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStartPre=/bin/sh -c '[ -x {python} ] || {{ echo "{python} is gone: run pulumi up again" >&2; exit 1; }}'
ExecStart={python} -I {agent} restore{late}
TimeoutStartSec=300
"""
_EARLY = """\
# Made by Isthmus, and removed with the last object that it owns here.
[Unit]
Description=Network objects owned by Isthmus
DefaultDependencies=no
RequiresMountsFor={folder}
After=local-fs.target systemd-modules-load.service systemd-udevd.service systemd-sysctl.service nftables.service
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target

{service}
[Install]
WantedBy=sysinit.target
"""
_LATE = """\
# Made by Isthmus, and removed with the last object that it owns here.
[Unit]
Description=Network objects owned by Isthmus that need the network or daemons
Wants=network-online.target
After=network-online.target

{service}
[Install]
WantedBy=multi-user.target
"""


def install(host: Host) -> None:
    """Put the agent and its units in place, if they are not there as they are to be."""
    here, there = Path(sys.argv[0]), host.base / "agent.pyz"
    if here.suffix == ".pyz" and here != there:
        _copy(here, there)
    if Path("/run/systemd/system").exists() and host.base == HOME:
        _write_units(there)


def tidy(host: Host, record: Record) -> None:
    """Take away what `install` put in place, with the agent's folder, once nothing is owned and nothing under way."""
    if len(record) or any((host.home / "undo").glob("*.json")):
        return
    (host.home / "record.json").unlink(missing_ok=True)
    if host.netns:
        shutil.rmtree(host.home, ignore_errors=True)
    if any(_records(host.base)):
        return
    units = [unit for unit in (EARLY, LATE) if (UNITS / unit).exists()]
    if units and host.base == HOME:
        attempt("systemctl", "--quiet", "disable", *units)
        for unit in units:
            (UNITS / unit).unlink()
        attempt("systemctl", "daemon-reload")
    shutil.rmtree(host.base, ignore_errors=True)


def _records(base: Path) -> list[Path]:
    return [*base.glob("record.json"), *base.glob("netns/*/record.json")]


def _copy(here: Path, there: Path) -> None:
    content = here.read_bytes()
    with suppress(FileNotFoundError):
        if there.read_bytes() == content:
            return
    there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = there.with_suffix(".new")
    try:
        draft.write_bytes(content)
        draft.replace(there)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Refused(f"the agent cannot be installed as {there}: {error.strerror}; nothing was changed") from None


def _write_units(agent: Path) -> None:
    units = {EARLY: (_EARLY, ""), LATE: (_LATE, " --late")}
    new = False
    for name, (text, late) in units.items():
        service = _SERVICE.format(python=sys.executable, agent=agent, late=late)
        content = text.format(service=service, folder=agent.parent)
        path = UNITS / name
        if not path.exists() or path.read_text() != content:
            _write_unit(path, content)
            new = True
    if new:
        attempt("systemctl", "daemon-reload")
        attempt("systemctl", "--quiet", "enable", EARLY, LATE)


def _write_unit(path: Path, content: str) -> None:
    try:
        write_lasting(path, content, 0o644)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}; nothing was changed") from None
