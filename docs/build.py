"""Write docs/kpis/ from the catalogue, one page per KPI and an index, and docs/facts.md. Run by `make docs`."""

from __future__ import annotations

from pathlib import Path

from peil.core.kpi import Kpi
from peil.core.kpis import (
    contacts,
    digital,
    effort,
    employees,
    handling,
    loyalty,
    response,
    satisfaction,
    servqual,
    solving,
)
from peil.core.moments import Count, CountBetween, Histogram, Is, LogHistogram, Moment, Spread, Sum, SumProduct
from peil.facts.schema import FACTS

HERE = Path(__file__).resolve().parent

SUBJECTS = {
    "Satisfaction and recommendation": satisfaction.KPIS,
    "Effort": effort.KPIS,
    "Service quality and expectations": servqual.KPIS,
    "Response and waiting": response.KPIS,
    "Handling": handling.KPIS,
    "Solving and channels": solving.KPIS,
    "Contacts and cost": contacts.KPIS,
    "Website and usability": digital.KPIS,
    "Customers and response to surveys": loyalty.KPIS,
    "Employees": employees.KPIS,
}

UNITS = {
    "points": "points, -100 to +100, always with a sign and never a % sign",
    "percent": "percent; a change is in percentage points",
    "score": "points of the scale",
    "seconds": "seconds",
    "minutes": "minutes per employee and week",
    "count": "number",
    "per_100": "number per 100",
    "euro": "euro",
    "years": "years",
}
BETTER = {
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neither": "Neither higher nor lower is better by itself.",
}

INTERVALS = {
    "tango": "Tango's score interval for the difference of two shares of the same answers, with the number of answers "
    "replaced by the effective number that the jackknife over 100 blocks of customers gives, so several answers of "
    "one customer do not make it too narrow. Tango 1998, Statistics in Medicine 17; Kott 2001, Journal of Official "
    "Statistics 17.",
    "wilson": "Wilson's score interval for a share, with the number of rows replaced by the effective number that the "
    "jackknife over 100 blocks of customers gives, so several rows of one customer do not make it too narrow. Wilson "
    "1927, Journal of the American Statistical Association 22; Brown, Cai and DasGupta 2001, Statistical Science 16; "
    "Kott 2001, Journal of Official Statistics 17.",
    "jackknife_t": "Student's t on the variance from leaving out one of 100 blocks of customers at a time, so several "
    "rows of one customer do not make it too narrow. Kott 2001, Journal of Official Statistics 17.",
    "woodruff": "Woodruff's: a score interval for the share at or below the quantile, read back as times on the edges "
    "of logarithmic buckets 1 % wide; contacts still open count up to their age (Kaplan-Meier). The value is within "
    "1 % of the exact one; `--exact` reads it from the rows. Woodruff 1952, Journal of the American Statistical "
    "Association 47; Kaplan and Meier 1958, Journal of the American Statistical Association 53.",
    "none": "None: it is counted, not estimated.",
}

TYPES = {
    "string": "text",
    "double": "number",
    "int64": "whole number",
    "int32": "whole number",
    "int8": "1, 0 or -1",
    "timestamp[us, tz=UTC]": "moment",
    "date32[day]": "day",
}

MADE = ("source", "import_id")  # the same for every row of an import

SPELL_COLUMNS = {
    "at_start": "1 for a customer as the period begins, else null",
    "kept": "1 when such a customer is still there as the period ends, 0 when not",
    "start_days": "length of the period in days, for a customer at its start",
    "present": "the part of the period in which the spell was running",
}

BREAKDOWN = {
    "answers": "touchpoint",
    "interactions": "channel",
    "visits": "device",
    "journey_runs": "journey",
    "solution_views": "month",
    "web_events": "month",
    "memberships": "segment",
    "invitations": "channel",
    "work_weeks": "team",
}

HIDDEN = {
    "people": "Groups of fewer than 10 people, and the next smallest where the rest would give them away. A works council may set 5.",
    "answers": "Groups of fewer than 10 answers, and the next smallest where the rest would give them away.",
    "none": "Nothing: it counts no one's answers.",
}
ANSWERED = ("answers", "responses", "invitations")


def rows_in_words(kpi: Kpi) -> str:
    """Which rows of which fact count."""
    parts = [f"Rows of `{kpi.fact}` ({FACTS[kpi.fact].meaning})", *_conditions(kpi.rows)]
    text = ", ".join(parts) + "."
    if kpi.spells:
        text += " Spells are looked at over a period, so name one."
    if kpi.last_answer:
        text += " Of each customer only the last answer in the period counts, so parts need not add up to the whole."
    if kpi.ripe_days:
        text += f" Only rows at least {kpi.ripe_days} days old; newer ones are counted as still running."
    if kpi.people:
        text += " For groups only, never for one person."
    return text


def _conditions(rows: tuple[Is, ...]) -> list[str]:
    return [f"where `{r.column}` is {' or '.join(f'`{v}`' for v in r.values)}" for r in rows]


def moment_in_words(moment: Moment) -> str:
    match moment:
        case Count(column):
            return f"rows where `{column}` is known"
        case CountBetween(column, low, high):
            return f"rows where `{column}` is " + (f"{low:g}" if low == high else f"{low:g} to {high:g}")
        case Sum(column, power, _):
            return f"sum of {'the squares of ' if power == 2 else ''}`{column}`"
        case SumProduct(column, other):
            return f"sum of `{column}` × `{other}`"


def spread_in_words(spread: Spread) -> str:
    if isinstance(spread, Histogram):
        return f"rows per value of `{spread.column}`"
    still_open = f"; while open, its age in `{spread.still_open}`" if spread.still_open else ""
    return f"rows per bucket of `{spread.column}`{still_open}"


def _columns(kpi: Kpi) -> list[str]:
    """Each column that the KPI reads, with its meaning; what n counts first."""
    used: dict[tuple[str, str], None] = {}
    for fact, moments, rows in _parts(kpi):
        for name in [m.column for m in moments] + [r.column for r in rows]:
            used[fact, name] = None
        for m in moments:
            if isinstance(m, SumProduct):
                used[fact, m.other] = None
    if kpi.spread is not None:
        used[kpi.fact, kpi.spread.column] = None
        if isinstance(kpi.spread, LogHistogram) and kpi.spread.still_open:
            used[kpi.fact, kpi.spread.still_open] = None
    return [f"| `{fact}` | `{name}` | {_meaning(fact, name)} |" for fact, name in used]


def _parts(kpi: Kpi) -> list[tuple[str, list[Moment], tuple[Is, ...]]]:
    parts = [(kpi.fact, list(kpi.moments.values()), kpi.rows)]
    if kpi.second is not None:
        parts.append((kpi.second.fact, list(kpi.second.moments.values()), kpi.second.rows))
    return parts


def _meaning(fact: str, name: str) -> str:
    if fact == "memberships" and name in SPELL_COLUMNS:
        return SPELL_COLUMNS[name]
    return FACTS[fact].column(name).meaning


def denominator(kpi: Kpi) -> str:
    """What the figure is divided by, and what its n counts."""
    if kpi.second is not None and "n_second" in kpi.second.moments:
        return f"Of `{kpi.second.fact}`: {moment_in_words(kpi.second.moments['n_second'])}."
    if kpi.spread is not None:
        return (
            f"n counts every row whose `{kpi.spread.column}` is known or still open."
            if (isinstance(kpi.spread, LogHistogram) and kpi.spread.still_open)
            else f"n counts the rows whose `{kpi.spread.column}` is known."
        )
    text = f"n counts {moment_in_words(kpi.moments['n'])}; a skipped or unknown one enters nothing."
    if kpi.second is not None:
        text += (
            f" From `{kpi.second.fact}`, summed by itself: " + _sums(kpi.second.moments.items(), kpi.second.rows) + "."
        )
    return text


def _sums(moments: object, rows: tuple[Is, ...] = ()) -> str:
    listed = "; ".join(f"*{name}* = {moment_in_words(m)}" for name, m in moments)  # type: ignore[attr-defined]
    return listed + "".join(f", {c}" for c in _conditions(rows))


def refused(kpi: Kpi) -> list[str]:
    """When there is no figure, beyond 'nobody answered'."""
    found = ["Nothing answered: the value is empty with n 0, never 0."]
    if kpi.one_scale:
        found.append("Answers on different scales: refused as 'mixed'.")
    if kpi.within:
        found.append(
            f"More than one {kpi.within} in a group: refused as 'mixed', so group or filter by `{kpi.within}`."
        )
    if kpi.spells:
        found.append("No period named: 'needs'.")
    needed = [name for name, default in kpi.assumes.items() if default is None]
    if needed:
        found.append(f"No assumption given for `{needed[0]}`: 'needs'.")
    return found


def assumptions(kpi: Kpi) -> list[str]:
    return [
        f"- `{name}`: " + ("no default; state it." if default is None else f"{default:g} unless stated otherwise.")
        for name, default in kpi.assumes.items()
    ]


def command(kpi: Kpi) -> str:
    parts = ["peil kpi", kpi.key]
    if "relationship" not in kpi.key:
        parts.append(f"--by {'team' if kpi.people else BREAKDOWN[kpi.fact]}")
    if kpi.spells or (kpi.second is not None and kpi.second.fact == "memberships"):
        parts.append("--period 2026-01")
    for name, default in kpi.assumes.items():
        parts.append(f"--assume {name}={0.3 if default is None else default:g}")
    return " ".join(parts)


def page(kpi: Kpi) -> str:
    """The whole page of one KPI, as Markdown."""
    counted = _sums(kpi.moments.items()) if kpi.spread is None else spread_in_words(kpi.spread)
    hidden = HIDDEN["people" if kpi.people else "answers" if kpi.fact in ANSWERED else "none"]
    assumed = ["", "Assumed:", "", *assumptions(kpi)] if kpi.assumes else []
    lines = [
        f"# {kpi.name.en}",
        "",
        f"*{kpi.name.nl}* · `{kpi.key}`",
        "",
        "| | English | Nederlands |",
        "|---|---|---|",
        f"| What it tells | {kpi.tells.en} | {kpi.tells.nl} |",
        f"| Formula | {kpi.formula.en} | {kpi.formula.nl} |",
        "",
        "```bash",
        command(kpi),
        "```",
        "",
        f"- **Unit**: {UNITS[kpi.unit]}. {BETTER[kpi.better]}",
        f"- **Rows that count**: {rows_in_words(kpi)}",
        f"- **Denominator**: {denominator(kpi)}",
        f"- **Sums**: {counted}.",
        f"- **Margin of error**: {INTERVALS[kpi.method.name]} From fewer than 20 customers it is marked, from fewer than 5 there is none.",
        f"- **No figure**: {' '.join(refused(kpi))}",
        f"- **Hidden**: {hidden}",
        f"- **Source**: {kpi.source}.",
        f"- **Definition**: version {kpi.version}; meets {kpi.document}.",
        *assumed,
        "",
        "| Fact | Column | Meaning |",
        "|---|---|---|",
        *_columns(kpi),
        "",
        "[All KPIs](README.md) · [Glossary](../glossary.md)",
    ]
    return "\n".join(lines) + "\n"


def index() -> str:
    """All KPIs by subject."""
    lines = [
        "# KPIs",
        "",
        "Every KPI that Peil gives, each with its definition. Written by `make docs` from the catalogue in",
        "`src/peil/core/kpis/`; a test fails when a page is stale. `peil explain KEY` shows the same with the SQL.",
    ]
    for subject, kpis in SUBJECTS.items():
        lines += ["", f"## {subject}", "", "| Key | English | Nederlands | Unit |", "|---|---|---|---|"]
        lines += [f"| [`{k.key}`]({k.key}.md) | {k.name.en} | {k.name.nl} | {k.unit.replace('_', ' ')} |" for k in kpis]
    return "\n".join([*lines, "", "Words are explained in the [glossary](../glossary.md).", ""])


def pages() -> dict[str, str]:
    """File name -> text of everything under docs/kpis."""
    return {"README.md": index()} | {f"{k.key}.md": page(k) for kpis in SUBJECTS.values() for k in kpis}


def facts_page() -> str:
    """Each fact with the columns that a mapping can give, as Markdown."""
    lines = [
        "# Facts",
        "",
        "The columns that a [mapping](mapping.md) can give each fact. What is not given is null, which means not known",
        "unless the meaning says otherwise. `source` stands at the top of the mapping; score, scale, box and choice of an",
        "answer come from its `[[answers.questions]]`. A unit is that in which a number is kept; `unit` in a mapping says",
        "how the file has it. Written by `make docs` from `src/peil/facts/schema.py`.",
    ]
    for fact in FACTS.values():
        clock = f"; the time that periods go by is `{fact.clock}`" if fact.clock else ""
        lines += ["", f"## {fact.name}", "", f"A row is {fact.meaning}. Its key is `{fact.key}`{clock}.", ""]
        lines += ["| Column | Type | Unit | Meaning |", "|---|---|---|---|"]
        given = [c for c in fact.columns if c.stage == "raw" and c.name not in MADE]
        lines += [f"| `{c.name}` | {TYPES[str(c.type)]} | {c.unit} | {c.meaning} |" for c in given]
    return "\n".join(lines) + "\n"


def main() -> None:
    (HERE / "facts.md").write_text(facts_page(), encoding="utf-8")
    folder = HERE / "kpis"
    folder.mkdir(exist_ok=True)
    wanted = pages()
    for old in folder.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
