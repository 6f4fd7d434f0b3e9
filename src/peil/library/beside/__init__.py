"""Asking a warehouse that another process of one's own holds: `peil serve` opens a door, `peil.open` knocks.

A DuckDB file admits one process. The door is a socket beside the file that only the same system user may use; what
passes are verbs, paths and figures, never a file's content. The methods of `Peil` are the same on both sides.
"""

from peil.library.beside.asking import PeilBeside, knock

__all__ = ["PeilBeside", "knock"]
