"""How long an answer stays somebody's: as long as its survey says, and then it is a score without a name or words.

A month is let go of as a whole, so that several answers of one customer in it still are those of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from peil.surveys.forgetting.erasing import Instead, context_of_nobody, without_words
from peil.surveys.keeping import read_version
from peil.surveys.models import Request, Response, Version
from peil.surveys.questionnaires.questionnaire import USUAL_RETENTION

_STAYS = ("channel", "employee_id", "team", "solution", "arm")  # of the context: nothing that leads to a customer


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be let go of, by its ids in the facts."""

    responses: tuple[str, ...]
    requests: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.responses) + len(self.requests)


def due(now: datetime, limit: int = 20_000) -> Due:
    """Answers and requests whose time is over, the oldest first; nothing is changed."""
    found: list[str] = []
    asked: list[str] = []
    for version, cut in _cuts(now):
        old = Response.objects.filter(
            survey=version.survey_id, version=version, saved_at__lt=cut, let_go_at=None
        ).order_by("saved_at")
        found += [str(pk) for pk in old.values_list("pk", flat=True)[:limit]]
        sent = Request.objects.filter(version=version, made_at__lt=cut, let_go_at=None).order_by("made_at")
        asked += [str(uid) for uid in sent.values_list("uid", flat=True)[:limit]]
    never = Request.objects.filter(version=None, made_at__lt=_months_before(now, USUAL_RETENTION), let_go_at=None)
    asked += [str(uid) for uid in never.values_list("uid", flat=True)[:limit]]
    return Due(tuple(found[:limit]), tuple(asked[:limit]))


def let_go(these: Due, instead: Instead) -> None:
    """Take names and words out of them; what changed is loaded into the facts again."""
    now = timezone.now()
    for response in Response.objects.filter(pk__in=these.responses).iterator(500):
        response.answers = without_words(response.answers)
        response.context = context_of_nobody(response.context, _STAYS, instead)
        response.call_back = response.sender = ""
        response.to_facts, response.let_go_at = True, now
        response.save()
    for request in Request.objects.filter(uid__in=these.requests).iterator(500):
        request.address = request.person = ""
        request.known, request.context = {}, context_of_nobody(request.context, _STAYS, instead)
        request.cause = request.reminder_at = request.due_at = None
        request.to_facts, request.let_go_at = True, now
        request.save()


def forget_senders(now: datetime) -> int:
    """From where answers came is kept for a day, hashed, to see a flood of them; of how many it is forgotten now."""
    old = Response.objects.filter(saved_at__lt=now - timedelta(days=1)).exclude(sender="")
    return int(old.update(sender=""))


def _cuts(now: datetime) -> Iterator[tuple[Version, datetime]]:
    for version in Version.objects.all():
        yield version, _months_before(now, read_version(version.pk, version.content).retention_months)


def _months_before(now: datetime, months: int) -> datetime:
    """The first moment of the month so many months before."""
    years, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return datetime(years, month + 1, 1, tzinfo=UTC)
