"""About the brand as a whole, at a calm moment: recommending, satisfaction, a mark, channels; and before a renewal."""

from __future__ import annotations

from peil.core.kpi import Words
from peil.surveys.questionnaires.question import Question, Subject
from peil.surveys.questionnaires.questionnaire import Moment, Page, Questionnaire
from peil.surveys.questionnaires.templates.building import (
    LANGUAGES,
    SENDER,
    THANKS,
    Template,
    ask,
    comment,
    group_of,
    options,
)
from peil.surveys.questionnaires.texts import text

BRAND = Subject(scope="relationship", words=text("{organisatie} als geheel", "{organisation} as a whole"))
_PURPOSE = text(
    "We gebruiken uw antwoorden om te zien wat klanten van ons vinden, en wat beter moet.",
    "We use your answers to see what customers think of us, and what has to be better.",
)
_REASONS = options(
    ("employees", "De medewerkers", "The employees"),
    ("price", "De prijs", "The price"),
    ("product", "Het product", "The product"),
    ("website", "De website of app", "The website or app"),
    ("invoice", "De rekening", "The bill"),
    ("speed", "De snelheid van de service", "How fast the service is"),
)
_LOW = text("Wat had er voor een hoger cijfer anders gemoeten?", "What should have been different for a higher score?")
_MIDDLE = text("Wat zou er voor een 9 of 10 beter moeten?", "What would have to be better for a 9 or 10?")
_HIGH = text("Wat vindt u het beste aan {organisatie}?", "What do you like best about {organisation}?")


def _recommending(score: Question) -> tuple[Page, ...]:
    """The score, and a reason in the words of its group."""
    return (
        Page(questions=(score,)),
        Page(
            questions=(
                ask("reason", "reason_low", text=_LOW, options=_REASONS, show_if=group_of(score.key, "unfavourable")),
                ask("reason", "reason_middle", text=_MIDDLE, options=_REASONS, show_if=group_of(score.key, "neutral")),
                ask("reason", "reason_high", text=_HIGH, options=_REASONS, show_if=group_of(score.key, "favourable")),
                comment(score.key),
                ask("contact_request", show_if=group_of(score.key, "unfavourable")),
            )
        ),
    )


def _about_the_brand(key: str, name: Words, pages: tuple[Page, ...], moment: Moment = "calm") -> Questionnaire:
    return Questionnaire(
        key=key, name=text(name.nl, name.en), languages=LANGUAGES, sender=SENDER, purpose=_PURPOSE, subject=BRAND,
        moment=moment, thanks=THANKS, pages=pages,
    )  # fmt: skip


def _nps() -> Questionnaire:
    return _about_the_brand("recommend", _NPS, _recommending(ask("nps", "recommend")))


def _nps_1_10() -> Questionnaire:
    return _about_the_brand("recommend_1_10", _NPS_1_10, _recommending(ask("nps_1_10", "recommend")))


def _satisfaction() -> Questionnaire:
    score, mark = ask("csat", "satisfied"), ask("rapportcijfer", "mark")
    return _about_the_brand(
        "relationship", _SATISFACTION, (Page(questions=(score, mark)), Page(questions=(comment("mark"),)))
    )


def _channels() -> Questionnaire:
    return _about_the_brand(
        "channels", _CHANNELS, (Page(questions=(ask("preferred_channel"), ask("considered_channel"))),)
    )


def _renewal() -> Questionnaire:
    pages = _recommending(ask("nps", "recommend"))
    return _about_the_brand("before_renewal", _RENEWAL, pages, moment="before_renewal")


_NPS = Words("Aanbevelen (NPS)", "Recommending (NPS)")
_NPS_1_10 = Words("Aanbevelen (NPS) op 1–10", "Recommending (NPS) on 1–10")
_SATISFACTION = Words("Tevredenheid en rapportcijfer", "Satisfaction and report mark")
_CHANNELS = Words("Kanalen", "Channels")
_RENEWAL = Words("Voor een verlenging", "Before a renewal")
_W = Words
_CALM = _W(
    "Vraag dit op een rustig moment, een paar keer per jaar aan een deel van de klanten; niet na een contact.",
    "Ask this at a calm moment, a few times a year of a part of the customers; not after a contact.",
)
TEMPLATES = (
    Template(key="recommend", name=_NPS, advice=_CALM, moment="calm", kpis=("nps_relationship", "reasons"), make=_nps),
    Template(key="recommend_1_10", name=_NPS_1_10, advice=_W("Alleen als je al jaren op 1–10 meet; de uitkomst gaat nooit samen met 0–10.", "Only where you have measured on 1–10 for years; its figure is never pooled with 0–10."), moment="calm", kpis=("nps_1_10_relationship", "reasons"), make=_nps_1_10),
    Template(key="relationship", name=_SATISFACTION, advice=_CALM, moment="calm", kpis=("csat_relationship", "dsat_relationship", "csat_mean_relationship", "rapportcijfer_relationship"), make=_satisfaction),
    Template(key="channels", name=_CHANNELS, advice=_W("Eens per jaar is genoeg; zet het naast de kanalen die mensen echt kiezen.", "Once a year is enough; set it beside the channels that people really take."), moment="calm", kpis=("preferred_channel", "considered_channel"), make=_channels),
    Template(key="before_renewal", name=_RENEWAL, advice=_W("Stuur het zes tot acht weken voor de verlenging, zodat er tijd is om iets te doen.", "Send it six to eight weeks before the renewal, so that there is time to act."), moment="before_renewal", kpis=("nps_relationship", "reasons"), make=_renewal),
)  # fmt: skip
