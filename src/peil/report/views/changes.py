"""The lead sentence, and what demonstrably changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from peil.core.kpi import Comparison
from peil.report.contents.headline import MOST_REASONS, Place
from peil.report.marks import Interval, Scale, before_after
from peil.report.views.tiles import change
from peil.report.views.voice import Voice, split_name
from peil.report.words.changes import capital, in_letters, judged
from peil.report.words.figures import value
from peil.report.words.terms import column_name, value_name

_CODE = 3  # letters; what is shorter is a code
_NAMED = 6  # names in one sentence


@dataclass(frozen=True, slots=True)
class Lead:
    """The first sentence: what changed in bold, and the rest."""

    strong: str
    rest: str


@dataclass(frozen=True, slots=True)
class WhyRow:
    """One change: its figures as a picture, and in which groups it shows."""

    key: str
    name: str
    detail: str
    info: Markup
    change: Markup
    limits: Markup
    n: Markup
    picture: Markup
    why: Markup


def lead(voice: Voice) -> Lead:
    """The sentence that says what changed and what did not, and claims no more than the tests."""
    top = voice.contents.headline
    if not any(e.value is not None for e in top.figures.values()):
        return Lead(voice("lead_empty"), voice("lead_empty_rest"))
    if voice.contents.span is None:
        return Lead(voice("lead_no_dates"), " ".join([*_apart(voice), voice("lead_no_dates_rest")]))
    if not top.tested:
        return Lead(voice("lead_no_test"), voice("lead_no_test_rest"))
    if not top.changed:
        return Lead(
            voice("lead_nothing_only")
            if top.tested == 1
            else voice("lead_nothing", in_letters(top.tested, voice.language)),
            voice("lead_nothing_rest"),
        )
    return _changed(voice, top.changed)


def _apart(voice: Voice) -> list[str]:
    """Which groups differ from the rest, by name, with the figures in which they do."""
    found: dict[tuple[str, str], list[str]] = {}
    for key in voice.contents.headline.tiles:
        for part in voice.contents.breakdowns.get(key, ()):
            for c in part.groups:
                side = judged(c)
                if side and part.column != "question" and c.group[part.column] is not None:
                    group = group_name(voice, part.column, c.group[part.column])
                    found.setdefault((side, group), []).append(_called(voice, key))
    sentences = []
    for side, words in (("bad", "lead_worse_than_rest"), ("good", "lead_better_than_rest")):
        alike: dict[tuple[str, ...], list[str]] = {}  # groups that differ in the same figures are named together
        for (_, group), names in ((k, n) for k, n in found.items() if k[0] == side):
            alike.setdefault(tuple(names), []).append(group)
        mine = [f"{_joined(voice, groups)} ({_joined(voice, names)})" for names, groups in alike.items()]
        if mine:
            sentences.append(
                voice(words, _joined(voice, mine[:_NAMED]) if len(mine) <= _NAMED else ", ".join(mine[:_NAMED]) + ", …")
            )
    return sentences


def group_name(voice: Voice, column: str, value: str | int | None) -> str:
    """A group by a name that says what it is: 'Provider 3' where the value alone is a code."""
    name = value_name(column, value, voice.language)
    return name if len(name) > _CODE else f"{column_name(column, voice.language)} {name}"


def _changed(voice: Voice, changed: Sequence[Comparison]) -> Lead:
    top = voice.contents.headline
    number, tested = capital(in_letters(len(changed), voice.language)), in_letters(top.tested, voice.language)
    strong = (
        voice("lead_changed_only")
        if top.tested == 1
        else voice("lead_changed", number, tested, voice("lead_is" if len(changed) == 1 else "lead_are"))
    )
    parts = []
    for side, key in (("good", "lead_good"), ("bad", "lead_bad"), ("", "lead_other")):
        mine = [c for c in changed if judged(c) == side]
        if mine:
            names = _names(voice, [c.kpi for c in mine])
            alone = len(mine) == len(changed)
            parts.append(
                voice(f"{key}_all", names) if alone else voice(key, in_letters(len(mine), voice.language), names)
            )
    same = [k for k in top.tiles if (c := top.changes.get(k)) is not None and c.changed is False]
    rest = _joined(voice, parts) + "."
    if same:
        rest += " " + capital(voice("lead_same_one" if len(same) == 1 else "lead_same", _names(voice, same)))
    return Lead(strong, rest)


def _names(voice: Voice, keys: Sequence[str]) -> str:
    names = list(dict.fromkeys(_called(voice, k) for k in keys))
    return _joined(voice, names) if len(names) <= _NAMED else ", ".join(names[:_NAMED]) + ", …"


def _called(voice: Voice, key: str) -> str:
    """A figure in the lead: by the name on its tile, else by the name that tells it apart."""
    told = voice.inline(key)
    return split_name(told)[0] if key in voice.contents.headline.tiles else told


def _joined(voice: Voice, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else voice("and", ", ".join(parts[:-1]), parts[-1])


def why_rows(voice: Voice) -> list[WhyRow]:
    """At most five changes, the worse first."""
    told = [c for c in voice.contents.headline.changed if judged(c)][:MOST_REASONS]
    return [_row(voice, c) for c in told]


def more_changed(voice: Voice) -> str:
    """What changed besides, by name."""
    told = [c for c in voice.contents.headline.changed if judged(c)]
    rest = [*told[MOST_REASONS:], *(c for c in voice.contents.headline.changed if not judged(c))]
    return (
        voice("more_changed", "; ".join(f"{voice.inline(c.kpi)} {voice.speech.change(c)}" for c in rest))
        if rest
        else ""
    )


def _row(voice: Voice, c: Comparison) -> WhyRow:
    fig = voice.fig
    scale = Scale.around([c.before.value, c.before.low, c.before.high, c.after.value, c.after.low, c.after.high])
    was, now = value(c.before, voice.language), value(c.after, voice.language)
    labels = was, now, f"{voice.name(c.kpi)}: {was} → {now}"
    before, after = (Interval(e.value, e.low, e.high) for e in (c.before, c.after))
    return WhyRow(
        key=c.kpi,
        name=voice.name(c.kpi),
        detail=voice.detail(c.kpi),
        info=voice.info(c.kpi),
        change=change(voice, c),
        limits=fig.difference_limits(c),
        n=voice.marked("n_both", fig.n(c.after), fig.n(c.before, "before")),
        picture=before_after(scale, before, after, judged(c), labels),
        why=_why(voice, voice.contents.headline.places.get(c.kpi)),
    )


def _why(voice: Voice, place: Place | None) -> Markup:
    if place is None:
        return Markup("{}").format(voice("nowhere_clear"))
    c, fig = place.comparison, voice.fig
    group = group_name(voice, place.column, c.group[place.column])
    pair = Markup("{} → {}").format(fig.value(c.before, "before"), fig.value(c.after))
    first = voice.marked("shown_in", Markup("<b>{}</b>").format(group), pair)
    column = column_name(place.column, voice.language).lower()
    if not place.others_changed:
        key = "other_not" if place.others == 1 else "others_not"
        return first + voice(key, place.others, column)
    return first + voice("others_some", place.others_changed, place.others, column)


def changed_title(voice: Voice) -> str:
    top = voice.contents.headline
    return voice("changed_title" if any(judged(c) for c in top.changed) else "changed_none_title")
