"""A person's board: which tiles, in which order, and one step back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from django.db import transaction

from peil.board.models import Board
from peil.board.tiles import MOST_TILES, BoardTile, TileRefused, as_json, tiles_from_json

if TYPE_CHECKING:
    from peil.accounts.models import Person

Step: TypeAlias = Literal["up", "down"]
Change: TypeAlias = Callable[[list[BoardTile]], Sequence[BoardTile] | None]


@dataclass(frozen=True, slots=True)
class OwnBoard:
    """What a person chose; `tiles` is None for who has the standard of the role."""

    tiles: tuple[BoardTile, ...] | None
    undoable: bool


def board_of(person: Person) -> OwnBoard:
    kept = Board.objects.filter(person=person).first()
    if kept is None:
        return OwnBoard(None, False)
    return OwnBoard(None if kept.tiles is None else tiles_from_json(kept.tiles), kept.undoable)


def add_tile(person: Person, standard: Sequence[BoardTile], tile: BoardTile) -> None:
    """Put a tile at the end; `standard` is what the person has as long as nothing was chosen."""

    def change(tiles: list[BoardTile]) -> list[BoardTile]:
        if tile in tiles:
            raise TileRefused("tile_twice", "This tile is on the board already.", "Give it another filter.")
        if len(tiles) >= MOST_TILES:
            problem = f"A board holds at most {MOST_TILES} tiles."
            raise TileRefused("tile_too_many", problem, "Remove one first.", most=str(MOST_TILES))
        return [*tiles, tile]

    _change(person, standard, change)


def remove_tile(person: Person, standard: Sequence[BoardTile], tile_id: str) -> None:
    """Take a tile away; one that is gone already stays so."""
    _change(person, standard, lambda tiles: [t for t in tiles if t.id != tile_id])


def move_tile(person: Person, standard: Sequence[BoardTile], tile_id: str, step: Step) -> None:
    """Let a tile change places with its neighbour; at the end of the row nothing changes."""

    def change(tiles: list[BoardTile]) -> list[BoardTile]:
        at = next((i for i, t in enumerate(tiles) if t.id == tile_id), None)
        to = None if at is None else at + (-1 if step == "up" else 1)
        if at is not None and to is not None and 0 <= to < len(tiles):
            tiles[at], tiles[to] = tiles[to], tiles[at]
        return tiles

    _change(person, standard, change)


def restore_standard(person: Person) -> None:
    """Give the standard of the role back."""
    _change(person, (), lambda _: None)


@transaction.atomic
def undo_change(person: Person) -> None:
    """Take the last change back; once more, and it is there again."""
    kept = Board.objects.select_for_update().filter(person=person, undoable=True).first()
    if kept is not None:
        kept.tiles, kept.before = kept.before, kept.tiles
        kept.save()


@transaction.atomic
def _change(person: Person, standard: Sequence[BoardTile], change: Change) -> None:
    kept, _ = Board.objects.select_for_update().get_or_create(person=person)
    tiles = list(standard) if kept.tiles is None else list(tiles_from_json(kept.tiles))
    made = change(list(tiles))
    now = None if made is None else [as_json(t) for t in made]
    if now != kept.tiles and (made is None or list(made) != tiles):
        kept.tiles, kept.before, kept.undoable = now, kept.tiles, True
        kept.save()
