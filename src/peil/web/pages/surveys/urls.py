"""Addresses of surveys. A key of a survey has no hyphen, so those with one are never a survey's."""

from __future__ import annotations

from django.urls import path

from peil.web.pages.surveys.answers.live import newest_answers
from peil.web.pages.surveys.answers.response import response
from peil.web.pages.surveys.begin import as_file, from_file, new
from peil.web.pages.surveys.editing.arrange import (
    drop,
    page_add,
    page_move,
    page_remove,
    question_add,
    question_move,
    question_remove,
    undo,
)
from peil.web.pages.surveys.editing.conditions import condition_add, condition_remove
from peil.web.pages.surveys.editing.frame import frame
from peil.web.pages.surveys.editing.pages import page, preview
from peil.web.pages.surveys.editing.question import question
from peil.web.pages.surveys.links.address import qr, sheet
from peil.web.pages.surveys.links.page import close, links
from peil.web.pages.surveys.links.page import reopen as reopen_link
from peil.web.pages.surveys.listing import listing
from peil.web.pages.surveys.publishing import publish
from peil.web.pages.surveys.survey import end, remove, reopen, restore, survey
from peil.web.pages.surveys.versions import versions

urlpatterns = [
    path("", listing, name="surveys"),
    path("new-survey/", new, name="survey_new"),
    path("from-file/", from_file, name="survey_from_file"),
    path("newest-answers/", newest_answers, name="survey_answers"),
    path("put-back/", restore, name="survey_restore"),
    path("<slug:key>/", survey, name="survey"),
    path("<slug:key>/survey.json", as_file, name="survey_json"),
    path("<slug:key>/frame/", frame, name="survey_frame"),
    path("<slug:key>/undo/", undo, name="survey_undo"),
    path("<slug:key>/drop/", drop, name="survey_drop"),
    path("<slug:key>/pages/add/", page_add, name="survey_page_add"),
    path("<slug:key>/pages/<int:number>/", page, name="survey_page"),
    path("<slug:key>/pages/<int:number>/move/", page_move, name="survey_page_move"),
    path("<slug:key>/pages/<int:number>/remove/", page_remove, name="survey_page_remove"),
    path("<slug:key>/pages/<int:number>/preview/", preview, name="survey_preview"),
    path("<slug:key>/pages/<int:number>/add/", question_add, name="survey_question_add"),
    path("<slug:key>/questions/<slug:question>/", question, name="survey_question"),
    path("<slug:key>/questions/<slug:question>/move/", question_move, name="survey_question_move"),
    path("<slug:key>/questions/<slug:question>/remove/", question_remove, name="survey_question_remove"),
    path("<slug:key>/questions/<slug:question>/only-if/", condition_add, name="survey_condition_add"),
    path(
        "<slug:key>/questions/<slug:question>/only-if/<int:number>/remove/",
        condition_remove,
        name="survey_condition_remove",
    ),
    path("<slug:key>/publish/", publish, name="survey_publish"),
    path("<slug:key>/end/", end, name="survey_end"),
    path("<slug:key>/reopen/", reopen, name="survey_reopen"),
    path("<slug:key>/remove/", remove, name="survey_remove"),
    path("<slug:key>/links/", links, name="survey_links"),
    path("<slug:key>/links/<int:id>/close/", close, name="survey_link_close"),
    path("<slug:key>/links/<int:id>/reopen/", reopen_link, name="survey_link_reopen"),
    path("<slug:key>/links/<int:id>/qr.svg", qr, name="survey_link_qr"),
    path("<slug:key>/links/<int:id>/sheet/", sheet, name="survey_link_sheet"),
    path("<slug:key>/response/", response, name="survey_response"),
    path("<slug:key>/versions/", versions, name="survey_versions"),
]
