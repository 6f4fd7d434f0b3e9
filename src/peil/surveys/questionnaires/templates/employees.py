"""Employees about their work: anonymous, for groups only."""

from __future__ import annotations

from peil.core.kpi import Words
from peil.surveys.questionnaires.question import Subject
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.templates.building import DONT_KNOW, LANGUAGES, SENDER, Template, ask
from peil.surveys.questionnaires.texts import text

_WORK = Subject(scope="employees", words=text("uw werk", "your work"))
_STATEMENTS = (
    ("important", "Mijn werk is belangrijk.", "My work is important."),
    ("heard", "Mijn mening telt bij mijn leidinggevende.", "My opinion counts with my manager."),
    ("proud", "Ik ben trots op mijn team.", "I am proud of my team."),
    ("expected", "Ik weet wat er van mij wordt verwacht.", "I know what is expected of me."),
    ("equipped", "Ik heb wat ik nodig heb om klanten goed te helpen.", "I have what I need to help customers well."),
    ("learning", "Ik leer hier nieuwe dingen.", "I learn new things here."),
    ("thanked", "Ik krijg waardering voor mijn werk.", "I am appreciated for my work."),
    ("balance", "Mijn werkdruk is goed vol te houden.", "My workload is one that I can keep up."),
    ("safe", "Ik kan hier een fout toegeven.", "I can admit a mistake here."),
    ("staying", "Ik wil hier over een jaar nog werken.", "I want to work here a year from now."),
)
_PURPOSE = text(
    "We gebruiken de antwoorden om het werk beter te maken. Er zijn alleen uitkomsten van groepen; niemand ziet wat u antwoordde.",
    "We use the answers to make the work better. There are results of groups only; nobody sees what you answered.",
)


def _engagement() -> Questionnaire:
    statements = tuple(ask("engagement", key, text=text(nl, en), dont_know=DONT_KNOW) for key, nl, en in _STATEMENTS)
    return Questionnaire(
        key="engagement", name=text("Betrokkenheid van medewerkers", "Employee engagement"), languages=LANGUAGES,
        sender=SENDER, purpose=_PURPOSE, subject=_WORK, moment="work",
        thanks=text("Dank u wel voor uw antwoorden.", "Thank you for your answers."),
        pages=(Page(heading=text("Uw werk", "Your work"), questions=statements),),
    )  # fmt: skip


TEMPLATES = (
    Template(
        key="engagement",
        name=Words("Betrokkenheid van medewerkers", "Employee engagement"),
        advice=Words(
            "Anoniem, en alleen voor groepen. Wie net iets vervelends meemaakte, antwoordt daarnaar; en wie gelezen denkt te "
            "worden, antwoordt wat gewenst is. Vraag het op een gewoon moment, en zeg wie wat ziet.",
            "Anonymous, and for groups only. Who just went through something unpleasant answers by it; and who thinks of being "
            "read answers what is wanted. Ask it at an ordinary moment, and say who sees what.",
        ),
        moment="work",
        kpis=("engagement", "engagement_favourable"),
        make=_engagement,
    ),
)
