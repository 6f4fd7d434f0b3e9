"""Service quality: SERVQUAL gaps by dimension and overall, one expectation gap, and SERVPERF.

A gap is perceived minus expected everywhere: below zero, the service falls short.
"""

from __future__ import annotations

from dataclasses import replace

from peil.core.kpi import Kpi, Words
from peil.core.kpis.shapes import MEAN, PAIR_SCALE, SCALE, kind, mean, mean_of
from peil.core.moments import Is

_PARASURAMAN = "Parasuraman, Zeithaml and Berry 1988, SERVQUAL, Journal of Retailing 64(1)"
_CRONIN = "Cronin and Taylor 1992, Measuring Service Quality, Journal of Marketing 56(3)"
_EXCELLENT = Words(
    "Let op: wat klanten van uitstekende service verwachten, is meer dan waarmee ze tevreden zijn.",
    "Note: what customers expect of excellent service is more than what satisfies them.",
)

DIMENSIONS = {
    "reliability": Words("betrouwbaarheid", "reliability"),
    "assurance": Words("zekerheid", "assurance"),
    "tangibles": Words("tastbaarheid", "tangibles"),
    "empathy": Words("empathie", "empathy"),
    "responsiveness": Words("responsiviteit", "responsiveness"),
}

GAP = Kpi(
    key="gap",
    document="K6",
    name=Words("Verwachtingskloof", "Expectation gap"),
    formula=Words("gemiddelde van ervaren − verwacht, per klant", "mean of perceived − expected, per customer"),
    tells=Words(
        "Of de ervaring de verwachting waarmaakt, in één cijfer. Onder nul blijft de service daarbij achter. "
        "In sommige bronnen is het andersom (verwacht − ervaren); Peil rekent overal ervaren − verwacht.",
        "Whether the experience meets the expectation, as one figure. Below zero the service falls short. "
        "Some sources subtract the other way round (expected − perceived); Peil does it this way everywhere.",
    ),
    fact="answers",
    rows=(kind("gap"),),
    unit="score",
    better="higher",
    moments={**mean_of("gap"), **PAIR_SCALE},
    value=mean,
    method=MEAN,
    one_scale=True,
    source=_PARASURAMAN,
)

SERVQUAL = Kpi(
    key="servqual",
    document="K7",
    name=Words("SERVQUAL-kloof", "SERVQUAL gap"),
    formula=Words(
        "per klant het gemiddelde van ervaren − verwacht over de vijf dimensies; daarvan het gemiddelde",
        "per customer the mean of perceived − expected over the five dimensions; of these the mean",
    ),
    tells=Words(
        f"Hoe de service zich verhoudt tot wat klanten verwachten, waarbij alle dimensies even zwaar tellen. {_EXCELLENT.nl}",
        f"How the service compares with what customers expect, all dimensions weighing the same. {_EXCELLENT.en}",
    ),
    fact="answers",
    rows=(kind("servqual_overall"),),
    unit="score",
    better="higher",
    moments={**mean_of("gap"), **SCALE},
    value=mean,
    method=MEAN,
    one_scale=True,
    source=_PARASURAMAN,
)

SERVQUAL_WEIGHTED = replace(
    SERVQUAL,
    key="servqual_weighted",
    name=Words("SERVQUAL-kloof, gewogen", "SERVQUAL gap, weighted"),
    formula=Words(
        "per klant de som van punten / 100 × (ervaren − verwacht) over de vijf dimensies; daarvan het gemiddelde",
        "per customer the sum of points / 100 × (perceived − expected) over the five dimensions; of these the mean",
    ),
    tells=Words(
        f"Als de SERVQUAL-kloof, met het gewicht dat elke klant zelf aan de dimensies geeft. {_EXCELLENT.nl}",
        f"As the SERVQUAL gap, with the weight that each customer gives to the dimensions. {_EXCELLENT.en}",
    ),
    rows=(kind("servqual_weighted"),),
    source="Zeithaml, Parasuraman and Berry 1990, Delivering Quality Service",
)

SERVQUAL_PERCEIVED = replace(
    SERVQUAL,
    key="servqual_perceived",
    name=Words("SERVQUAL, ervaren service", "SERVQUAL, perceived service"),
    formula=Words("gemiddelde van de ervaren service, per klant", "mean of the perceived service, per customer"),
    tells=Words(
        "De ene helft van de kloof: hoe klanten de service ervaren.",
        "One half of the gap: how customers experience the service.",
    ),
    moments={**mean_of("score"), **SCALE},
)

SERVQUAL_EXPECTED = replace(
    SERVQUAL,
    key="servqual_expected",
    name=Words("SERVQUAL, verwachte service", "SERVQUAL, expected service"),
    formula=Words("gemiddelde van de verwachte service, per klant", "mean of the expected service, per customer"),
    tells=Words(
        f"De andere helft van de kloof: hoe de service volgens klanten hoort te zijn. {_EXCELLENT.nl}",
        f"The other half of the gap: how customers think the service should be. {_EXCELLENT.en}",
    ),
    better="neither",
    moments={**mean_of("expected"), **SCALE},
)


def _dimension(dimension: str, called: Words) -> Kpi:
    return replace(
        SERVQUAL,
        key=f"servqual_{dimension}",
        name=Words(f"SERVQUAL-kloof: {called.nl}", f"SERVQUAL gap: {called.en}"),
        formula=Words(
            "per klant het gemiddelde van ervaren − verwacht over de stellingen van de dimensie; daarvan het gemiddelde",
            "per customer the mean of perceived − expected over the dimension's statements; of these the mean",
        ),
        tells=Words(
            f"De kloof op {called.nl}, van klanten die elke stelling ervan beantwoordden. {_EXCELLENT.nl}",
            f"The gap on {called.en}, of customers who answered each of its statements. {_EXCELLENT.en}",
        ),
        rows=(kind("servqual_dimension"), Is("dimension", (dimension,))),
    )


SERVPERF = Kpi(
    key="servperf",
    document="K7",
    name=Words("Servicekwaliteit (SERVPERF)", "Service quality (SERVPERF)"),
    formula=Words("gemiddelde van de stellingen over de ervaring", "mean of the statements about the experience"),
    tells=Words(
        "De ervaren service alleen, zonder te vragen wat de klant verwachtte.",
        "The perceived service alone, without asking what the customer expected.",
    ),
    fact="answers",
    rows=(kind("servperf"),),
    unit="score",
    better="higher",
    moments={**mean_of("score"), **SCALE},
    value=mean,
    method=MEAN,
    one_scale=True,
    source=_CRONIN,
)

SERVPERF_100 = replace(
    SERVPERF,
    key="servperf_100",
    name=Words("Servicekwaliteit (SERVPERF), 0–100", "Service quality (SERVPERF), 0–100"),
    formula=Words(
        "gemiddelde van (score − laagste) / (hoogste − laagste) × 100",
        "mean of (score − lowest) / (highest − lowest) × 100",
    ),
    tells=Words(
        "SERVPERF over verschillende schalen, elk omgerekend naar 0–100.",
        "SERVPERF over different scales, each rescaled to 0–100.",
    ),
    moments=mean_of("score_100"),
    bounds=(0, 100),
    one_scale=False,
    source=f"{_CRONIN}; linear rescaling: decision of Peil",
)

KPIS = (
    GAP,
    SERVQUAL,
    SERVQUAL_WEIGHTED,
    *(_dimension(key, called) for key, called in DIMENSIONS.items()),
    SERVQUAL_PERCEIVED,
    SERVQUAL_EXPECTED,
    SERVPERF,
    SERVPERF_100,
)
