"""Measured figures, as a table for people and as JSON for programs."""

import json

from tests.bench.figures import Figure, document, table

FIGURES = [Figure("round trips", 15, "round trips", 25), Figure("ratio", 1.5, "ratio", 1.25), Figure("time", 8.9, "s")]


def test_a_figure_holds_up_to_what_is_wanted() -> None:
    assert [figure.holds for figure in FIGURES] == [True, False, True]
    assert Figure("edge", 25, "round trips", 25).holds


def test_the_document_has_a_row_for_each_figure() -> None:
    assert json.loads(document(FIGURES))[1] == {
        "name": "ratio",
        "value": 1.5,
        "unit": "ratio",
        "wanted": 1.25,
        "holds": False,
    }


def test_the_table_is_in_columns() -> None:
    assert table(FIGURES).splitlines() == [
        "name         value  unit         wanted   holds",
        "round trips     15  round trips  <= 25    yes",
        "ratio          1.5  ratio        <= 1.25  NO",
        "time           8.9  s                     yes",
    ]
