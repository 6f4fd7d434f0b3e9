"""What happened could have happened: nothing before its cause, nobody asked twice in a month, calls while somebody is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from peil.demo.clock import ZONE, office
from peil.demo.comments.dutch import SENTENCES as DUTCH
from peil.demo.comments.english import SENTENCES as ENGLISH
from peil.demo.comments.write import _shelf
from peil.facts.schema import FACTS
from peil.warehouse.rows.business_hours import business_seconds
from peil.warehouse.rows.columns import times

Facts = dict[str, pa.Table]
FIRST = datetime(2025, 4, 30, 22, tzinfo=UTC)
END = datetime(2026, 10, 31, 23, tzinfo=UTC)


def local(column: pa.ChunkedArray) -> pa.Array:
    return pc.local_timestamp(column.combine_chunks().cast(pa.timestamp("us", tz=ZONE)))


@pytest.mark.parametrize("fact", ["answers", "invitations", "interactions", "touches", "visits", "web_events"])
def test_nothing_is_told_of_before_the_first_day_or_after_the_last(fact: str, facts: Facts) -> None:
    ahead = ("expired_at", "callback_promised_at")
    for column in FACTS[fact].columns:
        if column.role == "time" and column.stage == "raw" and column.name not in ahead:
            found = pc.min_max(facts[fact][column.name]).as_py()
            assert found["min"] is None or (found["min"] >= FIRST and found["max"] < END), column.name


def test_contacts_fall_within_the_time_as_a_customer(facts: Facts) -> None:
    spells = facts["memberships"].select(["customer_id", "since", "until"])
    contacts = facts["interactions"].select(["customer_id", "opened_at"])
    both = contacts.filter(pc.is_valid(contacts["customer_id"])).join(spells, "customer_id")
    assert len(both) > 1_000
    day = local(both["opened_at"]).cast(pa.date32())
    assert pc.all(pc.greater_equal(day, both["since"].combine_chunks())).as_py()
    assert pc.all(pc.fill_null(pc.less(day, both["until"].combine_chunks()), True)).as_py()


def test_answers_follow_their_invitation_and_their_contact(facts: Facts) -> None:
    answers = facts["answers"].filter(pc.equal(facts["answers"]["source"], "enquetes"))
    asked = facts["invitations"].select(["invitation_id", "sent_at", "started_at", "answered_at", "customer_id"])
    asked = asked.rename_columns(["key", "sent_at", "started_at", "submitted_at", "whose"])
    key = pc.replace_substring(answers["response_id"], "R", "U")
    both = answers.select(["answered_at", "customer_id", "interaction_id"]).append_column("key", key).join(asked, "key")
    assert len(both) == len(answers)
    assert both["answered_at"].equals(both["submitted_at"])
    assert both["customer_id"].equals(both["whose"])
    assert pc.all(pc.less(both["sent_at"], both["started_at"])).as_py()
    assert pc.all(pc.less(both["started_at"], both["answered_at"])).as_py()
    contacts = facts["interactions"].select(["interaction_id", "opened_at"])
    about = both.join(contacts, "interaction_id", join_type="inner")
    assert len(about) > 500
    assert pc.all(pc.less(about["opened_at"], about["sent_at"])).as_py()


def test_nobody_is_asked_twice_within_thirty_days(facts: Facts) -> None:
    sent = facts["invitations"].filter(pc.is_valid(facts["invitations"]["sent_at"])).sort_by([("customer_id", "ascending"), ("sent_at", "ascending")])  # fmt: skip
    who, at = sent["customer_id"].to_pylist(), sent["sent_at"].to_pylist()
    gaps = [b - a for x, y, a, b in zip(who, who[1:], at, at[1:], strict=False) if x == y]
    assert len(gaps) > 300
    assert min(gaps) >= timedelta(days=30) - timedelta(hours=1)  # the clock may have changed between
    held = facts["invitations"].filter(pc.is_null(facts["invitations"]["sent_at"]))
    assert len(held)
    assert held["held_back_reason"].null_count == 0


def test_calls_come_while_somebody_is_there_and_mondays_are_busiest(facts: Facts) -> None:
    calls = facts["interactions"].filter(pc.equal(facts["interactions"]["channel"], "phone"))
    at = local(calls["opened_at"])
    moments = (at.to_numpy(zero_copy_only=False) - np.datetime64("2025-05-01", "us")) / np.timedelta64(1, "s")
    assert office().is_open(moments).all()
    days = np.bincount(pc.day_of_week(at).to_numpy(), minlength=7)
    assert days.argmax() == 0
    assert days[6] == 0


def test_no_contact_is_opened_in_the_small_hours(facts: Facts) -> None:
    hours = pc.hour(local(facts["interactions"]["opened_at"])).to_numpy()
    assert not np.isin(hours, range(1, 6)).any()


def test_first_responses_to_mail_fall_in_opening_hours(facts: Facts) -> None:
    from peil.demo.clock import SETTINGS

    mail = facts["interactions"].filter(pc.equal(facts["interactions"]["channel"], "email"))
    mail = mail.filter(pc.is_valid(mail["first_response_seconds"]))
    opened = times(mail, "opened_at")
    answered = opened + mail["first_response_seconds"].to_numpy() * 1e6
    before, after = business_seconds(opened, answered - 2e6, SETTINGS), business_seconds(opened, answered, SETTINGS)
    assert (after > before).mean() > 0.999  # the clock of the office runs when the answer leaves


def test_touches_are_the_first_person_and_one_for_each_transfer(facts: Facts) -> None:
    transfers = facts["interactions"]["transfers"].drop_null()
    assert len(facts["touches"]) == len(transfers) + pc.sum(transfers).as_py()


def test_contacts_are_still_open_at_the_end(facts: Facts) -> None:
    late = facts["interactions"].filter(pc.greater(facts["interactions"]["opened_at"], pa.scalar(END - timedelta(days=3), pa.timestamp("us", tz="UTC"))))  # fmt: skip
    assert late["resolved_at"].null_count > 0.15 * len(late) > 0


def test_comments_mirror_the_score_but_for_a_few(facts: Facts) -> None:
    answers = facts["answers"]
    said = answers.filter(pc.and_(pc.is_valid(answers["comment"]), pc.is_valid(answers["score"])))
    shelf = _shelf(False)
    mood_of: dict[str, int] = {}
    texts = shelf.texts.to_pylist()
    for mood in range(3):
        for first, count in zip(shelf.first[:, mood], shelf.count[:, mood], strict=True):
            mood_of |= dict.fromkeys(texts[first : first + count], mood)
    rows = said.filter(pc.and_(pc.equal(said["kind"], "ces_agree"), pc.equal(said["language"], "nl"))).to_pylist()
    felt = [(r["score"], mood_of[r["comment"]]) for r in rows if r["comment"] in mood_of]  # those of one sentence
    mirrored = [mood == (2 if score >= 6 else 1 if score >= 4 else 0) for score, mood in felt]
    assert len(mirrored) > 50
    assert 0.88 < np.mean(mirrored) < 1


def test_there_are_many_sentences_and_no_two_alike() -> None:
    for sentences, least in ((DUTCH, 150), (ENGLISH, 60)):
        every = [text for moods in sentences.values() for texts in moods for text in texts]
        assert len(every) == len(set(every)) >= least
    assert set(DUTCH) == set(ENGLISH)
