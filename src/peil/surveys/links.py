"""Open doors to a survey: links, QR codes, kiosks, widgets, and the desks where answers on paper and by phone are entered."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast

from django.db import transaction
from django.utils import timezone

from peil.core.errors import BadQuery
from peil.surveys.models import Link, Survey

LinkKind: TypeAlias = Literal["link", "qr", "kiosk", "widget", "chat_end", "paper", "phone"]
LINK_KINDS: tuple[LinkKind, ...] = ("link", "qr", "kiosk", "widget", "chat_end", "paper", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLink:
    """A link as the pages see it. `channel` and `team` are those of the facts: where it hangs, never asked."""

    id: int
    survey: str
    code: str
    kind: LinkKind
    label: str
    channel: str = ""
    team: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    made_at: datetime
    closed_at: datetime | None = None


def make_link(survey: str, kind: LinkKind, label: str, *, channel: str = "", team: str = "") -> OpenLink:
    """Hang a survey somewhere. Its code is as hard to guess as a personal one."""
    if kind not in LINK_KINDS or not label.strip():
        raise BadQuery("A link needs a kind and a name.", f"The kinds are {', '.join(LINK_KINDS)}.")
    row = Survey.objects.filter(key=survey).first()
    if row is None:
        raise BadQuery(f"There is no survey '{survey}'.", "Choose one from the list of surveys.")
    link = Link.objects.create(
        survey=row, code=secrets.token_urlsafe(18), kind=kind, label=label.strip()[:120], channel=channel, team=team
    )
    return _open(link)


def links_of(survey: str) -> list[OpenLink]:
    """The links of a survey, the closed ones too, in the order in which they were made."""
    return [_open(link) for link in Link.objects.filter(survey__key=survey).select_related("survey")]


def find_link(code: str) -> OpenLink | None:
    link = Link.objects.filter(code=code[:40]).select_related("survey").first()
    return _open(link) if link else None


def get_link(link_id: int) -> OpenLink | None:
    link = Link.objects.filter(pk=link_id).select_related("survey").first()
    return _open(link) if link else None


def open_links(kinds: Sequence[str]) -> list[OpenLink]:
    """The links of these kinds at which one can answer, survey by survey."""
    rows = Link.objects.filter(kind__in=kinds, closed_at=None, survey__ended_at=None)
    return [_open(link) for link in rows.order_by("survey__key", "pk").select_related("survey")]


def change_link(link_id: int, settings: Mapping[str, Any]) -> None:
    """Change what the kind of a link needs; all of it at once."""
    Link.objects.filter(pk=link_id).update(settings=dict(settings))


def close_link(link_id: int) -> bool:
    """Whoever comes by it is told that it is over; whether it was open."""
    return bool(Link.objects.filter(pk=link_id, closed_at=None).update(closed_at=timezone.now()))


def open_again(link_id: int) -> bool:
    with transaction.atomic():
        return bool(Link.objects.filter(pk=link_id).exclude(closed_at=None).update(closed_at=None))


def _open(link: Link) -> OpenLink:
    return OpenLink(
        id=link.pk, survey=link.survey.key, code=link.code, kind=cast("LinkKind", link.kind), label=link.label, channel=link.channel,
        team=link.team, settings=link.settings, made_at=link.made_at, closed_at=link.closed_at,
    )  # fmt: skip
