"""A row that fails a check is kept apart with its row, column, value and reason; the others go in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.facts.mapping_of import FILE, mapped, told, values

from peil.core.errors import BadInput, BadMapping
from peil.facts.mapping import parse_mapping
from peil.facts.reading.convert import Readings

CSAT = '[[answers.questions]]\nquestion = "csat"\nkind = "csat"\ncolumn = "Q1"\nscale = [1, 5]\n'


def test_score_outside_its_scale() -> None:
    found = mapped("[answers]\n" + CSAT, {"Q1": ["5", "6", "", "4.0"]})
    assert values(found, "answers", "score") == [5, 4]
    assert told(found) == [("answers", 3, "Q1", "6", "is outside the scale 1-5 of question 'csat'")]
    assert found.rejects["remedy"][0].as_py() == (
        "List it under missing when it means no answer; else correct scale or cell."
    )


def test_missing_codes_give_no_answer_and_no_reject() -> None:
    text = "[answers]\n" + CSAT + 'missing = [6, "Don\'t know"]\n'
    found = mapped(text, {"Q1": ["5", "6.0", " don’t  KNOW ", "6,00"]})
    assert values(found, "answers", "score") == [5]
    assert told(found) == []


def test_score_that_is_no_number() -> None:
    found = mapped("[answers]\n" + CSAT, {"Q1": ["5", "good"]})
    assert told(found) == [("answers", 3, "Q1", "good", "is not a number")]


def test_word_without_a_label() -> None:
    found = mapped("[answers]\n" + CSAT + "labels = { Good = 4 }\n", {"Q1": ["good", "fine", "5"]})
    assert values(found, "answers", "score") == [4, 5]
    assert values(found, "answers", "choice") == ["good", None]
    assert told(found) == [("answers", 3, "Q1", "fine", "is not a number and has no label")]


def test_resolution_before_its_opening() -> None:
    text = '[interactions]\nopened_at = "a"\nresolved_at = "b"\n'
    found = mapped(text, {"a": ["2026-01-02", "2026-01-02"], "b": ["2026-01-01 10:00", "2026-01-02"]})
    assert found.tables["interactions"].num_rows == 1
    assert told(found) == [
        ("interactions", 2, "a + b", "2026-01-02 2026-01-01 10:00", "resolved_at lies before opened_at")
    ]


def test_negative_duration_and_weight() -> None:
    text = '[interactions]\nweight = "w"\ntalk_seconds = { column = "t", unit = "hh:mm:ss" }\n'
    found = mapped(text, {"w": ["1", "-1", "1"], "t": ["00:01:00", "00:01:00", "-00:00:05"]})
    assert values(found, "interactions", "talk_seconds") == [60]
    assert told(found) == [
        ("interactions", 3, "w", "-1", "is below 0, the least that weight can be"),
        ("interactions", 4, "t", "-00:00:05", "is below 0, the least that talk_seconds can be"),
    ]


def test_date_that_does_not_exist_and_hour_that_was_skipped() -> None:
    text = '[interactions]\nopened_at = "a"\n'
    found = mapped(text, {"a": ["2026-02-30", "2026-03-29 02:30:00", "soon", "2026-10-25 02:30:00"]})
    assert [r[3:] for r in told(found)] == [
        ("2026-02-30", "is not a date"),
        ("soon", "is not a date"),
        ("2026-03-29 02:30:00", "was skipped by the clock in Europe/Amsterdam"),
    ]
    assert values(found, "interactions", "opened_at") == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]  # the first of two


def test_part_of_a_whole_flag_of_neither_and_key_that_is_blank() -> None:
    text = '[interactions]\ninteraction_id = "id"\ntransfers = "t"\nanswered = "a"\n'
    found = mapped(text, {"id": ["1", "2", "3", " "], "t": ["1.5", "2", "2,0", "2"], "a": ["ja", "maybe", "N", "y"]})
    assert values(found, "interactions", "transfers") == [2]
    assert sorted(r[1:] for r in told(found)) == [
        (2, "t", "1.5", "is not a whole number"),
        (3, "a", "maybe", "is neither yes nor no"),
        (5, "id", " ", "has no key, so a second import could not recognise the row"),
    ]


def test_code_of_no_question_in_a_long_file() -> None:
    text = '[answers]\nlayout = "long"\ncode = "c"\nvalue = "v"\nignore = ["other"]\n' + CSAT.replace(
        'column = "Q1"', ""
    )
    found = mapped(text, {"c": ["csat", "nps", "other"], "v": ["5", "9", "x"]})
    assert values(found, "answers", "score") == [5]
    assert told(found) == [("answers", 3, "c", "nps", "is the code of no question")]


def test_row_that_fails_gives_none_of_its_answers() -> None:
    text = '[answers]\nanswered_at = "d"\n' + CSAT + CSAT.replace("csat", "again", 1).replace("Q1", "Q2")
    found = mapped(text, {"d": ["2026-01-01", "yesterday"], "Q1": ["5", "4"], "Q2": ["5", "4"]})
    assert found.tables["answers"].num_rows == 2
    assert told(found) == [("answers", 3, "d", "yesterday", "is not a date")]


@pytest.mark.parametrize(
    ("column", "texts", "told_of"),
    [
        ('opened_at = "x"', ["03-04-2026", "05-06-2026"], "'03-04-2026' may be more than one date"),
        ('opened_at = "x"', ["25-12-2026", "12-25-2026", "03-04-2026"], "'03-04-2026' may be more than one date"),
        ('opened_at = "x"', ["25-12-26"], "'25-12-26' may be more than one date"),
        ('cost = "x"', ["1.234", "12"], "'1.234' may be 1.234 or 1234"),
        ('cost = "x"', ["1.5", "1,5", "1.234"], "'1.234' may be 1.234 or 1234"),
        ('talk_seconds = "x"', ["02:23"], "'02:23' in 'x' may be hours and minutes or minutes and seconds"),
    ],
)
def test_what_reads_two_ways_is_asked(column: str, texts: list[str], told_of: str) -> None:
    with pytest.raises((BadInput, BadMapping)) as caught:
        mapped(f"[interactions]\n{column}\n", {"x": texts})
    assert told_of in str(caught.value)
    assert "Say it in the mapping" in caught.value.remedy


def test_what_a_column_proved_holds_for_the_next_batch() -> None:
    mapping = '[interactions]\nopened_at = "x"\ncost = "y"\n'
    readings = Readings(FILE, parse_mapping('source = "s"\n' + mapping).file)
    mapped(mapping, {"x": ["25-12-2026"], "y": ["0,5"]}, readings)
    found = mapped(mapping, {"x": ["03-04-2026", "04-25-2026"], "y": ["1.234", "1"]}, readings)
    assert values(found, "interactions", "cost") == [1234]
    assert values(found, "interactions", "opened_at") == [datetime(2026, 4, 2, 22, tzinfo=UTC)]
    assert [r[3:] for r in told(found)] == [("04-25-2026", "is not a date (day-month-year)")]
    assert len(readings.notes) == 2


def test_column_that_is_not_there() -> None:
    with pytest.raises(BadInput) as caught:
        mapped("[answers]\n" + CSAT.replace('"Q1"', '"Scroe"'), {"Score": ["5"]})
    assert str(caught.value) == (
        "file.csv, column 'Scroe': There is no column 'Scroe', which 'answers.questions[1] (csat)' in m.toml asks for. "
        "Did you mean 'Score'?"
    )


def test_column_is_found_by_case_spaces_and_pattern() -> None:
    text = "[answers]\n" + CSAT.replace('"Q1"', '"*was satisfied*"')
    assert values(mapped(text, {"Topic:14. I was  Satisfied": ["5"], "x": ["1"]}), "answers", "score") == [5]
    with pytest.raises(BadInput, match="2 columns fit"):
        mapped(text, {"I was satisfied 1": ["5"], "I was satisfied 2": ["1"]})


def test_conditions_constants_and_combinations() -> None:
    text = """
[visits]
self_care = { column = "n", above = 0 }
service = { column = "n", above = 1, below = 3 }
used_tool = { column = "t", filled = true }
converted = { column = "t", other = 1, blank = 0 }
pages = { columns = ["n", "m"], combine = "sum" }
device = { value = "phone" }
"""
    found = mapped(text, {"n": ["0", "2", "3", ""], "m": ["1", "1", "", ""], "t": ["x", "", " ", "y"]})
    table = (
        found.tables["visits"].select(["self_care", "service", "used_tool", "converted", "pages", "device"]).to_pylist()
    )
    assert [tuple(r.values()) for r in table] == [
        (0, 0, 1, 1, 1, "phone"),
        (1, 1, 0, 0, 3, "phone"),
        (1, 0, 0, 0, 3, "phone"),
        (None, None, 1, 1, None, "phone"),
    ]


def test_units_spans_and_labels_as_days() -> None:
    text = """
[interactions]
opened_at = "a"
first_response_seconds = { from = "a", to = "b" }
talk_seconds = { column = "t", unit = "minutes" }
hold_seconds = { column = "h", unit = "mm:ss" }
[memberships]
membership_id = "id"
since = { column = "s", labels = { Old = 2019-01-01, New = "2025-06-01" } }
"""
    columns = {
        "a": ["2026-03-29 01:30"],
        "b": ["2026-03-29 03:30"],
        "t": ["1,5"],
        "h": ["02:03"],
        "id": ["1"],
        "s": ["new"],
    }
    found = mapped(text, columns)
    row = found.tables["interactions"].to_pylist()[0]
    assert (row["first_response_seconds"], row["talk_seconds"], row["hold_seconds"]) == (
        3600,
        90,
        123,
    )  # a clock change
    assert row["direction"] == "in"
    assert values(found, "memberships", "since") == [date(2025, 6, 1)]


def test_identities_are_made_comparable() -> None:
    text = '[interactions]\ncustomer_id = { column = "c", kind = "KIND" }\n'
    emails = values(
        mapped(text.replace("KIND", "email"), {"c": ["Jan@X.nl ", "jan@x.nl", ""]}), "interactions", "customer_id"
    )
    assert emails[0] == emails[1]
    assert emails[2] is None
    assert "jan" not in str(emails[0])
    phones = values(
        mapped(text.replace("KIND", "phone"), {"c": ["06-12 34 56 78", "+31612345678"]}), "interactions", "customer_id"
    )
    assert phones[0] == phones[1]
    numbers = mapped(text.replace("KIND", "number"), {"c": ["17850.0", "17850", "1.000", "12,00"]})
    assert values(numbers, "interactions", "customer_id") == ["17850", "17850", "1.000", "12"]


def test_a_comment_without_a_score_is_kept() -> None:
    text = "[answers]\n" + CSAT + 'comment = "why"\n'
    found = mapped(text, {"Q1": ["5", "", "", "9"], "why": ["", "never called back", " ", "late"]})
    assert values(found, "answers", "score") == [5, None]
    assert values(found, "answers", "box") == [1, None]
    assert values(found, "answers", "scale_max") == [5, None]
    assert values(found, "answers", "comment") == [None, "never called back"]
    assert [t[1] for t in told(found)] == [5]


def test_rows_without_keys_keep_exact_copies() -> None:
    found = mapped("[answers]\n" + CSAT, {"Q1": ["5", "5", "5"]})
    assert values(found, "answers", "answer_id") == [f"0123456789abcdef:{row}:csat" for row in (2, 3, 4)]


def test_only_some_rows_are_taken() -> None:
    found = mapped('[answers]\nonly = { Status = ["done"] }\n' + CSAT, {"Status": ["Done", "open"], "Q1": ["5", "4"]})
    assert values(found, "answers", "score") == [5]
    assert found.left_out == {"answers": 1}


def test_story_told_again_is_favourable_when_not() -> None:
    text = '[answers]\n[[answers.questions]]\nquestion = "again"\nkind = "told_again"\ncolumn = "Q"\n'
    found = mapped(text, {"Q": ["ja", "nee"]})
    assert values(found, "answers", "score") == [1, 0]
    assert values(found, "answers", "box") == [-1, 1]


def readings_at(now: datetime) -> Readings:
    return Readings(FILE, parse_mapping('source = "s"\n[interactions]\nopened_at = "a"\n').file, now=now)


def test_what_happened_later_than_tomorrow() -> None:
    text = '[interactions]\nopened_at = "a"\ncallback_promised_at = "b"\n'
    columns = {
        "a": ["2026-03-01 10:00", "2026-03-02 09:00", "2062-03-01 10:00", ""],
        "b": ["", "2026-04-01 10:00", "", ""],
    }
    readings = readings_at(datetime(2026, 3, 1, 12, tzinfo=UTC))
    found = mapped(text, columns, readings)
    assert found.tables["interactions"].num_rows == 3
    assert told(found) == [("interactions", 4, "a", "2062-03-01 10:00", "is a date in the future")]
    assert found.rejects["remedy"].to_pylist() == ["Mend the year."]
    assert mapped('[memberships]\nuntil = "u"\n', {"u": ["2030-01-01"]}, readings).rejects.num_rows == 0
    weeks = mapped('[work_weeks]\nweek_start = "w"\n', {"w": ["2026-03-02", "2026-03-09"]}, readings)
    assert [t[1] for t in told(weeks)] == [3]


def test_rows_without_their_time_are_kept_and_told_once() -> None:
    text = '[interactions]\ninteraction_id = "id"\nopened_at = "a"\n'
    readings = readings_at(datetime(2026, 3, 3, tzinfo=UTC))
    for ids in (["1", "2"], ["3", "4"]):
        assert mapped(text, {"id": ids, "a": ["2026-03-01", ""]}, readings).tables["interactions"].num_rows == 2
    assert readings.notes == ["2 rows of interactions have no opened_at, so no period counts them."]


def test_a_row_of_totals() -> None:
    text = '[interactions]\ninteraction_id = "id"\nopened_at = "a"\nqueue = "q"\ntalk_seconds = "t"\n'
    columns = {
        "id": ["1", "Totaal", "", "Total"],
        "a": ["2026-03-01", "", "", ""],
        "q": ["", "", "Grand total", "x"],
        "t": ["5", "", "", "5"],
    }
    found = mapped(text, columns)
    assert values(found, "interactions", "interaction_id") == ["1", "Total"]
    assert ("interactions", 3, "id + q", "Totaal ", "is a row of totals") in told(found)
    assert {t[1] for t in told(found)} == {3, 4}
