"""Keeping people: what is changed holds at once, and an administrator always remains."""

from __future__ import annotations

import pytest
from tests.accounts.conftest import MakePerson

from peil.accounts.audit import entries
from peil.accounts.joining import Place
from peil.accounts.keys import find_key, make_key
from peil.accounts.messages import Letter, as_html, as_text, invitation_letter, notice_letter, reset_letter
from peil.accounts.people import (
    LastAdministrator,
    add_team,
    change_person,
    deactivate,
    end_sessions,
    find_person,
    people,
    reactivate,
    remove_team,
    teams,
)
from peil.accounts.rules import Role
from peil.report.words import Language


def test_role_and_teams_change(make_person: MakePerson) -> None:
    by, person = make_person("administrator"), make_person("agent")
    place = Place(role=Role.TEAM_LEAD, teams=("Zwolle", "Nieuw"), employee_id="m7", language="en")
    assert change_person(by, person.pk, place)
    row = find_person(person.pk)
    assert row is not None
    assert row.place == Place(role=Role.TEAM_LEAD, teams=("Nieuw", "Zwolle"), employee_id="m7", language="en")
    entry = entries()[0]
    assert (entry.action, entry.detail["role_was"], entry.detail["teams_were"]) == ("person_changed", "agent", [])
    assert change_person(by, person.pk, row.place)
    assert len(entries()) == 1, "what stays the same is no change"
    assert not change_person(by, 10**12, place)


def test_the_last_administrator_stays(make_person: MakePerson) -> None:
    by, other = make_person("administrator"), make_person("manager")
    for attempt in (
        lambda: change_person(by, by.pk, Place(role=Role.MANAGER)),
        lambda: deactivate(by, by.pk),
    ):
        with pytest.raises(LastAdministrator):
            attempt()
    change_person(by, other.pk, Place(role=Role.ADMINISTRATOR))
    deactivate(other, by.pk)
    with pytest.raises(LastAdministrator):
        deactivate(other, other.pk)
    assert change_person(other, by.pk, Place(role=Role.AGENT)), "one who left may be given any role"


def test_a_closed_account_has_no_sessions_and_no_keys(make_person: MakePerson) -> None:
    by, person = make_person("administrator"), make_person("manager")
    _, token = make_key(person, "k", ["read_figures"])
    held = person.get_session_auth_hash()
    assert deactivate(by, person.pk)
    person.refresh_from_db()
    assert find_key(token) is None
    assert person.get_session_auth_hash() != held
    assert reactivate(by, person.pk)
    person.refresh_from_db()
    assert person.is_active
    assert person.get_session_auth_hash() != held, "what was open before stays closed"
    assert [row.active for row in people()] == [True, True]
    assert not deactivate(by, 10**12)
    assert not reactivate(by, 10**12)


def test_ending_sessions_makes_earlier_ones_worthless(make_person: MakePerson) -> None:
    person = make_person("manager")
    held = person.get_session_auth_hash()
    end_sessions(person)
    assert person.get_session_auth_hash() != held
    assert [e.action for e in entries()] == ["sessions_ended"]


def test_teams_are_added_once_and_go_when_nobody_is_in_them(make_person: MakePerson) -> None:
    by, person = make_person("administrator"), make_person("agent")
    assert add_team(by, "Zwolle")
    assert not add_team(by, "Zwolle")
    change_person(by, person.pk, Place(role=Role.AGENT, teams=("Zwolle",)))
    assert not remove_team(by, "Zwolle")
    change_person(by, person.pk, Place(role=Role.AGENT))
    assert remove_team(by, "Zwolle")
    assert not remove_team(by, "Zwolle")
    assert teams() == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_mails_say_the_same_as_text_and_as_html(language: Language) -> None:
    link = "https://kpi.example.nl/join/abc/?a=1&b=2"
    hostile = "<script>alert(1)</script>"
    letters = [
        invitation_letter(hostile, hostile, link, language),
        reset_letter(link, language),
        notice_letter("password_changed", (), language),
    ]
    for letter in letters:
        text, html = as_text(letter), as_html(letter, language)
        assert "<script" not in html
        for paragraph in (*letter.paragraphs, *letter.after):
            assert paragraph in text
        if letter.link:
            assert link in text
            assert 'href="https://kpi.example.nl/join/abc/?a=1&amp;b=2"' in html


def test_a_mail_has_a_subject_of_one_line(db: None) -> None:
    from peil.accounts.messages import send
    from peil.ops.models import OutboxRow

    send("tom@example.nl", Letter("Hoi\r\nBcc: all@example.nl\u202e", ("x",)), "nl")
    assert OutboxRow.objects.get().payload["subject"] == "Hoi Bcc: all@example.nl"
