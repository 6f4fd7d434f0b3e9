"""The board of who looks, with its figures, as the overview, the slides and the print show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peil.board.figures import BoardFigures, board_figures
from peil.board.own import own_rows, tiles_of
from peil.board.sheet import Sheet, rows_in_words, sheet
from peil.board.tiles import BoardTile
from peil.report.question import ReportQuestion
from peil.report.views.tables import Row, figures_table
from peil.report.views.voice import Voice
from peil.web.look import Look


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """The tiles of one person at one page, in words and drawings."""

    figures: BoardFigures
    voice: Voice
    sheet: Sheet
    whose: str  # whose rows these are, when they are not everybody's
    team: tuple[Row, ...]  # beside an agent's own figures those of the team


def asked_of(look: Look) -> ReportQuestion:
    """The question of a page, over the rows that this person may see."""
    return look.state.question(look.today, look.language, look.sight.where)


def own_sheet(look: Look) -> OwnSheet:
    asked, warehouse = asked_of(look), look.peil.warehouse
    tiles = tiles_of(look.person, warehouse, asked, look.today)
    alone = own_rows(look.person, warehouse, asked)
    figures = board_figures(warehouse, alone or asked, tiles)
    voice = Voice(figures.main, look.language, look.kpi_address)
    whose = rows_in_words(look.sight.where, look.language)
    if alone is not None:
        whose = voice("own_contacts")
    team = team_of(look, asked, tiles) if alone is not None else ()
    return OwnSheet(figures, voice, sheet(figures, look.language, look.kpi_address), whose, team)


def team_of(look: Look, asked: ReportQuestion, tiles: Sequence[BoardTile]) -> tuple[Row, ...]:
    plain = [t for t in tiles if not (t.where or t.by or t.counted or t.listed)]
    found = board_figures(look.peil.warehouse, asked, plain)
    voice = Voice(found.main, look.language, look.kpi_address)
    return figures_table(voice, [t.kpi for t in plain])
