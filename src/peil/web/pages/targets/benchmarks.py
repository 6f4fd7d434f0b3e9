"""Benchmarks: the own past first, then others, compared only where they measured the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from peil.accounts.rules import may
from peil.board.benchmarks import KNOWN, Against, Outside, against, own_benchmarks
from peil.board.benchmarks.keeping import removed_name
from peil.board.benchmarks.outside import scale_of, scales
from peil.core.compare import difference_unit
from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.report.views.origin import definitions
from peil.report.views.tiles import change
from peil.report.views.voice import Voice
from peil.report.words.figures import difference, difference_limits, limits, value
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.figures.filters import Filters, filters
from peil.web.pages.shell import show_page


@dataclass(frozen=True, slots=True)
class Past:
    """A figure beside that of a year earlier."""

    name: Markup
    info: Markup
    value: Markup
    limits: Markup
    n: Markup
    then: Markup
    then_limits: Markup
    change: Markup


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of others beside the own one, in words."""

    name: str
    kpi: Markup
    figure: str
    around: str
    year: str
    source: str
    own: Markup
    own_limits: Markup
    n: Markup
    difference: str
    verdict: str
    judged: str
    why: str
    id: int | None


@dataclass(frozen=True, slots=True)
class Apart:
    """Figures of one source that can't be compared, for the same reason."""

    kpi: Markup
    source: str
    why: str
    rows: tuple[Beside, ...]


@allowed("see_figures")
def benchmarks(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    year = replace(look, state=replace(look.state, compare="last_year"))
    voice = year.voice(frozenset())
    others = [*own_benchmarks(), *KNOWN]
    known = scales(look.peil.warehouse)
    compared = [against(o, _own(voice, o), scale_of(BY_KEY[o.kpi], known)) for o in others]
    may_edit = may(look.person, "set_targets")
    past = _past(voice)
    return show_page(
        request,
        look,
        "targets/benchmarks.html",
        voice=voice,
        past=past,
        beside=[_beside(voice, a, known) for a in compared if not a.reasons],
        apart=_apart([_beside(voice, a, known) for a in compared if a.reasons]),
        filters=_without_comparison(look, request.path),
        may_edit=may_edit,
        definitions=definitions(voice, list(dict.fromkeys([*_keys(voice), *(o.kpi for o in others)]))),
        removed=_removed(request, look),
    )


def _apart(shown: list[Beside]) -> list[Apart]:
    """The same source and reason told once."""
    found: dict[tuple[Markup, str, str], list[Beside]] = {}
    for b in shown:
        found.setdefault((b.kpi, b.source, b.why), []).append(b)
    return [Apart(kpi, source, why, tuple(rows)) for (kpi, source, why), rows in found.items()]


def _without_comparison(look: Look, path: str) -> Filters:
    """This page compares with a year earlier, whatever others compare with."""
    every = filters(look, path)
    return replace(every, choosers=tuple(c for c in every.choosers if c.parameter != "compare"))


def _keys(voice: Voice) -> list[str]:
    top = voice.contents.headline
    return [*top.tiles, *top.beside]


def _past(voice: Voice) -> list[Past]:
    """The main figures that there were a year earlier too."""
    found = []
    for key in _keys(voice):
        c = voice.contents.headline.changes.get(key)
        if c is None or c.before.value is None:
            continue
        found.append(
            Past(
                voice.linked(key),
                voice.info(key),
                voice.fig.value(c.after),
                voice.fig.limits(c.after),
                voice.fig.n(c.after),
                voice.fig.value(c.before, "before"),
                voice.fig.limits(c.before, "before"),
                change(voice, c),
            )
        )
    return found


def _own(voice: Voice, outside: Outside) -> Estimate | None:
    e = voice.contents.figures.get(outside.kpi)
    return e if e is not None and e.status in ("ok", "few_customers") else None


def _beside(voice: Voice, a: Against, known: Mapping[str, str]) -> Beside:
    o, own = a.outside, a.own
    figure, around = _figure(voice, o)
    verdict = voice(f"mark_{a.verdict}")
    if a.verdict != "untold" and not a.margin_known:
        around = voice("mark_margin_unknown")
    return Beside(
        name=o.name.nl if voice.language == "nl" else o.name.en,
        kpi=voice.linked(o.kpi),
        figure=figure,
        around=around,
        year=str(o.year) if o.year else voice("mark_year_unknown"),
        source=" · ".join(x for x in (o.source, o.method.nl if voice.language == "nl" else o.method.en, o.scale) if x),
        own=Markup("–") if own is None else voice.fig.value(own),
        own_limits=Markup("") if own is None else voice.fig.limits(own),
        n=Markup("–") if own is None else voice.fig.n(own),
        difference=_difference(voice, a),
        verdict=verdict,
        judged=_judged(a),
        why=", ".join(_reason(voice, r, o, known) for r in a.reasons),
        id=o.id,
    )


def _figure(voice: Voice, o: Outside) -> tuple[str, str]:
    """The figure of others, and how sure they are as far as they told."""
    e = Estimate(
        kpi=o.kpi, value=o.value, low=o.low, high=o.high, n=o.n or 0, unit=BY_KEY[o.kpi].unit, status="ok", method=""
    )
    said = value(e, voice.language)
    if o.other_definition:
        said = said.rstrip("%")
    if o.top is not None:
        said = voice("aim_range", said, value(replace(e, value=o.top), voice.language))
    told = [limits(e, voice.language), "" if o.n is None else f"n = {voice.count(o.n)}"]
    return said, " · ".join(x for x in told if x)


def _difference(voice: Voice, a: Against) -> str:
    if a.difference is None or a.own is None:
        return "–"
    c = Comparison(
        kpi=a.outside.kpi, before=a.own, after=a.own, difference=a.difference, low=a.low, high=a.high, p=None,
        p_adjusted=None, changed=None, unit=difference_unit(BY_KEY[a.outside.kpi]), method="",
    )  # fmt: skip
    return f"{difference(c, voice.language)} ({difference_limits(c, voice.language)})"


def _judged(a: Against) -> str:
    better = BY_KEY[a.outside.kpi].better
    if a.verdict not in ("above", "below") or better == "neither":
        return ""
    return "good" if (a.verdict == "above") == (better == "higher") else "bad"


def _reason(voice: Voice, reason: str, o: Outside, known: Mapping[str, str]) -> str:
    if reason == "other_scale":
        return voice("mark_other_scale", o.scale, scale_of(BY_KEY[o.kpi], known))
    return voice(f"mark_{reason}")


def _removed(request: HttpRequest, look: Look) -> tuple[int, str] | None:
    """The benchmark that the address says was taken out, where it still is."""
    given = request.GET.get("removed", "")
    if not (given.isascii() and given.isdigit() and len(given) < 10 and may(look.person, "set_targets")):
        return None
    name = removed_name(int(given))
    return None if name is None else (int(given), name)
