"""Whether mail of the sender's domain is believed, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from peil.report.words import Language, say
from peil.surveys.mails.domain import Check, check_domain, resolve_txt
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.shell import show_plain_page

_NO_DOMAIN = ("", "localhost")
resolver = resolve_txt


@dataclass(frozen=True, slots=True)
class Row:
    """One check in words."""

    name: str
    state: str
    good: bool
    found: str
    todo: str


@allowed("edit_surveys")
def domain(request: HttpRequest) -> HttpResponse:
    language = language_of(request)
    name = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()
    looked = bool(request.GET.get("look")) and name not in _NO_DOMAIN
    checks = check_domain(name, resolver) if looked else []
    return show_plain_page(
        request, known_person_of(request), "inviting/domain.html", may_edit=True, domain="" if name in _NO_DOMAIN else name,
        looked=looked, rows=[_row(c, language) for c in checks],
    )  # fmt: skip


def _row(check: Check, language: Language) -> Row:
    state = say(f"inv_dns_{check.state}", language)
    return Row(check.name.upper(), state, check.state == "good", check.found, say(check.word, language))
