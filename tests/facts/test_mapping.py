"""Mistakes in a mapping are named with their place and what was meant."""

from __future__ import annotations

import pytest

from peil.core.errors import BadMapping
from peil.facts.mapping import column_name, load_mapping, parse_mapping

GOOD = """
source = "survey"
[answers]
response_id = "nr"
[[answers.questions]]
question = "csat"
kind = "csat"
column = "Q1"
scale = [1, 5]
"""


def test_good_mapping_is_read() -> None:
    mapping = parse_mapping(GOOD, "m.toml")
    assert mapping.columns() == ("nr", "Q1")
    assert mapping.facts[0].questions[0].scale == (1, 5)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[answers]", "[answer]", "'answer' means nothing here. Did you mean 'answers'?"),
        ('response_id = "nr"', 'respons_id = "nr"', "'answers.respons_id' means nothing here. Did you mean 'response_id'?"),
        ('kind = "csat"', 'kind = "cast"', "'answers.questions[1] (csat).kind' can't be 'cast'. Did you mean 'csat'?"),
        ('kind = "csat"\n', "", "'answers.questions[1] (csat).kind' is missing. Did you mean 'csat'?"),
        ('kind = "csat"', 'kind = "ask"', "'answers.questions[1].kind' is still to be answered. The comment beside it"),
        ('kind = "csat"', 'kind = "sus"', "can't be 'sus'. "),
        ("scale = [1, 5]", "", "'answers.questions[1] (csat).scale' is missing. Give the lowest and highest score"),
        ("scale = [1, 5]", "scale = [5, 1]", "scale' is [5, 1]. Give the lowest and highest score"),
        ("scale = [1, 5]", "scale = [0, 20]", "no standard division into favourable and unfavourable for a csat question on 0-20"),
        ('kind = "csat"', 'kind = "nps"', "is 1-5, but kind nps is asked on 0-10."),
        ('column = "Q1"', "column = 3", "names a column that is not a text"),
        ('column = "Q1"', "", "does not say which column it comes from. Give one of: column, columns, value, from with to."),
        ('response_id = "nr"', "response_id = 3", "'answers.response_id' is 3, which names no column."),
        ('source = "survey"', "", "source is missing. Name where the rows come from"),
        ('source = "survey"', 'source = survey"', "is not TOML: "),
        ('[answers]\n', '[file]\ndelimiter = ";;"\n[answers]\n', "'file.delimiter' is ';;'. It is one character"),
        ('[answers]\n', '[file]\nencoding = "utf9"\n[answers]\n', "'file.encoding' is 'utf9', which is unknown. Did you mean 'utf-8'?"),
        ('[answers]\n', '[file]\ndates = "dd-mm"\n[answers]\n', "'file.dates' can't be 'dd-mm'. Allowed: %d-%m-%Y, day-month"),
        ('[answers]\n', '[file]\ntime_zone = "Amsterdam"\n[answers]\n', "'Amsterdam', which is no time zone."),
        ('[answers]\n', '[answers]\ncode = "x"\n', "'answers.code' is for files with one row an answer."),
        ('[answers]\n', '[answers]\nlayout = "long"\n', "'answers.code' is missing, and a long file needs it."),
        ('[answers]\n', '[answers]\nlayout = "lnog"\n', "'answers.layout' can't be 'lnog'. Did you mean 'long'?"),
        ('[answers]\n', '[answers]\nonly = { Status = "x" }\n', "'answers.only' does not list the values to keep."),
        ('[answers]\n', '[answers]\nweight = { column = "w", unit = "hours" }\n', "'answers.weight.unit' means nothing here: weight is a number."),
        ('[answers]\n', '[answers]\nextra = ["A b", "a-B"]\n', "'answers.extra[2]' gives a second column x_a_b."),
        ('[answers]\n', f"[answers]\nextra = {[f'c{i}' for i in range(51)]}\n", "'answers.extra' has 51 columns; 50 is the most."),
    ],
)  # fmt: skip
def test_mistake_is_named(before: str, after: str, told: str) -> None:
    with pytest.raises(BadMapping) as caught:
        parse_mapping(GOOD.replace(before, after, 1), "m.toml")
    assert str(caught.value).startswith("m.toml")
    assert told in str(caught.value)


def test_two_scales_for_one_question_are_refused() -> None:
    second = '[[answers.questions]]\nquestion = "csat"\nkind = "csat"\ncolumn = "Q2"\nscale = [1, 10]\n'
    with pytest.raises(
        BadMapping, match=r"question 'csat' has mixed scales, 1-5 and 1-10\. Scores on different scales"
    ):
        parse_mapping(GOOD + second)


def test_one_code_for_two_questions_is_refused() -> None:
    long = GOOD.replace("[answers]", '[answers]\nlayout = "long"\ncode = "q"\nvalue = "v"').replace(
        'column = "Q1"', 'code = "Q1"'
    )
    assert parse_mapping(long).facts[0].code == "q"
    second = '[[answers.questions]]\nquestion = "other"\nkind = "csat"\ncode = "Q1"\nscale = [1, 5]\n'
    with pytest.raises(BadMapping, match="code 'Q1' 2 times"):
        parse_mapping(long + second)


def test_labels_that_read_the_same_are_refused() -> None:
    with pytest.raises(BadMapping, match="'Very  good' and 'very good', which read the same"):
        parse_mapping(GOOD + 'labels = { "Very  good" = 5, "very good" = 4 }')


def test_mapping_that_is_not_there_is_named() -> None:
    with pytest.raises(BadMapping, match=r"There is no mapping file nowhere\.toml\. Draft one with: peil map"):
        load_mapping("nowhere.toml")


@pytest.mark.parametrize(("label", "name"), [("STRATA", "x_strata"), ("Café & bar", "x_cafe_bar"), (" a--b ", "x_a_b")])
def test_extra_column_gets_a_plain_name(label: str, name: str) -> None:
    assert column_name(label) == name
