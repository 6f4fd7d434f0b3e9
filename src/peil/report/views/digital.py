"""Digital service on three levels, where visits end, and the answers seen most."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from peil.report.contents.digital import Line, VisitGroup
from peil.report.figure import Period
from peil.report.marks import Interval, Link, Node, Scale, bar, dots, dots_axis, flow
from peil.report.views.tables import Row, line_row
from peil.report.views.voice import Voice
from peil.report.words.changes import judged
from peil.report.words.figures import amount


@dataclass(frozen=True, slots=True)
class Level:
    """One of the three levels."""

    number: int
    title: str
    subtitle: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One answer of the help pages."""

    name: str
    picture: Markup
    helpful: Markup
    limits: Markup
    votes: Markup
    seen: Markup
    seen_value: Markup
    words: Markup
    judged: str


@dataclass(frozen=True, slots=True)
class DigitalView:
    """What the page shows of the website."""

    levels: tuple[Level, ...]
    flow: Markup
    visits: tuple[tuple[str, Markup, Markup, Markup], ...]
    articles_title: str
    axis: Markup
    articles: tuple[ArticleRow, ...]


def digital_view(voice: Voice) -> DigitalView | None:
    found = voice.contents.digital
    if not found:
        return None
    named: tuple[tuple[str, tuple[Line, ...], Period], ...] = (
        ("reasons", found.reasons, "now"),
        ("effect", found.effectiveness, "now"),
        ("experience", found.experience, "digital"),
    )
    levels = tuple(
        Level(
            i,
            voice(f"level_{key}"),
            voice(f"level_{key}_sub"),
            tuple(line_row(voice, x.figure, x.change, p) for x in lines),
        )
        for i, (key, lines, p) in enumerate(named, start=1)
        if lines
    )
    axis, articles = _articles(voice)
    return DigitalView(
        levels=levels,
        flow=_flow(voice, found.visits),
        visits=tuple(
            (_used(voice, g), voice.fig.n(g.to_contact), voice.fig.value(g.to_contact), voice.fig.limits(g.to_contact))
            for g in found.visits
        ),
        articles_title=_articles_title(voice, articles),
        axis=axis,
        articles=articles,
    )


def _used(voice: Voice, g: VisitGroup) -> str:
    if g.self_care and g.self_provisioning:
        return voice("visits_both")
    return voice("visits_care" if g.self_care else "visits_own" if g.self_provisioning else "visits_neither")


def _flow(voice: Voice, groups: tuple[VisitGroup, ...]) -> Markup:
    """Groups that don't overlap on the left, whether the contact page was opened on the right."""
    if not groups:
        return Markup("")
    whole = sum(g.to_contact.n for g in groups)
    left, links = [], []
    reached = 0
    for i, g in enumerate(groups):
        n = g.to_contact.n
        to_contact = round(n * (g.to_contact.value or 0.0) / 100)
        reached += to_contact
        left.append(Node(f"g{i}", _used(voice, g), _part(voice, n, whole), n))
        links += [Link(f"g{i}", "other", n - to_contact), Link(f"g{i}", "contact", to_contact)]
    right = [
        Node("other", voice("not_to_contact_page"), _part(voice, whole - reached, whole), whole - reached),
        Node("contact", voice("to_contact_page"), _part(voice, reached, whole), reached, "bad"),
    ]
    return flow(left, right, links, voice("flow_label", voice.count(whole), voice.count(reached)))


def _part(voice: Voice, n: int, whole: int) -> str:
    return f"{voice.count(n)} · {amount(100 * n / whole if whole else 0.0, 'percent', voice.language, 0)}"


def _articles(voice: Voice) -> tuple[Markup, tuple[ArticleRow, ...]]:
    found = voice.contents.digital
    rated = [a.helpful.after for a in found.articles if a.helpful is not None and a.helpful.after.value is not None]
    if not rated:
        return Markup(""), ()
    scale = Scale.around([x for e in rated for x in (e.low, e.high, e.value)])
    scale = Scale(max(0.0, scale.low), min(100.0, scale.high))
    whole = found.helpful.value if found.helpful else None
    most = max((a.shown.value or 0.0 for a in found.articles if a.shown), default=0.0)
    rows = []
    for a in found.articles:
        c = a.helpful
        e = None if c is None or c.after.value is None else c.after
        rows.append(
            ArticleRow(
                name=a.solution,
                picture=Markup("")
                if e is None or c is None
                else dots(scale, Interval(e.value, e.low, e.high), judged(c), whole),
                helpful=Markup("–") if e is None else voice.fig.value(e),
                limits=Markup("") if e is None else voice.fig.limits(e),
                votes=Markup("–") if e is None else voice.fig.n(e),
                seen=bar(a.shown.value or 0.0, most) if a.shown else Markup(""),
                seen_value=voice.fig.value(a.shown) if a.shown else Markup(""),
                words=Markup("") if c is None else voice.fig.difference(c, voice.speech.versus_rest(c), "rest"),
                judged="" if c is None else judged(c),
            )
        )
    ticks = [(t, amount(t, "percent", voice.language, 0)) for t in scale.ticks(4)]
    line = (
        None
        if whole is None or found.helpful is None
        else (whole, voice("all_line", voice.fig.value(found.helpful).striptags()))
    )
    return dots_axis(scale, ticks, line), tuple(rows)


def _articles_title(voice: Voice, rows: tuple[ArticleRow, ...]) -> str:
    worst = [r for r in rows if r.judged == "bad"]
    return voice("least_helpful", worst[0].name) if len(worst) == 1 else voice("articles_title")
