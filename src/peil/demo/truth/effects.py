"""What is planted: each truth in words, the questions that show it, and how one tells that it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias

import numpy as np

from peil.core.kpi import Estimate, Words
from peil.demo.clock import END, START
from peil.demo.register import NPS_GROUP
from peil.demo.truth.chunks import COMPANY
from peil.demo.truth.pool import Asked
from peil.demo.web.articles import ARTICLES, UNHELPFUL
from peil.demo.web.facts import FIRST_ARTICLE
from peil.library import Peil
from peil.warehouse.periods import before

LAST = (END - timedelta(days=30), END)
BEFORE = (END - timedelta(days=60), END - timedelta(days=30))
WHOLE = (START, END)
Sign: TypeAlias = Literal[-1, 0, 1]
Period: TypeAlias = tuple[date, date]
_ARTICLE = ARTICLES[UNHELPFUL]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One figure against another: two periods of the same rows, or two groups of rows in the same period."""

    truth: int  # which of the planted truths it belongs to
    key: str
    says: Words
    kpi: str
    period: Period
    where: tuple[str, ...] = ()
    against: tuple[str, ...] | None = None  # the rows compared with; None for the period before
    sign: Sign  # of the figure minus what it is compared with; 0 where nothing was planted

    def sides(self) -> tuple[Asked, Asked]:
        """What it is compared with, and the figure."""
        earlier = before(*self.period, "previous") if self.against is None else self.period
        others = self.where if self.against is None else self.against
        return (
            Asked(kpis=(self.kpi,), since=earlier[0], until=earlier[1], where=others),
            Asked(kpis=(self.kpi,), since=self.period[0], until=self.period[1], where=self.where),
        )

    def command(self) -> str:
        """What one types to see it."""
        of = "".join(f" --where '{w}'" for w in self.where)
        days = f" --since {self.period[0]} --until {self.period[1]}"
        if self.against is None:
            return f"peil compare {self.kpi}{of}{days} --compare previous"
        others = "".join(f" --where '{w}'" for w in self.against)
        return f"peil kpi {self.kpi}{of}{days}; peil kpi {self.kpi}{others}{days}"

    def found(self, peil: Peil) -> Mapping[str, bool]:
        """Of every company in a warehouse whether its own figures show the effect, at 95 %."""
        since, until = self.period
        if self.against is None:
            changes = peil.compare(self.kpi, by=COMPANY, where=self.where, since=since, until=until, compare="previous")
            return {str(c.group[COMPANY]): self._shows(c.difference, c.p) for c in changes}
        one, other = (
            peil.kpi(self.kpi, by=COMPANY, where=w, since=since, until=until) for w in (self.where, self.against)
        )
        others = {e.group[COMPANY]: e for e in other}
        pairs = [(e, others[e.group[COMPANY]]) for e in one if e.group.get(COMPANY) in others]
        return {str(a.group[COMPANY]): apart(b, a, self.sign) for a, b in pairs}

    def _shows(self, difference: float | None, p: float | None) -> bool:
        if difference is None or p is None or p >= 0.05:
            return False
        return self.sign == 0 or difference * self.sign > 0


def apart(a: Estimate, b: Estimate, sign: Sign) -> bool:
    """Whether `b` is beyond `a` in the direction of `sign`: the squared-and-added interval of their difference leaves out 0."""
    if a.value is None or b.value is None or None in (a.low, a.high, b.low, b.high):
        return False
    a_side = (a.high if sign > 0 else a.low) or 0.0
    b_side = (b.low if sign > 0 else b.high) or 0.0
    return sign * (b.value - a.value) > float(np.hypot(a_side - a.value, b.value - b_side))


def _mail(kpi: str, sign: Sign, says: Words, where: str = "channel=email") -> Effect:
    key = f"{kpi}_{'mail' if sign else 'other_channels'}"
    return Effect(truth=2, key=key, says=says, kpi=kpi, period=(date(2026, 1, 1), date(2026, 9, 1)), where=(where,), sign=sign)  # fmt: skip


_AUTUMN = (date(2026, 7, 1), END)
_FAULTS = (date(2026, 5, 1), END)

EFFECTS: Sequence[Effect] = (
    _mail("first_response_in_target", 1, Words("Sinds 1 januari 2026 beantwoordt de avondploeg e-mail: vaker op tijd.", "Since 1 January 2026 the evening shift answers e-mail: in time more often.")),
    _mail("first_response_median", -1, Words("Sinds 1 januari 2026 is de eerste reactie op e-mail sneller.", "Since 1 January 2026 the first response to e-mail is faster.")),
    _mail("first_response_in_target", 0, Words("In de andere kanalen veranderde de eerste reactie toen niet.", "In the other channels the first response did not change then."), "channel!=email"),
    Effect(truth=3, key="fault_ease", says=Words("Sinds 1 mei 2026 vinden klanten een storing melden makkelijker.", "Since 1 May 2026 customers find reporting a fault easier."), kpi="ces_agree", period=_FAULTS, where=("touchpoint=storing",), sign=1),
    Effect(truth=3, key="fault_nps", says=Words("De NPS over het bedrijf als geheel bewoog daarbij niet mee.", "The NPS of the company as a whole did not move with it."), kpi="nps_relationship", period=_FAULTS, sign=0),
    Effect(truth=4, key="article_helpful", says=Words(f"Het hulpartikel '{_ARTICLE}' wordt het meest bekeken en helpt het minst.", f"The help page '{_ARTICLE}' is seen most and helps least."), kpi="helpful", period=WHOLE, where=(f"solution={_ARTICLE}",), against=(f"solution!={_ARTICLE}",), sign=-1),
    Effect(truth=4, key="article_to_contact", says=Words(f"Wie '{_ARTICLE}' als eerste las, gaat vaker naar de contactpagina.", f"Who read '{_ARTICLE}' first goes to the contact page more often."), kpi="to_contact_after_self_service", period=WHOLE, where=(f"{FIRST_ARTICLE}={_ARTICLE}",), against=(f"{FIRST_ARTICLE}!={_ARTICLE}",), sign=1),
    Effect(truth=5, key="churn_by_group", says=Words("Wie laatst criticaster was, vertrekt vaker dan wie promotor was.", "Who was a detractor last leaves more often than who was a promoter."), kpi="churn", period=_AUTUMN, where=(f"{NPS_GROUP}=criticaster",), against=(f"{NPS_GROUP}=promotor",), sign=1),
    Effect(truth=7, key="moving_ease", says=Words("Nieuwbouwadressen worden sinds 28 september 2026 niet herkend: verhuizen gaat minder makkelijk.", "New-build addresses are not recognised since 28 September 2026: moving is less easy."), kpi="ces_agree", period=LAST, where=("touchpoint=verhuizen",), sign=-1),
    Effect(truth=7, key="moving_repeat", says=Words("Klanten komen over verhuizen vaker terug.", "Customers come back about moving more often."), kpi="repeat_contact", period=LAST, where=("reason=verhuizen",), sign=1),
    Effect(truth=7, key="moving_new_build", says=Words("Het zit bij nieuwbouw: bij bestaande adressen bleef verhuizen even makkelijk.", "It is new-build: moving to existing addresses stayed as easy."), kpi="ces_agree", period=LAST, where=("x_soort_adres=nieuwbouw",), against=("x_soort_adres=bestaand",), sign=-1),
    Effect(truth=7, key="moving_existing", says=Words("Bij bestaande adressen veranderde het gemak niet.", "With existing addresses ease did not change."), kpi="ces_agree", period=LAST, where=("x_soort_adres=bestaand",), sign=0),
    Effect(truth=8, key="phone_transferred", says=Words("Sinds 5 oktober 2026 gaan gesprekken op onderwerp naar de juiste medewerker: minder doorverbonden.", "Since 5 October 2026 calls are routed by reason: fewer are transferred."), kpi="transferred", period=LAST, where=("channel=phone",), sign=-1),
)  # fmt: skip


def as_json(effect: Effect, values: tuple[float, float]) -> dict[str, Any]:
    """The effect with its true size: the population's value of either side."""
    other, figure = effect.sides()
    return {
        "truth": effect.truth, "key": effect.key, "nl": effect.says.nl, "en": effect.says.en,
        "command": effect.command(), "planted": bool(effect.sign),
        "compared_with": {**other.as_json(effect.kpi), "value": values[0]},
        "figure": {**figure.as_json(effect.kpi), "value": values[1]},
        "difference": values[1] - values[0],
    }  # fmt: skip
