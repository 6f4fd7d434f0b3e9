"""What tests of asking share: a published survey of any kind, the terms of a made-up organisation, a moment of a Tuesday."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from peil.surveys.keeping import add_survey, get_survey, publish_draft
from peil.surveys.manner import Manner
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.whom.asking import Terms, Wanted
from peil.surveys.whom.moments import hours_of
from peil.warehouse.settings import Settings

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # 11.00 in Amsterdam, an ordinary working day
SITE = "https://peil.kadewijk.example"
SETTINGS = Settings(organisation="Kadewijk Energie")
_number = itertools.count(1)


def terms(**manner: Any) -> Terms:
    how = replace(Manner(postal="Havenkade 12, 8011 AB Zwolle"), **manner)
    return Terms(how, hours_of(how, SETTINGS))


def published(template: str = "after_contact", key: str = "") -> Questionnaire:
    """A survey of a template, published under a key of its own."""
    key = key or f"{template}_{next(_number)}"
    add_survey(replace(draft_from(template), key=key))
    publish_draft(key, get_survey(key).edits)
    found = get_survey(key).published
    assert found is not None
    return found


def wanted(survey: str, **more: Any) -> Wanted:
    told: dict[str, Any] = {"cause": f"cause-{next(_number)}", "address": "mina@example.nl", "customer_id": "K1"}
    return Wanted(survey=survey, **(told | more))
