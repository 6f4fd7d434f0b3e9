"""Customers who stay or leave, and who answers when asked."""

from __future__ import annotations

from dataclasses import replace

from peil.core.intervals import wilson
from peil.core.kpi import Array, Kpi, Sums, Words
from peil.core.kpis.shapes import SHARE, flag, over, percent
from peil.core.moments import Count, CountBetween, Is, Sum

_YEAR = 365.2425  # days


def _per_year(share: Array, m: Sums) -> Array:
    """A share kept over a period of days / n days, as a share kept over a year."""
    return 100 * share ** (_YEAR * over(m.n, m.days))


def _yearly(m: Sums) -> Array:
    return _per_year(over(m.yes, m.n), m)


RETENTION = Kpi(
    key="retention",
    document="K13",
    name=Words("Klantbehoud", "Customer retention"),
    formula=Words(
        "klanten aan het begin die er aan het eind nog zijn / klanten aan het begin × 100; "
        "dat is (eind − nieuw) / begin × 100 als nieuw telt wie aan het eind nog klant is",
        "customers at the start still there at the end / customers at the start × 100; "
        "that is (end − new) / start × 100 when new counts those still there at the end",
    ),
    tells=Words(
        "Welk deel van de klanten blijft over de periode. Klant of contract: wat er is ingelezen.",
        "Which share of customers stays over the period. Customer or contract: whichever was imported.",
    ),
    fact="memberships",
    unit="percent",
    better="higher",
    moments={"n": Count("at_start"), "yes": CountBetween("kept", 1, 1)},
    value=percent,
    method=SHARE,
    spells=True,
    source="Userlike, De 6 klantenservice KPI's die je bij moet houden: (CE - CN) / CS × 100",
)

CHURN = replace(
    RETENTION,
    key="churn",
    name=Words("Klantverloop", "Customer churn"),
    formula=Words(
        "klanten aan het begin die er aan het eind niet meer zijn / klanten aan het begin × 100",
        "customers at the start no longer there at the end / customers at the start × 100",
    ),
    tells=Words("Het spiegelbeeld van klantbehoud: samen 100%.", "The mirror image of retention: together 100%."),
    better="lower",
    moments={"n": Count("at_start"), "yes": CountBetween("kept", 0, 0)},
)

RETENTION_YEARLY = replace(
    RETENTION,
    key="retention_yearly",
    name=Words("Klantbehoud, omgerekend naar een jaar", "Customer retention, converted to a year"),
    formula=Words(
        "klantbehoud als deel, tot de macht 365,2425 / dagen in de periode, × 100",
        "retention as a share, to the power 365.2425 / days in the period, × 100",
    ),
    tells=Words(
        "Wat het klantbehoud van deze periode over een jaar betekent: 97,9% per maand is 77,5% per jaar.",
        "What this period's retention means over a year: 97.9% a month is 77.5% a year.",
    ),
    moments={"n": Count("at_start"), "yes": CountBetween("kept", 1, 1), "days": Sum("start_days")},
    value=_yearly,
    method=wilson("yes", then=_per_year),
)

RESPONSE_RATE = Kpi(
    key="response_rate",
    document="K25",
    name=Words("Respons", "Response rate"),
    formula=Words(
        "uitnodigingen met een bevestigd eerste antwoord binnen 14 dagen / aangekomen uitnodigingen × 100",
        "invitations with a confirmed first answer within 14 days / delivered invitations × 100",
    ),
    tells=Words(
        "Welk deel van de genodigden antwoordt; per kanaal met --by channel. Aangekomen is verstuurd en niet "
        "als onbestelbaar teruggekomen; een herinnering is dezelfde uitnodiging. Bij een link, QR-code of zuil bestaat geen percentage.",
        "Which share of those invited answers; by channel with --by channel. Delivered is sent and not bounced; a "
        "reminder is the same invitation. A link, QR code or kiosk has no percentage.",
    ),
    fact="invitations",
    rows=(Is("delivered", (1,)),),
    unit="percent",
    better="higher",
    moments=flag("answered"),
    value=percent,
    method=SHARE,
    ripe_days=14,
    source="Trade usage; window of 14 days: decision of Peil",
)

RESPONSE_FINISHED = replace(
    RESPONSE_RATE,
    key="response_finished",
    name=Words("Enquêtes afgemaakt", "Surveys finished"),
    formula=Words(
        "uitnodigingen met een volledig ingestuurde enquête / uitnodigingen met een eerste antwoord × 100",
        "invitations with a survey submitted / invitations with a first answer × 100",
    ),
    tells=Words(
        "Hoeveel van wie begint ook afmaakt. Laag wijst op een te lange of lastige vragenlijst.",
        "How many of those who begin also finish. Low points to a survey that is too long or hard.",
    ),
    rows=(Is("delivered", (1,)), Is("answered", (1,))),
    moments=flag("finished"),
)

KPIS = (RETENTION, CHURN, RETENTION_YEARLY, RESPONSE_RATE, RESPONSE_FINISHED)
