"""On the website: did this answer help, did it work, and how usable is it."""

from __future__ import annotations

from peil.core.kpi import Words
from peil.surveys.questionnaires.question import Question, Subject
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.templates.building import LANGUAGES, SENDER, THANKS, Template, ask, comment
from peil.surveys.questionnaires.texts import text

_SITE = Subject(scope="touchpoint", touchpoint="website", words=text("onze website", "our website"))
_ANSWER = Subject(scope="touchpoint", touchpoint="help_page", words=text("dit antwoord", "this answer"))
_PURPOSE = text(
    "We gebruiken uw antwoorden om onze website te verbeteren.", "We use your answers to improve our website."
)
# our own words; what each is about, and that good and bad alternate, follows Brooke 1996, SUS: a quick and dirty usability scale
_ITEMS = (
    ("Ik zou deze website vaker willen gebruiken.", "I would like to use this website more often."),
    ("Deze website is onnodig ingewikkeld.", "This website is more complicated than it has to be."),
    ("Deze website is makkelijk te gebruiken.", "This website is easy to use."),
    ("Ik heb hulp nodig om deze website te kunnen gebruiken.", "I need help to be able to use this website."),
    ("De onderdelen van deze website sluiten goed op elkaar aan.", "The parts of this website fit together well."),
    ("Deze website werkt op elke plek weer anders.", "This website works differently in every place."),
    ("De meeste mensen hebben deze website snel door.", "Most people will soon know their way around this website."),
    ("Deze website is omslachtig in het gebruik.", "This website is cumbersome to use."),
    ("Ik voel me zeker bij het gebruik van deze website.", "I feel sure of myself when I use this website."),
    ("Ik moest veel leren voor ik met deze website overweg kon.", "I had to learn a lot before I could manage this website."),
)  # fmt: skip


def usability_items() -> tuple[Question, ...]:
    """The ten statements: agreeing is good with the odd ones, bad with the even ones."""
    return tuple(
        ask("sus_item", f"sus_{number:02}", text=text(nl, en)) for number, (nl, en) in enumerate(_ITEMS, start=1)
    )


def _usability() -> Questionnaire:
    return Questionnaire(
        key="usability", name=text("Gebruiksgemak van de website", "Usability of the website"), languages=LANGUAGES,
        sender=SENDER, purpose=_PURPOSE, subject=_SITE, moment="calm", thanks=THANKS,
        pages=(
            Page(questions=(ask("task_success", "task"),)),
            Page(
                heading=text("Wat vindt u van onze website?", "What do you think of our website?"),
                questions=usability_items(),
            ),
        ),
    )  # fmt: skip


def _leaving() -> Questionnaire:
    return Questionnaire(
        key="leaving_website", name=text("Na een websitebezoek", "After a visit to the website"), languages=LANGUAGES,
        sender=SENDER, purpose=_PURPOSE, subject=_SITE, moment="after_visit", thanks=THANKS,
        pages=(
            Page(questions=(ask("task_success", "task"), ask("csat", "satisfied", look="smileys"))),
            Page(questions=(comment("satisfied"),)),
        ),
    )  # fmt: skip


def _helpful() -> Questionnaire:
    return Questionnaire(
        key="helpful", name=text("Heeft dit antwoord geholpen?", "Did this answer help?"), languages=LANGUAGES,
        sender=SENDER, purpose=_PURPOSE, subject=_ANSWER, moment="help_page", thanks=THANKS,
        pages=(Page(questions=(ask("helpful", look="words"),)),),
    )  # fmt: skip


_W = Words
TEMPLATES = (
    Template(
        key="helpful", name=_W("Heeft dit antwoord geholpen?", "Did this answer help?"), moment="help_page", make=_helpful,
        advice=_W("Onder elk antwoord op de hulppagina’s, met ja en nee.", "Under every answer of the help pages, with yes and no."),
        kpis=("helpful",),
    ),
    Template(
        key="leaving_website", name=_W("Na een websitebezoek", "After a visit to the website"), moment="after_visit",
        make=_leaving, kpis=("task_success", "csat"),
        advice=_W(
            "Leg vooraf vast wat ‘gelukt’ is, en vraag het als iemand klaar is, niet bij binnenkomst.",
            "Fix beforehand what ‘managed’ means, and ask when somebody is done, not on arrival.",
        ),
    ),
    Template(
        key="usability", name=_W("Gebruiksgemak (SUS)", "Usability (SUS)"), moment="calm", make=_usability,
        advice=_W(
            "Tien stellingen, om en om positief en negatief; alle tien zijn nodig voor de score.",
            "Ten statements, positive and negative in turn; all ten are needed for the score.",
        ),
        kpis=("sus", "task_success"),
    ),
)  # fmt: skip
