"""A page of a questionnaire: its heading and help; and how it will look to whoever answers."""

from __future__ import annotations

from dataclasses import replace

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from peil.surveys.editing.arranging import change_page
from peil.surveys.keeping import Changed, Kept, save_draft
from peil.web.access import allowed
from peil.web.asking.preview import preview as page_of_draft
from peil.web.languages import language_of
from peil.web.pages.surveys.editing.frame import tongues
from peil.web.pages.surveys.editing.reading import Reading, Shown, text_fields, typed
from peil.web.pages.surveys.editing.saving import edits_in, language_shown, page_or_404, to_survey
from peil.web.pages.surveys.editing.wording import FILLS
from peil.web.pages.surveys.publishing import found_in
from peil.web.pages.surveys.shown import show_survey_page, survey_or_404
from peil.web.recording import recorded


@allowed("edit_surveys")
@csp_update({"frame-src": [SELF]})  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
@recorded("survey_changed", "page_changed")
def page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    kept = survey_or_404(key)
    before = kept.shown.pages[page_or_404(kept, number) - 1]
    languages = kept.shown.languages
    if request.method != "POST":
        given = text_fields("heading", before.heading, languages) | text_fields("help", before.help, languages)
        return _show(request, kept, number, Shown(given))
    reading = Reading(typed(request.POST), languages, language_of(request))
    changed = replace(before, heading=reading.text("heading", before.heading), help=reading.text("help", before.help))
    if reading.wrong:
        return _show(request, kept, number, Shown(reading.given, reading.wrong))
    try:
        save_draft(key, change_page(kept.shown, number, changed), edits_in(request))
    except Changed:
        kept = survey_or_404(key)
        page_or_404(kept, number)
        return _show(request, kept, number, Shown(reading.given, late=True))
    return to_survey(key, f"page-{number}")


@allowed("see_surveys")
@require_safe
def preview(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The page as it is built, in the language of the address."""
    kept = survey_or_404(key)
    page_or_404(kept, number)
    if not kept.shown.languages:
        raise Http404
    return page_of_draft(kept.shown, number, language_shown(request, kept.shown))


def _show(request: HttpRequest, kept: Kept, number: int, shown: Shown) -> HttpResponse:
    language = language_of(request)
    return show_survey_page(
        request,
        kept,
        "editing/page.html",
        number=number,
        languages=kept.shown.languages,
        names=dict(tongues(language, kept.shown.languages)),
        fills=FILLS,
        shown_in=language_shown(request, kept.shown),
        findings=[f for f in found_in(kept, language) if f.page == number and not f.question],
        **shown.context,
    )
