"""Targets: set from a measured baseline, kept with their history, in force for the rows of a page."""

from peil.board.targets.keeping import (
    Baseline,
    Due,
    NewTarget,
    TargetKept,
    end_target,
    history,
    in_force,
    restore_target,
    set_target,
    target_of,
    targets_for,
    with_targets,
)
from peil.board.targets.prospects import Prospect, prospects

__all__ = [
    "Baseline",
    "Due",
    "NewTarget",
    "Prospect",
    "TargetKept",
    "end_target",
    "history",
    "in_force",
    "prospects",
    "restore_target",
    "set_target",
    "target_of",
    "targets_for",
    "with_targets",
]
