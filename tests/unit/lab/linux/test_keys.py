"""SSH keys of a lab are ones that OpenSSH takes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from isthmus_lab.linux.keys import KeyPair
from isthmus_lab.linux.outputs import write_secret


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is missing: apt-get install openssh-client")
def test_openssh_reads_both_halves_and_says_the_same_fingerprint(tmp_path: Path) -> None:
    key, file = KeyPair.generate(), tmp_path / "key"
    write_secret(file, key.private)
    assert file.stat().st_mode & 0o777 == 0o600
    public = subprocess.run(["ssh-keygen", "-y", "-f", file], check=True, capture_output=True, text=True).stdout
    assert public.split()[:2] == key.public.split()
    shown = subprocess.run(["ssh-keygen", "-l", "-f", file], check=True, capture_output=True, text=True).stdout
    assert shown.split()[1] == key.fingerprint


def test_no_two_keys_are_the_same_and_none_shows_its_private_half() -> None:
    one, two = KeyPair.generate(), KeyPair.generate()
    assert one.public != two.public
    assert "PRIVATE" not in repr(one)
