"""Makes what the clone needs to run: `.venv` with the project and its tools, and the Pulumi CLI in it.

Quick when all is there: one digest is compared. Writes to the clone and to the user's cache, nowhere else, except for
the Debian packages of the tests with real packets: it installs those where it may, and `PACKETS=0` leaves them out.
"""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from tools import cache
from tools.debian import step
from tools.pulumi_cli import PROGRAMS
from tools.steps import Command, StepError, answer, run

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "setup.digest"


def main() -> int:
    """Sets up what is missing; says in one line what cannot be had."""
    try:
        with cache.locked(ROOT / "build" / "setup.lock", "waiting for another setup of this clone"):
            if not is_ready():
                set_up()
            step.ensure()
    except StepError as error:
        print(f"setup failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nsetup stopped; `make setup` goes on from here", file=sys.stderr)
        return 130
    return 0


def is_ready() -> bool:
    """Whether the setup of just these pins, in just this place, was finished, and its links still lead somewhere."""
    programs = all((VENV / "bin" / name).exists() for name in ("python", *PROGRAMS))
    return programs and STAMP.exists() and STAMP.read_text() == digest()


def digest() -> str:
    """Changes with whatever decides what is installed: pins, Python, and the place of the clone."""
    result = hashlib.sha256(f"{ROOT} {sys.version}".encode())
    for source in [ROOT / "pyproject.toml", ROOT / "tools" / "setup.py", *sorted(ROOT.glob("tools/pulumi_cli/**/*"))]:
        if source.is_file() and "__pycache__" not in source.parts:
            result.update(source.read_bytes())
    return result.hexdigest()


def set_up() -> None:
    """Every step in its order; each can be repeated."""
    STAMP.unlink(missing_ok=True)
    make_venv()
    install_packages()
    link_pulumi()
    STAMP.write_text(digest())
    print("ready: `make help` lists what can be run", file=sys.stderr)


def make_venv() -> None:
    """A virtual environment that runs from where it stands; a moved or half-made one is made anew."""
    if importlib.util.find_spec("ensurepip") is None:
        raise StepError("making .venv: Python's ensurepip is missing; on Debian, `apt install python3-venv` brings it")
    if not _runs_here():
        command: Command = [sys.executable, "-m", "venv", "--clear", VENV]
        run("making .venv", command)


def _runs_here() -> bool:
    return f" from {VENV}/" in answer([VENV / "bin" / "pip", "--version"])


def install_packages() -> None:
    """The project, editable, with the tools that check it."""
    environment = cache.environment_of_pip()
    pip: Command = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    run("updating pip", [*pip, "--upgrade", "pip>=25.1"], env=environment)
    run("installing the Python packages", [*pip, "--editable", ".", "--group", "dev"], env=environment, cwd=ROOT)


def link_pulumi() -> None:
    """The CLI's programs beside Python, so that one folder on PATH has both and Python's comes first."""
    install: Command = [PYTHON, "-m", "tools.pulumi_cli.install"]
    done = subprocess.run(install, check=False, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    if done.returncode != 0:
        raise StepError("no Pulumi CLI, see above")
    for name in PROGRAMS:
        link = VENV / "bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(Path(done.stdout.strip()) / name)


if __name__ == "__main__":
    sys.exit(main())
