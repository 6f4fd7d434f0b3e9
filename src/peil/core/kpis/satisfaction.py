"""Satisfaction and recommendation: CSAT, DSAT, their means, the Dutch rapportcijfer, NPS, and the reasons named."""

from __future__ import annotations

from collections.abc import Mapping

from peil.core.intervals import tango
from peil.core.kpi import Array, Kpi, Sums, Words
from peil.core.kpis.shapes import MEAN, SCALE, SHARE, TOUCHPOINT, flag, kind, mean, mean_of, over, percent, relationship
from peil.core.moments import Count, CountBetween, Histogram, Moment

CSAT = Kpi(
    key="csat",
    document="K1",
    name=Words("Klanttevredenheid (CSAT)", "Customer satisfaction (CSAT)"),
    formula=Words("gunstige antwoorden / alle antwoorden × 100", "favourable answers / all answers × 100"),
    tells=Words(
        "Welk deel van de antwoorden gunstig is. Wat gunstig is, ligt per vraag vast, zoals 4–5 van 5 of 8–10 van 10.",
        "Which share of answers is favourable. What is favourable is fixed per question, such as 4–5 of 5 or 8–10 of 10.",
    ),
    fact="answers",
    rows=(kind("csat"), TOUCHPOINT),
    unit="percent",
    better="higher",
    moments=flag("box", 1),
    value=percent,
    method=SHARE,
    source="Trade usage: positive answers / all answers, 4-5 of 5 as positive",
)

DSAT = Kpi(
    key="dsat",
    document="K3",
    name=Words("Klantontevredenheid (DSAT)", "Customer dissatisfaction (DSAT)"),
    formula=Words("ongunstige antwoorden / alle antwoorden × 100", "unfavourable answers / all answers × 100"),
    tells=Words(
        "Welk deel van de antwoorden ongunstig is, op dezelfde vraag als de CSAT: 1–5 op een schaal van 1–10.",
        "Which share of answers is unfavourable, to the same question as CSAT: 1–5 on a scale of 1–10.",
    ),
    fact="answers",
    rows=(kind("csat"), TOUCHPOINT),
    unit="percent",
    better="lower",
    moments=flag("box", -1),
    value=percent,
    method=SHARE,
    source="Trade usage: the dissatisfied end of the CSAT question, 1-5 of 10",
)

CSAT_MEAN = Kpi(
    key="csat_mean",
    document="K2",
    name=Words("Gemiddelde klanttevredenheid", "Mean customer satisfaction"),
    formula=Words("som van de scores / aantal scores, op één schaal", "sum of scores / number of scores, on one scale"),
    tells=Words(
        "De gemiddelde score op de eigen schaal: cijfers, sterren of gezichtjes. Verschillende schalen gaan niet samen.",
        "The mean score on its own scale: figures, stars or faces. Different scales are not pooled.",
    ),
    fact="answers",
    rows=(kind("csat"), TOUCHPOINT),
    unit="score",
    better="higher",
    moments={**mean_of("score"), **SCALE},
    value=mean,
    method=MEAN,
    one_scale=True,
    source="Userlike, De 6 klantenservice KPI's die je bij moet houden: the score is the mean rating",
)

CSAT_MEAN_100 = Kpi(
    key="csat_mean_100",
    document="K2",
    name=Words("Gemiddelde klanttevredenheid, 0–100", "Mean customer satisfaction, 0–100"),
    formula=Words(
        "gemiddelde van (score − laagste) / (hoogste − laagste) × 100",
        "mean of (score − lowest) / (highest − lowest) × 100",
    ),
    tells=Words(
        "Scores van verschillende schalen, elk omgerekend naar 0–100, als er toch één gemiddelde nodig is.",
        "Scores on different scales, each rescaled to 0–100, where one mean is wanted all the same.",
    ),
    fact="answers",
    rows=(kind("csat"), TOUCHPOINT),
    unit="score",
    better="higher",
    moments=mean_of("score_100"),
    bounds=(0, 100),
    value=mean,
    method=MEAN,
    source="Linear rescaling; decision of Peil",
)

RAPPORTCIJFER = Kpi(
    key="rapportcijfer",
    document="K32",
    name=Words("Rapportcijfer", "Report mark (1–10)"),
    formula=Words("gemiddelde van de cijfers 1 tot en met 10", "mean of the marks from 1 to 10"),
    tells=Words(
        "Het cijfer van 1 tot en met 10 zoals op school, met één decimaal (7,8). Het is geen CSAT.",
        "The Dutch school mark from 1 to 10, with one decimal (7.8). It is not CSAT.",
    ),
    fact="answers",
    rows=(kind("rapportcijfer"), TOUCHPOINT),
    unit="score",
    better="higher",
    moments={**mean_of("score"), **SCALE},
    value=mean,
    method=MEAN,
    one_scale=True,
    source="Dutch trade usage",
)

_GROUPS: Mapping[str, Moment] = {
    "n": Count("box"),
    "promoters": CountBetween("box", 1, 1),
    "detractors": CountBetween("box", -1, -1),
}


def _net(m: Sums) -> Array:
    return 100 * over(m.promoters - m.detractors, m.n)


NPS = Kpi(
    key="nps",
    document="K4",
    name=Words("NPS, aanbevelingsscore", "NPS, Net Promoter Score"),
    formula=Words(
        "% promotors (9–10) − % criticasters (0–6), in punten van −100 tot +100",
        "% promoters (9–10) − % detractors (0–6), in points from −100 to +100",
    ),
    tells=Words(
        "Hoe waarschijnlijk het volgens klanten is dat ze ons aanbevelen. Een verschil in punten, geen percentage.",
        "How likely customers say they are to recommend us. A difference in points, not a percentage.",
    ),
    fact="answers",
    rows=(kind("nps"), TOUCHPOINT),
    unit="points",
    better="higher",
    moments=_GROUPS,
    value=_net,
    method=tango("promoters", "detractors"),
    source="Reichheld 2003, The One Number You Need to Grow, Harvard Business Review 81(12)",
)

NPS_1_10 = Kpi(
    key="nps_1_10",
    document="K4",
    name=Words("NPS, gevraagd op 1–10", "NPS asked on 1–10"),
    formula=Words(
        "% promotors (9–10) − % criticasters (1–6), in punten van −100 tot +100",
        "% promoters (9–10) − % detractors (1–6), in points from −100 to +100",
    ),
    tells=Words(
        "Als de NPS, maar gevraagd op 1–10. Wordt nooit samengevoegd met antwoorden op 0–10.",
        "As the NPS, but asked on 1–10. It is never pooled with answers on 0–10.",
    ),
    fact="answers",
    rows=(kind("nps_1_10"), TOUCHPOINT),
    unit="points",
    better="higher",
    moments=_GROUPS,
    value=_net,
    method=tango("promoters", "detractors"),
    source="Variant in trade use; groups after Reichheld 2003",
)

REASONS = Kpi(
    key="reasons",
    document="K28",
    name=Words("Redenen van de score", "Reasons for the score"),
    formula=Words("keer genoemd / alle genoemde redenen × 100", "times named / all reasons named × 100"),
    tells=Words(
        "Welke redenen klanten bij hun score noemen. Een klant mag er meer noemen; samen zijn ze 100%.",
        "Which reasons customers name for their score. A customer may name several; together they are 100%.",
    ),
    fact="answers",
    rows=(kind("reason"),),
    unit="percent",
    better="neither",
    spread=Histogram("choice"),
    method=SHARE,
    source="Trade usage",
)

KPIS = (
    CSAT,
    relationship(CSAT),
    DSAT,
    relationship(DSAT),
    CSAT_MEAN,
    relationship(CSAT_MEAN),
    CSAT_MEAN_100,
    RAPPORTCIJFER,
    relationship(RAPPORTCIJFER),
    NPS,
    relationship(NPS),
    NPS_1_10,
    relationship(NPS_1_10),
    REASONS,
)
