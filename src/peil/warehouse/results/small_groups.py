"""Groups too small to show: hidden, and never to be found by subtraction.

A figure of answers needs 10 answers, a figure about employees 10 people (a works council may
set another number). Where one group of a breakdown is hidden, the whole minus the others would
give it away; so the next smallest is hidden too, until the hidden ones of each line together
are large enough and at least two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from peil.core.kpi import Estimate, Kpi

ANSWER_FACTS = ("answers", "responses", "invitations")


def minimum(kpi: Kpi, min_answers: int, min_people: int) -> int:
    """The smallest group of `kpi` that may be shown; 0 when any may."""
    if kpi.people:
        return min_people
    return min_answers if kpi.fact in ANSWER_FACTS else 0


def hide_small(estimates: Sequence[Estimate], sizes: Sequence[float], least: int) -> list[Estimate]:
    """The estimates of one KPI's breakdown with small groups hidden.

    `sizes` are answers, or people where the KPI is about employees; groups of size 0 have
    nothing to hide.
    """
    hidden = {i for i, size in enumerate(sizes) if 0 < size < least}
    small = set(hidden)
    if hidden and len(estimates) > 1:
        _complement(estimates, sizes, least, hidden)
    return [
        _hide(e, "small_group" if i in small else "protects_a_small_group") if i in hidden else e
        for i, e in enumerate(estimates)
    ]


def _lines(estimates: Sequence[Estimate]) -> list[list[int]]:
    """Groups that differ in one dimension only: each such line has a total that can be asked for."""
    lines: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, e in enumerate(estimates):
        for name in e.group:
            rest = tuple((k, v) for k, v in e.group.items() if k != name)
            lines[(name, *rest)].append(i)
    return list(lines.values())


def _complement(estimates: Sequence[Estimate], sizes: Sequence[float], least: int, hidden: set[int]) -> None:
    lines = _lines(estimates)
    changed = True
    while changed:
        changed = False
        for line in lines:
            out = [i for i in line if i in hidden]
            shown = sorted((i for i in line if i not in hidden and sizes[i] > 0), key=lambda i: sizes[i])
            weak = len(out) == 1 or sum(sizes[i] for i in out) < least
            if out and weak and shown:
                hidden.add(shown[0])
                changed = True


def _hide(e: Estimate, reason: str) -> Estimate:
    return replace(e, value=None, low=None, high=None, n_eff=None, n=0, status="hidden", notes=(reason,))
