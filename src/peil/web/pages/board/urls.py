"""The addresses below /board/."""

from __future__ import annotations

from django.urls import path

from peil.web.pages.board import slides, snapshots, subscriptions, texts, tiles, views
from peil.web.pages.board.one_tile.part import board_tile

urlpatterns = [
    path("", tiles.board, name="board"),
    path("tile/<str:tile_id>/", board_tile, name="board_tile"),
    path("add/", tiles.add, name="board_add"),
    path("move/", tiles.move, name="board_move"),
    path("remove/", tiles.remove, name="board_remove"),
    path("standard/", tiles.standard, name="board_standard"),
    path("undo/", tiles.undo, name="board_undo"),
    path("interpretation/", texts.interpretation, name="board_interpretation"),
    path("events/", texts.notes, name="board_notes"),
    path("events/<int:note_id>/remove/", texts.note_remove, name="board_note_remove"),
    path("events/<int:note_id>/restore/", texts.note_restore, name="board_note_restore"),
    path("reported/", snapshots.snapshots, name="board_snapshots"),
    path("reported/keep/", snapshots.keep, name="board_keep"),
    path("reported/<int:number>/", snapshots.snapshot, name="board_snapshot"),
    path("slides/", slides.slides, name="board_slides"),
    path("subscriptions/", subscriptions.subscriptions, name="board_subscriptions"),
    path("subscriptions/<int:number>/end/", subscriptions.end, name="board_subscription_end"),
    path("subscriptions/<int:number>/restore/", subscriptions.restore, name="board_subscription_restore"),
    path("subscriptions/<int:number>/sample/", subscriptions.sample, name="board_sample"),
    path("subscriptions/<int:number>/sample/mail/", subscriptions.sample_mail, name="board_sample_mail"),
    path("unsubscribe/<str:token>/", subscriptions.leave, name="board_unsubscribe"),
    path("views/", views.views, name="board_views"),
    path("views/new/", views.new, name="board_view_new"),
    path("views/<int:view_id>/", views.open_view, name="board_view"),
    path("views/<int:view_id>/rename/", views.rename, name="board_view_rename"),
    path("views/<int:view_id>/share/", views.share, name="board_view_share"),
    path("views/<int:view_id>/remove/", views.remove, name="board_view_remove"),
    path("views/<int:view_id>/restore/", views.restore, name="board_view_restore"),
]
