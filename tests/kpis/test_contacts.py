"""Contacts by the definitions: rows written out, figures worked out by hand."""

from __future__ import annotations

import pytest
from tests.kpis.figures import Row, figure, rows, shares

from peil.core.buckets import bucket_of


def contacts(*given: dict[str, object]) -> list[Row]:
    return rows(*({"interaction_id": f"i{i}", "direction": "in", **g} for i, g in enumerate(given)))


def timed(column: str, *seconds: float) -> list[Row]:
    return contacts(*({column: s, f"{column}_bucket": int(bucket_of(s))} for s in seconds))


def waiting(open_column: str, *ages: float) -> list[Row]:
    return contacts(*({open_column: int(bucket_of(a))} for a in ages))


def test_outgoing_contacts_are_told_apart() -> None:
    given = [*contacts({"answered": 1}, {"answered": 0}), *rows({"direction": "out", "answered": 1}, times=8)]
    assert figure("reachability", given).value == 50.0
    assert figure("reachability", given).n == 2


def test_first_response_counts_unanswered_as_late_once_past_the_target() -> None:
    # in time, late, unanswered past its target; unanswered and not yet past it has no flag
    given = contacts({"in_target": 1}, {"in_target": 1}, {"in_target": 0}, {"in_target": 0}, {"in_target": None})
    e = figure("first_response_in_target", given)
    assert (e.value, e.n) == (50.0, 4)


def test_the_median_is_the_inverse_of_the_empirical_distribution() -> None:
    # of 4, the second smallest, not the mean of the middle two
    e = figure("first_response_median", timed("first_response_seconds", 60, 600, 3600, 7200))
    assert e.value == pytest.approx(600, rel=0.01)
    assert figure("first_response_p90", timed("first_response_seconds", *range(100, 1100, 100))).value == pytest.approx(
        900, rel=0.01
    )


def test_unanswered_contacts_are_still_waiting_in_the_median() -> None:
    answered = timed("first_response_seconds", 60, 120, 240)
    still = waiting("first_response_open_bucket", 100_000, 100_000, 100_000)
    # half of six have an answer after 240 s; over the answered ones alone it would be 120 s
    assert figure("first_response_median", [*answered, *still]).value == pytest.approx(240, rel=0.01)
    # one contact that waited only 90 s so far leaves the others to share its weight:
    # 1 - 1/4 at 60 s, then (3/4) x (1/2) = 0.375 at 120 s
    young = waiting("first_response_open_bucket", 90)
    assert figure("first_response_median", [*answered, *young]).value == pytest.approx(120, rel=0.01)


def test_a_median_not_reached_is_no_figure() -> None:
    given = [*timed("first_response_seconds", 60), *waiting("first_response_open_bucket", 500, 500, 500)]
    assert figure("first_response_median", given).value is None


def test_automatic_replies_are_apart() -> None:
    given = contacts({"auto_reply_seconds": 2.0, "auto_reply_seconds_bucket": int(bucket_of(2.0))})
    assert figure("auto_reply_median", given).value == pytest.approx(2.0, rel=0.01)
    assert figure("first_response_median", given).n == 0


def test_business_hours_have_a_median_of_their_own() -> None:
    given = timed("first_response_business_seconds", 300, 900, 1800)
    assert figure("first_response_business_median", given).value == pytest.approx(900, rel=0.01)


def test_reachability_unanswered_and_abandoned() -> None:
    given = contacts(
        {"answered": 1, "abandoned": 0},
        {"answered": 1, "abandoned": 0},
        {"answered": 1, "abandoned": 0},
        {"answered": 0, "abandoned": 1},
        {"answered": 0, "abandoned": 0},
    )
    assert figure("reachability", given).value == pytest.approx(60.0)
    assert figure("unanswered", given).value == pytest.approx(40.0)
    assert figure("abandoned", given).value == pytest.approx(20.0)


def test_service_level_leaves_out_who_hung_up_at_once() -> None:
    # 860 of 1,000 in time, 40 hung up later, 10 hung up within 5 s (no flag): 860 / 1,040
    given = [
        *contacts(*[{"in_service_level": 1}] * 86),
        *contacts(*[{"in_service_level": 0}] * 18),
        *contacts(*[{"in_service_level": None}]),
    ]
    assert figure("service_level", given).value == pytest.approx(100 * 86 / 104)


def test_speed_of_answer_is_of_answered_contacts() -> None:
    given = contacts(
        {"answered": 1, "wait_seconds": 10}, {"answered": 1, "wait_seconds": 50}, {"answered": 0, "wait_seconds": 600}
    )
    assert figure("speed_of_answer", given).value == 30.0


def test_waiting_and_next_replies() -> None:
    assert figure("wait_median", timed("wait_seconds", 0, 0, 30)).value == 0.0
    assert figure("next_reply_median", timed("next_reply_seconds", 60, 90, 400)).value == pytest.approx(90, rel=0.01)
    total = timed("total_wait_seconds", 100, 200, 900)
    assert figure("total_wait_median", total).value == pytest.approx(200, rel=0.01)
    assert figure("total_wait_mean", total).value == 400.0


def test_handle_time_is_a_mean_with_the_median_beside_it() -> None:
    given = [*timed("handle_seconds", 100, 200, 900), *contacts({"handle_seconds": None})]
    assert figure("handle_time", given).value == 400.0
    assert figure("handle_time", given).n == 3
    assert figure("handle_time_median", given).value == pytest.approx(200, rel=0.01)
    assert figure("talk_time", contacts({"talk_seconds": 60}, {"talk_seconds": 120})).value == 90.0


def test_transfers() -> None:
    given = contacts(
        {"transferred": 0, "transfers": 0},
        {"transferred": 1, "transfers": 1, "warm_transfer": 1},
        {"transferred": 1, "transfers": 3, "warm_transfer": 0},
        {"transferred": 0, "transfers": 0, "warm_transfer": 0},  # nothing was passed on, so no history either
    )
    assert figure("transferred", given).value == 50.0
    assert figure("transfers_mean", given).value == 1.0
    assert figure("history_lost", given).value == 50.0
    assert figure("history_lost", given).n == 2


def test_repeats_call_backs_and_reopened() -> None:
    given = contacts(
        {"repeated": 1, "callback_kept": 1, "reopens": 0},
        {"repeated": 0, "callback_kept": 1, "reopens": 2},
        {"repeated": 0, "callback_kept": 0, "reopens": 0},
        {"repeated": None, "callback_kept": None, "reopens": None},  # customer not known, nothing promised
    )
    assert figure("repeat_contact", given).value == pytest.approx(100 / 3)
    assert figure("callbacks_kept", given).value == pytest.approx(200 / 3)
    assert figure("reopened", given).value == pytest.approx(100 / 3)


def test_an_episode_counts_once_on_its_first_contact() -> None:
    given = contacts(
        {"episode_first": 1, "episode_contacts": 3, "episode_fcr": 0, "episode_fcr_strict": 0, "episode_switched": 1},
        {"episode_first": 0},
        {"episode_first": 0},
        {"episode_first": 1, "episode_contacts": 1, "episode_fcr": 1, "episode_fcr_strict": 0, "episode_switched": 0},
        {"episode_first": 1, "episode_contacts": 1, "episode_fcr": 1, "episode_fcr_strict": 1, "episode_switched": 0},
    )
    assert figure("episode_contacts", given).value == pytest.approx(5 / 3)
    assert figure("fcr", given).value == pytest.approx(200 / 3)
    assert figure("fcr_strict", given).value == pytest.approx(100 / 3)  # the warm transfer no longer passes
    assert figure("channel_switching", given).value == pytest.approx(100 / 3)
    assert figure("fcr", given).n == 3


def test_time_to_a_solution_counts_open_questions() -> None:
    solved = timed("episode_seconds", 3600, 7200)
    still = waiting("episode_open_bucket", 500_000, 500_000)
    assert figure("solution_time_median", [*solved, *still]).value == pytest.approx(7200, rel=0.01)
    tickets = [*timed("resolution_seconds", 600, 1200), *waiting("resolution_open_bucket", 5000, 5000)]
    assert figure("resolution_time_median", tickets).value == pytest.approx(1200, rel=0.01)


def test_solved_automatically_is_of_all_incoming_contacts() -> None:
    given = contacts({"solved_automatically": 1}, *[{"solved_automatically": 0}] * 4)
    assert figure("solved_automatically", given).value == pytest.approx(20.0)


def test_contact_rate_is_per_100_customers() -> None:
    # one customer was there for half of the period
    customers = rows(*[{"present": 1.0}] * 39, {"present": 1.0}, {"present": 0.5}, {"present": None})
    given = contacts(*[{"reason": "bill"}] * 9)
    assert figure("contact_rate", given, customers).value == pytest.approx(100 * 9 / 40.5)
    assert figure("contact_rate", given, []).value is None


def test_reasons_are_shares_of_contacts_whose_reason_is_known() -> None:
    given = contacts(
        {"reason": "bill", "reason_type": "process", "controllable": "within"},
        {"reason": "bill", "reason_type": "process", "controllable": "within"},
        {"reason": "outage", "reason_type": "product", "controllable": "outside"},
        {"reason": "move", "reason_type": "process", "controllable": "outside"},
        {"reason": None},
    )
    assert shares("contact_reasons", given) == {"bill": 50.0, "move": 25.0, "outage": 25.0}
    assert shares("contact_reasons_type", given) == {"process": 75.0, "product": 25.0}
    assert shares("contact_reasons_control", given) == {"outside": 50.0, "within": 50.0}


def test_cost_per_contact_and_per_solved_contact() -> None:
    given = contacts(
        {"cost": 4.0, "resolved_by": "person"},
        {"cost": 6.0, "resolved_by": "nobody"},
        {"cost": 2.0, "resolved_by": "automatic"},
        {"cost": None, "resolved_by": "person"},  # no cost known: in neither
    )
    assert figure("cost_per_contact", given).value == 4.0
    assert figure("cost_per_solved", given, given).value == 6.0  # 12 euro for 2 solved
    unsolved = contacts({"cost": 5.0, "resolved_by": "nobody"})
    assert figure("cost_per_solved", unsolved, unsolved).value is None


def test_avoided_contacts_follow_from_the_stated_assumption() -> None:
    visits = rows(
        *[{"self_service": 1, "contact_after_self_service": 0}] * 15,
        *[{"self_service": 1, "contact_after_self_service": 1}] * 5,
        {"self_service": 0},
    )
    calls = contacts({"cost": 5.0}, {"cost": 7.0})
    # 40 % would have called, 75 % of the visits ended without the contact page
    assert figure("contacts_avoided", visits, avoided_share=0.4).value == pytest.approx(30.0)
    assert figure("cost_avoided", visits, calls, avoided_share=0.4).value == pytest.approx(1.8)
