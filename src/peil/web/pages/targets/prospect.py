"""How a target stands, in words and as a peillat."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from peil.board.targets.prospects import Prospect
from peil.core.kpi import Estimate
from peil.core.kpis import BY_KEY
from peil.core.targets import Outlook
from peil.report.marks import GaugeMark, Scale, gauge, status
from peil.report.views.voice import Voice, verdict
from peil.report.words.changes import COUNTED, capital
from peil.report.words.figures import amount, limits, value
from peil.report.words.terms import days, pick

_STEP = 5  # a chance is no more precise than this


@dataclass(frozen=True, slots=True)
class Stands:
    """One target, ready to be shown."""

    name: Markup
    plain_name: str
    team: str
    target: str
    status: Markup
    value: Markup
    limits: Markup
    n: Markup
    picture: Markup
    start: str
    reached: str  # '' where it can't be told
    shown: str
    why: str  # what the chance rests on, or why there is none
    expected: str
    rows: str


def stands(voice: Voice, p: Prospect) -> Stands:
    e = p.now
    return Stands(
        name=voice.linked(p.kpi),
        plain_name=voice.name(p.kpi),
        team=p.team or voice("aim_everyone"),
        target=voice.target_text(BY_KEY[p.kpi], p.value),
        status=judged_status(voice, e, p.value),
        value=Markup("–") if e is None else voice.fig.value(e),
        limits=Markup("") if e is None else voice.fig.limits(e),
        n=Markup("–") if e is None or e.value is None else voice.fig.n(e),
        picture=_picture(voice, p),
        start=start_words(voice, p),
        reached="" if p.outlook is None else capital(voice("aim_reached", chance(voice, p.outlook.reached))),
        shown="" if p.outlook is None else voice("aim_shown", chance(voice, p.outlook.shown)),
        why=_why(voice, p),
        expected=_expected(voice, p),
        rows=_rows(voice, p),
    )


def judged_status(voice: Voice, e: Estimate | None, target: float) -> Markup:
    found = None if e is None else verdict(e, target)
    if found is None:
        return status("none", voice("no_verdict"))
    return status({"met": "good", "near": "mid"}.get(found, "bad"), voice(f"target_{found}"))  # type: ignore[arg-type]


def chance(voice: Voice, share: float) -> str:
    """A chance in steps of 5 %, with an end where more digits would be a pretence."""
    percent = 100 * share
    if percent < _STEP:
        return voice("chance_small")
    if percent > 100 - _STEP:
        return voice("chance_large")
    return voice("chance_about", round(percent / _STEP) * _STEP)


def start_words(voice: Voice, p: Prospect) -> str:
    """What was measured when the target was set, as long as the page shows it."""
    b = p.baseline
    if b is None:
        return voice("aim_no_start")
    e = Estimate(
        kpi=p.kpi, value=b.value, low=b.low, high=b.high, n=b.n, unit=BY_KEY[p.kpi].unit, status="ok", method="",
        level=b.level,
    )  # fmt: skip
    when = days(b.since, type(b.until).fromordinal(b.until.toordinal() - 1), voice.language)
    said, around = value(e, voice.language), limits(e, voice.language)
    if not around:
        return voice("aim_start_bare", said, voice.count(b.n), when)
    return voice("aim_start", said, around, voice.count(b.n), when)


def _why(voice: Voice, p: Prospect) -> str:
    if p.silence is not None:
        return voice(f"aim_untold_{p.silence}")
    if p.course is None:
        return voice("aim_stays")
    if p.course.drift is None:
        return voice("aim_from_months", p.course.months)
    kpi = BY_KEY[p.kpi]
    decimals = 2 if kpi.unit in ("score", "euro") else 1
    unit = "percentage points" if kpi.unit == "percent" else kpi.unit
    return voice("aim_from_trend", p.course.months, _step_words(voice, p.course.drift, unit, decimals))


def _step_words(voice: Voice, step: float, unit: str, decimals: int) -> str:
    text = amount(step, unit, voice.language, decimals, signed=True)
    return voice(unit, text) if unit in ("points", "percentage points") else text


def _expected(voice: Voice, p: Prospect) -> str:
    o: Outlook | None = p.outlook
    if o is None:
        return ""
    kpi = BY_KEY[p.kpi]
    low, high = _inside(p.kpi, o.low), _inside(p.kpi, o.high)
    e = Estimate(
        kpi=p.kpi, value=_inside(p.kpi, o.expected), low=low, high=high, n=1, unit=kpi.unit, status="ok", method=""
    )
    return voice("aim_expected", value(e, voice.language), limits(e, voice.language))


def _inside(key: str, x: float) -> float:
    """What will be lies on the KPI's scale, whatever the sums say."""
    kpi = BY_KEY[key]
    low, high = {"percent": (0.0, 100.0), "points": (-100.0, 100.0)}.get(kpi.unit, kpi.bounds or (None, None))
    if kpi.unit in ("seconds", "minutes", "count", "per_100", "euro", "years"):
        low = 0.0
    x = x if low is None else max(low, x)
    return x if high is None else min(high, x)


def _rows(voice: Voice, p: Prospect) -> str:
    if p.power is None or p.now is None:
        return ""
    if p.rows_needed is None:
        return voice("aim_rows_never")
    counted = pick(COUNTED.get(BY_KEY[p.kpi].fact, ("rijen", "rows")), voice.language)
    return voice("aim_rows", voice.count(p.rows_needed), voice.count(p.now.n), chance(voice, p.power), counted)


def _picture(voice: Voice, p: Prospect) -> Markup:
    e = p.now
    was = None if p.baseline is None else p.baseline.value
    known = [
        x for x in (e.value if e else None, e.low if e else None, e.high if e else None, was, p.value) if x is not None
    ]
    spread = max(known) - min(known) or 1.0
    scale = Scale.around([min(known) - 0.15 * spread, max(known) + 0.15 * spread])
    kpi = BY_KEY[p.kpi]
    if kpi.unit == "percent":
        scale = Scale(max(0.0, scale.low), min(100.0, scale.high))
    label = voice("target", voice.target_text(kpi, p.value))
    mark = GaugeMark(
        None if e is None else e.value, None if e is None else e.low, None if e is None else e.high, was, p.value, label
    )
    said = "–" if e is None else value(e, voice.language)
    return gauge(scale, mark, voice("gauge_label", voice.name(p.kpi), said, label))
