"""Whoever may read every store reads from them that somebody answered, and not which answer is whose."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg.rows
import pytest
from django.utils import timezone
from tests.ops.server import environment, url_of
from tests.postgres import Server
from tests.surveys.answering.anonymously import ASKED
from tests.surveys.answering.doors import at_token, personal_token

from peil.surveys.answering import spent
from peil.surveys.answering.doors import door_of_token
from peil.surveys.answering.spent import LEAST, mark_together, waiting_to_be_marked
from peil.surveys.models import Request, Spent
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.tokens import digest_of, spent_mark
from peil.surveys.whom.leaving import expire_requests

ROOT = Path(__file__).parents[3]
Rows = list[dict[str, Any]]
Read = Callable[[str], Rows]  # a table, with all that its engine knows of each row


class Employees:
    """The process in which they answer, step by step."""

    def __init__(self, folder: Path, **more: str) -> None:
        env = environment(PEIL_HOME=str(folder), PEIL_WAREHOUSE=url_of(folder), **more)
        command = [sys.executable, "-m", "tests.surveys.answering.anonymously"]
        self._process = subprocess.Popen(
            command, env=env, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def told(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                found: dict[str, Any] = json.loads(line)
                return found
        raise AssertionError("it ended")

    def go_on(self) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self.told()

    def end(self) -> None:
        self._process.communicate("\n", timeout=60)


@pytest.fixture
def employees() -> Iterator[Callable[..., Employees]]:
    begun: list[Employees] = []

    def begin(folder: Path, **more: str) -> Employees:
        begun.append(Employees(folder, **more))
        return begun[-1]

    yield begin
    for one in begun:
        one.end()


def look(read: Read, employees: Employees) -> None:
    """What an administrator of the database finds at each step."""
    order = employees.told()["order"]
    before = read("surveys_request")
    assert len(before) == ASKED
    assert employees.go_on()["marked"] == 0
    assert read("surveys_request") == before, "too few answered: not a sign of who did"
    assert employees.go_on()["answered"] == len(order)
    assert read("surveys_request") == before, "an answer leaves its request as it was"
    responses = read("surveys_response")
    assert len(responses) == len(order)
    assert employees.go_on()["marked"] == len(order)
    after = read("surveys_request")
    marked = [row for row in after if row["answered_at"] is not None]
    assert len(marked) == len(order)
    # nothing of a row tells it from the others that were marked, but what it had before and its place by its number
    for name in ("started_at", "answered_at", "xmin"):
        assert len({str(row.get(name)) for row in marked}) == 1
    placed = sorted(marked, key=lambda row: row["place"])
    assert [row["id"] for row in placed] == sorted(row["id"] for row in marked)
    written = {str(row["xmin"]) for row in after} | {str(row["xmin"]) for row in before}
    assert not written & {str(row["xmin"]) for row in responses if row["xmin"] is not None}
    check_words(after, responses, read("surveys_spent"))


def check_words(requests: Rows, responses: Rows, marks: Rows) -> None:
    """No name of a request stands with an answer, or in what is kept of those that are spent."""
    told = json.dumps(responses + marks, default=_plainly)
    for row in requests:
        for name in ("uid", "digest", "address"):
            assert str(row[name]).replace("-", "") not in told.replace("-", "")
    assert {row["request_id"] for row in responses} == {None}
    (kept,) = marks
    pieces = re.findall(".{32}", _plainly(kept["marks"]))
    assert pieces == sorted(pieces)
    assert len(pieces) == len(responses)


def _plainly(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def test_by_the_rows_of_sqlite(tmp_path: Path, employees: Callable[..., Employees]) -> None:
    def read(table: str) -> Rows:
        connection = sqlite3.connect(tmp_path / "peil.sqlite3", timeout=20)
        connection.row_factory = sqlite3.Row
        rows = connection.execute(f"SELECT rowid AS place, NULL AS xmin, * FROM {table} ORDER BY rowid").fetchall()
        connection.close()
        return [dict(row) for row in rows]

    look(read, employees(tmp_path))


def test_by_the_transactions_and_places_of_postgresql(
    tmp_path: Path, postgres: Server, employees: Callable[..., Employees]
) -> None:
    database = postgres.new_database()

    def read(table: str) -> Rows:
        with postgres.connect(database) as connection, connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            cursor.execute(
                f"SELECT (ctid::text::point)[0] * 10000 + (ctid::text::point)[1] AS place, xmin::text, * FROM {table}".encode()
            )
            return sorted(cursor.fetchall(), key=lambda row: str(row.get("id")))

    look(read, employees(tmp_path, DATABASE_URL=postgres.url(database)))


PAGES = draft_from("engagement").pages


def answered(token: str) -> str:
    somebody = at_token(token)
    for n, page in enumerate(PAGES, start=1):
        told = somebody.send(n, **{q.key: "3" for q in page.questions if q.scores})
    return told.outcome


@pytest.mark.django_db
def test_a_link_is_used_up_at_once_and_once() -> None:
    tokens = [personal_token("engagement") for _ in range(3)]
    early = at_token(tokens[0])  # a second form of the first, before it was answered
    assert [answered(token) for token in tokens[:2]] == ["kept", "kept"]
    first = {q.key: "3" for q in PAGES[0].questions if q.scores}
    assert early.send(1, **first).outcome == "used"
    assert [door_of_token(token).state for token in tokens] == ["used", "used", "open"]
    assert answered(tokens[0]) == "used"
    assert Request.objects.exclude(answered_at=None).count() == 0


@pytest.mark.django_db
def test_who_answered_is_not_over_when_its_time_is_up_and_is_marked_with_enough_others() -> None:
    past = timezone.now() + timedelta(days=40)
    tokens = [personal_token("engagement", expires_at=timezone.now() + timedelta(days=30)) for _ in range(LEAST + 1)]
    for token in tokens[:2]:
        answered(token)
    assert expire_requests(past) == LEAST - 1
    assert sum(map(len, waiting_to_be_marked().values())) == 2
    Request.objects.update(expired_at=None)
    for token in tokens[2:-1]:
        answered(token)
    assert mark_together(past) == LEAST
    assert mark_together(past) == 0
    assert waiting_to_be_marked() == {}
    assert Request.objects.get(answered_at=None).digest
    assert answered(tokens[3]) == "used"


@pytest.mark.django_db
def test_the_order_of_answers_makes_no_difference_to_what_is_kept_and_the_key_does(settings: Any) -> None:
    survey = Request.objects.get(digest=digest_of(personal_token("engagement"))).survey_id
    Spent.objects.create(survey_id=survey)
    spent.spend({survey: [3, 1, 2]})
    one_way = bytes(Spent.objects.get().marks)
    Spent.objects.update(marks=b"")
    for number in (2, 3, 1, 1):
        spent.spend({survey: [number]})
    assert bytes(Spent.objects.get().marks) == one_way
    mark = spent_mark(1)
    settings.SECRET_KEY = "another"
    assert spent_mark(1) != mark
