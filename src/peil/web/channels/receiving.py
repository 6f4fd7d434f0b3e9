"""Where devices show and send pages: /w/<code>/. Only a POST does anything, and only one that sends writes anything.

A form of the plainest kind, so that no browser asks beforehand; without cookies, so that any site may send it: it says
nothing that the visitor of that site could not say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from peil.core.errors import Bug, NotNow
from peil.report.words.asking.respondents import to_respondent
from peil.surveys.answering.doors import Door, door_as_it_was, door_of_link
from peil.surveys.answering.submitting import ask_back, find_begun, next_page, submit
from peil.surveys.channels.devices import KINDS, Told, as_sent, given_at, mark_of, read_told
from peil.surveys.channels.pins import is_started
from peil.surveys.channels.proven import read_proof, read_said, with_context
from peil.surveys.links import OpenLink, find_link
from peil.web.access import anyone
from peil.web.asking.intake.asked import address_of
from peil.web.asking.pages import clean_where, is_reachable
from peil.web.asking.showing import offers_call
from peil.web.asking.visitor import device_of, sender_of
from peil.web.channels.parts import language_in, page_part, thanks_part, words_part

_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_WORDS = ("close", "sending", "again", "failed")
_STATUS = {"unknown": 404, "over": 410, "too_much": 413, "used": 409}


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a device at a door that is open."""

    request: HttpRequest
    link: OpenLink
    door: Door
    told: Told
    mark: str
    form: Mapping[str, Sequence[str]]
    refused: bool  # whether a proof came that does not hold
    now: datetime

    @property
    def language(self) -> str:
        return language_in(self.door.asked, self.told.language)


@csrf_exempt
@anyone
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """A page that a device shows, or sends."""
    if request.method != "POST":
        status = 204 if request.method == "OPTIONS" else 405
        return HttpResponse(status=status, headers={"Allow": "POST, OPTIONS", **_ANYWHERE})
    try:
        form = {name: list(map(str, values)) for name, values in request.POST.lists()}
    except (RequestDataTooBig, TooManyFieldsSent):
        return _words("too_much", "nl")
    call = _call(request, code, form)
    if isinstance(call, HttpResponse):
        return call
    done = {"send": _sent, "call": _called_back}.get(request.POST.get("_do", ""), _shown)
    return done(call)


def _call(request: HttpRequest, code: str, form: Mapping[str, Sequence[str]]) -> Call | HttpResponse:
    given = {name: values[-1] for name, values in form.items()}
    told, link, now = read_told(given), find_link(code), timezone.now()
    wished = given.get("_language", "nl")[:2]
    if told is None:  # not as our devices send it: cut off under way, and to be sent again
        return _never_kept(JsonResponse({"kept": False}, status=400, headers=_ANYWHERE))
    if link is None or link.kind not in KINDS:
        return _words("unknown", wished)
    door = door_of_link(code, told.version or None)
    if door.state == "over" and _waited(link, given):
        door = door_as_it_was(code, told.version or None, given_at(told, now))
    if door.state != "open" or told.page > len(door.asked.pages):
        return _words(door.state if door.state != "open" else "unknown", wished)
    proof = given.get("_proof", "")
    proven = read_proof(link, proof, now) if proof else {}
    known = read_said({name: given.get(f"_{name}", "") for name in ("visit_id", "solution")}) | (proven or {})
    mark = mark_of(told, {} if door.asked.anonymous else known)
    return Call(request, link, with_context(door, known), told, mark, form, proven is None, now)


def _waited(link: OpenLink, given: Mapping[str, str]) -> bool:
    """Whether this may have been given before the door closed: by a kiosk that somebody with the PIN started."""
    return given.get("_do") == "send" and link.kind == "kiosk" and is_started(link, given.get("_kiosk", ""))


def _shown(call: Call) -> HttpResponse:
    """A page as far as it was filled in; the first one where none is named."""
    door = call.door
    begun = find_begun(door, call.mark) if call.told.page else None
    page = call.told.page or next_page(door.asked, 0, ()) or 1
    words = {word: to_respondent(f"device_{word}", call.language) for word in _WORDS}
    return _answer(call, page=page, part=page_part(door, page, call.language, begun), words=words)


def _sent(call: Call) -> HttpResponse:
    """Keep what was sent; what comes next is told once it is on disk."""
    door, now = call.door, call.now
    on_show = call.link.kind == "kiosk" and is_started(call.link, call.request.POST.get("_kiosk", ""))
    sent = replace(
        as_sent(door, replace(call.told, page=call.told.page or 1), call.mark, call.form, now),
        device="kiosk" if call.link.kind == "kiosk" else device_of(call.request.headers.get("User-Agent", "")),
        sender="" if on_show else sender_of(address_of(call.request.META), now),
    )
    try:
        became = submit(door, sent)
    except NotNow:
        return _not_now()
    if became.outcome == "used":
        return _words("used", call.language)
    if became.outcome == "wrong":
        page = became.page or 1
        begun = find_begun(door, call.mark)
        return _answer(call, 422, page=page, part=page_part(door, page, call.language, begun, became.errors, sent.form))
    if call.link.kind == "kiosk":
        return _answer(call, kept=True)  # it knows by itself what comes next
    if became.page is None:
        begun = find_begun(door, call.mark)
        if begun is None:
            raise Bug("what was kept is not there")
        return _answer(call, kept=True, done=True, part=thanks_part(door, call.language, begun))
    part = page_part(door, became.page, call.language, find_begun(door, call.mark))
    return _answer(call, kept=True, page=became.page, part=part)


def _called_back(call: Call) -> HttpResponse:
    """Keep whether and where somebody wants to be called back about what they sent."""
    door, wanted = call.door, call.request.POST.get("call")
    begun, where = find_begun(door, call.mark), clean_where(call.request.POST.get("where", ""))
    if begun is None or begun.finished_at is None or not offers_call(door.asked, begun):
        return _words("unknown", call.language)
    if wanted not in ("0", "1"):
        return _answer(call, done=True, part=thanks_part(door, call.language, begun))
    if wanted == "1" and not is_reachable(where):
        return _answer(call, 422, done=True, part=thanks_part(door, call.language, begun, wrong=where))
    try:
        ask_back(door, call.mark, where if wanted == "1" else "", call.now)
    except NotNow:
        return _not_now()
    begun = replace(begun, call_back=where if wanted == "1" else "")
    return _answer(call, done=True, part=thanks_part(door, call.language, begun, answered=True))


def _not_now() -> HttpResponse:
    return JsonResponse({"kept": False}, status=503, headers={"Retry-After": "30", **_ANYWHERE})


def _answer(call: Call, status: int = 200, **more: Any) -> HttpResponse:
    told = {"version": call.door.asked.version, "language": call.language, **more}
    if call.refused:
        told["refused"] = "proof"
    return _never_kept(JsonResponse(told, status=status, headers=_ANYWHERE))


def _words(kind: str, language: str) -> HttpResponse:
    told = {"over": True, "kind": kind, "part": words_part(kind, "en" if language == "en" else "nl")}
    return _never_kept(JsonResponse(told, status=_STATUS[kind], headers=_ANYWHERE))


def _never_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
