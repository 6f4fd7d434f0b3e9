"""How Peil is doing, for its administrator: checks, work that was given up, regular jobs, the last backup."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peil.library.doctor import Check
from peil.ops.backup.record import last_backup
from peil.ops.doctor import examine_install
from peil.ops.outbox import backlog, dead_rows, throw_away, try_again
from peil.ops.schedule import job_states
from peil.report.words import TEXTS, Language, say
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.data.page import moment
from peil.web.pages.shell import show_plain_page
from peil.web.recording import recorded
from peil.web.serving.keeping import the_stores


@allowed("keep_running")
@require_safe
def running(request: HttpRequest) -> HttpResponse:
    language, peil = language_of(request), the_peil()
    zone, stands = peil.warehouse.settings.time_zone, backlog()
    # what is not installed because nobody asked for it is no news on a page
    checks = [c for c in (*peil.doctor(), *examine_install(the_stores())) if not c.id.startswith("extra ")]
    return show_plain_page(
        request,
        known_person_of(request),
        "running/page.html",
        lead=_lead(checks, language),
        checks=sorted(checks, key=lambda c: ("wrong", "note", "ok").index(c.state)),
        dead=dead_rows(),
        waiting=stands.waiting,
        later=stands.later,
        jobs=job_states(),
        backup=last_backup(),
        kind_name=lambda kind: kind_name(kind, language),
        when=lambda at: moment(at, zone, language),
    )


@allowed("keep_running")
@require_POST
@recorded("work_changed", "changed", named="do")
def act(request: HttpRequest, row: int) -> HttpResponse:
    """Try work that was given up once more, or let it go."""
    again = request.POST.get("do") == "again"
    if not (try_again(row) if again else throw_away(row)):
        raise Http404
    messages.success(request, say("tried_again_said" if again else "thrown_away_said", language_of(request)))
    return HttpResponseRedirect(reverse("running"))


def kind_name(kind: str, language: Language) -> str:
    """'mail' and 'job:tidy' in words."""
    key = kind.replace(":", "_") if kind.startswith("job:") else f"kind_{kind}"
    return say(key, language) if key in TEXTS else kind


def _lead(checks: list[Check], language: Language) -> str:
    wrong = sum(c.state == "wrong" for c in checks)
    if not wrong:
        return say("running_lead_fine", language)
    return say("running_lead_one", language) if wrong == 1 else say("running_lead_many", language, wrong)
