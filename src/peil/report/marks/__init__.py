"""Small figures as SVG, drawn on the server: sharp at any width, no script, no style of their own.

Colours are classes of `look.css`, so that light, dark, print and forced colours follow. Words come in ready for the
reader's language; coordinates are made here. Whatever is unknown is left out, whatever lies beyond a scale shows that.
"""

from peil.report.marks.flow import Link, Node, flow
from peil.report.marks.intervals import (
    GaugeMark,
    Interval,
    before_after,
    dots,
    dots_axis,
    dumbbell,
    gauge,
)
from peil.report.marks.scale import Scale
from peil.report.marks.shares import Part, PartKind, bar, stacked
from peil.report.marks.status import Judged, KeyKind, StatusKind, key, shape, status
from peil.report.marks.times import Bin, Point, histogram_cell, sparkline

__all__ = [
    "Bin",
    "GaugeMark",
    "Interval",
    "Judged",
    "KeyKind",
    "Link",
    "Node",
    "Part",
    "PartKind",
    "Point",
    "Scale",
    "StatusKind",
    "bar",
    "before_after",
    "dots",
    "dots_axis",
    "dumbbell",
    "flow",
    "gauge",
    "histogram_cell",
    "key",
    "shape",
    "sparkline",
    "stacked",
    "status",
]
