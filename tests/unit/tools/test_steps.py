"""Steps of the setup show what they do, and fail in one line."""

import sys

import pytest

from tools import steps


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_a_step_shows_its_label_and_the_seconds_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    steps.run("making things", python("print('quiet')"))
    shown = capsys.readouterr()
    assert shown.err == "making things ...\nmaking things ... 0 s\n"
    assert shown.out == ""


def test_a_failed_step_says_the_last_line_of_its_output() -> None:
    program = "import sys; print('long\\nstory'); print('no such index', file=sys.stderr); print(); sys.exit(3)"
    with pytest.raises(steps.StepError, match=r"^making things: .*no such index$"):
        steps.run("making things", python(program))


def test_a_failed_step_without_output_says_its_status() -> None:
    with pytest.raises(steps.StepError, match=r"^making things: ended with status 3$"):
        steps.run("making things", python("raise SystemExit(3)"))


def test_a_step_whose_program_is_missing_names_it() -> None:
    with pytest.raises(steps.StepError, match=r"^making things: .*no-such-program"):
        steps.run("making things", ["/no-such-program"])


def test_the_answer_of_a_command_is_what_it_prints() -> None:
    assert steps.answer(python("print(' 42 ')")) == "42"


@pytest.mark.parametrize("command", [["/no-such-program"], python("print('half'); raise SystemExit(1)")])
def test_the_answer_of_a_command_that_fails_is_empty(command: list[str]) -> None:
    assert steps.answer(command) == ""
