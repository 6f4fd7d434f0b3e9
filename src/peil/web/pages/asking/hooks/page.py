"""Making, renewing and closing webhooks. A secret is on the page that follows, and on no other."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from peil.core.errors import BadQuery
from peil.report.words import say
from peil.surveys.hooks.keeping import MOST, all_hooks, close_hook, make_hook, renew_hook, secret_of
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.asking.fields import Form, one_line
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import day_of
from peil.web.recording import recorded

_SHOW = "new_hook"  # in the session, until the next page: of which webhook the secret is shown


@allowed("edit_surveys")
@never_cache
@recorded("survey_changed", "hook_made", named="hook_name")
def hooks(request: HttpRequest) -> HttpResponse:
    language, error, name = language_of(request), "", ""
    if request.method == "POST":
        name = request.POST.get("hook_name", "").strip()[:200]
        error = _made(request, name)
        if not error:
            return HttpResponseRedirect(reverse("inviting_hooks"))
    form = Form({"hook_name": name}, {"hook_name": error} if error else {}, language)
    number = request.session.pop(_SHOW, None)
    site = request.build_absolute_uri("/").rstrip("/")
    return show_plain_page(
        request, known_person_of(request), "inviting/hooks.html", status=400 if error else 200, may_edit=True,
        found=all_hooks(), field=form.field("hook_name"), wrong=form.wrong, new_id=number,
        secret=secret_of(number) if isinstance(number, int) else None, day_of=lambda moment: day_of(moment, language),
        address=lambda code: site + reverse("hook", args=[code]),
    )  # fmt: skip


@require_POST
@allowed("edit_surveys")
@recorded("survey_changed", "hook_renewed")
def hook_renew(request: HttpRequest, number: int) -> HttpResponse:
    if not renew_hook(number):
        raise Http404
    request.session[_SHOW] = number
    return HttpResponseRedirect(reverse("inviting_hooks"))


@require_POST
@allowed("edit_surveys")
@recorded("survey_changed", "hook_closed")
def hook_close(request: HttpRequest, number: int) -> HttpResponse:
    if not close_hook(number):
        raise Http404
    messages.success(request, say("inv_hook_closed", language_of(request)))
    return HttpResponseRedirect(reverse("inviting_hooks"))


def _made(request: HttpRequest, name: str) -> str:
    """Make it; what is wrong with its name otherwise."""
    language = language_of(request)
    if not name or len(name) > 100 or not one_line(name):
        return say("inv_err_hook", language)
    try:
        request.session[_SHOW] = make_hook(name).id
    except BadQuery:
        return say("inv_err_hooks", language, MOST)
    return ""
