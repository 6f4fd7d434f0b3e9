"""The audit log: it grows, and does nothing else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.accounts.conftest import MakePerson

from peil.accounts.append_only import TABLE
from peil.accounts.audit import all_entries, entries, record
from peil.accounts.models import AuditEntry


def test_what_was_done_is_told_newest_first(make_person: MakePerson) -> None:
    person = make_person("manager", name="Mina")
    record(person, "exported", "nps.csv", rows=12)
    record(None, "sign_in_failed", "stranger@example.nl")
    newest, oldest = entries()
    assert (newest.actor, newest.action, newest.about) == ("", "sign_in_failed", "stranger@example.nl")
    assert (oldest.actor, oldest.detail) == ("Mina", {"rows": 12})


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET about = 'nothing'",
        f"DELETE FROM {TABLE}",
        f"UPDATE {TABLE} SET at = at",
    ],
)
def test_the_database_refuses_to_change_it(statement: str, make_person: MakePerson) -> None:
    record(make_person(), "exported", "nps.csv")
    with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert [e.about for e in entries()] == ["nps.csv"]


def test_an_entry_outlives_its_person(make_person: MakePerson) -> None:
    person = make_person("manager", name="Mina")
    record(person, "exported", "nps.csv")
    person.delete()
    assert [e.actor for e in entries()] == ["manager@example.nl"]


def test_it_goes_down_with_what_was_undone(make_person: MakePerson) -> None:
    person = make_person()

    @transaction.atomic
    def export() -> None:
        record(person, "exported", "nps.csv")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export()
    assert entries() == []


@pytest.mark.parametrize("name", ["password", "token", "api_secret", "comment", "answers"])
def test_it_takes_nothing_that_should_stay_unsaid(name: str, make_person: MakePerson) -> None:
    with pytest.raises(ValueError, match=name):
        record(make_person(), "exported", "x", **{name: "x"})


def test_hostile_texts_are_cut_and_hold_no_control_characters(make_person: MakePerson) -> None:
    record(make_person(), "exported", "a\0b\r\n\u202e" + "x" * 10_000, file="\x1b[31m" + "y" * 10_000)
    entry = entries()[0]
    assert len(entry.about) == 300
    assert len(str(entry.detail["file"])) == 300
    assert (entry.about + str(entry.detail["file"])).isprintable()


def test_pages_follow_each_other_without_gap_or_repeat(make_person: MakePerson) -> None:
    person, other = make_person("manager"), make_person("analyst")
    for n in range(7):
        record(person if n % 2 else other, "exported" if n < 5 else "imported", str(n))
    first = entries(limit=3)
    second = entries(before=first[-1].id, limit=3)
    assert [e.about for e in first + second] == ["6", "5", "4", "3", "2", "1"]
    assert [e.about for e in entries(action="imported")] == ["6", "5"]
    assert [e.about for e in entries(actor_id=person.pk)] == ["5", "3", "1"]
    assert [e.about for e in all_entries()] == [str(n) for n in range(6, -1, -1)]


@pytest.mark.django_db(transaction=True)
def test_a_database_for_tests_can_still_be_emptied() -> None:
    """Without this no test with a browser could follow another."""
    record(None, "sign_in_failed", "stranger@example.nl")
    assert AuditEntry.objects.count() == 1
