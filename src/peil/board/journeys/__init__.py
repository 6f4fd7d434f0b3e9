"""Customer journeys: their stops in order, what is asked there, what is covered and what is not."""

from peil.board.journeys.coverage import Coverage, Hint, cover, hints
from peil.board.journeys.drafting import draft_journey
from peil.board.journeys.figures import StopFigure, stop_figures
from peil.board.journeys.keeping import JourneyKept, StopKept, journey_of, journeys

__all__ = [
    "Coverage",
    "Hint",
    "JourneyKept",
    "StopFigure",
    "StopKept",
    "cover",
    "draft_journey",
    "hints",
    "journey_of",
    "journeys",
    "stop_figures",
]
