"""Figures with their interval on a line: the peillat, the cell of a table, before and after, expected and perceived."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from peil.report.marks.scale import Scale
from peil.report.marks.status import Judged
from peil.report.marks.svg import at_spot, circle, draw, fit, hold, line, place, rect, text

QUARTERS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its limits; None is unknown, an infinite limit is open."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class GaugeMark:
    """What stands on a peillat: the value now, the one before, and the target, with the words under them."""

    value: float | None
    low: float | None = None
    high: float | None = None
    was: float | None = None
    target: float | None = None
    target_label: str = ""
    was_label: str = ""


def gauge(scale: Scale, mark: GaugeMark, label: str) -> Markup:
    """Draw the peillat: value, interval, target and the period before on one line; dotted when there is no value."""
    now, was, target = (_known(v) for v in (mark.value, mark.was, mark.target))
    body = [line((0, 9), (100, 9), "gl few" if now is None else "gl")]
    if now is not None:
        body += [line((q, 6), (q, 12), "ax") for q in QUARTERS]
        body.append(interval_bar(scale, Interval(now, mark.low, mark.high), 9))
    if was is not None:
        body.append(dot(scale, was, (9, 3.5), "pt0"))
    if target is not None:
        x = scale.at(target)
        body.append(line((x, 1), (x, 17), "tg"))
    if now is not None:
        body.append(dot(scale, now, (9, 5), "pt"))
    wanted = [(target, mark.target_label, "t2"), (was, mark.was_label, "")]
    said = [(scale.at(v), words, css) for v, words, css in wanted if v is not None and words]
    return fit(draw([*body, *_labels(said, 29)], 32 if said else 19, label), "gauge")


def dots(
    scale: Scale,
    now: Interval,
    judged: Judged = "",
    reference: float | None = None,
    target: float | None = None,
) -> Markup:
    """Draw the cell of a table: dot and interval, a thin line for all together, an upright stroke for the target."""
    body = [line((0, 15), (100, 15), "gl few" if _known(now.value) is None else "gl")]
    if reference is not None:
        x = scale.at(reference)
        body.append(line((x, 0), (x, 30), "ref"))
    if target is not None:
        x = scale.at(target)
        body.append(line((x, 7), (x, 23), "tg"))
    body.append(interval_bar(scale, now, 15, judged))
    if (value := _known(now.value)) is not None:
        body.append(dot(scale, value, (15, 5), f"pt {judged}".strip()))
    return draw(body, 30)


def dots_axis(scale: Scale, labels: Sequence[tuple[float, str]], reference: tuple[float, str] | None = None) -> Markup:
    """Draw the head of a column of cells: round values, and the name of the line for all together."""
    body: list[str] = []
    said = [(scale.at(v), words, "") for v, words in labels]
    said = [said[i] for i in sorted(range(len(said)), key=_halving)]
    if reference is not None:
        x = scale.at(reference[0])
        said = [(x, reference[1], "t1"), *said]
        body.append(line((x, 18), (x, 22), "ref"))
    return fit(draw([*body, *_labels(said, 14)], 22))


def before_after(
    scale: Scale, before: Interval, after: Interval, judged: Judged, labels: tuple[str, str, str] = ("", "", "")
) -> Markup:
    """Draw a change: an open dot for before, a filled dot with its interval for after, each with its figure above.

    The labels are the figure before, the figure after, and the sentence that says it to who cannot see it.
    """
    was, now = _known(before.value), _known(after.value)
    body = [line((0, 26), (100, 26), "gl few" if was is None and now is None else "gl")]
    if was is not None and now is not None:
        body.append(line((scale.at(was), 26), (scale.at(now), 26), "ax"))
    body.append(interval_bar(scale, after, 26, judged))
    if was is not None:
        body.append(dot(scale, was, (26, 4), "pt0"))
    if now is not None:
        body.append(dot(scale, now, (26, 5.5), f"pt {judged}".strip()))
    said = [
        (scale.at(v), w, css) for v, w, css in ((was, labels[0], ""), (now, labels[1], "tb")) if v is not None and w
    ]
    return fit(draw([*body, *_side_by_side(said, 13)], 38, labels[2]))


def dumbbell(scale: Scale, expected: Interval, perceived: Interval, judged: Judged = "") -> Markup:
    """Draw a gap: an open dot for what was expected, a filled one for what was perceived, both with whiskers."""
    body = [line((0, 20), (100, 20), "gl")]
    hoped, felt = _known(expected.value), _known(perceived.value)
    if hoped is not None and felt is not None:
        ends = sorted((scale.at(hoped), scale.at(felt)))
        body.append(rect((ends[0], ends[1]), (17.5, 5), f"gap {judged}".strip()))
    body += [_whiskers(scale, side, 20) for side in (expected, perceived)]
    if hoped is not None:
        body.append(dot(scale, hoped, (20, 5), "pt1"))
    if felt is not None:
        body.append(dot(scale, felt, (20, 5.5), f"pt {judged}".strip()))
    return draw(body, 40)


def interval_bar(scale: Scale, mark: Interval, y: float, judged: Judged = "") -> str:
    """Draw the bar of an interval, with a broken end where it runs on beyond the scale; nothing without limits."""
    ends = _limits(mark)
    if ends is None or scale.side(ends[1]) < 0 or scale.side(ends[0]) > 0:
        return ""
    left, right = sorted((scale.at(ends[0]), scale.at(ends[1])))
    bar = line((left, y), (right, y), f"iv {judged}".strip())
    sides = {scale.side(end) for end in ends}
    bar += at_spot(0, y, '<path class="cut" d="M4-4V4M9-4V4"/>') if -1 in sides else ""
    return bar + (at_spot(100, y, '<path class="cut" d="M-4-4V4M-9-4V4"/>') if 1 in sides else "")


def dot(scale: Scale, value: float, size: tuple[float, float], css: str) -> str:
    """Draw a dot of (height in the figure, radius), or an arrowhead at the edge when it lies beyond the scale."""
    y, radius = size
    side = scale.side(value)
    if not side:
        return circle(scale.at(value), y, radius, css)
    tip, back = side * 2, side * -8
    return at_spot(50 + 50 * side, y, f'<path class="{css}" d="M{back}-5.5L{tip} 0L{back} 5.5Z"/>')


def _whiskers(scale: Scale, mark: Interval, y: float) -> str:
    ends = _limits(mark)
    if ends is None:
        return ""
    left, right = sorted(ends, key=scale.at)
    stop = [line((scale.at(v), y - 4), (scale.at(v), y + 4), "wh") for v in (left, right) if not scale.side(v)]
    return line((scale.at(left), y), (scale.at(right), y), "wh") + "".join(stop)


def _labels(said: Sequence[tuple[float, str, str]], y: float) -> list[str]:
    shown = place([(x, words) for x, words, _ in said])
    return [
        text(x, y, words, f"{css} {narrow}".strip(), (hold(x, words), 0))
        for (x, words, css), narrow in zip(said, shown, strict=True)
        if words and narrow is not None
    ]


def _side_by_side(said: Sequence[tuple[float, str, str]], y: float) -> list[str]:
    """Write two figures above their dots; away from each other where they would touch."""
    if len(said) < 2 or (None not in (fits := place([(x, words) for x, words, _ in said])) and not any(fits)):
        return _labels(said, y)
    (x1, one, css1), (x2, other, css2) = sorted(said)
    return [text(x1, y, one, css1, ("end", -2)), text(x2, y, other, css2, ("start", 2))]


def _halving(index: int) -> tuple[int, int]:
    """Order labels so that the first, then every eighth, fourth and second come before those between."""
    return (0, 0) if not index else (-(index & -index), index)


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


def _limits(mark: Interval) -> tuple[float, float] | None:
    low, high = _known(mark.low), _known(mark.high)
    if low is None or high is None or _known(mark.value) is None:
        return None
    return (low, high) if low <= high else (high, low)
