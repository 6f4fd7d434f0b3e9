"""Customer effort in its three wordings, never pooled: each has its mean and its share of easy answers."""

from __future__ import annotations

from peil.core.kpi import Kpi, Words
from peil.core.kpis.shapes import MEAN, SCALE, SHARE, flag, kind, mean, mean_of, percent

CES_AGREE = Kpi(
    key="ces_agree",
    document="K5",
    name=Words("Klantgemak (CES), eens-oneens 1–7", "Customer effort (CES 2.0), agree 1–7"),
    formula=Words(
        "gemiddelde van de antwoorden op ‘het was makkelijk’, van 1 (zeer oneens) tot 7 (zeer eens)",
        "mean of the answers to ‘it was easy’, from 1 (strongly disagree) to 7 (strongly agree)",
    ),
    tells=Words(
        "Hoe makkelijk het voor de klant was; hoger is makkelijker.",
        "How easy it was for the customer; higher is easier.",
    ),
    fact="answers",
    rows=(kind("ces_agree"),),
    unit="score",
    better="higher",
    moments={**mean_of("score"), **SCALE},
    value=mean,
    method=MEAN,
    one_scale=True,
    source="Dixon, Toman and DeLisi 2013, The Effortless Experience (CES 2.0)",
)

CES_AGREE_EASY = Kpi(
    key="ces_agree_easy",
    document="K5",
    name=Words("Klantgemak, aandeel makkelijk (5–7 van 7)", "Share easy, agree wording (5–7 of 7)"),
    formula=Words("antwoorden 5–7 / alle antwoorden × 100", "answers 5–7 / all answers × 100"),
    tells=Words(
        "Welk deel het ermee eens is dat het makkelijk ging.",
        "Which share agrees that it was easy.",
    ),
    fact="answers",
    rows=(kind("ces_agree"),),
    unit="percent",
    better="higher",
    moments=flag("box", 1),
    value=percent,
    method=SHARE,
    source="Dixon, Toman and DeLisi 2013, The Effortless Experience (CES 2.0)",
)

CES_EFFORT = Kpi(
    key="ces_effort",
    document="K5",
    name=Words("Klantinspanning (CES), 1–5", "Customer effort (CES), how much effort 1–5"),
    formula=Words(
        "gemiddelde van de antwoorden van 1 (zeer weinig moeite) tot 5 (zeer veel moeite)",
        "mean of the answers from 1 (very low effort) to 5 (very high effort)",
    ),
    tells=Words(
        "Hoeveel moeite de klant moest doen; lager is beter.",
        "How much effort the customer had to put in; lower is better.",
    ),
    fact="answers",
    rows=(kind("ces_effort"),),
    unit="score",
    better="lower",
    moments={**mean_of("score"), **SCALE},
    value=mean,
    method=MEAN,
    one_scale=True,
    source="Dixon, Freeman and Toman 2010, Stop Trying to Delight Your Customers, Harvard Business Review 88(7/8)",
)

CES_EFFORT_LOW = Kpi(
    key="ces_effort_low",
    document="K5",
    name=Words("Klantinspanning, aandeel weinig moeite (1–2 van 5)", "Share of low effort (1–2 of 5)"),
    formula=Words("antwoorden 1–2 / alle antwoorden × 100", "answers 1–2 / all answers × 100"),
    tells=Words("Welk deel weinig moeite hoefde te doen.", "Which share had to put in little effort."),
    fact="answers",
    rows=(kind("ces_effort"),),
    unit="percent",
    better="higher",
    moments=flag("box", 1),
    value=percent,
    method=SHARE,
    source="Dixon, Freeman and Toman 2010, Harvard Business Review 88(7/8); boxes: decision of Peil",
)

CES_EASE = Kpi(
    key="ces_ease",
    document="K5",
    name=Words("Klantgemak (CES), moeilijk-makkelijk 1–5", "Customer effort (CES), hard to easy 1–5"),
    formula=Words(
        "gemiddelde van de antwoorden van 1 (zeer moeilijk) tot 5 (zeer makkelijk)",
        "mean of the answers from 1 (very hard) to 5 (very easy)",
    ),
    tells=Words(
        "Hoe makkelijk de klant het vond; hoger is makkelijker.",
        "How easy the customer found it; higher is easier.",
    ),
    fact="answers",
    rows=(kind("ces_ease"),),
    unit="score",
    better="higher",
    moments={**mean_of("score"), **SCALE},
    value=mean,
    method=MEAN,
    one_scale=True,
    source="Trade usage, after Dixon, Freeman and Toman 2010",
)

CES_EASE_EASY = Kpi(
    key="ces_ease_easy",
    document="K5",
    name=Words("Klantgemak, aandeel makkelijk (4–5 van 5)", "Share easy, hard-to-easy wording (4–5 of 5)"),
    formula=Words("antwoorden 4–5 / alle antwoorden × 100", "answers 4–5 / all answers × 100"),
    tells=Words("Welk deel het makkelijk of zeer makkelijk vond.", "Which share found it easy or very easy."),
    fact="answers",
    rows=(kind("ces_ease"),),
    unit="percent",
    better="higher",
    moments=flag("box", 1),
    value=percent,
    method=SHARE,
    source="Trade usage, after Dixon, Freeman and Toman 2010; boxes: decision of Peil",
)

KPIS = (CES_AGREE, CES_AGREE_EASY, CES_EFFORT, CES_EFFORT_LOW, CES_EASE, CES_EASE_EASY)
