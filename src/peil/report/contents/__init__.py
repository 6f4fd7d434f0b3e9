"""Everything a report says, as values: no words, no drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.report.contents.contact import ChannelResponse, first_responses
from peil.report.contents.digital import NO_DIGITAL, Digital, digital
from peil.report.contents.groups import Breakdown, breakdowns
from peil.report.contents.headline import Headline, headline, main_figures
from peil.report.contents.origin import Origin, origin
from peil.report.contents.series import Series, series
from peil.report.contents.subjects import MARKS, SHARES, has_figure
from peil.report.question import Asking, ReportQuestion, Span, choose_span, extents

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


@dataclass(frozen=True, slots=True)
class Contents:
    """What a report shows; `span` is None where rows have no days to choose from."""

    organisation: str
    asked: ReportQuestion
    span: Span | None
    today: date
    targets: Mapping[str, float]
    smallest: tuple[int, int]  # answers, people
    headline: Headline
    boxes: Mapping[str, tuple[Estimate, ...]]  # KPI -> its figures by box, unfavourable first
    series: Mapping[str, Series]
    breakdowns: Mapping[str, tuple[Breakdown, ...]]
    shares: Mapping[str, tuple[Estimate, ...]]  # reasons, channels: lists of shares
    responses: tuple[ChannelResponse, ...]
    statements: tuple[Comparison, ...]  # SERVQUAL dimensions or gaps, beside the rest
    digital: Digital
    origin: Origin

    @property
    def figures(self) -> Mapping[str, Estimate]:
        return self.headline.figures


Part: TypeAlias = Literal["series", "boxes", "breakdowns", "shares", "responses", "statements", "digital", "origin"]
PARTS: frozenset[Part] = frozenset(get_args(Part))
_NO_ORIGIN = Origin((), (), {}, ())


def gather(
    warehouse: Warehouse,
    asked: ReportQuestion,
    parts: frozenset[Part] = PARTS,
    only: Sequence[str] = (),
    *,
    among_all: bool = False,
) -> Contents:
    """Ask everything that a report shows, or the figures with some of its parts; with `only`, about these KPIs.

    Their changes are then uncorrected, or `among_all` those that the report tells.
    """
    today = warehouse.today
    held = extents(warehouse)
    asking = Asking(warehouse, asked, choose_span(warehouse, asked, today), held)
    top = headline(asking, only)
    if among_all:
        told = main_figures(asking).changes
        top = replace(top, changes={k: told.get(k, c) for k, c in top.changes.items()})
    marks = () if only else tuple(k for k in MARKS if has_figure(top.figures.get(k)))
    detailed = tuple(dict.fromkeys((*top.tiles, *marks)))
    settings = warehouse.settings
    return Contents(
        organisation=settings.organisation,
        asked=asked,
        span=asking.span,
        today=today,
        targets=dict(settings.kpi_targets),
        smallest=(settings.min_answers, settings.min_people),
        headline=top,
        boxes={key: _boxes(asking, key) for key in detailed if _has_boxes(key)} if "boxes" in parts else {},
        series=series(asking, detailed) if "series" in parts else {},
        breakdowns=_breakdowns(asking, detailed) if "breakdowns" in parts else {},
        shares=_shares(asking) if "shares" in parts else {},
        responses=first_responses(asking) if "responses" in parts else (),
        statements=_gaps(asking, top) if "statements" in parts else (),
        digital=digital(asking, top.figures, top.changes) if "digital" in parts else NO_DIGITAL,
        origin=origin(asking, top.figures) if "origin" in parts else _NO_ORIGIN,
    )


def _breakdowns(asking: Asking, keys: Sequence[str]) -> Mapping[str, tuple[Breakdown, ...]]:
    return breakdowns(asking, [k for k in keys if not BY_KEY[k].people])


def _has_boxes(key: str) -> bool:
    return key.startswith(("nps", "csat"))


def _boxes(asking: Asking, key: str) -> tuple[Estimate, ...]:
    """How many answers are unfavourable, neutral and favourable; () where one of them is hidden."""
    found = {e.group.get("box"): e for e in asking.figures([key], ["box"])}
    parts = [found[box] for box in (-1, 0, 1) if box in found]
    return tuple(parts) if parts and all(e.status != "hidden" for e in parts) and not asking.asked.weighted else ()


def _shares(asking: Asking) -> dict[str, tuple[Estimate, ...]]:
    """Each list of shares, the largest first."""
    found: dict[str, list[Estimate]] = {}
    for e in asking.figures(SHARES):
        if has_figure(e):
            found.setdefault(e.kpi, []).append(e)
    return {key: tuple(sorted(parts, key=lambda e: -(e.value or 0.0))) for key, parts in found.items()}


def _gaps(asking: Asking, top: Headline) -> tuple[Comparison, ...]:
    """Gaps by dimension (or by question), the largest shortfall first."""
    if not has_figure(top.figures.get("gap")):
        return ()
    by_dimension = asking.contrasts(["gap"], "dimension")
    found = by_dimension if len(by_dimension) > 1 else asking.contrasts(["gap"], "question")
    return tuple(sorted(found, key=lambda c: c.after.value if c.after.value is not None else 0.0))
