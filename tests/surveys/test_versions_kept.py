"""Versions keep their number, and a change of a draft can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from peil.surveys.keeping import (
    Changed,
    add_survey,
    draft_from_published,
    drop_draft,
    get_survey,
    publish_draft,
    save_draft,
    undo_change,
    versions_of,
)
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.questionnaires.texts import text

pytestmark = pytest.mark.django_db


def test_a_version_is_read_with_its_number() -> None:
    add_survey(draft_from("recommend"))
    publish_draft("recommend", 0)
    kept = draft_from_published("recommend")
    assert kept.draft is not None
    kept = save_draft("recommend", replace(kept.draft, name=text("Anders", "Other")), kept.edits)
    assert publish_draft("recommend", kept.edits).version == 2
    assert [v.version for v in versions_of("recommend")] == [1, 2]
    published = get_survey("recommend").published
    assert published is not None
    assert published.version == 2


def test_a_change_is_taken_back_and_made_again() -> None:
    first = draft_from("recommend")
    kept = add_survey(first)
    other = replace(first, retention_months=6)
    kept = save_draft("recommend", other, kept.edits)
    kept = undo_change("recommend", kept.edits)
    assert kept.draft == first
    kept = undo_change("recommend", kept.edits)
    assert kept.draft == other
    with pytest.raises(Changed):
        undo_change("recommend", kept.edits + 1)
    with pytest.raises(Changed):
        save_draft("recommend", first, kept.edits - 1)
    assert get_survey("recommend").draft == other


def test_a_draft_that_was_dropped_comes_back() -> None:
    add_survey(draft_from("recommend"))
    publish_draft("recommend", 0)
    kept = draft_from_published("recommend")
    assert kept.draft is not None
    changed = replace(kept.draft, retention_months=6)
    kept = save_draft("recommend", changed, kept.edits)
    kept = drop_draft("recommend")
    assert kept.draft is None
    assert undo_change("recommend", kept.edits).draft == changed
