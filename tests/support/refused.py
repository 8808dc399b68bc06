"""How a command of the CLI tells a user's mistake: one line each, no traceback, no secret."""

from __future__ import annotations

from tests.support.deployment import PASSWORD, Outcome


def errors(outcome: Outcome) -> list[str]:
    """Return the lines that a failed command told, each once; fail if it shows a traceback or a password."""
    assert outcome.code != 0, outcome.text
    assert "Traceback" not in outcome.text, outcome.text
    assert PASSWORD not in outcome.text, outcome.text
    told = dict.fromkeys(line for line in outcome.lines if line.startswith("error: "))
    return [
        line.removeprefix("error: ") for line in told if line not in ("error: update failed", "error: preview failed")
    ]


def error(outcome: Outcome) -> str:
    """Return the one line that a failed command told."""
    (line,) = errors(outcome)
    return line
