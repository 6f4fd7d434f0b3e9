"""Large figures, drawn on the server by Vega-Lite in the look of the page: trend, quadrant, distribution."""

from peil.report.charts.distribution import Column, Distribution, distribution
from peil.report.charts.quadrant import Quadrant, QuadrantPoint, quadrant
from peil.report.charts.trend import Note, Trend, TrendPoint, trend

__all__ = [
    "Column",
    "Distribution",
    "Note",
    "Quadrant",
    "QuadrantPoint",
    "Trend",
    "TrendPoint",
    "distribution",
    "quadrant",
    "trend",
]
