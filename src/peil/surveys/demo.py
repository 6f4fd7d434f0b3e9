"""What the demo company asks by itself: surveys that are live at every kind of door, a rule, and invitations on their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from peil.demo.clock import END
from peil.surveys.channels.pins import set_pin
from peil.surveys.channels.rules import Rules, with_rules
from peil.surveys.keeping import add_survey, find_survey, publish_draft
from peil.surveys.links import LinkKind, change_link, links_of, make_link
from peil.surveys.manner import read_manner, write_manner
from peil.surveys.models import Manner
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.whom.addresses import Line, keep_contacts
from peil.surveys.whom.asking import Wanted, ask, terms_of
from peil.surveys.whom.happened import Happened, happened
from peil.surveys.whom.rules import AskRule, How, add_rule, all_rules, start_rule
from peil.warehouse.open import Warehouse

AFTER_CONTACT, RELATIONSHIP, TEAMS = "after_contact", "recommend", "engagement"
COUNTER, VISIT, HELP = "after_contact_satisfaction", "leaving_website", "helpful"
KIOSK_PIN = "2580"  # docs/asking.md tells it
_SENDER, _COLOUR, _POSTAL = "Kadewijk Energie", "#0b5d4c", "Postbus 1, 8000 AA Zwolle"
# kind, where it hangs in Dutch and English, the channel of the facts
_HUNG: Mapping[str, tuple[tuple[LinkKind, tuple[str, str], str], ...]] = {
    AFTER_CONTACT: (
        ("link", ("Onder de mails van de klantenservice", "Below the mails of customer service"), "email"),
        ("qr", ("Op de balie in Zwolle", "On the counter in Zwolle"), "in_person"),
        ("chat_end", ("Aan het eind van een chat", "At the end of a chat"), "chat"),
        ("paper", ("Bij de brieven van de klantenservice", "With the letters of customer service"), "post"),
        ("phone", ("Nabellen na een gesprek", "Calling back after a call"), "phone"),
    ),
    COUNTER: (("kiosk", ("Zuil bij de uitgang in Zwolle", "Kiosk at the exit in Zwolle"), "in_person"),),
    RELATIONSHIP: (("link", ("In de nieuwsbrief", "In the newsletter"), "email"),),
    VISIT: (("widget", ("Op de website", "On the website"), "web"),),
    HELP: (("widget", ("Onder de antwoorden op de website", "Below the answers of the website"), "web"),),
}
_ON_SITE = {"help": (HELP, "widget"), "visit": (VISIT, "widget"), "chat": (AFTER_CONTACT, "chat_end")}
_SITE_RULES = Rules(after=5, rest_days=0)  # so that it is seen whenever one looks
_CUSTOMERS = (
    "Mina Jansen",
    "Joris Bakker",
    "Fenna de Boer",
)  # nobody; each is given the number of one of the customers
_EVER = 36_500  # days
_RULE = ("Na een telefoongesprek", "After a phone call")


@dataclass(frozen=True, slots=True)
class Live:
    """A survey that one can answer, the code of the link to it, and those of the forms that hang on the website."""

    survey: str
    code: str
    on_site: Mapping[str, str]


def set_up_demo_surveys(language: str) -> Live:
    """Publish them and hang them where people pass; where they are already, nothing changes."""
    at = 0 if language == "nl" else 1
    if not Manner.objects.exists():
        named = replace(read_manner(), sender=_SENDER, colour=_COLOUR, postal=_POSTAL)
        write_manner(replace(named, quiet_from=0, quiet_until=0, working_days=False))  # one tries a demo in the evening
    for key in (AFTER_CONTACT, RELATIONSHIP, TEAMS, COUNTER, VISIT, HELP):
        if find_survey(key) is None:
            add_survey(draft_from(key))
            publish_draft(key, 0)
    for key, places in _HUNG.items():
        if not links_of(key):
            for kind, words, channel in places:
                _hang(key, kind, words[at], channel)
    return Live(AFTER_CONTACT, links_of(AFTER_CONTACT)[0].code, {p: _code(*hung) for p, hung in _ON_SITE.items()})


def _hang(survey: str, kind: LinkKind, label: str, channel: str) -> None:
    link = make_link(survey, kind, label, channel=channel)
    if kind == "kiosk":
        set_pin(link, KIOSK_PIN)
    elif kind == "widget":
        change_link(link.id, with_rules(link.settings, _SITE_RULES))


def _code(survey: str, kind: str) -> str:
    return next(link.code for link in links_of(survey) if link.kind == kind)


def invite_demo_customers(warehouse: Warehouse, language: str) -> None:
    """Two customers get a mail, one after a contact; two are left alone, which is kept with the reason."""
    if all_rules():
        return
    how = How(channels=("phone",), share=20)
    rule = add_rule(AFTER_CONTACT, _RULE[0 if language == "nl" else 1], "after_contact", how)
    start_rule(rule.id)
    calls = _calls(warehouse, rule)
    keep_contacts(_line(name, call.customer_id, language) for name, call in zip(_CUSTOMERS, calls, strict=False))
    terms = terms_of(warehouse.settings)
    for survey, call, complaint in _invitations(calls):
        attributes = {"open_complaint": complaint}
        ask(replace(_wanted(survey, call), attributes=attributes), terms)


def _calls(warehouse: Warehouse, rule: AskRule) -> list[Happened]:
    """The newest calls of so many different customers."""
    until = datetime.combine(END, time(), UTC)
    found = happened(warehouse, rule, until - timedelta(days=30), until)
    by_customer = {call.customer_id: call for call in found}
    return list(by_customer.values())[-len(_CUSTOMERS) :]


def _invitations(calls: list[Happened]) -> list[tuple[str, Happened, bool]]:
    """Survey, call, and whether that customer has a complaint that is still open. The third is asked twice."""
    if len(calls) < len(_CUSTOMERS):
        return []
    mina, joris, fenna = calls
    return [
        (AFTER_CONTACT, mina, False), (RELATIONSHIP, joris, False), (RELATIONSHIP, mina, False), (AFTER_CONTACT, fenna, True),
    ]  # fmt: skip


def _wanted(survey: str, call: Happened) -> Wanted:
    """About the call where the survey is; the last one of the demo may be long ago."""
    if survey != AFTER_CONTACT:
        return Wanted(survey=survey, cause=f"demo:{survey}:{call.customer_id}", customer_id=call.customer_id)
    return Wanted(
        survey=survey, cause=f"demo:{survey}:{call.thing}", customer_id=call.customer_id, context=call.context,
        channel=call.channel, happened_at=call.at, late_days=_EVER, known={"contact.day": call.at.isoformat()},
    )  # fmt: skip


def _line(name: str, customer_id: str, language: str) -> Line:
    first, _, last = name.partition(" ")
    address = f"{first.lower()}.{last.lower().replace(' ', '')}@klant.example"
    known = {"customer.first_name": first, "customer.last_name": last}
    return Line(customer_id=customer_id, email=address, language=language, known=known)
