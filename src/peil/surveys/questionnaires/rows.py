"""A submission -> rows of the facts, as an import of the same answers would make them.

Call-back requests and consent are in no figure and leave no row. 'I don't know' leaves a row of kind 'other', so that
it can be counted and is in no KPI. What is answered as a test leaves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any, TypeAlias

from peil.surveys.questionnaires.question import DONT_KNOW, Answer, Question, boxes_of
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.texts import fill

SOURCE = "peil"
Row: TypeAlias = dict[str, Any]
FactRows: TypeAlias = dict[str, list[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known beside the answers: part of the link or the invitation, never asked."""

    channel: str | None = None
    device: str | None = None
    customer_id: str | None = None
    interaction_id: str | None = None
    visit_id: str | None = None
    employee_id: str | None = None
    team: str | None = None
    solution: str | None = None  # the answer of the help pages that was shown
    extra: Mapping[str, str] = field(default_factory=dict)  # attributes as they are now, by `x_` column


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Answers to one version, as far as they came. `finished`: the last page was sent."""

    questionnaire: Questionnaire
    answers: tuple[Answer, ...]
    response_id: str  # for an anonymous questionnaire drawn at random, and kept nowhere beside a person
    started_at: datetime
    saved_at: datetime
    language: str
    finished: bool = True
    last_question: str | None = None  # the last one seen
    flags: str | None = None
    test: bool = False
    context: Context = field(default_factory=Context)


def fact_rows(submission: Submission) -> FactRows:
    """Rows of `responses`, `answers` and `solution_views`, with the raw columns of their facts."""
    if submission.test:
        return {}
    answers = [row for a in submission.answers for row in _rows_of(submission, a)]
    found = {
        "responses": [_response(submission)],
        "answers": _with_comments(submission, answers),
        "solution_views": [v for a in submission.answers if (v := _view(submission, a)) is not None],
    }
    return {fact: rows for fact, rows in found.items() if rows}


def _known(submission: Submission) -> Context:
    """The context, without all that leads to a person where the questionnaire is anonymous: the team alone stays."""
    return Context(team=submission.context.team) if submission.questionnaire.anonymous else submission.context


def _moment(submission: Submission, moment: datetime) -> datetime:
    """When it was answered; of an anonymous answer the day alone, at noon so that it is the same day everywhere."""
    if submission.questionnaire.anonymous:
        return day_of(moment)
    return moment.astimezone(UTC)


def day_of(moment: datetime) -> datetime:
    """All that is kept of the moment of something anonymous: noon, so that it is the same day everywhere."""
    return datetime.combine(moment.astimezone(UTC).date(), time(12), UTC)


def _response(submission: Submission) -> Row:
    questionnaire, known = submission.questionnaire, _known(submission)
    anonymous = questionnaire.anonymous
    return {
        "source": SOURCE,
        "response_id": submission.response_id,
        "survey": questionnaire.key,
        "version": str(questionnaire.version),
        "started_at": None if anonymous else submission.started_at.astimezone(UTC),
        "finished_at": _moment(submission, submission.saved_at) if submission.finished else None,
        "last_question": submission.last_question,
        "device": known.device,
        "language": None if anonymous else submission.language,
        "touchpoint": questionnaire.subject.touchpoint or None,
        "channel": known.channel,
        "flags": submission.flags,
        "customer_id": known.customer_id,
    }


def _shared(submission: Submission, question: Question) -> Row:
    """What every row about `question` has."""
    questionnaire, known = submission.questionnaire, _known(submission)
    subject = questionnaire.subject_of(question)
    about_contact = subject.scope == "touchpoint"
    return {
        "source": SOURCE,
        "answer_id": f"{submission.response_id}:{question.key}",
        "response_id": submission.response_id,
        "survey": questionnaire.key,
        "question": question.key,
        "kind": question.kind,
        "dimension": question.dimension or None,
        "relationship": int(subject.scope == "relationship"),
        "answered_at": _moment(submission, submission.saved_at),
        "language": None if questionnaire.anonymous else submission.language,
        "touchpoint": subject.touchpoint or None,
        "journey": subject.journey or None,
        "channel": known.channel,
        "customer_id": known.customer_id,
        "interaction_id": known.interaction_id if about_contact else None,
        "visit_id": known.visit_id if about_contact else None,
        "employee_id": known.employee_id if about_contact else None,
        "team": known.team,
        **known.extra,
    }


def _rows_of(submission: Submission, answer: Answer) -> list[Row]:
    question = _question(submission, answer.question)
    kind = question.meaning
    if kind.fact != "answers" or (kind.form == "text" and question.about):
        return []
    shared = _shared(submission, question)
    if answer.dont_know:
        return [{**shared, "kind": "other", "choice": DONT_KNOW}]
    if kind.form == "choice":
        called = _called(submission.questionnaire, question)
        return [_chosen(shared, answer, key, called[key]) for key in answer.choices]
    if kind.form == "points":
        return [_divided(shared, question, dimension, points) for dimension, points in answer.points]
    if kind.form == "text":
        return [{**shared, "comment": answer.text}]
    return [{**shared, **_scored(question, answer)}]


def _called(questionnaire: Questionnaire, question: Question) -> dict[str, str]:
    """What each option is called in figures: a channel by its key, as everywhere; the rest in the words of the survey's
    first language, whatever language the answer came in, as figures have no others."""
    if question.kind in ("preferred_channel", "considered_channel"):
        return {o.key: o.key for o in question.options}
    return {o.key: fill(o.text.of(questionnaire.languages[0]), {}) or o.key for o in question.options}


def _chosen(shared: Row, answer: Answer, key: str, called: str) -> Row:
    own = f"{shared['answer_id']}:{key}"
    return {**shared, "answer_id": own, "choice": called, "comment": dict(answer.words).get(key)}


def _divided(shared: Row, question: Question, dimension: str, points: int) -> Row:
    low, high = question.scale or (0, 100)
    scored = {"score": float(points), "scale_min": float(low), "scale_max": float(high)}
    return {**shared, "answer_id": f"{shared['answer_id']}:{dimension}", "dimension": dimension, **scored}


def _scored(question: Question, answer: Answer) -> Row:
    if answer.score is None or question.scale is None:
        return {}
    boxes = boxes_of(question)
    return {
        "score": float(answer.score),
        "expected": None if answer.expected is None else float(answer.expected),
        "scale_min": float(question.scale[0]),
        "scale_max": float(question.scale[1]),
        "box": None if boxes is None else int(boxes.of([answer.score])[0]),
    }


def _with_comments(submission: Submission, rows: list[Row]) -> list[Row]:
    """A comment about a question stands in that question's row; words without a score make a row of their own."""
    scored = {row["question"]: row for row in rows if "score" in row}
    for answer in submission.answers:
        question = _question(submission, answer.question)
        if question.meaning.form != "text" or not question.about:
            continue
        row = scored.get(question.about)
        if row is not None:
            row["comment"] = answer.text
        elif any(r["question"] == question.about for r in rows):  # not known, and yet something to say
            rows.append({**_shared(submission, question), "comment": answer.text})
        else:
            rows.append({**_shared(submission, _question(submission, question.about)), "comment": answer.text})
    return rows


def _view(submission: Submission, answer: Answer) -> Row | None:
    """A vote on an answer of the help pages: one for each visit and answer, so a later one takes its place."""
    known = _known(submission)
    if _question(submission, answer.question).meaning.fact != "solution_views" or answer.score is None:
        return None
    if known.solution is None:
        return None
    once = known.visit_id or submission.response_id
    return {
        "source": SOURCE,
        "view_id": f"{once}:{known.solution}",
        "visit_id": known.visit_id,
        "customer_id": known.customer_id,
        "solution": known.solution,
        "at": _moment(submission, submission.saved_at),
        "helpful": answer.score,
    }


def _question(submission: Submission, key: str) -> Question:
    return next(q for q in submission.questionnaire.questions if q.key == key)
