"""The figures about answers, as a person would count them from the definitions."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.generated.sets import DIMENSIONS, Row
from tests.oracle.tally import Figure, Measure, Spread, Tally

NEVER = datetime.min.replace(tzinfo=UTC)


def _rows(t: Tally, kind: str, **more: object) -> list[Row]:
    return t.rows("answers", kind=kind, **more)


def mark_last(rows: list[Row], periods: tuple[str, ...]) -> None:
    """Of each customer the last answer to each question about the brand; who is unknown counts with each submission.

    `rows` are those of the whole period, `periods` the columns with shorter ones. Another breakdown is made of
    the answers that count, it does not make more count.
    """
    newest: dict[tuple[str, ...], Row] = {}
    for row in rows:
        row["last"] = False
    about_the_brand = [row for row in rows if row["relationship"] == 1 and row["score"] is not None]
    for row in sorted(about_the_brand, key=lambda r: (r["answered_at"] or NEVER, r["answer_id"])):
        newest[row["person"], row["kind"], row["question"], *(row[p] for p in periods)] = row
    for row in newest.values():
        row["last"] = True


def favourable(kind: str, **more: object) -> Measure:
    return lambda t: t.share(_rows(t, kind, **more), "box")


def unfavourable(kind: str, **more: object) -> Measure:
    return lambda t: t.share(_rows(t, kind, **more), "box", yes=(-1,))


def one_scale(kind: str, column: str = "score", **more: object) -> Measure:
    return lambda t: t.mean_on_one_scale(_rows(t, kind, **more), column)


def mean(kind: str, column: str, **more: object) -> Measure:
    return lambda t: t.mean(_rows(t, kind, **more), column)


def net(kind: str, **more: object) -> Measure:
    return lambda t: t.net(_rows(t, kind, **more))


def _last(t: Tally, kind: str) -> list[Row]:
    return _rows(t, kind, last=True)


def _nps_relationship(t: Tally) -> Figure:
    return t.net(_last(t, "nps"))


TOUCH = {"relationship": 0}
FIGURES: dict[str, Measure] = {
    "csat": favourable("csat", **TOUCH),
    "csat_relationship": lambda t: t.share(_last(t, "csat"), "box"),
    "dsat": unfavourable("csat", **TOUCH),
    "dsat_relationship": lambda t: t.share(_last(t, "csat"), "box", yes=(-1,)),
    "csat_mean": one_scale("csat", **TOUCH),
    "csat_mean_relationship": lambda t: t.mean_on_one_scale(_last(t, "csat"), "score"),
    "csat_mean_100": mean("csat", "score_100", **TOUCH),
    "rapportcijfer": one_scale("rapportcijfer", **TOUCH),
    "rapportcijfer_relationship": lambda t: t.mean_on_one_scale(_last(t, "rapportcijfer"), "score"),
    "nps": net("nps", **TOUCH),
    "nps_relationship": _nps_relationship,
    "nps_1_10": net("nps_1_10", **TOUCH),
    "nps_1_10_relationship": lambda t: t.net(_last(t, "nps_1_10")),
    "ces_agree": one_scale("ces_agree"),
    "ces_agree_easy": favourable("ces_agree"),
    "ces_effort": one_scale("ces_effort"),
    "ces_effort_low": favourable("ces_effort"),
    "ces_ease": one_scale("ces_ease"),
    "ces_ease_easy": favourable("ces_ease"),
    "gap": one_scale("gap", "gap"),
    "servqual": one_scale("servqual_overall", "gap"),
    "servqual_weighted": one_scale("servqual_weighted", "gap"),
    "servqual_perceived": one_scale("servqual_overall", "score"),
    "servqual_expected": one_scale("servqual_overall", "expected"),
    **{f"servqual_{d}": one_scale("servqual_dimension", "gap", dimension=d) for d in DIMENSIONS},
    "servperf": one_scale("servperf"),
    "servperf_100": mean("servperf", "score_100"),
    "sus": mean("sus", "score"),
    "task_success": favourable("task_success"),
    "engagement": one_scale("engagement"),
    "engagement_favourable": favourable("engagement"),
    "solved_asked": favourable("solved"),
    "told_again": favourable("told_again"),
}
SPREADS: dict[str, Spread] = {
    key: lambda t, kind=kind: t.shares(_rows(t, kind), "choice")  # type: ignore[misc]
    for key, kind in {
        "reasons": "reason",
        "preferred_channel": "preferred_channel",
        "considered_channel": "considered_channel",
    }.items()
}
