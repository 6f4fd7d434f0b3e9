"""What this room keeps; the models stay in it, others use its functions."""

from peil.board.models.boards import Board, SavedView
from peil.board.models.reporting import Annotation, Interpretation, Snapshot
from peil.board.models.subscriptions import Subscription

__all__ = ["Annotation", "Board", "Interpretation", "SavedView", "Snapshot", "Subscription"]
