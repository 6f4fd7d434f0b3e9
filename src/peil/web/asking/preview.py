"""A page of a draft as respondents will see it, for the editor. Nothing can be sent from it."""

from __future__ import annotations

from django.http import HttpResponse

from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.web.asking.brand import the_brand
from peil.web.asking.drawing import render_page
from peil.web.asking.headers import protect
from peil.web.asking.view import Fields, draft_view


def preview(draft: Questionnaire, page: int, language: str, form: Fields | None = None) -> HttpResponse:
    """Page `page` (from 1) of a draft; with `form` filled in, and then only what shows for these answers."""
    shown = render_page(draft_view(draft, page, language, the_brand(), form))
    return protect(HttpResponse(shown), framed=True)
