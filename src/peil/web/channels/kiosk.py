"""The kiosk: a page that holds the whole survey, so that it works without network once it was started."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import find
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from peil.core.errors import Bug
from peil.report.words.asking.devices import DEVICES
from peil.report.words.asking.respondents import to_respondent
from peil.surveys.answering.doors import Door, door_of_link
from peil.surveys.channels.following import needs_of
from peil.surveys.channels.pins import has_pin, is_pin, proof_of
from peil.surveys.links import OpenLink, find_link
from peil.surveys.questionnaires.question import fields_of
from peil.surveys.questionnaires.questionnaire import Questionnaire, words_of
from peil.web.access import anyone
from peil.web.asking.brand import the_brand
from peil.web.asking.drawing import CALLED
from peil.web.asking.intake.asked import address_of
from peil.web.asking.visitor import sender_of
from peil.web.channels.parts import whole_page, words_part
from peil.web.languages import language_of

_WRONG, _QUARTER = 10, 900  # PINs from one sender, in so many seconds
_WORDS = tuple(key.removeprefix("kiosk_") for key in DEVICES if key.startswith("kiosk_"))


@anyone
@require_safe
def kiosk(request: HttpRequest, code: str) -> HttpResponse:
    """The frame; the survey comes as data."""
    link, language = _link(code), language_of(request)
    door = door_of_link(code)
    title = _name(door.asked, language) if door.state == "open" else to_respondent("over", language)
    about = {
        "code": link.code, "here": request.path, "answer": f"/s/{link.code}/", "language": language, "title": title,
        "brand": the_brand(), "tell": lambda key, *values: to_respondent(key, language, *values),
    }  # fmt: skip
    response = HttpResponse(
        render_to_string("channels/kiosk.html", about, using="jinja2")
    )  # without a request: no cookie
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-cache"
    return response


@anyone
@require_safe
def survey(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """All pages in all languages, and which question follows from what."""
    link, door = _link(code), door_of_link(code)
    told = _over() if door.state != "open" else _whole(link, door)
    return JsonResponse(told, headers={"Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"})


@anyone
@require_safe
def worker(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """What keeps the page for when there is no network. It stands here, for it may serve what is below its address alone."""
    _link(code)
    found = find("channels/worker.js")
    if not isinstance(found, str):
        raise Bug("there is no worker of the kiosk")
    made = Path(found).read_text(encoding="utf-8")
    headers = {"Cache-Control": "no-cache", "ETag": f'"{hashlib.sha256(made.encode()).hexdigest()[:24]}"'}
    return HttpResponse(made, content_type="text/javascript; charset=utf-8", headers=headers)


@csrf_exempt
@anyone
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The PIN -> what this device shows from now on to prove that it was started."""
    link = _link(code)
    counted = f"kiosk:{link.id}:{sender_of(address_of(request.META), timezone.now())[:32]}"
    if cache.get(counted, 0) >= _WRONG:
        return JsonResponse({"why": "later"}, status=429, headers={"Retry-After": str(_QUARTER)})
    if not is_pin(link, request.POST.get("pin", "")):
        cache.add(counted, 0, _QUARTER)
        cache.incr(counted)
        return JsonResponse({"why": "wrong"}, status=403)
    cache.delete(counted)
    proof = proof_of(link.code, str(link.settings["pin"]))
    return JsonResponse({"proof": proof}, headers={"Cache-Control": "no-store"})


def _link(code: str) -> OpenLink:
    link = find_link(code)
    if link is None or link.kind != "kiosk":
        raise Http404
    return link


def _over() -> dict[str, Any]:
    both = ("nl", "en")
    return {
        "over": True, "parts": {one: words_part("over", one) for one in both}, "pin": True,
        "name": to_respondent("over", "nl"), "languages": [{"code": one, "called": CALLED[one]} for one in both],
        "words": _words(both),
    }  # fmt: skip


def _whole(link: OpenLink, door: Door) -> dict[str, Any]:
    asked = door.asked
    numbers = range(1, len(asked.pages) + 1)
    return {
        "key": asked.key, "version": asked.version, "name": _name(asked, asked.languages[0]), "pin": has_pin(link),
        "languages": [{"code": one, "called": CALLED.get(one, one)} for one in asked.languages],
        "pages": {one: [whole_page(asked, n, one, test=door.test) for n in numbers] for one in asked.languages},
        "thanks": {one: words_part("kiosk_thanks", one, asked) for one in asked.languages},
        "words": _words(asked.languages),
        "questions": [
            {
                "key": q.key, "page": page, "required": q.required, "names": fields_of(q),
                "single": q.meaning.form in ("scale", "yes_no") or (q.meaning.form == "choice" and not q.allows_several),
                "needs": [asdict(need) for need in needs_of(asked, q)],
            }
            for page, q in asked.placed()
        ],
    }  # fmt: skip


def _words(languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    return {one: {w: to_respondent(f"kiosk_{w}", one) for w in _WORDS} for one in {*languages, "en"}}


def _name(asked: Questionnaire, language: str) -> str:
    organisation = {"organisation": the_brand().organisation}
    return words_of(asked, asked.name, language, organisation) or words_of(
        asked, asked.name, asked.languages[0], organisation
    )
