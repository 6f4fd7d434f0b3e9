"""A person taken out of what was asked and answered: scores and choices stay, so figures stay; who and in which words go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeAlias

from django.db import transaction
from django.db.models import Q

from peil.surveys.facts.batches import paused
from peil.surveys.models import Contact, Hold, Request, Response
from peil.surveys.questionnaires.as_json import answers_from_json, answers_to_json
from peil.surveys.questionnaires.question import Answer

HELD_BACK = "erased"
Instead: TypeAlias = Callable[[str], str]  # the name that takes the place of a customer's in the facts
Told: TypeAlias = Callable[[Counter[str]], None]  # hears what goes, before it has gone for good
_KEPT = ("channel", "interaction_id", "visit_id", "employee_id", "team", "solution", "arm")


class Words(Protocol):
    """Tells the words that name the person."""

    def __contains__(self, word: str) -> bool: ...

    def among(self, values: Iterable[str | None]) -> set[str]: ...


@dataclass(frozen=True, slots=True)
class _Theirs:
    requests: frozenset[int]
    responses: frozenset[Any]
    contacts: frozenset[int]
    holds: frozenset[int]

    def counted(self) -> Counter[str]:
        rows = {
            "surveys.request": len(self.requests), "surveys.response": len(self.responses),
            "surveys.contact": len(self.contacts), "surveys.hold": len(self.holds),
        }  # fmt: skip
        return +Counter(rows)


def other_names(words: Iterable[str]) -> set[str]:
    """The customer numbers, addresses and phone numbers that go with these in the address book and in requests."""
    given = {w.strip() for w in words if w.strip()}
    if not given:
        return set()
    named = Q()
    for word in given:
        named |= Q(customer_id__iexact=word) | Q(email__iexact=word) | Q(phone__iexact=word)
    found = {v for row in Contact.objects.filter(named).values_list("customer_id", "email", "phone") for v in row}
    asked = Q()
    for word in given:
        asked |= Q(address__iexact=word)
    found |= {c.get("customer_id") or "" for c in Request.objects.filter(asked).values_list("context", flat=True)}
    return {v for v in found if v} - given


def find_person(words: Words) -> Counter[str]:
    """How many rows are theirs; nothing is changed."""
    return _theirs(words).counted()


def erase_person(words: Words, instead: Instead, told: Told) -> None:
    """Take them out. `instead` gives the name that takes the place of theirs in the facts, `told` how many rows go.

    Nothing that is still on its way into the facts holds them afterwards; what changed is loaded again.
    """
    with paused(), transaction.atomic():
        theirs = _theirs(words)
        for request in Request.objects.filter(pk__in=theirs.requests):
            _without_request(request, instead)
        for response in Response.objects.filter(pk__in=theirs.responses):
            _without_response(response, instead)
        Contact.objects.filter(pk__in=theirs.contacts).delete()
        Hold.objects.filter(pk__in=theirs.holds).delete()
        told(theirs.counted())


def _theirs(words: Words) -> _Theirs:
    requests = {
        pk
        for pk, address, context in Request.objects.values_list("pk", "address", "context").iterator(5000)
        if address in words or (context.get("customer_id") or "") in words
    }
    own = Response.objects.values_list("pk", "request_id", "context", "call_back").iterator(5000)
    responses = {
        pk
        for pk, request, context, call_back in own
        if request in requests or (context.get("customer_id") or "") in words or (call_back and call_back in words)
    }
    contacts = Contact.objects.values_list("pk", "customer_id", "email", "phone")
    holds = Hold.objects.values_list("pk", "customer_id")
    return _Theirs(
        frozenset(requests),
        frozenset(responses),
        frozenset(pk for pk, *named in contacts if any(n and n in words for n in named)),
        frozenset(pk for pk, customer in holds if customer in words),
    )


def _without_request(request: Request, instead: Instead) -> None:
    request.address = request.person = ""
    request.known, request.context = {}, context_of_nobody(request.context, _KEPT, instead)
    if request.sent_at is None and not request.held_back:
        request.held_back = HELD_BACK
    request.reminder_at, request.to_facts, request.cause = None, True, None
    request.save()


def _without_response(response: Response, instead: Instead) -> None:
    response.answers = without_words(response.answers)
    response.context, response.call_back, response.sender = context_of_nobody(response.context, _KEPT, instead), "", ""
    response.to_facts = True
    response.save()


def without_words(answers: str) -> str:
    """Answers as they are kept, scores and choices alone."""
    left = [replace(a, text="", words=()) for a in answers_from_json(answers)]
    return answers_to_json([a for a in left if _says_something(a)])


def _says_something(answer: Answer) -> bool:
    """An open answer without its words is none."""
    return answer.score is not None or bool(answer.choices or answer.points) or answer.dont_know


def context_of_nobody(context: Mapping[str, Any], stays: Iterable[str], instead: Instead) -> dict[str, Any]:
    """What the facts need for their figures; the attributes that came along with the person go."""
    kept = {name: context[name] for name in stays if context.get(name)}
    customer = context.get("customer_id")
    return kept | ({"customer_id": instead(customer)} if customer else {})
