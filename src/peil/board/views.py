"""Pages in a state, under a name: saved, renamed, shared, removed and taken back."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from peil.accounts.rules import Role, may
from peil.board.models import SavedView
from peil.core.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from peil.accounts.models import Person

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class View:
    """A saved view as who looks sees it; `shared_with` is '', everyone, role:manager or team:3."""

    id: int
    name: str
    path: str
    parameters: str
    own: bool
    owner: str
    shared_with: str

    @property
    def url(self) -> str:
        return f"{self.path}?{self.parameters}" if self.parameters else self.path


def clean_name(text: str) -> str:
    """A name as it is kept: on one line, without control characters, spaces made one; refused where nothing is left."""
    kept = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )
    name = " ".join(kept.split())
    if not name:
        raise UserError("The view has no name.", "Give it one.")
    if len(name) > LONGEST_NAME:
        raise UserError(f"The name is longer than {LONGEST_NAME} characters.", "Make it shorter.")
    return name


def save_view(person: Person, name: str, path: str, parameters: str) -> int:
    """Keep a page's state; who calls has made sure that the path is one of Peil's own pages."""
    view = SavedView.objects.create(owner=person, name=clean_name(name), path=path, parameters=parameters)
    return view.pk


def views_for(person: Person) -> list[View]:
    """The person's own views, and those that others share with this person."""
    found = SavedView.objects.filter(Q(removed_at=None), Q(owner=person) | _shared(person))
    return [_as_view(v, person) for v in found.select_related("owner").distinct()]


def view_for(person: Person, view_id: int) -> View | None:
    """One view, when it is this person's or shared with this person."""
    found = SavedView.objects.filter(Q(pk=view_id, removed_at=None), Q(owner=person) | _shared(person))
    view = found.select_related("owner").first()
    return None if view is None else _as_view(view, person)


def removed_view(person: Person, view_id: int) -> View | None:
    """A view that this person removed, and may take back."""
    view = SavedView.objects.filter(pk=view_id, owner=person, removed_at__isnull=False).first()
    return None if view is None else _as_view(view, person)


def rename_view(person: Person, view_id: int, name: str) -> bool:
    """Give an own view another name; False where there is none."""
    return bool(_own(person, view_id).update(name=clean_name(name)))


def share_view(person: Person, view_id: int, shared_with: str) -> bool:
    """Let others open an own view; they see it with their own rights."""
    kind, _, which = shared_with.partition(":")
    if kind not in (SavedView.NOBODY, SavedView.EVERYONE, SavedView.ROLE, SavedView.TEAM):
        raise UserError("A view is shared with a role, a team, everyone or nobody.", "Choose one of these.")
    if shared_with and not may(person, "share_views"):
        raise UserError("Your role shares no views.", "Ask your team lead.")
    role, team = "", None
    if kind == SavedView.ROLE:
        if which not in list(Role):
            raise UserError(f"There is no role '{which}'.", did_you_mean(which, list(Role)))
        role = which
    if kind == SavedView.TEAM:
        if which not in dict(teams_to_share_with(person)):
            raise UserError("That team is not yours.", "Choose one of your own teams.")
        team = int(which)
    return bool(_own(person, view_id).update(shared_with=kind, role=role, team_id=team))


def teams_to_share_with(person: Person) -> list[tuple[str, str]]:
    """Teams by id and name: the own ones, or all for who sees all."""
    from peil.accounts.models import Team
    from peil.accounts.rules import sight_of

    teams = Team.objects.all() if sight_of(person).everything else person.teams.all()
    return [(str(pk), name) for pk, name in teams.values_list("pk", "name")]


def remove_view(person: Person, view_id: int) -> bool:
    return bool(_own(person, view_id).update(removed_at=timezone.now()))


def restore_view(person: Person, view_id: int) -> bool:
    found = SavedView.objects.filter(pk=view_id, owner=person, removed_at__isnull=False)
    return bool(found.update(removed_at=None))


def _own(person: Person, view_id: int) -> QuerySet[SavedView]:
    return SavedView.objects.filter(pk=view_id, owner=person, removed_at=None)


def _shared(person: Person) -> Q:
    by_role = Q(shared_with=SavedView.ROLE, role=person.role)
    by_team = Q(shared_with=SavedView.TEAM, team__people=person)
    still_there = Q(owner__is_active=True)
    return still_there & (Q(shared_with=SavedView.EVERYONE) | by_role | by_team)


def _as_view(view: SavedView, person: Person) -> View:
    which = view.role or (str(view.team_id) if view.team_id else "")
    shared = f"{view.shared_with}:{which}" if which else view.shared_with
    return View(
        view.pk, view.name, view.path, view.parameters, view.owner_id == person.pk, str(view.owner), shared
    )  # fmt: skip
