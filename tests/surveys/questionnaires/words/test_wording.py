"""Rules of thumb for wording: what they find, and what they leave alone."""

from __future__ import annotations

import pytest
from tests.surveys.questionnaires.made import made

from peil.surveys.questionnaires.checks.wordlists import DUTCH, ENGLISH
from peil.surveys.questionnaires.checks.words import check_words, double_in
from peil.surveys.questionnaires.templates.building import ask
from peil.surveys.questionnaires.texts import text


def advice(nl: str = "", en: str = "", kind: str = "csat") -> list[str]:
    return [f.code for f in check_words(made([ask(kind, text=text(nl, en))]))]


@pytest.mark.parametrize(
    "question",
    [
        "Hoe tevreden bent u over de snelheid en vriendelijkheid van de medewerker?",
        "Was de medewerker vriendelijk en deskundig?",
        "Was het antwoord duidelijk of volledig?",
        "Hoe vond u de prijs en de kwaliteit?",
        "Bent u snel geholpen? En was het antwoord goed?",
    ],
)
def test_double_in_dutch(question: str) -> None:
    assert double_in(question, DUTCH)


@pytest.mark.parametrize(
    "question",
    [
        "Hoe waarschijnlijk is het dat u ons aanbeveelt aan vrienden, familie of collega’s?",
        "Hoe makkelijk of moeilijk ging het?",
        "Bent u tevreden of ontevreden?",
        "Weet u of uw vraag is opgelost?",
        "Hoe tevreden bent u over het contact op maandag en dinsdag?",
        "Eens of oneens: het ging snel.",
    ],
)
def test_one_thing_in_dutch(question: str) -> None:
    assert double_in(question, DUTCH) is None


@pytest.mark.parametrize(
    ("question", "double"),
    [
        ("Was our employee friendly and helpful?", True),
        ("How satisfied are you with the price and the quality?", True),
        ("Was it clear? And complete?", True),
        ("How likely are you to recommend us to friends, family or colleagues?", False),
        ("How easy or hard was it?", False),
        ("Were you satisfied or dissatisfied?", False),
        ("How was your stay in Leeds and Bradford?", False),
    ],
)
def test_double_in_english(question: str, double: bool) -> None:
    assert bool(double_in(question, ENGLISH)) == double


@pytest.mark.parametrize(
    ("nl", "en", "code"),
    [
        ("Vindt u ook dat we snel zijn?", "", "leading"),
        ("Hoe geweldig was onze service?", "", "leading"),
        ("", "Don’t you agree that we are fast?", "leading"),
        ("", "How much did you enjoy our service?", "leading"),
        ("Hoe verliep de escalatie?", "", "jargon"),
        ("", "Was your ticket handled well?", "jargon"),
        ("Hebt u geen antwoord gekregen?", "", "negative"),
        ("", "Wasn’t your question solved?", "negative"),
    ],
)
def test_what_is_found(nl: str, en: str, code: str) -> None:
    assert code in advice(nl, en)


@pytest.mark.parametrize(
    ("nl", "en"),
    [
        ("Hoe tevreden bent u over onze service?", "How satisfied are you with our service?"),
        ("Hebt u wel of niet een antwoord gekregen?", "Did you get an answer or not?"),
        ("Hoe goed ging het?", "How good was it?"),
        ("Hoe tevreden bent u over {product|uw ticket en case}?", "How satisfied are you with {product|your ticket}?"),
    ],
)
def test_what_is_left_alone(nl: str, en: str) -> None:
    assert advice(nl, en) == []


def test_usability_statements_may_be_negative() -> None:
    assert advice("Het werkt niet overal gelijk.", kind="sus_item") == []
    assert advice("Het werkt niet overal gelijk.") == ["negative"]


def test_one_form_of_address() -> None:
    assert advice("Vond u dat je snel werd geholpen?") == ["address_mixed"]
    assert advice("Vond je dat je snel werd geholpen?") == []


def test_other_languages_are_left_alone() -> None:
    questionnaire = made(
        [ask("csat", text=text("Hoe ging het?", "How was it?", de="Fanden Sie auch nicht, dass? Und?"))]
    )
    assert list(check_words(questionnaire)) == []
