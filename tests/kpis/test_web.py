"""The website by the definitions: rows written out, figures worked out by hand."""

from __future__ import annotations

import pytest
from tests.kpis.figures import figure, rows, shares


def test_new_and_returning_are_set_against_all_visits_and_the_rest_stands_beside_them() -> None:
    given = rows(
        *({"visit_id": f"v{i}", "returning": r} for i, r in enumerate([0, 0, 0, 1, 1, None, None, None, None, None]))
    )
    assert figure("visits_new", given).value == pytest.approx(30.0)
    assert figure("visits_returning", given).value == pytest.approx(20.0)
    assert figure("visits_unknown", given).value == pytest.approx(50.0)


def test_where_no_visit_can_be_told_there_is_no_figure() -> None:
    given = rows({"visit_id": "a"}, {"visit_id": "b"})
    assert figure("visits_new", given).value is None
    assert figure("visits_unknown", given).value == 100.0


def test_the_interval_of_what_cannot_be_told_is_the_right_way_round() -> None:
    e = figure("visits_unknown", rows(*({"visit_id": i, "returning": 1 if i < 30 else None} for i in range(100))))
    assert e.low < 70.0 < e.high


@pytest.mark.parametrize("group", ["orientation", "sales", "self_care", "self_provisioning", "contact_page"])
def test_groups_of_visits_overlap_and_are_of_all_visits(group: str) -> None:
    told = [{"service": 1, group: 1}, {"service": 1, group: 0}, {"service": 0, group: 0}, {"service": 1}]
    given = rows(*({"visit_id": f"v{i}", **row} for i, row in enumerate(told)))
    assert figure(f"visits_{group}", given).value == 25.0  # of all four, the one that can't be told among them
    assert figure("visits_service", given).value == 75.0


def test_solutions_are_ranked_against_all_visits() -> None:
    views = rows({"solution": "meter"}, {"solution": "meter"}, {"solution": "bill"})
    visits = rows(*({"visit_id": f"v{i}"} for i in range(8)))
    assert shares("solutions_shown", views, visits) == {"bill": 12.5, "meter": 25.0}


def test_bounce_is_of_visits_that_land_on_a_service_page() -> None:
    given = rows(
        {"landed_on_service": 1, "bounced": 1},
        {"landed_on_service": 1, "bounced": 0},
        {"landed_on_service": 1, "bounced": 0},
        {"landed_on_service": 1, "bounced": 0},
        {"landed_on_service": 0, "bounced": 0},
    )
    assert figure("service_bounce", given).value == 25.0


def test_helpful_is_yes_of_votes_with_the_vote_rate_beside() -> None:
    given = rows(*({"view_id": f"w{i}", "helpful": h} for i, h in enumerate([1, 1, 1, 0, *[None] * 12])))
    assert figure("helpful", given).value == 75.0
    assert figure("helpful", given).n == 4
    assert figure("vote_rate", given).value == 25.0


def test_to_contact_is_after_self_service_in_the_same_visit() -> None:
    given = rows(
        {"visit_id": "v0", "self_service": 1, "contact_page": 1, "contact_after_self_service": 1},
        {"visit_id": "v1", "self_service": 1, "contact_page": 1, "contact_after_self_service": 0},  # contact page first
        {"visit_id": "v2", "self_service": 1, "contact_page": 0, "contact_after_self_service": 0},
        {"visit_id": "v3", "self_service": 1, "contact_page": 0, "contact_after_self_service": 0},
        {
            "visit_id": "v4",
            "self_service": 0,
            "contact_page": 1,
            "contact_after_self_service": 0,
        },  # came straight to contact
    )
    assert figure("to_contact_after_self_service", given).value == 25.0
    assert figure("visits_contact_page", given).value == 60.0


def test_a_journey_finished_by_phone_is_finished_elsewhere() -> None:
    given = rows(
        {"completed": 1, "completed_in": "web"},
        {"completed": 1, "completed_in": "elsewhere"},
        {"completed": 0, "completed_in": "no"},
        {"completed": 0, "completed_in": "no"},
    )
    assert figure("journey_completed", given).value == 50.0
    assert figure("journey_completed_elsewhere", given, given).value == 25.0


def test_conversion_pages_and_searches() -> None:
    visits = rows({"converted": 1, "pages": 9}, {"converted": 0, "pages": 1}, {"converted": 0, "pages": 2})
    events = rows({"kind": "search", "found": 0}, {"kind": "search", "found": 1}, {"kind": "page", "found": None})
    assert figure("conversion", visits).value == pytest.approx(100 / 3)
    assert figure("pages_per_visit", visits).value == 4.0
    assert figure("search_unanswered", events).value == 50.0
