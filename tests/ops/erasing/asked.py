"""The same customer in what was asked and answered: a mark in every place that can hold them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.ops.erasing.planted import MAIL, NUMBER
from tests.surveys.asked import NOW, answered, published, requested

from peil.surveys.models import Contact, Hold, Request
from peil.surveys.tokens import person_hash

PHONE = "0612345678"
ASKED_MARKS = (
    "merk-voornaam", "merk-toelichting", "merk-anders", "merk-terugbellen", "merk-kenmerk", "merk-afzender", "merk-adresboek",
    "merk-oorzaak", PHONE, "merk-onderweg", person_hash("customer", NUMBER),
)  # fmt: skip
LOW = {"ease": ["2"], "solved": ["0"]}
WORDS = {
    **LOW,
    "reason_low": ["else"],
    "reason_low.else.words": ["merk-anders"],
    "ease_comment": ["merk-toelichting van Piet"],
}


def plant_asked() -> Request:
    """Forty customers who answered, the one among them twice; gives a request of theirs that has not left yet."""
    survey = published("after_contact")
    for number in range(40):
        request = requested(
            survey.key, f"K-3{number:04d}", at=NOW - timedelta(days=number % 9), known={"customer.first_name": "Ans"}
        )
        form = {"ease": [str(1 + number % 7)], "solved": [str(number % 2)]}
        answered(survey, form, request=request, context={"customer_id": f"K-3{number:04d}", "channel": "phone"})
    theirs = {"customer_id": NUMBER, "interaction_id": "i7", "team": "Noord", "extra": {"x_kenmerk": "merk-kenmerk"}}
    request = requested(
        survey.key, NUMBER, address=MAIL, known={"customer.first_name": "merk-voornaam"}, context=theirs,
        person=person_hash("customer", NUMBER), cause=f"contact merk-oorzaak {NUMBER}",
    )  # fmt: skip
    answered(
        survey, WORDS, request=request, context=theirs, call_back=f"merk-terugbellen {PHONE}", sender="merk-afzender"
    )
    answered(
        survey, {**LOW, "ease_comment": ["nog eens merk-toelichting"]}, context=theirs, at=NOW + timedelta(hours=1)
    )
    Contact.objects.create(
        person=person_hash("customer", NUMBER), customer_id=NUMBER, email=MAIL, phone=PHONE,
        known={"customer.first_name": "merk-adresboek"}, changed_at=timezone.now(),
    )  # fmt: skip
    Hold.objects.create(customer_id=NUMBER, reason="complaint", since=timezone.now())
    return requested(survey.key, NUMBER, address=MAIL, sent_at=None, due_at=NOW + timedelta(days=3))


def answer_on_the_way() -> None:
    """One more of theirs, of which the facts know nothing yet."""
    from peil.surveys.keeping import versions_of

    (survey,) = versions_of("after_contact")
    answered(survey, {**LOW, "ease_comment": ["merk-onderweg"]}, context={"customer_id": NUMBER, "channel": "phone"})
