"""The README's program does what the README says."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.deployment import Deployment

README = (Path(__file__).parents[2] / "README.md").read_text()


def block(language: str) -> str:
    """Return the first block of code in this language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def said(command: str) -> list[str]:
    """Return the lines that a command prints in the README; what is left out stands as dots."""
    session = re.split(r"^\$ ", block("console"), flags=re.MULTILINE)
    (printed,) = (part.partition("\n")[2] for part in session if part.startswith(f"{command}\n"))
    return [line.strip() for line in printed.splitlines() if line.strip() not in ("", "...")]


def test_the_program_prints_what_the_readme_shows(deployment: Deployment) -> None:
    seattle = deployment.router("seattle", "7.16").control
    deployment.router("boise", "7.20")
    deployment.program(block("python"))

    built = deployment.up()
    assert [line for line in said("pulumi up") if line not in built.lines] == []

    (mail,) = (
        row for row in seattle.execute("/ip/firewall/nat/print").rows if row.get("comment", "").startswith("Mail")
    )
    seattle.execute("/ip/firewall/nat/set", {".id": mail[".id"], "to-addresses": "165.95.23.9"})
    seattle.execute("/ip/firewall/nat/move", {"numbers": mail[".id"]})
    drift = deployment.preview("--refresh")
    assert [line for line in said("pulumi preview --refresh --diff") if line not in drift.lines] == []

    seattle.reset_counters()
    deployment.up("--refresh")
    paths = seattle.counters()["paths"]
    assert (paths["/ip/firewall/nat/set"], paths["/ip/firewall/nat/move"]) == (1, 1)
    deployment.unchanged("--refresh")


def test_the_program_is_short_and_every_link_leads_somewhere() -> None:
    assert len(block("python").splitlines()) <= 20
    root = Path(__file__).parents[2]
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (root / link).exists()] == []
