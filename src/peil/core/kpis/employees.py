"""Employees, for groups only: engagement asked and observed, turnover, tenure and their cost.

A row of work weeks is one employee's week or a group's total, so each figure is a sum over a
sum of employee weeks in which the measure is known.
"""

from __future__ import annotations

from dataclasses import replace

from peil.core.intervals import ratio_t
from peil.core.kpi import Array, Kpi, Sums, Words
from peil.core.kpis.shapes import MEAN, SCALE, SHARE, flag, kind, mean, mean_of, over, percent
from peil.core.moments import Count, Moment, Sum, SumProduct

_WEEKS = 52.1775  # in a year
_FULLER = "Fuller 2014, A Primer on Measuring Employee Engagement, Harvard Business Review (November 17)"
_USERLIKE = "Userlike, De 6 klantenservice KPI's die je bij moet houden"
_ASKED = Words(
    "Alleen voor groepen. Let op de beschikbaarheidsheuristiek (het laatste voorval weegt te zwaar) en op onoprechte antwoorden.",
    "For groups only. Mind the availability bias (the latest event weighs too much) and faked answers.",
)
_OBSERVED = Words(
    "Alleen voor groepen. In agenda's en roosters staat geen gesprek op de gang, en niet waarom iets gebeurt.",
    "For groups only. Calendars and rosters show no talk in the corridor, and not why something happens.",
)


def _per_week(m: Sums) -> Array:
    return over(m.total, m.weeks)


def _weekly(column: str) -> dict[str, Moment]:
    return {"n": Count(column), "total": Sum(column), "weeks": Sum(f"{column}_weeks")}


def _turnover(m: Sums) -> Array:
    return 100 * _WEEKS * over(m.total, m.weeks)


def _turnover_cost(m: Sums) -> Array:
    return m.months * _WEEKS * over(m.salaries, m.weeks)


ENGAGEMENT = Kpi(
    key="engagement",
    document="K26",
    name=Words("Betrokkenheid van medewerkers", "Employee engagement"),
    formula=Words("gemiddelde van de stellingen over het werk", "mean of the statements about the work"),
    tells=Words(
        f"Hoe medewerkers zelf over hun werk denken: belang, gehoord worden, trots op het team. {_ASKED.nl}",
        f"What employees think of their work: its importance, being heard, pride in the team. {_ASKED.en}",
    ),
    fact="answers",
    rows=(kind("engagement"),),
    unit="score",
    better="higher",
    moments={**mean_of("score"), **SCALE},
    value=mean,
    method=MEAN,
    one_scale=True,
    people=True,
    source=_USERLIKE,
)

ENGAGEMENT_FAVOURABLE = replace(
    ENGAGEMENT,
    key="engagement_favourable",
    name=Words("Betrokkenheid van medewerkers, aandeel gunstig", "Employee engagement, favourable share"),
    formula=Words("gunstige antwoorden / alle antwoorden × 100", "favourable answers / all answers × 100"),
    tells=Words(
        f"Welk deel van de antwoorden gunstig is. {_ASKED.nl}",
        f"Which share of the answers is favourable. {_ASKED.en}",
    ),
    unit="percent",
    moments=flag("box", 1),
    value=percent,
    method=SHARE,
    one_scale=False,
)

MANAGER_TIME = Kpi(
    key="manager_time",
    document="K27",
    name=Words("Tijd met de leidinggevende", "Time with the manager"),
    formula=Words(
        "minuten met de leidinggevende / medewerkerweken",
        "minutes with the manager / employee weeks",
    ),
    tells=Words(
        f"Hoeveel tijd per week een medewerker met de leidinggevende heeft. {_OBSERVED.nl}",
        f"How much time a week an employee has with the manager. {_OBSERVED.en}",
    ),
    fact="work_weeks",
    unit="minutes",
    better="neither",
    moments=_weekly("manager_minutes"),
    value=_per_week,
    method=ratio_t(),
    people=True,
    source=_FULLER,
)

GROUP_TIME = replace(
    MANAGER_TIME,
    key="group_time",
    name=Words("Tijd met het eigen team", "Time with own team"),
    formula=Words("minuten met het eigen team / medewerkerweken", "minutes with own team / employee weeks"),
    tells=Words(
        f"Hoeveel tijd per week een medewerker met het eigen team doorbrengt. {_OBSERVED.nl}",
        f"How much time a week an employee spends with their own team. {_OBSERVED.en}",
    ),
    moments=_weekly("group_minutes"),
)

NETWORK = replace(
    MANAGER_TIME,
    key="network",
    name=Words("Netwerk buiten het team", "Network outside the team"),
    formula=Words(
        "collega's buiten het team met wie is samengewerkt / medewerkerweken",
        "colleagues outside the team worked with / employee weeks",
    ),
    tells=Words(
        f"Met hoeveel collega's buiten het team een medewerker per week samenwerkt. {_OBSERVED.nl}",
        f"With how many colleagues outside the team an employee works in a week. {_OBSERVED.en}",
    ),
    unit="count",
    moments=_weekly("network"),
)

OVERTIME = replace(
    MANAGER_TIME,
    key="overtime",
    name=Words("Werk buiten het rooster", "Work outside the schedule"),
    formula=Words("minuten buiten het rooster / medewerkerweken", "minutes outside the schedule / employee weeks"),
    tells=Words(
        f"Hoeveel minuten per week buiten het rooster wordt gewerkt. {_OBSERVED.nl}",
        f"How many minutes a week are worked outside the schedule. {_OBSERVED.en}",
    ),
    better="lower",
    moments=_weekly("overtime_minutes"),
)

TURNOVER = replace(
    MANAGER_TIME,
    key="turnover",
    document="K31",
    name=Words("Personeelsverloop", "Employee turnover"),
    formula=Words(
        "vertrokken medewerkers / medewerkerweken × 52,1775 × 100",
        "employees who left / employee weeks × 52.1775 × 100",
    ),
    tells=Words(
        "Welk deel van de medewerkers per jaar vertrekt. Zet het naast klanttevredenheid en reactietijd per team.",
        "Which share of employees leaves in a year. Set it beside satisfaction and response times per team.",
    ),
    unit="percent",
    better="lower",
    moments=_weekly("left"),
    value=_turnover,
    source=_USERLIKE,
)

TENURE = replace(
    MANAGER_TIME,
    key="tenure",
    document="K31",
    name=Words("Dienstverband, gemiddeld", "Tenure, mean"),
    formula=Words(
        "som van (jaren in dienst × medewerkerweken) / medewerkerweken",
        "sum of (years in service × employee weeks) / employee weeks",
    ),
    tells=Words(
        "Hoe lang medewerkers gemiddeld in dienst zijn.",
        "How long employees have been in service on average.",
    ),
    unit="years",
    moments={
        "n": Count("tenure_years"),
        "total": SumProduct("tenure_years", "employee_weeks"),
        "weeks": Sum("tenure_years_weeks"),
    },
    source=_USERLIKE,
)

TURNOVER_COST = replace(
    MANAGER_TIME,
    key="turnover_cost",
    document="K31",
    name=Words("Kosten van personeelsverloop", "Cost of employee turnover"),
    formula=Words(
        "aangenomen maanden salaris per vertrek (months, standaard 2) × som van (vertrokken × maandsalaris) / medewerkerjaren",
        "assumed months of salary per leaver (months, 2 by default) × sum of (left × monthly salary) / employee years",
    ),
    tells=Words(
        "Wat vertrek per medewerker per jaar kost, bij een aanname die te wijzigen is: tot twee maandsalarissen per "
        "vertrek. De onzekerheid van die aanname zit niet in de marge.",
        "What leaving costs per employee and year, under an assumption that can be changed: up to two months' salary a "
        "leaver. The margin does not include the uncertainty of that assumption.",
    ),
    unit="euro",
    better="lower",
    moments={
        "n": Count("monthly_salary_weeks"),
        "salaries": SumProduct("left", "monthly_salary"),
        "weeks": Sum("monthly_salary_weeks"),
    },
    value=_turnover_cost,
    assumes={"months": 2.0},
    source=_USERLIKE,
)

KPIS = (
    ENGAGEMENT,
    ENGAGEMENT_FAVOURABLE,
    MANAGER_TIME,
    GROUP_TIME,
    NETWORK,
    OVERTIME,
    TURNOVER,
    TENURE,
    TURNOVER_COST,
)
