"""The ready questionnaires as they are offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peil.report.words import Language, say
from peil.report.words.terms import kpi_name
from peil.surveys.questionnaires.questionnaire import Moment
from peil.surveys.questionnaires.templates import TEMPLATES
from peil.surveys.questionnaires.templates.building import Template
from peil.web.pages.surveys.shown import length_of

MOMENTS: tuple[Moment, ...] = (
    "after_contact", "after_purchase", "after_visit", "journey_step", "help_page", "calm", "before_renewal", "work",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """A template: what it is for, what it gives, how long it takes."""

    key: str
    name: str
    advice: str
    moment: Moment
    gives: str
    length: str


def offer_of(template: Template, language: Language) -> Offer:
    dutch = language == "nl"
    kpis = list(dict.fromkeys(kpi_name(k, language).partition(",")[0] for k in template.kpis))
    return Offer(
        key=template.key,
        name=template.name.nl if dutch else template.name.en,
        advice=template.advice.nl if dutch else template.advice.en,
        moment=template.moment,
        gives=say("svy_gives", language, ", ".join(kpis)),
        length=length_of(template.make(), language),
    )


def offers_by_moment(language: Language) -> Sequence[tuple[Moment, list[Offer]]]:
    """Every template, under the moment that it is for."""
    offers = [offer_of(t, language) for t in TEMPLATES.values()]
    by_moment = ((m, [o for o in offers if o.moment == m]) for m in MOMENTS)
    return [(moment, found) for moment, found in by_moment if found]
