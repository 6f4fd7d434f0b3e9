"""Rules: after what a survey is sent, to whom, how long after and by which way. Set going, they ask about what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any, cast

from django.utils import timezone

from peil.core.errors import BadQuery
from peil.surveys.models import Rule as Row
from peil.surveys.models import Survey
from peil.surveys.questionnaires.questionnaire import Moment
from peil.surveys.whom.reasons import SENT, Via

MOMENTS: tuple[Moment, ...] = (
    "after_contact", "after_visit", "after_purchase", "journey_step", "before_renewal", "calm",
)  # fmt: skip
_LISTS = ("channels", "reasons", "teams")


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What a rule is set to. Empty lists take everything."""

    via: Via = "email"
    delay_hours: int = 24
    share: int = 100  # percent of those who may be asked
    late_days: int = 7  # what is known later than this is not asked about
    channels: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    journey: str = ""  # of a journey step
    days_before: int = 30  # of a renewal
    spread_days: int = 365  # over which a wave is spread; it comes back every 365


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRule:
    """A rule as the pages see it."""

    id: int
    survey: str
    name: str
    moment: Moment
    how: How = field(default_factory=How)
    active: bool = False
    since: datetime | None = None


def add_rule(survey: str, name: str, moment: Moment, how: How) -> AskRule:
    """Keep a new rule; it asks nobody until it is set going."""
    row = Survey.objects.filter(key=survey).first()
    if row is None:
        raise BadQuery(f"There is no survey '{survey[:60]}'.", "Choose one from the list of surveys.")
    _check(name, moment, how)
    return _rule(Row.objects.create(survey=row, name=name.strip()[:120], moment=moment, settings=asdict(how)))


def change_rule(number: int, name: str, moment: Moment, how: How) -> AskRule | None:
    """Change a rule. It goes on from now: what happened before is not asked about by its new settings."""
    _check(name, moment, how)
    row = Row.objects.filter(pk=number).select_related("survey").first()
    if row is None:
        return None
    row.name, row.moment, row.settings = name.strip()[:120], moment, asdict(how)
    row.since = timezone.now() if row.active else row.since
    row.save(update_fields=["name", "moment", "settings", "since"])
    return _rule(row)


def start_rule(number: int, now: datetime | None = None) -> bool:
    """Set a rule going from this moment on; whether it stood still."""
    return bool(Row.objects.filter(pk=number, active=False).update(active=True, since=now or timezone.now()))


def pause_rule(number: int) -> bool:
    """Have a rule ask nobody; what it asked stays. Whether it was going."""
    return bool(Row.objects.filter(pk=number, active=True).update(active=False))


def remove_rule(number: int) -> bool:
    """Remove a rule that stands still; whether there was one."""
    return bool(Row.objects.filter(pk=number, active=False).delete()[0])


def find_rule(number: int) -> AskRule | None:
    row = Row.objects.filter(pk=number).select_related("survey").first()
    return _rule(row) if row else None


def all_rules() -> list[AskRule]:
    """Every rule, those that are going first."""
    return [_rule(row) for row in Row.objects.select_related("survey").order_by("-active", "survey__key", "pk")]


def active_rules(moment: Moment | None = None) -> list[AskRule]:
    """The rules that are going, of surveys that still ask."""
    rows = Row.objects.filter(active=True, survey__ended_at=None).select_related("survey").order_by("pk")
    return [_rule(row) for row in (rows.filter(moment=moment) if moment else rows)]


def takes(rule: AskRule, told: Mapping[str, str]) -> bool:
    """Whether a rule is about a contact of this channel, reason, team or journey."""
    how = rule.how
    chosen = ((how.channels, "channel"), (how.reasons, "reason"), (how.teams, "team"))
    return all(not wanted or told.get(name, "") in wanted for wanted, name in chosen) and (
        rule.moment != "journey_step" or not how.journey or told.get("journey", "") == how.journey
    )


def _check(name: str, moment: str, how: How) -> None:
    wrong = ""
    if not name.strip():
        wrong = "has no name"
    elif moment not in MOMENTS:
        wrong = f"knows no moment '{moment[:40]}'"
    elif how.via not in SENT:
        wrong = f"can't send by '{str(how.via)[:20]}'"
    elif not (0 <= how.delay_hours <= 24 * 60 and 1 <= how.share <= 100 and 1 <= how.late_days <= 60):
        wrong = "has a delay, a share or a number of days that can't be"
    elif not (1 <= how.days_before <= 365 and 1 <= how.spread_days <= 365):
        wrong = "has a number of days that is not from 1 to 365"
    if wrong:
        raise BadQuery(f"This rule {wrong}.", "Mend that field.")


def _rule(row: Row) -> AskRule:
    known = {f.name for f in fields(How)}
    given: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in row.settings.items() if k in known}
    return AskRule(
        id=row.pk, survey=row.survey.key, name=row.name, moment=cast("Moment", row.moment), how=replace(How(), **given),
        active=row.active, since=row.since,
    )  # fmt: skip
