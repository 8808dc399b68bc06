"""What systemd of a whole host is told to start."""

from __future__ import annotations

from pathlib import Path

import pytest

from isthmus_lab.linux.whole.guest import cgroups, units, volatile


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("plain", '"plain"'),
        ("two words", '"two words"'),
        ('"', r'"\""'),
        ("\\n", r'"\\n"'),
        ("a\nb", r'"a\nb"'),
        ("50%", '"50%%"'),
        ("$HOME", '"$$HOME"'),
        (";", '";"'),
        ("", '""'),
    ],
)
def test_words_are_written_so_that_systemd_hands_them_on(word: str, written: str) -> None:
    assert units.quoted(word) == written


def test_boot_commands_run_in_order_before_ssh() -> None:
    text = units.boot_unit([["ip", "link"], ["sh", "-c", "echo $1"]])
    assert text.splitlines().index("Before=ssh.service") < text.splitlines().index("[Service]")
    assert [line for line in text.splitlines() if line.startswith("Exec")] == [
        'ExecStart="ip" "link"',
        'ExecStart="sh" "-c" "echo $$1"',
    ]


def test_what_the_machine_has_enabled_is_switched_off(tmp_path: Path) -> None:
    system = tmp_path / "etc/systemd/system"
    for folder in ("multi-user.target.wants", "sockets.target.wants", "some.service.requires"):
        (system / folder).mkdir(parents=True)
        (system / folder / "machines-own.service").symlink_to("/lib/systemd/system/machines-own.service")
    (tmp_path / "etc/rc2.d").mkdir()
    (tmp_path / "etc/rc2.d/S01old").symlink_to("../init.d/old")
    (tmp_path / "etc/network/interfaces.d").mkdir(parents=True)
    (tmp_path / "etc/network/interfaces.d/machines-own").touch()

    units.arrange(tmp_path)

    started = sorted(link.name for folder in system.glob("*.wants") for link in folder.iterdir())
    assert started == ["ssh.service"]
    assert not list(tmp_path.glob("etc/rc2.d/S*"))
    assert not list(tmp_path.glob("etc/network/interfaces.d/*"))
    assert str((system / "getty.target").readlink()) == "/dev/null"


def test_files_that_a_boot_takes_are_written_again_by_it(tmp_path: Path) -> None:
    (tmp_path / "etc/tmpfiles.d").mkdir(parents=True)
    volatile.keep(tmp_path, {"/run/a b/50%": "text", "/etc/kept": "other"})
    (rule,) = (tmp_path / "etc/tmpfiles.d/isthmus-lab.conf").read_text().splitlines()
    assert rule.startswith('C "/run/a b/50%%" 0644 root root - ')
    assert (tmp_path / "usr/local/share/isthmus-lab/run/a b/50%").read_text() == "text"


def test_groups_of_hosts_that_are_down_are_removed(tmp_path: Path) -> None:
    (tmp_path / "isthmus-lab.a.1/payload/init.scope").mkdir(parents=True)
    (tmp_path / "isthmus-lab.b.2").mkdir()
    (tmp_path / "isthmus-lab.b.2/cgroup.procs").touch()  # as a group in which something runs, it cannot be removed
    (tmp_path / "system.slice").mkdir()
    cgroups.sweep(tmp_path)
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["isthmus-lab.b.2", "system.slice"]
