"""What this room keeps; the models stay in it, others use its functions."""

from peil.board.models.boards import Board, SavedView
from peil.board.models.journeys import Journey, Stop
from peil.board.models.reporting import Annotation, Interpretation, Snapshot
from peil.board.models.subscriptions import Subscription
from peil.board.models.targets import Benchmark, Target

__all__ = [
    "Annotation",
    "Benchmark",
    "Board",
    "Interpretation",
    "Journey",
    "SavedView",
    "Snapshot",
    "Stop",
    "Subscription",
    "Target",
]
