"""The sections that follow the tiles: what a report and the pages of the app show of one subject."""

from __future__ import annotations

from collections.abc import Sequence

from peil.report.contents.subjects import CONTACT, EMPLOYEES, LOYALTY, SERVQUAL, SERVQUAL_WHOLE, has_figure
from peil.report.views.contact import responses
from peil.report.views.digital import digital_view
from peil.report.views.gaps import gaps_view
from peil.report.views.tables import DotTable, figures_table, share_table
from peil.report.views.voice import Voice

FIRST_RESPONSE = ("first_response_median", "first_response_p90")


def sections(voice: Voice) -> dict[str, object]:
    """Each section by its name; one without figures is empty."""
    return {
        "gaps": gaps_view(voice, shown(voice, SERVQUAL), shown(voice, SERVQUAL_WHOLE)),
        "responses": responses(voice),
        "contact": figures_table(voice, shown(voice, CONTACT)),
        "digital": digital_view(voice),
        "loyalty": figures_table(voice, shown(voice, LOYALTY)),
        "employees": figures_table(voice, shown(voice, EMPLOYEES)),
        "lists": lists(voice),
    }


def lists(voice: Voice) -> list[DotTable]:
    """Lists of shares, but for the articles, which have a table of their own."""
    return [
        share_table(voice, parts, next(c for c in parts[0].group))
        for name, parts in voice.contents.shares.items()
        if name != "solutions_shown"
    ]


def shown(voice: Voice, keys: Sequence[str]) -> list[str]:
    return [k for k in keys if has_figure(voice.contents.figures.get(k))]
