"""The addresses below /board/."""

from __future__ import annotations

from django.urls import path

from peil.web.pages.board import tiles

urlpatterns = [
    path("", tiles.board, name="board"),
    path("add/", tiles.add, name="board_add"),
    path("move/", tiles.move, name="board_move"),
    path("remove/", tiles.remove, name="board_remove"),
    path("standard/", tiles.standard, name="board_standard"),
    path("undo/", tiles.undo, name="board_undo"),
]
