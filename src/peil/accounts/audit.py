"""What was done here, by whom and when: written once, never changed.

An entry says that something was done to what; it never holds an answer, a comment, a password or a token.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from peil.accounts.models import AuditEntry, Person

Event: TypeAlias = Literal[
    "signed_in", "signed_out", "sign_in_failed", "signed_in_by_sso", "sso_refused", "sessions_ended",
    "password_changed", "password_reset_asked", "password_reset", "second_factor_added", "second_factor_removed",
    "recovery_codes_made", "started", "person_invited", "invitation_withdrawn", "invitation_accepted",
    "person_changed", "person_deactivated", "person_reactivated", "team_added", "team_removed",
    "key_made", "key_revoked", "exported", "setting_changed", "per_person_on", "per_person_off",
    "imported", "import_undone", "erased", "backed_up", "restored", "view_shared", "view_changed", "target_changed", "journey_changed",
    "board_changed", "benchmark_changed", "subscription_changed", "note_changed", "interpretation_written", "figures_kept",
    "own_account_changed", "work_changed", "survey_changed", "answers_entered", "retention_kept",
]  # fmt: skip
EVENTS: tuple[Event, ...] = get_args(Event)
Value: TypeAlias = str | int | float | bool | Sequence[str] | None
_LONGEST, _MOST = 300, 50  # characters of a value, values of a list
_SECRET = ("password", "token", "secret", "comment", "answer", "code")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log, as it is shown."""

    id: int
    at: datetime
    actor: str  # name now, else the address as it was; "" where nobody was signed in
    action: str
    about: str
    detail: Mapping[str, Value]


def record(actor: Person | None, action: Event, about: str = "", **detail: Value) -> None:
    """Add a line to the log; in a transaction it stands or falls with what was done."""
    named = [name for name in detail if any(word in name for word in _SECRET)]
    if named:
        raise ValueError(f"the audit log takes no {', '.join(named)}")
    AuditEntry.objects.create(
        actor=actor if actor is not None and actor.pk else None,
        actor_address=_plain(actor.email)[:254] if actor is not None else "",
        action=action,
        about=_plain(about)[:_LONGEST],
        detail={name: _short(value) for name, value in detail.items()},
    )


def entries(
    *, before: int | None = None, action: str = "", actor_id: int | None = None, limit: int = 50
) -> list[Entry]:
    """The newest lines before the line `before`, of one action or one person where that is asked."""
    rows = AuditEntry.objects.select_related("actor").order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    if action:
        rows = rows.filter(action=action)
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    return [_entry(row) for row in rows[:limit]]


def entry_about(action: Event, about: str) -> Entry | None:
    """The newest line of this action about this; None when there is none."""
    row = AuditEntry.objects.select_related("actor").filter(action=action, about=about).order_by("-id").first()
    return None if row is None else _entry(row)


def all_entries(*, action: str = "", actor_id: int | None = None) -> Iterator[Entry]:
    """Every line, page by page, so that a log of years needs little memory."""
    before = None
    while page := entries(before=before, action=action, actor_id=actor_id, limit=1000):
        yield from page
        before = page[-1].id


def _entry(row: AuditEntry) -> Entry:
    actor = row.actor if row.actor_id is not None and row.actor is not None else None
    return Entry(row.pk, row.at, (actor.name if actor else "") or row.actor_address, row.action, row.about, row.detail)


def _short(value: Value) -> Value:
    if isinstance(value, str):
        return _plain(value)[:_LONGEST]
    if isinstance(value, Sequence):
        return [_plain(str(item))[:_LONGEST] for item in value[:_MOST]]
    return value


def _plain(text: str) -> str:
    """PostgreSQL holds no zero character; other control characters only mislead whoever reads the log."""
    return "".join(c if c.isprintable() else " " for c in text)
