"""Benchmarks: against the own past first, then against others where scale and question agree."""

from peil.board.benchmarks.keeping import (
    NewBenchmark,
    add_benchmark,
    own_benchmarks,
    remove_benchmark,
    restore_benchmark,
)
from peil.board.benchmarks.known import KNOWN
from peil.board.benchmarks.outside import Against, Outside, against

__all__ = [
    "KNOWN",
    "Against",
    "NewBenchmark",
    "Outside",
    "add_benchmark",
    "against",
    "own_benchmarks",
    "remove_benchmark",
    "restore_benchmark",
]
