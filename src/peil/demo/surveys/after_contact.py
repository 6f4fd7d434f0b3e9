"""What customers say after a contact: how easy it was, how satisfied they are, whether it is solved.

Ease is made of the customer's mood, each transfer, the logarithm of the minutes waited, whether they have to come
back, and what they called about.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from peil.demo.clock import MINUTE, Array, Codes, Flags, Random, moment, utc
from peil.demo.comments.write import DISPLEASED, PLEASED, SO_SO, subject, write_comments
from peil.demo.contact.contacts import Contacts
from peil.demo.contact.episodes import ADDRESS_TYPES, FAULT, MOVING, NEW_ADDRESSES, REASONS
from peil.demo.contact.facts import ADDRESS, Desk
from peil.demo.customers import CHANNELS
from peil.demo.employees import TEAMS
from peil.demo.surveys.asking import AFTER_CONTACT, SOURCE, SURVEYS, Asked
from peil.demo.surveys.scores import left_blank, said_yes, score_of
from peil.demo.surveys.sheet import Question, Sheet
from peil.demo.tables import keys, stream, words

FAULT_SERVICE = moment(date(2026, 5, 1))  # from here on the fault service is easier
FAULT_BEFORE, FAULT_AFTER = -0.3, 0.35
PER_TRANSFER, PER_LOG_MINUTE, PER_AGAIN, NEW_ADDRESS = -0.45, -0.25, -0.8, -1.2
_BY_REASON = np.array([0.0, 0.0, 0.22, -0.06, 0.0, 0.0, 0.08, 0.15, -0.35, -0.2])
_LOG_MINUTES = np.array([0.38, 5.25, 0.78, 3.9, 5.2, 5.15, 2.9, 7.4, 1.6])  # the usual ones, by channel
_MEAN = 0.42  # what makes the mean 0
EASE = (0.03, 0.04, 0.06, 0.1, 0.2, 0.29, 0.28)
CSAT = (0.035, 0.05, 0.115, 0.46, 0.34)
QUESTIONS = (
    Question(key="makkelijk", kind="ces_agree", scale=(1, 7), heading="Kadewijk Energie maakte het mij makkelijk (1-7)", comment="Toelichting"),
    Question(key="tevreden_contact", kind="csat", scale=(1, 5), heading="Hoe tevreden bent u over dit contact? (1-5)"),
    Question(key="opgelost", kind="solved", scale=(0, 1), heading="Is uw vraag opgelost?"),
    Question(key="opnieuw_verteld", kind="told_again", scale=(0, 1), heading="Moest u uw verhaal opnieuw vertellen?"),
)  # fmt: skip


def felt_ease(seed: int, mood: Array, contacts: Contacts) -> tuple[Array, Array]:
    """How easy each contact felt and how satisfied it left, both about standard normal."""
    rng = stream(seed, "ease")
    n = len(contacts)
    waited = np.where(np.isnan(contacts.waited), contacts.first_response - contacts.opened, contacts.waited)
    minutes = np.log1p(np.nan_to_num(waited) / MINUTE) - _LOG_MINUTES[contacts.channel]
    fault = np.where(contacts.opened >= FAULT_SERVICE, FAULT_AFTER, FAULT_BEFORE) * (contacts.reason == FAULT)
    new = NEW_ADDRESS * (contacts.new_build & (contacts.opened >= NEW_ADDRESSES))
    handled = PER_TRANSFER * contacts.transfers + PER_LOG_MINUTE * minutes + PER_AGAIN * contacts.again
    about = _BY_REASON[contacts.reason] + fault + new
    own = rng.standard_normal(n)
    ease = _MEAN + 0.45 * mood[contacts.customer] + handled + about + 0.72 * own
    pleased = _MEAN + 0.5 * mood[contacts.customer] + 0.9 * handled + about + 0.45 * own + 0.5 * rng.standard_normal(n)
    return ease, pleased


def after_contact_sheet(seed: int, desk: Desk, asked: Asked) -> Sheet:
    rng = stream(seed, "after contact")
    c, customers = desk.contacts, desk.customers
    rows = asked.answering(AFTER_CONTACT)
    about, english = asked.contact[rows], customers.english[asked.customer[rows]]
    ease, pleased = (x[about] for x in felt_ease(seed, customers.mood, c))
    easy = score_of(ease, EASE)
    again, transferred, warm = c.again[about], c.transfers[about] > 0, c.warm[about]
    solved = said_yes(rng, np.where(again, 0.34, 0.9))
    told = said_yes(
        rng, 0.06 + np.where(c.number[about] > 0, 0.2, 0.0) + np.where(transferred, np.where(warm, 0.12, 0.62), 0.0)
    )
    return Sheet(
        source=SOURCE,
        survey=SURVEYS[AFTER_CONTACT],
        questions=QUESTIONS,
        given=_given(desk, asked, rows),
        scores={
            QUESTIONS[0].heading: left_blank(rng, easy, 0.02),
            QUESTIONS[1].heading: left_blank(rng, score_of(pleased, CSAT), 0.03),
            QUESTIONS[2].heading: left_blank(rng, solved, 0.03),
            QUESTIONS[3].heading: left_blank(rng, told, 0.04),
        },
        texts={"Toelichting": _comments(rng, (c, about), easy, english)},
    )  # fmt: skip


def _given(desk: Desk, asked: Asked, rows: Codes) -> dict[str, pa.Array]:
    """What is known of each response before its first answer."""
    c, about, who = desk.contacts, asked.contact[rows], asked.customer[rows]
    english = desk.customers.english[who]
    return {
        "response_id": keys(desk.prefix + "R", rows),
        "answered_at": utc(asked.answered[rows]),
        "customer_id": keys(desk.prefix + "K", who),
        "interaction_id": keys(desk.prefix + "C", about, 7),
        "touchpoint": words(c.reason[about], REASONS),
        "channel": words(c.channel[about], CHANNELS),
        "employee_id": keys(desk.prefix + "M", desk.employee[about], 4),
        "team": words(c.team[about], TEAMS),
        "language": words(english.astype(np.int64), ("nl", "en")),
        ADDRESS: words(np.where(c.reason[about] == MOVING, c.new_build[about].astype(np.int64), -1), ADDRESS_TYPES),
    }


def _comments(rng: Random, which: tuple[Contacts, Codes], easy: Array, english: Flags) -> pa.Array:
    """About the subject of the contact, and what stood out: a transfer, a wait, an address, no solution."""
    c, about = which
    n = len(about)
    mood = np.where(easy >= 6, PLEASED, np.where(easy >= 4, SO_SO, DISPLEASED))
    main = np.array([subject(name) for name in REASONS])[c.reason[about]]
    new = c.new_build[about] & (c.opened[about] >= NEW_ADDRESSES)
    main = np.where(new, subject("nieuwbouw"), main)
    late = c.first_response[about] > c.due[about]
    second = np.where(rng.random(n) < 0.5, subject("medewerker"), -1)
    for happened, name in (
        (late, "wachten"),
        (c.transfers[about] > 0, "doorverbonden"),
        (c.again[about], "niet opgelost"),
    ):
        second = np.where(happened & (rng.random(n) < 0.7), subject(name), second)
    first = np.where((second >= 0) & ~new & (rng.random(n) < 0.35), second, main)
    return write_comments(rng, (mood, first, second), english)
