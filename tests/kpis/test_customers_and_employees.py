"""Customers, response and employees by the definitions: rows written out, figures worked out by hand."""

from __future__ import annotations

import pytest
from tests.kpis.figures import Row, figure, rows

from peil.core.moments import Sum


def spells(start: int, kept: int, gained: int, days: float = 30) -> list[Row]:
    """Customers at the start of a period, those of them who stayed, and new ones still there at its end."""
    return rows(
        *[{"at_start": 1, "kept": 1, "start_days": days}] * kept,
        *[{"at_start": 1, "kept": 0, "start_days": days}] * (start - kept),
        *[{"gained": 1}] * gained,
    )


def test_retention_is_of_customers_at_the_start() -> None:
    given = spells(start=500, kept=460, gained=60)
    e = figure("retention", given)
    assert (e.value, e.n) == (92.0, 500)
    assert figure("churn", given).value == pytest.approx(8.0)


def test_retention_equals_end_minus_new_over_start() -> None:
    given = spells(start=40, kept=36, gained=5)
    ce, cn, cs = Sum("kept").of(given) + Sum("gained").of(given), Sum("gained").of(given), Sum("at_start").of(given)
    assert (ce, cn, cs) == (41, 5, 40)
    assert figure("retention", given).value == pytest.approx(100 * (ce - cn) / cs)


def test_97_9_percent_a_month_is_77_5_percent_a_year() -> None:
    given = spells(start=1000, kept=979, gained=0, days=365.2425 / 12)
    e = figure("retention_yearly", given)
    assert e.value == pytest.approx(77.5, abs=0.05)
    assert figure("retention", given).low < 97.9
    assert e.low < e.value < e.high


def test_a_year_of_retention_is_itself() -> None:
    given = spells(start=50, kept=40, gained=3, days=365.2425)
    assert figure("retention_yearly", given).value == pytest.approx(80.0)


def test_response_rate_is_of_delivered_invitations() -> None:
    given = rows(
        *[{"delivered": 1, "answered": 1, "finished": 1}] * 3,
        {"delivered": 1, "answered": 1, "finished": 0},
        *[{"delivered": 1, "answered": 0, "finished": 0}] * 16,
        *[{"delivered": 0}] * 5,  # bounced
    )
    e = figure("response_rate", given)
    assert (e.value, e.n) == (20.0, 20)
    assert figure("response_finished", given).value == 75.0


def test_observed_weeks_count_one_employee_and_a_group_alike() -> None:
    # one employee with 30 minutes, and nine others whose week is told as a total of 450
    given = rows(
        {"manager_minutes": 30, "manager_minutes_weeks": 1, "employee_weeks": 1},
        {"manager_minutes": 450, "manager_minutes_weeks": 9, "employee_weeks": 9},
        {"left": 1, "left_weeks": 10, "employee_weeks": 10},  # another source, which knows no minutes
    )
    assert figure("manager_time", given).value == pytest.approx(48.0)
    assert figure("group_time", given).n == 0


@pytest.mark.parametrize(
    ("key", "column"), [("group_time", "group_minutes"), ("network", "network"), ("overtime", "overtime_minutes")]
)
def test_other_observations(key: str, column: str) -> None:
    given = rows({column: 20, f"{column}_weeks": 1}, {column: 100, f"{column}_weeks": 3})
    assert figure(key, given).value == pytest.approx(30.0)


def test_turnover_is_per_year() -> None:
    # 2 leavers in 26 weeks of 40 employees: 2 / 20 employee years, nearly
    given = rows(*({"left": 1 if i < 2 else 0, "left_weeks": 26} for i in range(40)))
    assert figure("turnover", given).value == pytest.approx(100 * 2 * 52.1775 / 1040)
    whole_year = rows(*({"left": 1 if i < 237 else 0, "left_weeks": 52.1775} for i in range(1470)))
    assert figure("turnover", whole_year).value == pytest.approx(16.122, abs=0.001)


def test_tenure_weighs_by_employee_weeks() -> None:
    given = rows(
        {"tenure_years": 2.0, "employee_weeks": 1, "tenure_years_weeks": 1},
        {"tenure_years": 6.0, "employee_weeks": 3, "tenure_years_weeks": 3},
        {"tenure_years": None, "employee_weeks": 5},
    )
    assert figure("tenure", given).value == pytest.approx(5.0)


def test_turnover_cost_follows_from_the_stated_months() -> None:
    # 1 leaver at 3,000 euro a month among 4 employees over a year: 2 x 3,000 / 4
    year = 52.1775
    given = rows(
        {"left": 1, "monthly_salary": 3000, "monthly_salary_weeks": year},
        *[{"left": 0, "monthly_salary": 2500, "monthly_salary_weeks": year}] * 3,
    )
    assert figure("turnover_cost", given, months=2).value == pytest.approx(1500.0)
    assert figure("turnover_cost", given, months=1).value == pytest.approx(750.0)
