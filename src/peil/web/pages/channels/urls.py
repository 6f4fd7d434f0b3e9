"""Addresses of channels: of one link, and of the desk at which answers are entered."""

from __future__ import annotations

from django.urls import path

from peil.web.pages.channels.desk import answers_desk, entry, undo
from peil.web.pages.channels.file import empty_file, file, take_back
from peil.web.pages.channels.link import channel, pin, renew
from peil.web.pages.channels.sheet import sheet

channel_urls = [
    path("<int:id>/", channel, name="channel"),
    path("<int:id>/key/", renew, name="channel_key"),
    path("<int:id>/pin/", pin, name="channel_pin"),
    path("<int:id>/sheet/", sheet, name="channel_sheet"),
]
answer_urls = [
    path("", answers_desk, name="answers_desk"),
    path("<int:id>/", entry, name="answers_entry"),
    path("<int:id>/undo/", undo, name="answers_undo"),
    path("<int:id>/file/", file, name="answers_file"),
    path("<int:id>/file/<int:number>/take-back/", take_back, name="answers_file_back"),
    path("<int:id>/file/empty.csv", empty_file, name="answers_empty_file"),
]
