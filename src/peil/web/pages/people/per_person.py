"""Figures per employee: off until an administrator writes down what was agreed with the works council."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from peil.accounts.audit import record
from peil.report.words import say
from peil.web.access import allowed, known_person_of
from peil.web.facts import settings_file, the_peil
from peil.web.languages import language_of
from peil.web.pages.people.page import show_people

MOST = 200  # characters


@allowed("manage_people")
@require_POST
def set_per_person(request: HttpRequest) -> HttpResponse:
    by, language = known_person_of(request), language_of(request)
    if request.POST.get("per_person") != "on":
        with transaction.atomic():
            record(by, "per_person_off")
            _keep(on=False)
        messages.success(request, say("per_person_off_said", language))
        return HttpResponseRedirect(reverse("people") + "#per-persoon")
    agreement, day = request.POST.get("agreement", "").strip(), _day(request.POST.get("agreed_on", ""))
    wrong = {}
    if not agreement or len(agreement) > MOST or not agreement.isprintable():
        wrong["agreement"] = say("agreement_wrong", language, MOST)
    if day is None or day > datetime.now(UTC).date():
        wrong["agreed_on"] = say("agreed_on_wrong", language)
    if wrong or day is None:
        return show_people(request, wrong=wrong)
    with transaction.atomic():
        record(by, "per_person_on", agreement, agreed_on=day.isoformat())
        _keep(on=True)
    messages.success(request, say("per_person_on_said", language))
    return HttpResponseRedirect(reverse("people") + "#per-persoon")


def _keep(*, on: bool) -> None:
    """Change that one line of peil.toml; what people wrote around it stays."""
    warehouse = the_peil().warehouse
    path = settings_file(warehouse)
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    line = f"per_person = {str(on).lower()}"
    top, rest = _split(kept)
    changed, found = re.subn(r"(?m)^[ \t]*per_person[ \t]*=[ \t]*\w+", line, top)
    new = (changed if found else f"{line}\n{top}") + rest
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".peil-toml-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(new)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    warehouse.settings = replace(warehouse.settings, per_person=on)


def _split(text: str) -> tuple[str, str]:
    """What stands before the first table, and the rest: only before it a line is a setting of its own."""
    found = re.search(r"(?m)^[ \t]*\[", text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
