"""The kinds of question are those that the facts know, on the scales that imports hold them to."""

from __future__ import annotations

import pytest

from peil.core.boxes import boxes_for
from peil.core.kpi import Words
from peil.core.kpis import ALL
from peil.core.kpis.servqual import DIMENSIONS as DIMENSIONS_OF_KPIS
from peil.facts.questions import CHOICE_KINDS, OPEN_KINDS, scale_of
from peil.facts.schema import FACTS
from peil.facts.schema import KINDS as KINDS_OF_FACTS
from peil.surveys.questionnaires.kinds import DIMENSIONS, KINDS, Kind
from peil.surveys.questionnaires.question import Question, boxes_of, fields_of
from peil.surveys.questionnaires.scales import Point, channel_options, parts_of, points_of, usual_labels
from peil.surveys.questionnaires.templates.building import ask

MADE_AT_LOAD = {"servqual_dimension", "servqual_overall", "servqual_weighted", "sus"}
COUNTED = [k for k in KINDS.values() if k.fact == "answers"]


def test_every_kind_that_can_be_stored_can_be_asked() -> None:
    assert {k.key for k in COUNTED} == set(KINDS_OF_FACTS) - MADE_AT_LOAD


@pytest.mark.parametrize("kind", COUNTED, ids=lambda k: k.key)
def test_scales_are_those_of_imports(kind: Kind) -> None:
    if scale_of(kind.key) is not None:
        assert kind.scale == scale_of(kind.key)
    assert (kind.form == "choice") == (kind.key in {*CHOICE_KINDS, "other"})
    assert (kind.form == "text") == (kind.key in OPEN_KINDS)
    assert kind.fact in FACTS


def test_dimensions_are_those_of_the_kpis() -> None:
    assert set(DIMENSIONS) == set(DIMENSIONS_OF_KPIS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.key)
def test_each_kind_is_named_and_timed_in_both_languages(kind: Kind) -> None:
    assert all(kind.name)
    assert kind.seconds > 0
    said: list[Words] = [kind.text, kind.expected, *kind.ends]
    assert all(bool(w.nl) == bool(w.en) for w in said)
    if kind.form in ("scale", "pair", "yes_no"):
        assert all(end.nl for end in kind.ends)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("nps", {9, 10}, {0, 1, 2, 3, 4, 5, 6}),
        ("nps_1_10", {9, 10}, {1, 2, 3, 4, 5, 6}),
        ("rapportcijfer", {8, 9, 10}, {1, 2, 3, 4, 5}),
        ("ces_agree", {5, 6, 7}, {1, 2, 3}),
        ("ces_effort", {1, 2}, {4, 5}),
        ("ces_ease", {4, 5}, {1, 2}),
        ("solved", {1}, {0}),
        ("told_again", {0}, {1}),
        ("task_success", {1}, {0}),
    ],
)
def test_what_is_favourable(kind: str, good: set[int], bad: set[int]) -> None:
    question = ask(kind)
    boxes = boxes_of(question)
    assert boxes is not None
    found = {score: int(boxes.of([score])[0]) for score in question.scores}
    assert {s for s, box in found.items() if box == 1} == good
    assert {s for s, box in found.items() if box == -1} == bad


def test_agreeing_with_an_even_usability_statement_is_bad() -> None:
    odd, even = boxes_of(ask("sus_item", "sus_01")), boxes_of(ask("sus_item", "sus_10"))
    assert odd == boxes_for("sus_item", (1, 5))
    assert even is not None
    assert even.of([1, 3, 5]).tolist() == [1, 0, -1]


@pytest.mark.parametrize("length", range(2, 11))
def test_every_star_and_smiley_has_words(length: int) -> None:
    for look in ("stars", "smileys"):
        labels = usual_labels("csat", length, look)  # type: ignore[arg-type]
        assert len(labels) == length
        assert len({label.of("nl") for label in labels}) == length
        assert not any(label.missing(("nl", "en")) for label in labels)


def test_low_effort_is_the_first_label() -> None:
    assert usual_labels("ces_effort", 5)[0].of("nl") == "zeer weinig moeite"
    assert usual_labels("ces_ease", 5)[0].of("nl") == "zeer moeilijk"


def test_the_nine_channels_are_those_of_the_facts() -> None:
    meaning = FACTS["answers"].column("channel").meaning
    assert ", ".join(o.key for o in channel_options()) == meaning


def test_an_absurd_length_makes_no_scale() -> None:
    assert ask("csat", points=5).scores == (1, 2, 3, 4, 5)
    assert Question(key="q", kind="csat", text=ask("csat").text, points=10**12).scores == ()


def test_fields_of_a_question() -> None:
    assert fields_of(ask("gap", "g")) == ("g", "g.expected")
    assert fields_of(ask("servqual_points", "p")) == tuple(f"p.{d}" for d in DIMENSIONS)
    assert fields_of(ask("nps", "n")) == ("n",)


def test_every_kpi_that_reads_answers_has_a_kind_to_ask() -> None:
    read = {v for k in ALL if k.fact == "answers" for r in k.rows if r.column == "kind" for v in r.values}
    assert read - MADE_AT_LOAD <= {k.key for k in COUNTED}


def test_points_as_they_are_shown() -> None:
    ends = points_of(ask("nps"), "nl")
    assert ends[0] == Point(0, "zeer onwaarschijnlijk")
    assert ends[10] == Point(10, "zeer waarschijnlijk")
    assert {p.words for p in ends[1:10]} == {""}
    assert [p.words for p in points_of(ask("solved"), "en")] == ["no", "yes"]
    assert [(p.score, p.words) for p in points_of(ask("csat", points=3), "en")] == [
        (1, "dissatisfied"),
        (2, "neutral"),
        (3, "satisfied"),
    ]
    assert points_of(ask("preferred_channel"), "nl") == ()
    assert parts_of(ask("servqual_points"), "nl")[0] == ("reliability", "Doen wat is afgesproken")
    assert parts_of(Question(key="p", kind="servqual_points", text=ask("nps").text), "nl")[4] == ("responsiveness", "")
