"""The targets: how each stands, what it takes, and what became of earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from peil.accounts.rules import may, sees_kpi
from peil.board.targets import TargetKept, history, in_force, target_of
from peil.board.targets.prospects import Aim, Measuring, Prospect, prospects
from peil.core.kpis import BY_KEY
from peil.report.marks import KeyKind, key
from peil.report.views.origin import definitions
from peil.report.views.voice import Voice, verdict
from peil.report.words.terms import days, one_day
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.figures.filters import Filters, filters
from peil.web.pages.shell import show_page
from peil.web.pages.targets.prospect import Stands, judged_status, stands

KEYS: tuple[tuple[KeyKind, str], ...] = (("now", "key_now"), ("was", "aim_at_start"), ("target", "key_target"))


@dataclass(frozen=True, slots=True)
class Running:
    """A target as the page shows it."""

    id: int
    stands: Stands
    due: str
    told: str


@dataclass(frozen=True, slots=True)
class Default:
    """A target of the settings, and how the figures of now stand to it."""

    name: Markup
    target: str
    status: Markup
    value: Markup
    limits: Markup
    n: Markup


@dataclass(frozen=True, slots=True)
class Earlier:
    """A target that no longer holds."""

    id: int
    name: str
    team: str
    target: str
    period: str
    start: str
    ended: str
    how: str
    may_restore: bool


@allowed("see_figures")
def targets(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    teams = teams_seen(look)
    kept = _theirs(look, in_force(teams=teams))
    defaults = _without_target(look, kept)
    voice = page_voice(look)
    measuring = measuring_of(look, voice)
    aims = [Aim.of(t) for t in kept] + [Aim(k, "", v, look.today) for k, v in defaults]
    found = prospects(measuring, aims, look.today) if measuring else []
    running = [_running(voice, t, p) for t, p in zip(kept, found, strict=False)]
    return show_page(
        request,
        look,
        "targets/page.html",
        voice=voice,
        running=running,
        lead=_lead(voice, found[: len(kept)]),
        keys=[key(kind, voice(word)) for kind, word in KEYS],
        defaults=[_default(voice, p) for p in found[len(kept) :]],
        earlier=[_earlier(voice, t, may(look.person, "set_targets")) for t in _theirs(look, history(teams))],
        may_set=may(look.person, "set_targets"),
        definitions=definitions(voice, list(dict.fromkeys(a.kpi for a in aims))),
        notice=_notice(request, look, voice),
        filters=only_period(look, request.path),
    )


def teams_seen(look: Look) -> list[str] | None:
    """Whose targets may be seen: None is everyone's; what the whole reached is not told to who sees a part."""
    if look.sight.everything:
        return None
    return sorted(str(v) for f in look.sight.where if f.column == "team" for v in f.values)


def page_voice(look: Look) -> Voice:
    """The words and days of the page, whatever else is filtered; the figures come target by target."""
    plain = replace(look, state=replace(look.state, where=()))
    return plain.voice(frozenset(), ("csat",))


def measuring_of(look: Look, voice: Voice) -> Measuring | None:
    """The rows that targets are judged by; None where rows have no days."""
    span = voice.contents.span
    if span is None:
        return None
    return Measuring(look.peil.warehouse, span.since, span.until, look.sight.where)


def only_period(look: Look, path: str) -> Filters:
    """Targets are for all rows of a team: the page's other filters do not hold here."""
    all_of_them = filters(look, path)
    period = tuple(c for c in all_of_them.choosers if c.parameter == "period")
    return Filters(period, (), "")


def _theirs(look: Look, kept: Iterable[TargetKept]) -> list[TargetKept]:
    """The targets of figures that this person may see; a KPI that is gone has no page to judge it on."""
    return [t for t in kept if t.kpi in BY_KEY and sees_kpi(look.person, BY_KEY[t.kpi])]


def team_name(voice: Voice, team: str) -> str:
    return team or voice("aim_everyone")


def _without_target(look: Look, kept: list[TargetKept]) -> list[tuple[str, float]]:
    """The targets of the settings that no set one takes the place of; only for who sees all rows."""
    settings = look.peil.warehouse.settings
    if not look.sight.everything:
        return []
    taken = {t.kpi for t in kept if not t.team}
    return [
        (k, v) for k, v in settings.kpi_targets if k not in taken and k in BY_KEY and sees_kpi(look.person, BY_KEY[k])
    ]


def _running(voice: Voice, target: TargetKept, found: Prospect) -> Running:
    by = "aim_set_by" if target.set_by else "aim_set"
    told = voice(by, one_day(target.set_at.date(), voice.language), target.set_by)
    return Running(target.id, stands(voice, found), voice("aim_by", one_day(target.due, voice.language)), told)


def _default(voice: Voice, found: Prospect) -> Default:
    kpi = BY_KEY[found.kpi]
    e = found.now
    return Default(
        name=voice.linked(found.kpi),
        target=voice.target_text(kpi, found.value),
        status=judged_status(voice, e, found.value),
        value=Markup("–") if e is None else voice.fig.value(e),
        limits=Markup("") if e is None else voice.fig.limits(e),
        n=Markup("–") if e is None or e.value is None else voice.fig.n(e),
    )


def _earlier(voice: Voice, target: TargetKept, allowed_to: bool) -> Earlier:
    kpi, b = BY_KEY[target.kpi], target.baseline
    ended = target.ended_at
    return Earlier(
        id=target.id,
        name=voice.name(target.kpi),
        team=team_name(voice, target.team),
        target=voice.target_text(kpi, target.value),
        period=days(target.starts, target.due, voice.language),
        start="–" if b is None else voice.target_text(kpi, b.value),
        ended="" if ended is None else one_day(ended.date(), voice.language),
        how=voice("aim_replaced" if target.replaced else "aim_stopped"),
        may_restore=allowed_to,
    )


def _lead(voice: Voice, found: list[Prospect]) -> str:
    if not found:
        return voice("aim_lead_none")
    met = sum(p.now is not None and verdict(p.now, p.value) == "met" for p in found)
    if not met:
        return voice("aim_lead_zero", len(found)) if len(found) > 1 else voice("aim_lead_one")
    return voice("aim_lead", met, len(found), voice("aim_lead_is" if met == 1 else "aim_lead_are"))


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done; `restore` is the target that may hold again."""

    text: str
    restore: int | None


def _notice(request: HttpRequest, look: Look, voice: Voice) -> Notice | None:
    """What the address says was done, where it is still so."""
    given = request.GET.get("ended") or request.GET.get("kept") or ""
    target = target_of(int(given)) if given.isascii() and given.isdigit() and len(given) < 10 else None
    if target is None or target.kpi not in BY_KEY or not may(look.person, "set_targets"):
        return None
    name = voice.inline(target.kpi)
    if "ended" in request.GET:
        return Notice(voice("aim_ended_now", name), target.id) if target.ended_at else None
    return None if target.ended_at else Notice(voice("aim_kept", name), None)
