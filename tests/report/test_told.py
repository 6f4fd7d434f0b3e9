"""What files are told they do wrong is said in Dutch, with the same figures in it."""

from __future__ import annotations

import re

import pytest

from peil.report.words.app.told import error_in_words, note_told

# as they are raised in sources/, facts/ and warehouse/
RAISED = (
    "It is empty.", "It is a PDF, not a table.", "It is packed twice, not a table.", "It is one JSON list.",
    "It holds no rows.", "Its columns may be divided by ';' or by ','.", "It is not utf-8: byte 1,203 is no letter in it.",
    "Its letters are neither UTF-8 nor Windows (cp1252).", "Further on it is not utf-8, as it began.",
    "Its rows have 3 cells, but its heading names 2 columns.", "It has 2 sheets: 'Jan' (2 rows), 'Feb' (1 rows).",
    "There is no sheet 'Mrt'.", "It has a password.", "It is no sound workbook: boom.", "It is larger than 100 MB.",
    "The gzip is broken: CRC.", "It is a zip without a workbook in it.", "It is no sound Parquet file: x.",
    "There is no column 'NPS', which 'answers.nps' in mapping asks for.",
    "'1.234' may be 1.234 or 1234, and nothing else in the column tells which.",
    "'01-02-03' may be more than one date, and nothing else in the column tells which.",
    "rows 2 and 7 have the same response_id 'R1' and different content, so it can't be told which one holds.",
    "this file was imported as 000003-ab by another mapping, so its rows would count twice.",
    "mapping: no fact is mapped.", "mapping: 'answers.questions[1] (x).scale' is missing.",
)  # fmt: skip


@pytest.mark.parametrize("problem", RAISED)
def test_an_error_is_told_in_dutch(problem: str) -> None:
    told, remedy = error_in_words(problem, "Mend it.", "nl")
    assert told != problem
    assert remedy != "Mend it."
    assert not re.search(r"\b(the|which|column|rows?|sheets?|file)\b", f"{told} {remedy}")
    assert error_in_words(problem, "Mend it.", "en") == (problem, "Mend it.")


def test_what_is_not_known_stays_as_it_was_said() -> None:
    assert error_in_words("Something new.", "Do this.", "nl") == ("Something new.", "Do this.")


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("its name, and values from 1 to 5", "naar de naam, en waarden van 1 tot en met 5"),
        (
            "its name, and values from 1 to 5; 2 cells can't be read as a number: mend or list under missing",
            "naar de naam, en waarden van 1 tot en met 5; een paar cellen zijn geen getal",
        ),
        ("12 rows of answers have no answered_at, so no period counts them.",
         "12 rijen hebben geen datum (answered_at) en tellen in geen enkele periode mee."),
    ],
)  # fmt: skip
def test_a_note_is_told_in_dutch(note: str, told: str) -> None:
    assert note_told(note, "nl") == told
