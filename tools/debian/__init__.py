"""The Debian packages that the tests with real packets need: which are missing, and how they get here."""

from pathlib import Path

from tools.steps import answer

LIST = Path(__file__).with_name("packages.txt")


def wanted() -> list[str]:
    """The packages of `packages.txt`, in its order."""
    lines = (line.strip() for line in LIST.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def missing() -> list[str]:
    """Those of them that are not installed, as dpkg knows; all of them where there is no dpkg."""
    names = wanted()
    # dpkg-query ends with status 1 where it does not know one of them; what it knows of the others it says still.
    shown = answer(["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\n", *names], failing=True)
    installed = {name for status, name in (line.split() for line in shown.splitlines()) if status == "installed"}
    return [name for name in names if name not in installed]


def command(packages: list[str]) -> str:
    """What a person would type to install them."""
    return f"apt-get install --no-install-recommends {' '.join(packages)}"
