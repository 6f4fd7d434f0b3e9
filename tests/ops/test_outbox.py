"""Work that follows from a transaction: kept with it, done once or again, given up in sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from peil.core.errors import Bug, UserError
from peil.ops.models import OutboxRow
from peil.ops.outbox import Delivery, Permanent, backlog, dead_rows, put, register, throw_away, try_again
from peil.ops.outbox.mail import put_mail
from peil.ops.outbox.queue import MOST_ATTEMPTS, done, failed, keep, take
from peil.ops.outbox.runner import run_one

pytestmark = pytest.mark.django_db

HOLD = timedelta(seconds=20)
seen: list[Delivery] = []


class Broken(Exception):
    """What the handler raises when its payload says so."""


def _note(delivery: Delivery) -> None:
    seen.append(delivery)
    match delivery.payload.get("goes"):
        case "wrong":
            raise Broken("no answer from k.jansen@example.nl")
        case "never":
            raise Permanent("There is no such place.")


register("note", _note)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    seen.clear()


def _now_due() -> None:
    OutboxRow.objects.update(not_before=timezone.now() - timedelta(seconds=1))


def test_done_in_order_of_arrival_and_then_forgotten() -> None:
    for word in ("first", "second", "third"):
        put("note", {"word": word})
    while run_one("quick"):
        pass
    assert [d.payload["word"] for d in seen] == ["first", "second", "third"]
    assert list(OutboxRow.objects.values_list("state", "payload", "lease")) == [("done", {}, "")] * 3
    assert not run_one("quick")


def test_what_is_rolled_back_is_never_done() -> None:
    with transaction.atomic():
        put("note", {})
        transaction.set_rollback(True)
    assert not run_one("quick")
    assert not seen


def test_one_key_is_done_once() -> None:
    rows = {put("note", {"word": i}, key="case-7") for i in range(3)}
    assert len(rows) == 1
    assert run_one("quick")
    put("note", {}, key="case-7")
    assert not run_one("quick")
    assert put("note", {}, key="case-8") not in rows


def test_work_for_later_waits() -> None:
    put("note", {}, not_before=timezone.now() + timedelta(hours=1))
    assert not run_one("quick")
    assert backlog().later == 1
    _now_due()
    assert backlog().waiting == 1
    assert run_one("quick")


def test_lanes_do_not_wait_for_each_other() -> None:
    register("slow note", _note_slowly, lane="slow")
    put("slow note", {})
    put("note", {"word": "quick"})
    assert run_one("quick")
    assert not run_one("quick")
    assert run_one("slow")


def _note_slowly(delivery: Delivery) -> None:
    seen.append(delivery)


def test_a_failure_is_tried_again_with_the_same_id_and_longer_pauses() -> None:
    put("note", {"goes": "wrong"})
    pauses = []
    for _ in range(MOST_ATTEMPTS - 1):
        assert run_one("quick")
        assert not run_one("quick"), "it waits before it is tried again"
        pauses.append(OutboxRow.objects.get().not_before - timezone.now())
        _now_due()
    assert run_one("quick")
    expected = [30, 120, 600, 1800, 7200, 14400, 43200, 43200]
    assert all(0 <= wanted - pause.total_seconds() < 25 for wanted, pause in zip(expected, pauses, strict=True))
    assert len({d.id for d in seen}) == 1
    assert [d.attempt for d in seen] == list(range(1, MOST_ATTEMPTS + 1))
    (dead,) = dead_rows()
    assert (dead.attempts, dead.reason) == (MOST_ATTEMPTS, "Broken: no answer from k.jansen@example.nl")


def test_what_can_never_work_is_given_up_at_once_and_tried_again_when_asked() -> None:
    put("note", {"goes": "never"})
    assert run_one("quick")
    (dead,) = dead_rows()
    assert dead.reason == "There is no such place."
    assert backlog().dead == 1
    assert try_again(dead.id)
    assert not try_again(dead.id)
    assert run_one("quick")
    assert len(seen) == 2
    assert throw_away(dead_rows()[0].id)
    assert not OutboxRow.objects.exists()


def test_a_lease_keeps_others_off_until_it_runs_out() -> None:
    put("note", {})
    mine = take("quick", HOLD)
    assert mine is not None
    assert take("quick", HOLD) is None
    assert keep(mine, timedelta(seconds=-1))
    theirs = take("quick", HOLD)
    assert theirs is not None
    assert theirs.delivery.id == mine.delivery.id
    assert not keep(mine, HOLD)
    done(mine)
    failed(mine, Broken())
    assert OutboxRow.objects.get().state == "waiting", "who lost the lease changes nothing"
    done(theirs)
    assert OutboxRow.objects.get().state == "done"


def test_work_that_takes_its_process_down_is_given_up() -> None:
    put("note", {})
    put("note", {"word": "next"})
    for _ in range(MOST_ATTEMPTS):
        assert take("quick", timedelta(seconds=-1)) is not None
    following = take("quick", HOLD)
    assert following is not None
    assert following.delivery.payload == {"word": "next"}
    assert f"each of {MOST_ATTEMPTS} attempts" in dead_rows()[0].reason


def test_a_kind_that_nobody_does_is_refused_when_it_is_put() -> None:
    with pytest.raises(Bug, match="nobody does"):
        put("nothing of the kind", {})


def test_a_mail_goes_out_with_the_same_message_id_each_time() -> None:
    put_mail("mina@example.nl", "Je weekoverzicht", "NPS +31 (27 tot 35)", html="<p>NPS +31</p>")
    taken = take("quick", timedelta(seconds=-1))
    assert taken is not None
    assert run_one("quick")
    OutboxRow.objects.update(state="waiting", payload=taken.delivery.payload, attempts=0)
    assert run_one("quick")
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert taken.delivery.id in first.extra_headers["Message-ID"]
    assert first.to == ["mina@example.nl"]
    assert first.alternatives[0].content == "<p>NPS +31</p>"


@pytest.mark.parametrize(
    ("to", "subject", "headers"),
    [
        ("mina@example.nl\nBcc: all@example.nl", "x", {}),
        ("mina@example.nl, other@example.nl", "x", {}),
        ("geen adres", "x", {}),
        ("mina@example.nl", "x\r\nBcc: all@example.nl", {}),
        ("mina@example.nl", "x\u2028Bcc: all@example.nl", {}),
        ("mina@example.nl", "x", {"List-Id": "a\nBcc: b@example.nl"}),
        ("mina@example.nl", "x", {"List-Id\n": "a"}),
    ],
)
def test_nothing_gets_into_the_header_of_a_mail(to: str, subject: str, headers: dict[str, str]) -> None:
    with pytest.raises(UserError):
        put_mail(to, subject, "text", headers=headers)
    assert not OutboxRow.objects.exists()
