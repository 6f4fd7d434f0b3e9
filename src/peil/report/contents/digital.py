"""Digital service: why people visit, whether it works, how it feels; and where visits end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peil.core.compare import adjust
from peil.core.kpi import Comparison, Estimate
from peil.report.contents.subjects import EFFECTIVENESS, EXPERIENCE, VISIT_REASONS, has_figure
from peil.report.question import Asking
from peil.warehouse.query import Filter

DIGITAL = ("web", "app")
MOST_ARTICLES = 10
GROUPS = ("self_care", "self_provisioning")


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its change."""

    figure: Estimate
    change: Comparison | None


@dataclass(frozen=True, slots=True)
class VisitGroup:
    """Visits that read help pages, used the 'my' pages, both or neither; how many opened the contact page."""

    self_care: bool
    self_provisioning: bool
    to_contact: Estimate


@dataclass(frozen=True, slots=True)
class Article:
    """One answer of the help pages: how often seen, how often found helpful beside the others."""

    solution: str
    helpful: Comparison | None
    shown: Estimate | None


@dataclass(frozen=True, slots=True)
class Digital:
    """The three levels, the visits by what they used, and the articles seen most."""

    reasons: tuple[Line, ...]
    effectiveness: tuple[Line, ...]
    experience: tuple[Line, ...]
    visits: tuple[VisitGroup, ...]
    articles: tuple[Article, ...]
    helpful: Estimate | None

    def __bool__(self) -> bool:
        return bool(self.reasons or self.articles)


NO_DIGITAL = Digital((), (), (), (), (), None)


def digital(asking: Asking, figures: Mapping[str, Estimate], changes: Mapping[str, Comparison]) -> Digital:
    def lines(keys: tuple[str, ...]) -> tuple[Line, ...]:
        return tuple(Line(figures[k], changes.get(k)) for k in keys if has_figure(figures.get(k)))

    helpful = figures.get("helpful")
    return Digital(
        lines(VISIT_REASONS),
        lines(EFFECTIVENESS) if lines(VISIT_REASONS) else (),
        _experience(asking),
        _visits(asking) if has_figure(figures.get("visits_contact_page")) else (),
        _articles(asking) if has_figure(helpful) else (),
        helpful if has_figure(helpful) else None,
    )


def _experience(asking: Asking) -> tuple[Line, ...]:
    """What digital customers answer: scores given about the web and the app, and usability."""
    if "channel" in {f.column for f in asking.asked.where}:
        return ()
    there = asking.figures(EXPERIENCE, where=(*asking.asked.where, Filter("channel", DIGITAL)))
    keys = [e.kpi for e in there if has_figure(e)]
    found = asking.changes(keys, where=(*asking.asked.where, Filter("channel", DIGITAL)))
    changed = {c.kpi: c for c in adjust(found)}
    return tuple(Line(e, changed.get(e.kpi)) for e in there if has_figure(e))


def _visits(asking: Asking) -> tuple[VisitGroup, ...]:
    found = asking.figures(["visits_contact_page"], GROUPS)
    known = [e for e in found if None not in e.group.values() and has_figure(e)]
    groups = [VisitGroup(e.group["self_care"] == 1, e.group["self_provisioning"] == 1, e) for e in known]
    return tuple(sorted(groups, key=lambda g: -g.to_contact.n)) if len(groups) == len(found) else ()


def _articles(asking: Asking) -> tuple[Article, ...]:
    """The answers seen most, the most seen first."""
    shown = {str(e.group["solution"]): e for e in asking.figures(["solutions_shown"]) if e.value is not None}
    rated = {str(c.group["solution"]): c for c in asking.contrasts(["helpful"], "solution")}
    most = sorted(shown, key=lambda s: -(shown[s].value or 0.0)) or sorted(rated, key=lambda s: -rated[s].after.n)
    return tuple(Article(s, rated.get(s), shown.get(s)) for s in most[:MOST_ARTICLES])
