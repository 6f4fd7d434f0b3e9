"""What is published stays as it is."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from tests.surveys.questionnaires.made import BRAND, codes, made

from peil.core.boxes import Boxes
from peil.core.errors import BadQuery
from peil.surveys.questionnaires.question import Question, boxes_of
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.questionnaires.templates.building import ask, options
from peil.surveys.questionnaires.texts import text
from peil.surveys.questionnaires.versions import check_draft, draft_after, fingerprint, publish


def asking(*questions: Question) -> Questionnaire:
    return made(questions)


def but(questionnaire: Questionnaire, *questions: Question) -> Questionnaire:
    page = Page(heading=questionnaire.pages[0].heading, questions=questions)
    return replace(draft_after(questionnaire), pages=(page,))


def test_versions_are_numbered_and_frozen() -> None:
    first = publish(asking(ask("csat")))
    second = publish(but(first, ask("csat", points=7)), [first])
    third = publish(but(first, ask("csat", points=3)), [second, first])
    assert [v.version for v in (first, second, third)] == [1, 2, 3]
    with pytest.raises(FrozenInstanceError):
        first.version = 9  # type: ignore[misc]


def test_nothing_changed_is_no_new_version() -> None:
    first = publish(asking(ask("csat")))
    with pytest.raises(BadQuery, match="equal to the version"):
        publish(draft_after(first), [first])


def test_an_error_keeps_it_from_being_published() -> None:
    with pytest.raises(BadQuery, match="There is no question in it"):
        publish(replace(asking(ask("csat")), pages=()))


def test_what_is_favourable_is_written_out_in_the_version() -> None:
    published = publish(asking(ask("csat"), ask("told_again"), ask("nps", subject=BRAND)))
    assert [q.boxes for q in published.questions] == [
        Boxes((4, 5), (1, 2)),
        Boxes((0, 0), (1, 1)),
        Boxes((9, 10), (0, 6)),
    ]
    own = publish(asking(ask("csat", boxes=Boxes((5, 5), (1, 3)))))
    assert boxes_of(own.questions[0]) == Boxes((5, 5), (1, 3))


def test_the_fingerprint_is_that_of_the_content() -> None:
    first = publish(asking(ask("csat")))
    assert fingerprint(first) == fingerprint(replace(first, version=2))
    assert fingerprint(first) != fingerprint(replace(first, retention_months=12))


def test_what_would_shift_is_said_and_what_would_break_is_refused() -> None:
    first = publish(asking(ask("csat", "q")))

    def found(draft: Questionnaire) -> list[str]:
        return [c for c in codes(check_draft(draft, [first])) if c.endswith("_changed")]

    assert found(draft_after(first)) == []
    assert found(but(first, ask("csat", "q", points=3))) == ["scale_changed"]
    assert found(but(first, ask("csat", "q", boxes=Boxes((5, 5), (1, 2))))) == ["scale_changed"]
    assert found(but(first, ask("csat", "q", text=text("Hoe vond u {onderwerp}?", "How was {subject}?")))) == [
        "wording_changed"
    ]
    assert found(but(first, ask("rapportcijfer", "q"))) == ["kind_changed"]
    why = publish(asking(ask("csat"), ask("reason", options=options(("dear", "Duur", "Dear")))))
    reworded = but(why, why.questions[0], ask("reason", options=options(("dear", "Te duur", "Too dear"))))
    assert [c for c in codes(check_draft(reworded, [why])) if c.endswith("_changed")] == ["wording_changed"]
    assert found(replace(draft_after(first), key="other")) == ["key_changed"]
    with pytest.raises(BadQuery, match="was Satisfaction"):
        publish(but(first, ask("rapportcijfer", "q")), [first])


def test_service_quality_keeps_its_statements() -> None:
    """A dimension counts for who answers every statement of the survey, over all its versions."""
    first = publish(draft_from("service_quality"))
    fewer = replace(
        draft_after(first), pages=(replace(first.pages[0], questions=first.pages[0].questions[1:]), *first.pages[1:])
    )
    with pytest.raises(BadQuery, match="SERVQUAL statements are others"):
        publish(fewer, [first])


def test_another_language_is_no_other_wording() -> None:
    first = publish(replace(asking(ask("csat", "q")), languages=("nl",)))
    german = [
        replace(q, text=text(q.text.of("nl"), q.text.of("en"), de="Wie zufrieden sind Sie mit {subject}?"))
        for q in first.questions
    ]
    assert "wording_changed" not in codes(check_draft(but(first, *german), [first]))
