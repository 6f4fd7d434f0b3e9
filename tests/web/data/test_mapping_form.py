"""A mapping through the form and back: nothing that was not touched changes, and what was touched does."""

from __future__ import annotations

import tomllib
from typing import Any

import pyarrow as pa
import pytest

from peil.facts.drafting.draft import draft
from peil.facts.drafting.profile import Sample, profiles_of
from peil.facts.mapping import parse_mapping
from peil.web.pages.data.columns import reasons
from peil.web.pages.data.upload.preview import preview
from peil.web.pages.data.upload.raw import load_raw, others
from peil.web.pages.data.upload.rows import apply_form, rows_of
from peil.web.pages.data.upload.toml import write_toml

MAPPING = """
source = "helpdesk"
[file]
delimiter = ";"
missing = [99, "n.v.t."]
[interactions]
interaction_id = "Nr"
opened_at = { columns = ["Dag", "Tijd"], dates = "day-month" }
first_response_seconds = { from = "Dag", to = "Antwoord op" }
channel = { column = "Kanaal", labels = { "Tel. \\"vast\\"" = "phone", "É-mail" = "email" } }
extra = ["Regio", { column = "Soort adres", name = "soort", label = "Soort adres" }]
only = { "Stand" = ["Dicht"] }
[answers]
layout = "wide"
response_id = "Nr"
[[answers.questions]]
question = "csat"
kind = "csat"
column = "Tevreden"
scale = [1, 5]
missing = [6]
comment = "Waarom"
relationship = false
"""
COLUMNS = ["Nr", "Dag", "Tijd", "Antwoord op", "Kanaal", "Regio", "Soort adres", "Stand", "Tevreden", "Waarom", "Leeg"]


def form(text: str, sent: dict[str, str], profiles: dict[str, Any] | None = None) -> tuple[dict[str, Any], Any]:
    raw = load_raw(text)
    return apply_form(raw, rows_of(raw, COLUMNS), {"source": raw["source"], **sent}, profiles or {})


def number(text: str, target: str) -> int:
    return next(i for i, row in enumerate(rows_of(load_raw(text), COLUMNS)) if row.target == target)


def test_toml_reads_back_as_it_was() -> None:
    raw = tomllib.loads(MAPPING)
    assert tomllib.loads(write_toml(raw)) == raw
    hostile = {"source": 'a"b\\c\n\x7f\u202e', "file": {"sheet": "=1]\n[x"}, "answers": {"extra": ["{x = 1}", "'"]}}
    assert tomllib.loads(write_toml(hostile)) == hostile


def test_a_form_sent_unchanged_changes_nothing() -> None:
    new, errors = form(MAPPING, {})
    assert new == tomllib.loads(MAPPING)
    assert errors == {}


def test_what_the_form_cannot_say_is_told_beside_it() -> None:
    assert {o.place for o in others(load_raw(MAPPING))} == {
        "interactions.opened_at", "interactions.first_response_seconds", "interactions.only", "answers.csat.comment",
    }  # fmt: skip


def test_a_column_becomes_something_else() -> None:
    at = number(MAPPING, "interactions.channel")
    new, errors = form(MAPPING, {f"to-{at}": "interactions.queue"})
    assert errors == {}
    assert new["interactions"]["queue"] == "Kanaal"
    assert "channel" not in new["interactions"]


def test_two_columns_swap() -> None:
    text = MAPPING.replace('interaction_id = "Nr"', 'interaction_id = "Nr"\nteam = "Regio"\nqueue = "Stand"')
    team, queue = number(text, "interactions.team"), number(text, "interactions.queue")
    new, errors = form(text, {f"to-{team}": "interactions.queue", f"to-{queue}": "interactions.team"})
    assert errors == {}
    assert (new["interactions"]["team"], new["interactions"]["queue"]) == ("Stand", "Regio")


def test_two_columns_cannot_become_the_same() -> None:
    at = rows_of(load_raw(MAPPING), COLUMNS)
    empty = next(i for i, row in enumerate(at) if row.column == "Leeg")
    new, errors = form(MAPPING, {f"to-{empty}": "interactions.channel"})
    assert errors == {f"to-{empty}": "error_target_taken"}
    assert new == tomllib.loads(MAPPING)


def test_a_question_takes_its_scale_and_its_codes() -> None:
    at = number(MAPPING, "question:csat")
    new, errors = form(
        MAPPING, {f"low-{at}": "1", f"high-{at}": "7", f"missing-{at}": "8, weet niet", f"about-{at}": "brand"}
    )
    assert errors == {}
    (question,) = new["answers"]["questions"]
    assert (question["scale"], question["missing"], question["relationship"]) == ([1, 7], [8, "weet niet"], True)
    assert question["comment"] == "Waarom"


@pytest.mark.parametrize(("low", "high"), [("5", "1"), ("x", "5"), ("", "5")])
def test_a_scale_that_is_none_is_told(low: str, high: str) -> None:
    at = number(MAPPING, "question:csat")
    assert form(MAPPING, {f"low-{at}": low, f"high-{at}": high})[1] == {f"low-{at}": "error_scale"}


def test_a_kind_with_another_scale_is_told() -> None:
    at = number(MAPPING, "question:csat")
    sent = {f"to-{at}": "question:ces_agree", f"low-{at}": "1", f"high-{at}": "5"}
    assert form(MAPPING, sent)[1] == {f"low-{at}": "error_scale_kind:1–7"}


def test_a_column_no_longer_used_leaves_no_empty_block() -> None:
    text = 'source = "x"\n[visits]\nvisit_id = "Nr"\n'
    assert form(text, {"to-0": ""})[0] == {"source": "x"}


def test_words_of_a_flag_are_asked_and_answered() -> None:
    rows = pa.table({"Nr": ["1", "2", "3"], "Beantwoord": ["Gelukt", "Nee hoor", "Gelukt"], "Kanaal": ["Tel", "Tel", "Tel"],
                     "_row": [2, 3, 4]})  # fmt: skip
    sample = Sample(file="x.csv", format="csv", rows=rows)
    profiles = {p.name: p for p in profiles_of(sample)}
    raw = load_raw('source = "x"\n[interactions]\ninteraction_id = "Nr"\n')
    columns = ["Nr", "Beantwoord", "Kanaal"]
    new, errors = apply_form(
        raw,
        rows_of(raw, columns),
        {"source": "x", "to-1": "interactions.answered", "to-2": "interactions.channel"},
        profiles,
    )
    assert errors == {}
    asked = rows_of(new, columns)
    at = next(i for i, r in enumerate(asked) if r.target == "interactions.answered")
    assert asked[at].asked
    sent = {"source": "x", f"word0-{at}": "1", f"word1-{at}": "0"}
    done, errors = apply_form(new, asked, sent, profiles)
    assert errors == {}
    assert done["interactions"]["answered"] == {"column": "Beantwoord", "labels": {"Gelukt": 1, "Nee hoor": 0}}
    parse_mapping(write_toml(done))
    seen = preview(done, sample, "Europe/Amsterdam", "nl")
    assert seen.values["interactions", "answered"] == ("Ja", "Nee", "Ja")


def test_a_draft_tells_why_by_column() -> None:
    rows = pa.table({"Ingevuld op": ["13-01-2026", "14-01-2026"], "NPS": ["9", "10"], "Klantnummer": ["K1", "K2"],
                     "_row": [2, 3]})  # fmt: skip
    found = reasons(draft(Sample(file="x.csv", format="csv", rows=rows)).text)
    assert found["Klantnummer", "customer_id"] == "by its name"
    assert found["NPS", "question"].startswith("its name, and values from")


def test_values_that_would_be_rejected_are_counted_once() -> None:
    rows = pa.table({"Nr": ["1", "2", "3"], "Kosten": ["12,50", "duur", "3,10"], "_row": [2, 3, 4]})
    raw = load_raw('source = "x"\n[interactions]\ninteraction_id = "Nr"\ncost = { column = "Kosten", decimal = "," }\n')
    seen = preview(raw, Sample(file="x.csv", format="csv", rows=rows), "Europe/Amsterdam", "nl")
    assert seen.values["interactions", "cost"] == ("12,50", "–", "3,10")
    ((doubt,),) = seen.warnings.values()
    assert (doubt.count, doubt.row, doubt.value) == (1, 3, "duur")
