"""Figures and changes out of JSON: what `Answers.to_dicts` writes, read back."""

from __future__ import annotations

from typing import Any

from peil.core.kpi import Comparison, Estimate


def read_figure(told: dict[str, Any]) -> Estimate:
    return Estimate(**{**told, "notes": tuple(told["notes"])})


def read_change(told: dict[str, Any]) -> Comparison:
    sides = {side: read_figure(told[side]) for side in ("before", "after")}
    return Comparison(**{**told, **sides})
