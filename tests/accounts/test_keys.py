"""Keys: shown once, kept as a hash, never more than their person may, ended at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.accounts.conftest import MakePerson

from peil.accounts.audit import entries
from peil.accounts.keys import MOST_KEYS, find_key, key_of_header, keys_of, make_key, revoke_key, scopes_of
from peil.accounts.models import ApiKey
from peil.core.errors import UserError


def test_a_key_is_found_by_its_token_alone(make_person: MakePerson) -> None:
    person = make_person("analyst")
    row, token = make_key(person, "Power BI", ["read_figures", "read_rows"])
    found = find_key(token)
    assert found is not None
    assert (found.person, found.scopes, found.id) == (person, {"read_figures", "read_rows"}, row.id)
    assert key_of_header(f"Bearer {token}") == found
    other = token[:-1] + ("A" if token[-1] != "A" else "B")
    for text in (
        "",
        "peil",
        "peil_",
        f"peil_{row.prefix}_",
        other,
        token + "x",
        f"{token}_",
        "x" * 100_000,
        "peil_\0_é",
    ):
        assert find_key(text) is None, text[:40]
    for header in (None, "", token, f"Basic {token}", "Bearer", "Bearer "):
        assert key_of_header(header) is None


def test_nothing_kept_gives_the_token_away(make_person: MakePerson) -> None:
    row, token = make_key(make_person("manager"), "Dashboard", ["read_figures"])
    secret = (
        token.rpartition("_")[2]
        if "_" not in token[len(f"peil_{row.prefix}_") :]
        else token[len(f"peil_{row.prefix}_") :]
    )
    assert len(secret) == 43  # 256 bits
    kept = [str(ApiKey.objects.values().get()), str(entries()), repr(keys_of(ApiKey.objects.get().person))]
    assert all(secret not in text and token not in text for text in kept)


def test_a_key_ends_when_revoked_and_when_its_time_is_over(make_person: MakePerson) -> None:
    person, other = make_person("manager"), make_person("analyst")
    row, token = make_key(person, "one", ["read_figures"])
    assert not revoke_key(other, row.id)
    assert find_key(token) is not None
    assert revoke_key(person, row.id)
    assert find_key(token) is None
    assert revoke_key(person, row.id), "ending it twice is no error"
    _, late = make_key(person, "two", ["read_figures"], days=1)
    ApiKey.objects.filter(name="two").update(expires_at=timezone.now() - timedelta(seconds=1))
    assert find_key(late) is None
    assert [e.action for e in entries()] == ["key_made", "key_revoked", "key_made"]


def test_a_key_does_no_more_than_its_person_may_now(make_person: MakePerson) -> None:
    person = make_person("analyst")
    _, token = make_key(person, "all", ["read_figures", "read_rows", "import"])
    for role, scopes in (
        ("manager", {"read_figures", "read_rows"}),
        ("administrator", {"read_figures", "import"}),
        ("agent", None),
    ):
        person.role = role
        person.save()
        found = find_key(token)
        assert (found.scopes if found else None) == scopes, role
    person.role, person.is_active = "analyst", False
    person.save()
    assert find_key(token) is None


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        ("agent", ()),
        ("team_lead", ()),
        ("digital_owner", ()),
        ("manager", ("read_figures", "read_rows", "ask")),
        ("analyst", ("read_figures", "read_rows", "import")),
        ("administrator", ("read_figures", "import", "ask")),
    ],
)
def test_what_a_key_can_be_for(role: str, scopes: tuple[str, ...], make_person: MakePerson) -> None:
    assert scopes_of(make_person(role)) == scopes


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        ("", ["read_figures"], 10),
        ("n" * 101, ["read_figures"], 10),
        ("n", [], 10),
        ("n", ["import"], 10),
        ("n", ["nonsense"], 10),
        ("n", ["read_figures"], 0),
        ("n", ["read_figures"], 366),
    ],
)
def test_what_makes_no_key(name: str, scopes: list[str], days: int, make_person: MakePerson) -> None:
    person = make_person("manager")
    with pytest.raises(UserError):
        make_key(person, name, scopes, days=days)
    assert keys_of(person) == []


def test_someone_has_so_many_keys(make_person: MakePerson) -> None:
    person = make_person("manager")
    rows = [make_key(person, str(n), ["read_figures"])[0] for n in range(MOST_KEYS)]
    with pytest.raises(UserError, match="Revoke"):
        make_key(person, "one more", ["read_figures"])
    revoke_key(person, rows[0].id)
    make_key(person, "in its place", ["read_figures"])


def test_the_last_use_is_kept_to_the_minute(make_person: MakePerson) -> None:
    person = make_person("manager")
    _, token = make_key(person, "one", ["read_figures"])
    assert keys_of(person)[0].last_used_at is None
    find_key(token)
    first = keys_of(person)[0].last_used_at
    assert first is not None
    find_key(token)
    assert keys_of(person)[0].last_used_at == first
    ApiKey.objects.update(last_used_at=first - timedelta(minutes=2))
    find_key(token)
    assert (keys_of(person)[0].last_used_at or first) >= first
