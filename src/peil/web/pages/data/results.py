"""What the pages of work, trial and result show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from peil.core.kpi import Estimate
from peil.core.kpis import BY_KEY
from peil.report.contents.subjects import BESIDE, MOST_TILES, TILES, chosen, has_figure
from peil.report.figure import Figures
from peil.report.words import Language, say
from peil.report.words.app.told import note_told
from peil.report.words.changes import capital
from peil.report.words.figures import count
from peil.report.words.rejects import rejection
from peil.report.words.terms import FACTS, ROWS, kpi_name, pick
from peil.sources.limits import MEGA
from peil.web.look import Look
from peil.web.pages.data.upload.folder import State, Upload
from peil.web.pages.data.upload.tried import figure_of

_FIGURES = 14


@dataclass(frozen=True, slots=True)
class TriedReject:
    """One reason for rejecting, with examples."""

    column: str
    reason: str
    remedy: str
    count: str
    examples: tuple[str, ...]


def work_context(look: Look, upload: Upload, state: State) -> dict[str, Any]:
    """How far the work is, in words and as a share."""
    language = look.language
    rows = count(state.rows, language)
    match state.part:
        case "wait":
            told = say("part_wait" if state.stage != "reading" else "part_begin", language)
        case "load":
            told = say("part_load" if state.stage == "importing" else "part_load_check", language, rows)
        case _ if not state.total:
            told = say("part_begin", language)
        case _:
            told = say("part_read", language, rows, _size(state.done, language), _size(state.total, language))
    loading = state.stage == "importing" and state.part == "load"
    return {
        "told": told,
        "title": say(f"at_work_{state.stage}", language),
        "share": None if not state.total else round(100 * state.done / state.total),
        "can_stop": not loading and not upload.cancelled,
        "stopping": upload.cancelled and not loading,
    }


def _size(n: int, language: Language) -> str:
    return f"{count(n // MEGA, language)} MB" if n >= MEGA else f"{count(-(-n // 1024), language)} kB"


def checked_context(look: Look, state: State) -> dict[str, Any]:
    """What the trial found."""
    tried, language = state.tried, look.language
    figures = [figure_of(f) for f in tried["figures"]]
    shown, more = _split([e for e in figures if e is not None])
    several = [kpi_name(f["kpi"], language) for f in tried["figures"] if f.get("several")]
    return {
        "rows": _rows(tried["rows"], language),
        "copies": count(tried["copies"], language) if tried["copies"] else "",
        "rejected": count(tried["rejected"], language) if tried["rejected"] else "",
        "rejects": [_reject(k, language) for k in tried["kinds"]],
        "notes": [note_told(n, language) for n in tried["notes"]],
        "figures": [_figure(e, language) for e in shown],
        "more": "; ".join([*(kpi_name(e.kpi, language) for e in more), *several]),
        "already": tried["already"],
        "any_rows": any(tried["rows"].values()),
    }


def done_context(look: Look, state: State) -> dict[str, Any]:
    """What was taken in, and where its figures are."""
    report, language = state.report, look.language
    figures = [e for f in state.tried.get("figures", []) if (e := figure_of(f)) is not None and e.kpi in BY_KEY]
    shown, more = _split(figures)
    return {
        "report": report,
        "rows": _rows(report["rows"], language),
        "total": count(sum(report["rows"].values()), language),
        "rejected": count(report["rejected"], language) if report["rejected"] else "",
        "notes": [note_told(n, language) for n in report.get("notes", [])],
        "kpis": [(look.state.url(reverse("kpi", args=[e.kpi])), kpi_name(e.kpi, language)) for e in [*shown, *more]],
    }


def _rows(rows: dict[str, int], language: Language) -> list[tuple[str, str]]:
    return [(capital(pick(ROWS[fact], language)), count(n, language)) for fact, n in rows.items() if fact in FACTS]


def _reject(told: dict[str, Any], language: Language) -> TriedReject:
    examples = tuple(
        say("checked_example", language, "?" if e["row"] is None else count(e["row"], language), e["value"])
        for e in told["examples"]
    )
    reason, remedy = rejection(told["reason"], told["remedy"], language)
    return TriedReject(told["column"] or "", reason, remedy, count(told["count"], language), examples)


def _split(figures: list[Estimate]) -> tuple[list[Estimate], list[Estimate]]:
    """Those to show with their value, the main ones first; the rest by name."""
    found = {e.kpi: e for e in figures if has_figure(e)}
    main = [*chosen(TILES, found, MOST_TILES), *chosen(BESIDE, found, MOST_TILES)]
    order = [*main, *(k for k in found if k not in main)]
    shown = [found[k] for k in order[:_FIGURES]]
    return shown, [e for e in figures if e.kpi not in {s.kpi for s in shown}]


def _figure(e: Estimate, language: Language) -> dict[str, Any]:
    fig = Figures(language)
    return {
        "key": e.kpi,
        "name": kpi_name(e.kpi, language),
        "value": fig.value(e),
        "limits": fig.limits(e),
        "n": fig.n(e),
    }
