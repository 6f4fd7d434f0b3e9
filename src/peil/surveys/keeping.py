"""Surveys and their versions: made, changed, published, copied, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from peil.core.errors import BadQuery, UserError
from peil.surveys.models import Step, Survey, Version
from peil.surveys.questionnaires.as_json import from_json, to_json
from peil.surveys.questionnaires.question import KEY
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.versions import draft_after, fingerprint, publish

MOST_STEPS = 50  # changes of a draft that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A survey as the pages see it."""

    key: str
    draft: Questionnaire | None  # what waits to be published
    edits: int  # of the draft
    published: Questionnaire | None  # the newest version
    published_at: datetime | None
    ended_at: datetime | None

    @property
    def shown(self) -> Questionnaire:
        """What is worked on, else what is asked."""
        found = self.draft or self.published
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Published:
    """A version, and since when it is asked."""

    questionnaire: Questionnaire
    at: datetime


class Changed(UserError):
    """Somebody else changed the draft meanwhile."""


def add_survey(draft: Questionnaire) -> Kept:
    """Keep a new survey as a draft, under its key."""
    if not KEY.fullmatch(draft.key):
        raise BadQuery(
            f"'{draft.key}' can't be the key of a survey.", "Use small letters, digits and _, a letter first."
        )
    with transaction.atomic():
        _, made = Survey.objects.get_or_create(key=draft.key, defaults={"draft": to_json(replace(draft, version=0))})
    if not made:
        raise BadQuery(f"There is a survey '{draft.key}' already.", "Choose another key.")
    return get_survey(draft.key)


def all_surveys() -> list[Kept]:
    """Every survey, the ended ones last."""
    rows = list(Survey.objects.annotate(newest=Max("versions__number")))
    versions = {(v.survey_id, v.number): v for v in Version.objects.filter(number__in={r.newest for r in rows})}
    found = [_kept(row, versions.get((row.pk, row.newest))) for row in rows]
    return sorted(found, key=lambda k: (k.ended_at is not None, k.key))


def find_survey(key: str) -> Kept | None:
    row = Survey.objects.filter(key=key).first()
    return _kept(row, row.versions.order_by("-number").first()) if row else None


def get_survey(key: str) -> Kept:
    """The survey of this key; BadQuery where there is none."""
    found = find_survey(key)
    if found is None:
        raise BadQuery(f"There is no survey '{key}'.", "Choose one from the list of surveys.")
    return found


def save_draft(key: str, draft: Questionnaire, edits: int) -> Kept:
    """Keep a changed draft. `edits` is that of the draft it was made from: who comes second is told, and nothing is lost."""
    _replace_draft(key, to_json(replace(draft, key=key, version=0)), edits)
    return get_survey(key)


def undo_change(key: str, edits: int) -> Kept:
    """Take the last change of the draft back; done once more it is there again."""
    before = Step.objects.filter(survey__key=key, edits=edits - 1).first()
    if before is None:
        raise Changed("There is no change of this draft to take back.", "Look at the newest draft.")
    _replace_draft(key, before.content, edits)
    return get_survey(key)


def can_undo(key: str, edits: int) -> bool:
    """Whether the last thing that happened to the draft was a change that can be taken back."""
    return Step.objects.filter(survey__key=key, edits=edits - 1).exists()


def _replace_draft(key: str, content: str, edits: int) -> None:
    with transaction.atomic():
        row = Survey.objects.select_for_update().filter(key=key).first()
        if row is None:
            get_survey(key)
        elif row.edits == edits:
            Step.objects.create(survey=row, edits=edits, content=row.draft)
            Step.objects.filter(survey=row, edits__lt=edits - MOST_STEPS).delete()
            row.draft, row.edits = content, edits + 1
            row.save(update_fields=["draft", "edits"])
        else:
            raise Changed(
                "Somebody else changed this questionnaire meanwhile.",
                "Look at the newest draft and make the change again.",
            )


def drop_draft(key: str) -> Kept:
    """Go back to what is published; without a published version the draft stays."""
    with transaction.atomic():
        row = Survey.objects.select_for_update().get(key=key)
        if row.versions.exists() and row.draft:
            Step.objects.create(survey=row, edits=row.edits, content=row.draft)
            row.draft, row.edits = "", row.edits + 1
            row.save(update_fields=["draft", "edits"])
    return get_survey(key)


def publish_draft(key: str, edits: int) -> Questionnaire:
    """Publish the draft as the next version. Raises BadQuery with what is wrong, and where nothing changed."""
    with transaction.atomic():
        row = Survey.objects.select_for_update().get(key=key)
        if row.edits != edits or not row.draft:
            raise Changed("This draft was changed or published meanwhile.", "Look at it again before you publish.")
        version = publish(from_json(row.draft), versions_of(key))
        Version.objects.create(
            survey=row, number=version.version, content=to_json(version), fingerprint=fingerprint(version)
        )
        row.draft, row.edits = "", row.edits + 1
        row.save(update_fields=["draft", "edits"])
    return version


def draft_from_published(key: str) -> Kept:
    """A draft to change, equal to what is published; the one that is there stays."""
    kept = get_survey(key)
    return save_draft(key, draft_after(kept.published), kept.edits) if kept.draft is None and kept.published else kept


def versions_of(key: str) -> list[Questionnaire]:
    """Every published version, the oldest first."""
    return [one.questionnaire for one in published_of(key)]


def published_of(key: str) -> list[Published]:
    """Every published version with its moment, the oldest first."""
    rows = Version.objects.filter(survey__key=key).order_by("number")
    return [Published(_read(v.pk, v.number, v.content), v.published_at) for v in rows]


def end_survey(key: str) -> None:
    """Nobody is asked any more, and links say that it is over. What was answered stays."""
    Survey.objects.filter(key=key, ended_at=None).update(ended_at=timezone.now())


def reopen_survey(key: str) -> None:
    Survey.objects.filter(key=key).update(ended_at=None)


def remove_survey(key: str) -> bool:
    """Remove a survey that was never published; whether there was one."""
    return bool(Survey.objects.filter(key=key, versions=None).delete()[0])


@lru_cache(maxsize=256)
def read_version(pk: int, content: str) -> Questionnaire:
    """A version as it was published, with its number. It never changes, so it is read once."""
    return _read(pk, Version.objects.values_list("number", flat=True).get(pk=pk), content)


@lru_cache(maxsize=256)
def _read(_pk: int, number: int, content: str) -> Questionnaire:
    """The number is no part of what is kept as JSON: that comes in as a draft."""
    return replace(from_json(content), version=number)


def published_versions(pks: Sequence[int]) -> dict[int, Questionnaire]:
    """Versions by their row."""
    return {v.pk: _read(v.pk, v.number, v.content) for v in Version.objects.filter(pk__in=set(pks))}


def _kept(row: Survey, version: Version | None) -> Kept:
    return Kept(
        key=row.key,
        draft=from_json(row.draft) if row.draft else None,
        edits=row.edits,
        published=_read(version.pk, version.number, version.content) if version else None,
        published_at=version.published_at if version else None,
        ended_at=row.ended_at,
    )
