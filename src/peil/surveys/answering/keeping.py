"""What is kept of a submission, many at once in one transaction.

A change is kept only if what it was made from is still there, so of two that come together neither is lost: the second
is told what is there by now, and is made again from that.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal, TypeAlias, TypeVar

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from peil.surveys.answering.inserting import Row, insert_new
from peil.surveys.answering.spent import free_among, spend
from peil.surveys.models import Request, Response

Fate: TypeAlias = Literal["kept", "there", "used"]
T = TypeVar("T")
_CHANGED = (
    "answers", "language", "device", "last_question", "flags", "saved_at", "finished_at", "call_back", "entered_by_id",
    "to_facts",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """One submission as it is to be kept. `after` is what it was made from; None where nothing was there."""

    survey_id: int
    submission: str  # as it is kept
    version_id: int
    answers: str
    language: str
    started_at: datetime
    saved_at: datetime
    finished_at: datetime | None
    after: Kept | None = None
    request_id: int | None = None
    anonymous: bool = False
    link_id: int | None = None
    device: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    last_question: str = ""
    flags: str = ""
    sender: str = ""
    call_back: str = ""
    test: bool = False
    entered_by_id: int | None = None

    @property
    def key(self) -> tuple[int, str]:
        return self.survey_id, self.submission

    @property
    def tied_to(self) -> int | None:
        """The request that the answer leads back to; that of an anonymous one it does not."""
        return None if self.anonymous else self.request_id


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission as it is there."""

    id: uuid.UUID
    submission: str
    version_id: int
    answers: str
    language: str
    started_at: datetime
    finished_at: datetime | None
    last_question: str
    flags: str
    call_back: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it: kept; or another is there, which is told; or somebody else answered the request."""

    fate: Fate
    there: Kept | None = None


# work that hands over what is to be kept and goes on once it is told what became of it, so that whoever does the work
# may keep that of many at once
Steps: TypeAlias = Generator[Keeping, Result, T]

_OF_KEPT = tuple(f.name for f in fields(Kept))
_SEEN = (
    "id", "submission", "version_id", "answers", "language", "started_at", "finished_at", "last_question", "flags",
    "call_back", "survey_id", "request_id",
)  # fmt: skip


def find_kept(survey_id: int, submission: str, request_id: int | None = None) -> Kept | None:
    """What is there of a submission, else of whoever answers this request by another form."""
    rows = _rows([(survey_id, submission)], [request_id] if request_id else [])
    found = [r for r in rows if r["submission"] == submission and r["survey_id"] == survey_id] or list(rows)
    return _told(found[0]) if found else None


def _told(row: Mapping[str, Any]) -> Kept:
    return Kept(*(row[name] for name in _OF_KEPT))


def keep(batch: Sequence[Keeping]) -> list[Result]:
    """Keep them all; within a transaction. Of two about the same the first is kept, and the second told of it."""
    there = _Those(batch)
    free = _free_requests(batch)
    results: list[Result] = []
    ids = _new_ids(len(batch))
    new: list[Row] = []
    changed: list[Row] = []
    for one, new_id in zip(batch, ids, strict=True):
        found = there.of(one)
        if found is None and one.anonymous and one.request_id is not None and one.request_id not in free:
            results.append(Result("used"))
        elif found != one.after:
            results.append(Result("there", found))
        else:
            row = _values(one, found, new_id)
            (new if found is None else changed).append(row)
            there.add(one, row)
            if one.finished_at is not None:
                free.discard(one.request_id or 0)
            results.append(Result("kept", _told(row)))
    _write(new, changed)
    _mark_requests([one for one, result in zip(batch, results, strict=True) if result.fate == "kept"])
    return results


def is_surely_new(one: Keeping) -> bool:
    """Whether nothing can be there but this very submission: it came by an open link and nothing was found of it."""
    return one.after is None and one.request_id is None


def insert(batch: Sequence[Keeping]) -> list[Result]:
    """Keep them all as new; within a transaction. Raises IntegrityError where one is there, or comes twice."""
    rows = [_values(one, None, new_id) for one, new_id in zip(batch, _new_ids(len(batch)), strict=True)]
    insert_new(rows)
    return [Result("kept", _told(row)) for row in rows]


class _Those:
    """What is there of those that come, and of those of them that were kept already."""

    def __init__(self, batch: Sequence[Keeping]) -> None:
        requests = [one.tied_to for one in batch if one.tied_to is not None]
        self._by_key: dict[tuple[int, str], Kept] = {}
        self._by_request: dict[int, Kept] = {}
        for row in _rows([one.key for one in batch], requests, lock=True):
            kept = _told(row)
            self._by_key[row["survey_id"], row["submission"]] = kept
            if row["request_id"] is not None:
                self._by_request[row["request_id"]] = kept

    def of(self, one: Keeping) -> Kept | None:
        return self._by_key.get(one.key) or self._by_request.get(one.tied_to or 0)

    def add(self, one: Keeping, row: Row) -> None:
        self._by_key[one.survey_id, row["submission"]] = _told(row)
        if one.tied_to is not None:
            self._by_request[one.tied_to] = _told(row)


def _rows(keys: Sequence[tuple[int, str]], requests: Sequence[int], *, lock: bool = False) -> list[dict[str, Any]]:
    surveys, submissions = {survey for survey, _ in keys}, {submission for _, submission in keys}
    rows = _read(Response.objects.filter(survey__in=surveys, submission__in=submissions), lock=lock)
    if requests:
        seen = {row["id"] for row in rows}
        more = _read(Response.objects.filter(request_id__in=set(requests)), lock=lock)
        rows += [row for row in more if row["id"] not in seen]
    return rows


def _read(found: QuerySet[Response], *, lock: bool) -> list[dict[str, Any]]:
    if lock and connection.features.has_select_for_update:
        found = found.select_for_update().order_by("pk")
    return [dict(row) for row in found.values(*_SEEN)]


def _free_requests(batch: Sequence[Keeping]) -> set[int]:
    """Requests of anonymous surveys that nobody answered yet: no answer leads back to them, so they are asked themselves."""
    return free_among(_anonymous(batch))


def _anonymous(batch: Sequence[Keeping]) -> dict[int, set[int]]:
    """Requests of anonymous surveys, by survey."""
    found: dict[int, set[int]] = {}
    for one in batch:
        if one.anonymous and one.request_id is not None:
            found.setdefault(one.survey_id, set()).add(one.request_id)
    return found


def _new_ids(count: int) -> list[uuid.UUID]:
    """All drawn at once: at each draw of its own the writer would step back behind everyone who waits to be next."""
    drawn = os.urandom(16 * count)
    return [uuid.UUID(bytes=drawn[16 * n : 16 * n + 16], version=4) for n in range(count)]


def _values(one: Keeping, found: Kept | None, new_id: uuid.UUID) -> Row:
    """A row of `Response`, with every column."""
    return {
        "id": found.id if found else new_id, "survey_id": one.survey_id, "version_id": one.version_id,
        "submission": found.submission if found else one.submission, "request_id": one.tied_to,
        "link_id": one.link_id, "answers": one.answers, "language": one.language, "device": one.device,
        "context": dict(one.context), "last_question": one.last_question, "flags": one.flags, "sender": one.sender,
        "call_back": one.call_back, "test": one.test, "started_at": found.started_at if found else one.started_at,
        "saved_at": one.saved_at, "finished_at": one.finished_at, "entered_by_id": one.entered_by_id,
        "to_facts": True, "let_go_at": None,
    }  # fmt: skip


def _write(new: Sequence[Row], changed: Sequence[Row]) -> None:
    if new:
        insert_new(new)
    for row in changed:
        Response.objects.filter(pk=row["id"]).update(**{name: row[name] for name in _CHANGED})


def _mark_requests(kept: Sequence[Keeping]) -> None:
    """Requests begun and answered; nobody is reminded of what they answered. That of an anonymous answer stays as it is."""
    spend(_anonymous([one for one in kept if one.finished_at is not None]))
    of = [one for one in kept if one.request_id is not None and not one.anonymous]
    if not of:
        return
    own = Response.objects.filter(request=OuterRef("pk")).values("started_at")[:1]
    begun = Coalesce(F("started_at"), Subquery(own))
    done = {one.request_id or 0 for one in of if one.finished_at is not None}
    half = {one.request_id or 0 for one in of} - done
    asked = Request.objects.filter(answered_at=None)
    if done:
        moment = max(one.saved_at for one in of)
        asked.filter(pk__in=done).update(started_at=begun, answered_at=moment, reminder_at=None, to_facts=True)
    if half:
        asked.filter(pk__in=half, started_at=None).update(started_at=begun, to_facts=True)
