"""Small questionnaires, and forms filled in as a browser sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from peil.surveys.questionnaires.answers import Form, read_answers
from peil.surveys.questionnaires.question import Answer, Question, Subject
from peil.surveys.questionnaires.questionnaire import Moment, Page, Questionnaire
from peil.surveys.questionnaires.rows import Context, FactRows, Submission, fact_rows
from peil.surveys.questionnaires.texts import text

NOON = datetime(2026, 3, 4, 12, 30, 15, tzinfo=UTC)
CONTACT = Subject(
    scope="touchpoint", touchpoint="delivery", journey="moving", words=text("de bezorging", "the delivery")
)
BRAND = Subject(scope="relationship", words=text("ons", "us"))


def made(*pages: Sequence[Question], subject: Subject = CONTACT, moment: Moment = "after_visit") -> Questionnaire:
    """A draft with these questions, a page for each sequence."""
    return Questionnaire(
        key="made",
        name=text("Gemaakt", "Made"),
        languages=("nl", "en"),
        sender=text("Wij", "We"),
        purpose=text("Om te leren.", "To learn."),
        subject=subject,
        moment=moment,
        pages=tuple(Page(heading=text("Over {onderwerp}", "About {subject}"), questions=tuple(p)) for p in pages),
    )


def form(**values: str | list[str]) -> dict[str, list[str]]:
    """Fields and their values; `q__expected` is the field `q.expected`."""
    return {k.replace("__", "."): v if isinstance(v, list) else [v] for k, v in values.items()}


def answered(questionnaire: Questionnaire, given: Form) -> tuple[Answer, ...]:
    reading = read_answers(questionnaire, given)
    assert reading.errors == ()
    return reading.answers


def submitted(questionnaire: Questionnaire, given: Form, number: int = 1, context: Context | None = None) -> Submission:
    known = context or Context(channel="email", device="phone", customer_id=f"c{number}")
    return Submission(
        questionnaire=replace(questionnaire, version=questionnaire.version or 1),
        answers=answered(questionnaire, given),
        response_id=f"r{number}",
        started_at=NOON,
        saved_at=NOON,
        language="nl",
        context=known,
    )


def together(submissions: Sequence[Submission]) -> FactRows:
    """The rows of all of them, by fact."""
    found: FactRows = {}
    for submission in submissions:
        for fact, rows in fact_rows(submission).items():
            found.setdefault(fact, []).extend(rows)
    return found


def codes(findings: Sequence[object]) -> list[str]:
    return [f.code for f in findings]  # type: ignore[attr-defined]


def only(rows: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: rows.get(name) for name in names}
