"""Forms that are taken in together: one transaction for all, and each told what became of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from tests.surveys.answering.doors import Respondent, at_link, at_token, open_code, personal_token

from peil.core.errors import NotNow
from peil.surveys.answering import writer
from peil.surveys.answering.keeping import Keeping, Result, Steps
from peil.surveys.answering.submitting import Submitted, submitting
from peil.surveys.models import Response
from peil.surveys.questionnaires.as_json import answers_from_json
from peil.web.asking.intake.short_way import Reply
from peil.web.asking.intake.taking import Form, take_in

pytestmark = pytest.mark.django_db(transaction=True)
Became = Submitted | Exception


def together(
    given: Sequence[tuple[Respondent, int]], change: Callable[[int, Keeping], Keeping] = lambda _, keeping: keeping
) -> list[Became]:
    """What becomes of forms that wait at the same time. `change`: something in one of them, by its place."""
    became: dict[int, Became] = {}

    def steps(at: int, one: Respondent, score: int) -> Steps[Reply]:
        work = submitting(one.door, one.filled_in(helpful=str(score)))
        try:
            result = yield change(at, next(work))
            while True:
                result = yield work.send(result)
        except StopIteration as ended:
            became[at] = ended.value
        except NotNow as error:
            became[at] = error
        return Reply(303, [], b"")

    loop = asyncio.new_event_loop()
    take_in([Form(steps(at, *one), loop.create_future()) for at, one in enumerate(given)])
    loop.close()
    return [became[at] for at in range(len(given))]


def outcomes(became: Sequence[Became]) -> list[str]:
    return [b.outcome if isinstance(b, Submitted) else type(b).__name__ for b in became]


def test_many_are_one_transaction() -> None:
    code = open_code("helpful")
    given = [(at_link(code), n % 2) for n in range(40)]
    with CaptureQueriesContext(connection) as asked:
        became = together(given)
    assert outcomes(became) == ["kept"] * 40
    assert Response.objects.count() == 40
    words = [q["sql"].split()[0] for q in asked.captured_queries]
    assert words.count("BEGIN") == words.count("INSERT") == words.count("COMMIT") == 1


def test_the_same_form_twice_is_one_answer_and_both_are_told_of_it() -> None:
    one, other = at_link(open_code("helpful")), at_link(open_code("helpful"))
    first, _, again = together([(one, 1), (other, 0), (one, 1)])
    assert Response.objects.count() == 2
    assert first == again
    assert outcomes([first]) == ["kept"]


def test_of_several_at_one_personal_link_the_first_counts() -> None:
    token = personal_token("helpful")
    became = together([(at_token(token), n) for n in (1, 0, 0)])
    assert outcomes(became) == ["kept", "used", "used"]
    (answer,) = answers_from_json(Response.objects.get().answers)
    assert answer.score == 1


def test_one_that_the_database_refuses_fails_alone() -> None:
    code = open_code("helpful")
    given = [(at_link(code), 1) for _ in range(5)]
    became = together(given, lambda at, keeping: replace(keeping, link_id=999_999) if at == 2 else keeping)
    assert outcomes(became) == ["kept", "kept", "NotNow", "kept", "kept"]
    assert Response.objects.count() == 4


class _Met(Exception):
    sqlstate = "40P01"


@pytest.mark.parametrize(("times", "outcome"), [(1, "kept"), (2, "NotNow")])
def test_who_was_sent_back_by_another_is_kept_at_the_second_try(
    times: int, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, left = writer.insert, [_Met()] * times

    def meeting(batch: Sequence[Keeping]) -> list[Result]:
        if left:
            raise OperationalError from left.pop()
        return real(batch)

    monkeypatch.setattr(writer, "insert", meeting)
    code = open_code("helpful")
    assert outcomes(together([(at_link(code), 1) for _ in range(3)])) == [outcome] * 3
