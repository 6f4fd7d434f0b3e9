"""Erase a customer: name them, see what there is of them, confirm; then the certificate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from peil.accounts.audit import entries, entry_about
from peil.facts.schema import FACTS as FACT_TABLES
from peil.ops.erase.certificate import WAREHOUSE, found_of
from peil.ops.erase.erasing import begin
from peil.ops.erase.finding import Found, find
from peil.ops.outbox import put, state_of
from peil.report.words import Language, say
from peil.report.words.numbers import number as in_words
from peil.report.words.terms import FACTS, pick
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.data.page import moment
from peil.web.pages.erasing.apps import KIND
from peil.web.pages.shell import show_plain_page
from peil.web.serving.keeping import the_ground

MOST, LONGEST, LISTED = 20, 200, 20


@dataclass(frozen=True, slots=True)
class Line:
    """How much of the customer there is, or was, in one place."""

    place: str
    count: str


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in, and what is wrong with it."""

    words: str = ""
    typed: str = ""
    words_error: str = ""
    typed_error: str = ""

    @property
    def named(self) -> list[str]:
        """Everything that the customer is known by, once each."""
        return list(dict.fromkeys(filter(None, (line.strip() for line in self.words.splitlines()))))


@allowed("erase_customers")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def erasing(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, Form())
    language, confirms = language_of(request), request.POST.get("do") == "erase"
    form = Form(request.POST.get("words", "").replace("\r\n", "\n"), request.POST.get("typed", "").strip())
    wrong = _wrong_with(form.named, language)
    if wrong:
        return _page(request, Form(form.words, words_error=wrong))
    found = find(the_ground(), form.named)
    if not _names_somebody(form.named, found):
        return _page(request, Form(form.words, words_error=say("erase_wrong_word", language)))
    if not confirms:
        return _page(request, form, found)
    if form.typed.casefold() not in (word.casefold() for word in form.named):
        return _page(request, Form(form.words, form.typed, typed_error=say("erase_wrong_typed", language)), found)
    with transaction.atomic():
        order = begin(the_ground(), form.named, known_person_of(request))
        asked = {"number": order.number, "hashes": list(order.hashes), "person": known_person_of(request).pk}
        put(KIND, asked, key=order.number)
    said = f"?language={language}" if "language" in request.GET else ""
    return HttpResponseRedirect(reverse("erased", args=[order.number]) + said)


@allowed("erase_customers")
@require_safe
def erased(request: HttpRequest, number: str) -> HttpResponse:
    """What was erased where, from the audit log; until then that it is under way."""
    entry, state = entry_about("erased", number), state_of(KIND, number)
    if entry is None and state is None:
        raise Http404
    language = language_of(request)
    return show_plain_page(
        request,
        known_person_of(request),
        "erasing/erased.html",
        number=number,
        entry=entry,
        given_up=entry is None and state == "dead",
        lines=_lines(found_of(entry), language) if entry else [],
        unread=entry.detail.get("files_unread", 0) if entry else 0,
        backups=entry.detail.get("backups", 0) if entry else 0,
        when=lambda at: moment(at, the_peil().warehouse.settings.time_zone, language),
    )


def _page(request: HttpRequest, form: Form, found: Found | None = None) -> HttpResponse:
    language = language_of(request)
    return show_plain_page(
        request,
        known_person_of(request),
        "erasing/page.html",
        status=400 if form.words_error or form.typed_error else 200,
        form=form,
        found=found,
        lines=_lines(found.found, language) if found else [],
        earlier=entries(action="erased", limit=LISTED),
        when=lambda at: moment(at, the_peil().warehouse.settings.time_zone, language),
    )


def _wrong_with(words: Sequence[str], language: Language) -> str:
    if not words:
        return say("erase_wrong_none", language)
    if len(words) > MOST or any(len(word) > LONGEST or not word.isprintable() for word in words):
        return say("erase_wrong_many", language, MOST, LONGEST)
    return ""


def _names_somebody(words: Sequence[str], found: Found) -> bool:
    """A plain word such as a name would be taken out of everybody's texts: only a customer's own is."""
    plain = [word for word in words if "@" not in word and not any(c.isdigit() for c in word)]
    return not plain or any(store.removeprefix("archive ") in FACT_TABLES for store in found.found)


def _lines(found: Mapping[str, int], language: Language) -> list[Line]:
    """Place by place, those of the facts first."""
    counted: Counter[str] = Counter()
    for store, rows in found.items():
        if store != WAREHOUSE:  # the same rows, as the archive gives them back
            counted[_place(store, language)] += rows
    return [Line(place, in_words(rows, 0, language)) for place, rows in counted.items()]


def _place(store: str, language: Language) -> str:
    kind, _, what = store.partition(" ")
    if kind == "archive":
        return pick(FACTS[what], language) if what in FACTS else say(f"erase_{what}", language)
    if kind == "database":
        return say(
            {"ops.outboxrow": "erase_outbox", "accounts.auditentry": "erase_log"}.get(what, "erase_texts"), language
        )
    return say("erase_files", language)
