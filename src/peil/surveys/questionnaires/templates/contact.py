"""After something happened: a contact, a purchase, a step of a journey. Ease or satisfaction, and was it solved."""

from __future__ import annotations

from peil.core.kpi import Words
from peil.surveys.questionnaires.question import Question, Subject
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.templates.building import (
    DONT_KNOW,
    LANGUAGES,
    SENDER,
    THANKS,
    Template,
    ask,
    comment,
    group_of,
    options,
)
from peil.surveys.questionnaires.texts import Text, text

CONTACT = Subject(
    scope="touchpoint",
    touchpoint="contact",
    words=text(
        "uw contact met ons op {contact.dag|een van de afgelopen dagen}",
        "your contact with us on {contact.day|one of the past days}",
    ),
)
_PURCHASE = Subject(
    scope="touchpoint",
    touchpoint="first_purchase",
    words=text("het bestellen van {product|uw eerste bestelling}", "ordering {product|your first order}"),
)
_APPOINTMENT = Subject(
    scope="touchpoint", touchpoint="appointment",
    words=text("het maken van uw afspraak voor {contact.dag|het bezoek}", "making your appointment for {contact.day|the visit}"),
)  # fmt: skip
_VISIT = Subject(
    scope="touchpoint", touchpoint="visit",
    words=text("ons bezoek op {contact.dag|een van de afgelopen dagen}", "our visit on {contact.day|one of the past days}"),
)  # fmt: skip
_PURPOSE = text(
    "We gebruiken uw antwoorden om onze service te verbeteren, en om u zo nodig alsnog te helpen.",
    "We use your answers to improve our service, and to help you after all where that is needed.",
)
_ABOUT = text("Over {onderwerp}", "About {subject}")
_SOLVED = text("Is uw vraag opgelost?", "Was your question solved?")
_BLAME = options(
    ("waiting", "Ik moest lang wachten", "I had to wait long"),
    ("unclear", "De uitleg was onduidelijk", "The explanation was unclear"),
    ("not_solved", "Mijn vraag bleef liggen", "My question was left open"),
    ("again", "Ik moest er vaker achteraan", "I had to come back more than once"),
    ("unfriendly", "Ik werd onvriendelijk geholpen", "I was treated unkindly"),
)
_PRAISE = options(
    ("fast", "Ik werd snel geholpen", "I was helped fast"),
    ("clear", "De uitleg was duidelijk", "The explanation was clear"),
    ("at_once", "Het was in één keer goed", "It was right at once"),
    ("friendly", "Ik werd vriendelijk geholpen", "I was treated kindly"),
)


def reasons(about: str) -> tuple[Question, ...]:
    """Why, asked in the words of whoever is pleased and of whoever is not."""
    return (
        ask("reason", "reason_low", options=_BLAME, show_if=group_of(about, "unfavourable", "neutral")),
        ask("reason", "reason_high", options=_PRAISE, show_if=group_of(about, "favourable")),
    )


def _why(about: str) -> Page:
    call_back = ask("contact_request", show_if=group_of(about, "unfavourable", "neutral"))
    return Page(questions=(*reasons(about), comment(about), call_back))


def _after_contact(key: str, name: Text, score: Question) -> Questionnaire:
    return Questionnaire(
        key=key, name=name, languages=LANGUAGES, sender=SENDER, purpose=_PURPOSE, subject=CONTACT,
        moment="after_contact", thanks=THANKS,
        pages=(Page(heading=_ABOUT, questions=(score, ask("solved", text=_SOLVED))), _why(score.key)),
    )  # fmt: skip


def _ease() -> Questionnaire:
    return _after_contact(
        "after_contact", text("Na een contact: gemak", "After a contact: ease"), ask("ces_agree", "ease")
    )


def _ease_short() -> Questionnaire:
    name = text("Na een contact: moeilijk of makkelijk", "After a contact: hard or easy")
    return _after_contact("after_contact_easy", name, ask("ces_ease", "ease", look="words"))


def _effort() -> Questionnaire:
    name = text("Na een contact: moeite", "After a contact: effort")
    return _after_contact("after_contact_effort", name, ask("ces_effort", "effort", look="words"))


def _satisfaction() -> Questionnaire:
    name = text("Na een contact: tevredenheid", "After a contact: satisfaction")
    return _after_contact("after_contact_satisfaction", name, ask("csat", "satisfied", look="smileys"))


def _mark() -> Questionnaire:
    name = text("Na een contact: rapportcijfer", "After a contact: report mark")
    return _after_contact("after_contact_mark", name, ask("rapportcijfer", "mark"))


def _told_again() -> Questionnaire:
    again = text("Moest u uw verhaal opnieuw vertellen?", "Did you have to tell your story again?")
    first = (ask("ces_ease", "ease"), ask("solved", text=_SOLVED), ask("told_again", text=again, dont_know=DONT_KNOW))
    return Questionnaire(
        key="after_transfer", name=text("Na doorverbinden: verhaal opnieuw", "After a transfer: story again"),
        languages=LANGUAGES, sender=SENDER, purpose=_PURPOSE, subject=CONTACT, moment="after_contact", thanks=THANKS,
        pages=(Page(heading=_ABOUT, questions=first), Page(questions=(comment("ease"),))),
    )  # fmt: skip


def _first_purchase() -> Questionnaire:
    return Questionnaire(
        key="first_purchase", name=text("Na een eerste aankoop", "After a first purchase"), languages=LANGUAGES,
        sender=SENDER, purpose=_PURPOSE, subject=_PURCHASE, moment="after_purchase", thanks=THANKS,
        pages=(Page(questions=(ask("ces_ease", "ease"), ask("csat", "satisfied", look="stars"))), Page(questions=(comment("satisfied"),))),
    )  # fmt: skip


def _expectation() -> Questionnaire:
    return Questionnaire(
        key="expectation", name=text("Verwachting en ervaring", "Expectation and experience"), languages=LANGUAGES,
        sender=SENDER, purpose=_PURPOSE, subject=CONTACT, moment="after_contact", thanks=THANKS,
        pages=(Page(questions=(ask("gap", "expected_experienced"), ask("solved"))), Page(questions=(comment("expected_experienced"),))),
    )  # fmt: skip


def _appointment_and_visit() -> Questionnaire:
    """Two KPIs in one process, so that each department sees its own."""
    return Questionnaire(
        key="appointment_and_visit", name=text("Afspraak en bezoek", "Appointment and visit"), languages=LANGUAGES,
        sender=SENDER, purpose=_PURPOSE, subject=_VISIT, moment="after_visit", thanks=THANKS,
        pages=(
            Page(questions=(ask("ces_ease", "appointment_ease", subject=_APPOINTMENT), ask("csat", "visit_satisfied"))),
            Page(questions=(comment("visit_satisfied"),)),
        ),
    )  # fmt: skip


_W = Words
_ONE_OF = _W(
    "Gemak of tevredenheid, en of de vraag is opgelost: samen zeggen ze wat een contact deed. Stuur het binnen een dag.",
    "Ease or satisfaction, and whether it was solved: together they tell what a contact did. Send it within a day.",
)
TEMPLATES = (
    Template(key="after_contact", name=_W("Na een contact: gemak", "After a contact: ease"), advice=_ONE_OF, moment="after_contact", kpis=("ces_agree", "ces_agree_easy", "solved_asked", "reasons"), make=_ease),
    Template(key="after_contact_easy", name=_W("Na een contact: moeilijk of makkelijk", "After a contact: hard or easy"), advice=_ONE_OF, moment="after_contact", kpis=("ces_ease", "ces_ease_easy", "solved_asked", "reasons"), make=_ease_short),
    Template(key="after_contact_effort", name=_W("Na een contact: moeite", "After a contact: effort"), advice=_W("Alleen als je al jaren zo meet: laag is hier goed, en dat leest niet iedereen zo.", "Only where you have measured this way for years: low is good here, which not everybody reads so."), moment="after_contact", kpis=("ces_effort", "ces_effort_low", "solved_asked", "reasons"), make=_effort),
    Template(key="after_contact_satisfaction", name=_W("Na een contact: tevredenheid", "After a contact: satisfaction"), advice=_ONE_OF, moment="after_contact", kpis=("csat", "dsat", "csat_mean", "csat_mean_100", "solved_asked", "reasons"), make=_satisfaction),
    Template(key="after_contact_mark", name=_W("Na een contact: rapportcijfer", "After a contact: report mark"), advice=_W("Een cijfer van 1 tot en met 10, zoals op school. Het is geen CSAT.", "A mark from 1 to 10, as Dutch schools give it. It is not CSAT."), moment="after_contact", kpis=("rapportcijfer", "solved_asked", "reasons"), make=_mark),
    Template(key="after_transfer", name=_W("Na doorverbinden", "After a transfer"), advice=_W("Voor wie is doorverbonden of vaker contact had.", "For who was passed on, or had to come back."), moment="after_contact", kpis=("ces_ease", "solved_asked", "told_again"), make=_told_again),
    Template(key="first_purchase", name=_W("Na een eerste aankoop", "After a first purchase"), advice=_W("Stuur het als het product er is, niet meteen na het bestellen.", "Send it when the product is there, not right after ordering."), moment="after_purchase", kpis=("ces_ease", "csat", "csat_mean"), make=_first_purchase),
    Template(key="expectation", name=_W("Verwachting en ervaring", "Expectation and experience"), advice=_W("Achteraf weet niet iedereen meer wat hij verwachtte; lees de kloof als richting.", "Afterwards not everybody remembers what they expected; read the gap as a direction."), moment="after_contact", kpis=("gap", "solved_asked"), make=_expectation),
    Template(key="appointment_and_visit", name=_W("Afspraak en bezoek", "Appointment and visit"), advice=_W("Twee KPI’s in één proces: de planning ziet het gemak, de buitendienst de tevredenheid.", "Two KPIs in one process: planning sees the ease, the field service the satisfaction."), moment="after_visit", kpis=("ces_ease", "csat"), make=_appointment_and_visit),
)  # fmt: skip
