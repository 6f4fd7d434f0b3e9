"""Coming in: the first by a code, everyone else by an invitation that works once and for a while."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.accounts.conftest import MakePerson

from peil.accounts.audit import entries
from peil.accounts.joining import (
    Place,
    accept,
    accept_by_address,
    find_invitation,
    invite,
    invite_again,
    open_invitations,
    withdraw,
)
from peil.accounts.models import Invitation, Person
from peil.accounts.rules import Role
from peil.accounts.start import FILE_NAME, AlreadyStarted, is_empty, is_start_code, make_first, new_start_code
from peil.core.errors import UserError

LEAD = Place(role=Role.TEAM_LEAD, teams=("Zwolle",), employee_id="m7", language="en")


def test_who_accepts_becomes_what_was_said(make_person: MakePerson) -> None:
    by = make_person("administrator")
    invited, token = invite(by, " Tom@Example.NL ", LEAD)
    assert len(token) >= 43
    assert (invited.email, invited.place) == ("tom@example.nl", LEAD)
    person = accept(token, "Tom", "acht groene vogels")
    assert person is not None
    assert (person.email, person.role, person.employee_id, person.language) == (
        "tom@example.nl",
        "team_lead",
        "m7",
        "en",
    )
    assert [team.name for team in person.teams.all()] == ["Zwolle"]
    assert person.check_password("acht groene vogels")
    assert [e.action for e in entries()] == ["invitation_accepted", "person_invited"]


def test_an_invitation_works_once(make_person: MakePerson) -> None:
    _, token = invite(make_person("administrator"), "tom@example.nl", LEAD)
    assert accept(token, "Tom", "acht groene vogels") is not None
    assert accept(token, "Tim", "negen blauwe vissen") is None
    assert find_invitation(token) is None
    assert open_invitations() == []


def test_it_ends_when_withdrawn_late_or_sent_again(make_person: MakePerson) -> None:
    by = make_person("administrator")
    invited, token = invite(by, "tom@example.nl", LEAD)
    assert withdraw(by, invited.id)
    assert not withdraw(by, invited.id)
    assert accept(token, "Tom", "acht groene vogels") is None
    invited, first = invite(by, "tom@example.nl", LEAD)
    again = invite_again(by, invited.id)
    assert again is not None
    assert find_invitation(first) is None
    assert find_invitation(again[1]) is not None
    assert [i.email for i in open_invitations()] == ["tom@example.nl"]
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert accept(again[1], "Tom", "acht groene vogels") is None
    assert accept_by_address("tom@example.nl", "Tom") is None
    assert [i.is_over(timezone.now()) for i in open_invitations()] == [True]


@pytest.mark.parametrize("token", ["", "x", "x" * 100_000, "\0", "../..", "é" * 43])
def test_another_text_is_no_invitation(token: str, make_person: MakePerson) -> None:
    invite(make_person("administrator"), "tom@example.nl", LEAD)
    assert find_invitation(token) is None
    assert accept(token, "Tom", "acht groene vogels") is None


def test_the_token_is_kept_nowhere(make_person: MakePerson) -> None:
    _, token = invite(make_person("administrator"), "tom@example.nl", LEAD)
    assert token not in str(list(Invitation.objects.values())) + str(entries()) + repr(open_invitations())


def test_who_is_here_is_not_invited(make_person: MakePerson) -> None:
    by = make_person("administrator")
    with pytest.raises(UserError, match="here already"):
        invite(by, "Administrator@example.nl", LEAD)


def test_the_first_has_the_code_that_was_printed(db: None, tmp_path: Path) -> None:
    assert is_empty()
    code = new_start_code(tmp_path)
    assert code is not None
    assert is_start_code(tmp_path, code.lower().replace("-", " "))
    assert not is_start_code(tmp_path, code[:-1])
    assert not is_start_code(tmp_path, "")
    assert code.replace("-", "") not in (tmp_path / FILE_NAME).read_text()
    assert oct((tmp_path / FILE_NAME).stat().st_mode)[-3:] == "600"
    later = new_start_code(tmp_path)
    assert later is not None
    assert not is_start_code(tmp_path, code), "a later start makes the earlier code worthless"
    person = make_first(tmp_path, "mina@example.nl", "Mina", "zeven paarse olifanten", "nl")
    assert person.role == "administrator"
    assert not (tmp_path / FILE_NAME).exists()
    assert new_start_code(tmp_path) is None
    with pytest.raises(AlreadyStarted):
        make_first(tmp_path, "tom@example.nl", "Tom", "acht groene vogels", "nl")
    assert not is_start_code(tmp_path, later)


def test_nobody_is_first_where_somebody_is(make_person: MakePerson, tmp_path: Path) -> None:
    make_person("agent")
    with pytest.raises(AlreadyStarted):
        make_first(tmp_path, "mina@example.nl", "Mina", "zeven paarse olifanten", "nl")
    assert Person.objects.count() == 1


AT_ONCE = """
import sys, threading
from pathlib import Path
from peil.web.serving.running import set_up
set_up()
from peil.accounts.models import Person
from django.db import connection
from peil.accounts.start import AlreadyStarted, make_first
together, outcomes = threading.Barrier(4), []
def begin(n):
    together.wait()
    try:
        make_first(Path(sys.argv[1]), f"p{n}@example.nl", "P", "zeven paarse olifanten", "nl")
        outcomes.append("first")
    except AlreadyStarted:
        outcomes.append("late")
    finally:
        connection.close()
threads = [threading.Thread(target=begin, args=(n,)) for n in range(4)]
[t.start() for t in threads]
[t.join() for t in threads]
print(sorted(outcomes), Person.objects.count())
"""


@pytest.mark.slow
def test_of_four_at_the_same_moment_one_is_first(tmp_path: Path) -> None:
    """On a database as it is in use: that of the other tests is in memory, where writers don't wait."""
    told = subprocess.run(
        [sys.executable, "-c", AT_ONCE, str(tmp_path)],
        env={
            **os.environ,
            "PEIL_HOME": str(tmp_path),
            "PEIL_WAREHOUSE": "",
            "DJANGO_SETTINGS_MODULE": "peil.web.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "['first', 'late', 'late', 'late'] 1", told.stderr
