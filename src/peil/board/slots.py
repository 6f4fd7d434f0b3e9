"""A board on which some tiles are looked at otherwise: another period, comparison, grouping or figure in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from peil.board.figures import BoardFigures, board_figures, correct_together
from peil.board.tiles import BoardTile
from peil.report.question import ReportQuestion

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the board: whose it is, what is shown there, and by which question where that is its own."""

    was: BoardTile
    tile: BoardTile
    asked: ReportQuestion | None = None

    @property
    def id(self) -> str:
        return self.was.id

    @property
    def changed(self) -> bool:
        return self.asked is not None or self.tile != self.was


def slot_figures(warehouse: Warehouse, asked: ReportQuestion, slots: Sequence[Slot]) -> BoardFigures:
    """The figures of all places in their order, their changes corrected together whatever each is asked."""
    main = board_figures(warehouse, asked, [s.tile for s in slots if s.asked is None])
    if all(s.asked is None for s in slots):
        return main
    own = dict.fromkeys(s.asked for s in slots if s.asked is not None)
    found = {q: board_figures(warehouse, q, [s.tile for s in slots if s.asked == q]) for q in own}
    rest = {q: iter(f.tiles) for q, f in found.items()} | {None: iter(main.tiles)}
    tiles = [next(rest[s.asked]) for s in slots]
    once = {id(c): c for c in (main.main, *(t.contents for t in tiles))}  # what tiles share counts once
    tested = correct_together(once)
    shown = tuple(replace(t, contents=once[id(t.contents)]) for t in tiles)
    return BoardFigures(once[id(main.main)], shown, tested)
