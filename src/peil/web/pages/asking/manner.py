"""How the organisation asks: sender, colour, logo, rest, quiet hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from peil.accounts.rules import may
from peil.core.errors import BadQuery
from peil.report.words import Language, say
from peil.surveys.colours import check_colour
from peil.surveys.manner import LARGEST_LOGO, Manner, read_logo, read_manner, write_logo, write_manner
from peil.web.access import allowed, known_person_of
from peil.web.asking.brand import forget_brand
from peil.web.languages import language_of
from peil.web.pages.asking.fields import Field, Form, one_line, whole_number
from peil.web.pages.shell import show_plain_page
from peil.web.recording import recorded

_TEXTS = ("sender", "reply_to", "postal", "colour")
_NUMBERS = {
    "rest_days": (0, 365), "rest_days_page": (0, 365), "remind_after": (0, 30), "lasts": (1, 365), "a_day": (0, 100_000),
    "quiet_from": (0, 23), "quiet_until": (0, 23),
}  # fmt: skip
_PARTS: Mapping[str, tuple[str, ...]] = {
    "sender": ("sender", "reply_to", "postal", "colour"),
    "rest": ("rest_days", "rest_days_page", "remind_after", "lasts", "a_day"),
    "hours": ("quiet_from", "quiet_until", "working_days"),
}


@allowed("see_surveys")
@recorded("survey_changed", "manner")
def manner(request: HttpRequest) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    if request.method == "POST" and may(person, "edit_surveys"):
        return _post(request, language)
    status = 403 if request.method == "POST" else 200
    return _page(request, _texts(read_manner()), {}, status=status)


def _post(request: HttpRequest, language: Language) -> HttpResponse:
    given = {name: request.POST.get(name, "").strip()[:300] for name in (*_TEXTS, *_NUMBERS)}
    given["working_days"] = "yes" if request.POST.get("working_days") else ""
    errors = _errors(given, language)
    logo = request.FILES.get("logo")
    if isinstance(logo, UploadedFile) and not errors:
        errors |= _take_logo(logo, language)
    elif request.POST.get("no_logo") and not errors:
        write_logo(None)
    if errors:
        return _page(request, given, errors, status=400)
    numbers = {name: whole_number(given[name], *limits) or 0 for name, limits in _NUMBERS.items()}
    texts = {name: given[name] for name in _TEXTS} | {"colour": check_colour(given["colour"])}
    values: dict[str, Any] = {**texts, **numbers, "working_days": bool(given["working_days"])}
    write_manner(Manner(**values))
    forget_brand()
    messages.success(request, say("inv_saved", language))
    return HttpResponseRedirect(reverse("inviting_manner"))


def _take_logo(file: UploadedFile[Any], language: Language) -> dict[str, str]:
    """Keep a picture; what it is stands in its first bytes, whatever its name says."""
    size = file.size or 0
    content = file.read(LARGEST_LOGO + 1) if size <= LARGEST_LOGO else b""
    kind = picture_type(content)
    if not kind or len(content) > LARGEST_LOGO:
        return {"logo": say("inv_err_logo", language)}
    write_logo(content, kind)
    return {}


def picture_type(content: bytes) -> str:
    """The media type of a picture; '' for anything else, such as an SVG, which may hold a script.

    >>> picture_type(b"<svg onload=alert(1)>")
    ''
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def _texts(manner: Manner) -> dict[str, str]:
    found = {f.name: getattr(manner, f.name) for f in fields(manner)}
    return {k: ("yes" if v else "") if isinstance(v, bool) else str(v) for k, v in found.items()}


def _errors(given: Mapping[str, str], language: Language) -> dict[str, str]:
    errors: dict[str, str] = {}
    for name in ("sender", "postal"):
        if not one_line(given[name]):
            errors[name] = say("inv_err_line", language)
    if given["reply_to"]:
        try:
            validate_email(given["reply_to"])
        except ValidationError:
            errors["reply_to"] = say("inv_err_mail", language)
    try:
        check_colour(given["colour"])
    except BadQuery as wrong:
        form = "no colour" in wrong.problem
        errors["colour"] = say("inv_err_colour_form" if form else "inv_err_colour", language)
    for name, (low, high) in _NUMBERS.items():
        if whole_number(given[name], low, high) is None:
            errors[name] = say("inv_err_number", language, low, high)
    return errors


def _page(request: HttpRequest, given: Mapping[str, str], errors: Mapping[str, str], *, status: int) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    form = Form(given, errors, language)
    parts = [(name, [_field(form, n) for n in names]) for name, names in _PARTS.items()]
    return show_plain_page(
        request, person, "inviting/manner.html", status=status, parts=parts, wrong=form.wrong,
        picture=form.field("logo", "file"), has_logo=read_logo() is not None, may_edit=may(person, "edit_surveys"),
    )  # fmt: skip


def _field(form: Form, name: str) -> Field:
    return form.field(name, "tick" if name == "working_days" else "number" if name in _NUMBERS else "text")
