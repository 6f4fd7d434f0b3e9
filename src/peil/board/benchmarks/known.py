"""Figures of others that are often quoted, each with what one must know before putting one's own beside it.

The American Customer Satisfaction Index of 2020 by industry, as quoted in an article on CSAT that prints the
index of 0 to 100 as a percentage; it is a weighted index of three questions on a scale of 1 to 10, asked in the
United States, and no share of satisfied customers. The NPS of 75 to 85 of 'leading companies such as Apple', as
quoted in an article on six KPIs, printed there with a per cent sign and without year, scale or method.
"""

from __future__ import annotations

from peil.board.benchmarks.outside import Outside
from peil.core.kpi import Words

_INDEX = Words(
    "gewogen index van 0 tot 100 uit drie vragen op 1–10, Verenigde Staten; geen percentage tevreden klanten",
    "weighted index of 0 to 100 from three questions on 1–10, United States; not a share of satisfied customers",
)
_LEADERS = Words(
    "jaar, schaal, vraag, klanten en steekproef staan er niet bij",
    "year, scale, question, customers and sample are not given",
)
_ACSI = (
    (84, "brouwerijen", "breweries"),
    (83, "persoonlijke verzorging en schoonmaak", "personal care and cleaning"),
    (81, "webwinkels", "e-commerce"),
    (80, "banken", "banks"),
    (79, "reizen via internet", "internet travel"),
    (78, "supermarkten", "supermarkets"),
    (77, "kleding", "clothing"),
    (75, "hotels", "hotels"),
    (74, "luchtvaart", "airlines"),
    (62, "internet en betaaltelevisie", "internet and subscription TV"),
)

ACSI = tuple(
    Outside(
        kpi="csat",
        name=Words(f"ACSI, {dutch}", f"ACSI, {english}"),
        value=float(value),
        source="American Customer Satisfaction Index",
        year=2020,
        method=_INDEX,
        scale="1-10",
        other_definition=True,
    )
    for value, dutch, english in _ACSI
)
LEADERS = Outside(
    kpi="nps_relationship",
    name=Words("NPS van koplopers, ‘zoals Apple’", "NPS of leaders, ‘such as Apple’"),
    value=75.0,
    top=85.0,
    source="The Net Promoter Network",
    year=None,
    method=_LEADERS,
)
KNOWN = (LEADERS, *ACSI)
