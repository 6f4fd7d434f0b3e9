"""The links of a survey: what there is, how many answers came by each, making one, closing one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from peil.accounts.rules import may
from peil.report.words import Language, say
from peil.report.words.figures import count
from peil.report.words.terms import value_name
from peil.surveys.counting import tallies_of_links_for_teams
from peil.surveys.keeping import Kept
from peil.surveys.links import LINK_KINDS, LinkKind, OpenLink, change_link, close_link, links_of, make_link, open_again
from peil.surveys.questionnaires.kinds import CHANNELS
from peil.surveys.questionnaires.texts import UNKEEPABLE
from peil.warehouse.questions.values import column_values
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.surveys.links.address import address_of, link_or_404
from peil.web.pages.surveys.shown import day_of, show_survey_page, survey_or_404, teams_of
from peil.web.recording import recorded

KINDS: tuple[LinkKind, ...] = LINK_KINDS
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A link as a line of the table."""

    id: int
    label: str
    kind: str
    address: str
    channel: str
    team: str
    test: bool
    answers: str
    made: str
    closed: bool
    set_up: bool  # whether it has a page of its own
    on_screen: bool  # whether people come by it with a camera or a browser


@allowed("see_surveys")
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, key: str) -> HttpResponseBase:
    """Who sees surveys sees their links; who edits them makes one."""
    return add(request, key) if request.method == "POST" else _show(request, survey_or_404(key))


@allowed("edit_surveys")
@recorded("survey_changed", "link_made", named="label")
def add(request: HttpRequest, key: str) -> HttpResponse:
    kept, language = survey_or_404(key), language_of(request)
    given = {name: " ".join(request.POST.get(name, "").split()) for name in ("kind", "label", "channel", "team")}
    wrong = _check(given, kept, language)
    if wrong:
        return _show(request, kept, given | {"test": request.POST.get("test", "")}, wrong)
    kind = next(k for k in KINDS if k == given["kind"])
    link = make_link(key, kind, given["label"], channel=given["channel"], team=given["team"])
    if request.POST.get("test"):
        change_link(link.id, {"test": True})
    messages.success(request, say("svy_link_made", language, address_of(link)))
    return HttpResponseRedirect(reverse("survey_links", args=[key]))


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "link_closed")
def close(request: HttpRequest, key: str, id: int) -> HttpResponse:  # noqa: ARG001
    if not close_link(link_or_404(key, id).id):
        raise Http404
    return HttpResponseRedirect(f"{reverse('survey_links', args=[key])}?closed={id}")


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "link_reopened")
def reopen(request: HttpRequest, key: str, id: int) -> HttpResponse:  # noqa: ARG001
    if not open_again(link_or_404(key, id).id):
        raise Http404
    return HttpResponseRedirect(reverse("survey_links", args=[key]))


def _show(
    request: HttpRequest,
    kept: Kept,
    given: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    there, tallies = links_of(kept.key), tallies_of_links_for_teams(kept.key, teams_of(person))
    gone = request.GET.get("closed", "")
    closed = next((link for link in there if str(link.id) == gone and link.closed_at is not None), None)
    return show_survey_page(
        request,
        kept,
        "links.html",
        anonymous=kept.shown.anonymous,
        lines=[_line(link, tallies.get(link.id, 0), language) for link in there],
        closed=closed if may(person, "edit_surveys") else None,
        given=given or {"kind": "link", "label": "", "channel": "", "team": "", "test": ""},
        wrong=wrong or {},
        kinds=KINDS,
        channels=[(c, value_name("channel", c, language)) for c in CHANNELS],
        teams=column_values(the_peil().warehouse, "team"),
        status=400 if wrong else 200,
    )


def _check(given: Mapping[str, str], kept: Kept, language: Language) -> dict[str, str]:
    wrong = {}
    if not 0 < len(given["label"]) <= LONGEST or UNKEEPABLE.search(given["label"]):
        wrong["label"] = say("svy_err_label", language)
    allowed_values = {
        "kind": KINDS,
        "channel": ("", *CHANNELS),
        "team": ("", *column_values(the_peil().warehouse, "team")),
    }
    for field, values in allowed_values.items():
        if given[field] not in values:
            wrong[field] = say("svy_err_choice", language)
    if kept.published is None:
        wrong["kind"] = say("svy_links_unpublished", language)
    return wrong


def _line(link: OpenLink, answers: int, language: Language) -> Line:
    return Line(
        id=link.id,
        label=link.label,
        kind=link.kind,
        address=address_of(link),
        channel=value_name("channel", link.channel, language) if link.channel else "–",
        team=link.team or "–",
        test=bool(link.settings.get("test")),
        answers=count(answers, language) if answers else "–",
        made=day_of(link.made_at, language),
        closed=link.closed_at is not None,
        set_up=link.kind not in ("link", "qr"),
        on_screen=link.kind in ("link", "qr"),
    )
