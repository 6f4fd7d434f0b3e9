"""What is asked of each real file, and the figures as they were worked out once: (value, n) by case.

Literals stand to six digits. Every case is also worked out anew by `expected.py`; the cases that
have no literal here are checked against that alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One file through one mapping, both relative to where they are kept."""

    data: str
    file: str
    mapping: str
    rows: int  # of facts, all facts together
    rejected: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One call of `peil kpi`. Cases are named `<prefix><kpi> <column>=<value><suffix>`."""

    load: str
    kpis: tuple[str, ...]
    options: tuple[str, ...] = ()
    prefix: str = ""
    suffix: str = ""
    literals: Mapping[str, tuple[float, int]] = field(default_factory=dict)


LOADS: dict[str, Load] = {
    "sfo": Load(
        data="sfo_airport_2017",
        file="sfo_airport_2017/2017_SFO_Customer_Survey_20250817.csv",
        mapping="sfo_airport_2017.toml",
        rows=32565,
    ),
    "mobiles codes": Load(
        data="mobiles_nps_ces_csat",
        file="mobiles_nps_ces_csat/mobiles_codes.csv",
        mapping="mobiles_nps_ces_csat/codes.toml",
        rows=5571,
    ),
    "mobiles labels": Load(
        data="mobiles_nps_ces_csat",
        file="mobiles_nps_ces_csat/mobiles_labels.csv",
        mapping="mobiles_nps_ces_csat/labels.toml",
        rows=5571,
    ),
    "callcentre": Load(
        data="callcentre_pwc",
        file="callcentre_pwc/calls_2021-01_02.csv",
        mapping="callcentre_pwc.toml",
        rows=3388 + 2753,
    ),
    "orientation": Load(
        data="university_orientation_csat",
        file="university_orientation_csat/univer.csv",
        mapping="university_orientation_csat.toml",
        rows=5 * 2179,
    ),
    "sq": Load(data="servqual_sq", file="servqual_sq/SQ.csv", mapping="servqual_sq.toml", rows=23 * 411),
    "ecsi": Load(data="ecsi_mobi", file="ecsi_mobi/mobi.csv", mapping="ecsi_mobi.toml", rows=3 * 250),
    "personnel": Load(
        data="hr_attrition_ibm",
        file="hr_attrition_ibm/attrition.csv",
        mapping="hr_attrition_ibm.toml",
        rows=6 * 1470,
    ),
    "exit": Load(
        data="exit_survey_tafe",
        file="exit_survey_tafe/tafe_survey.csv",
        mapping="exit_survey_tafe.toml",
        rows=17855 + 701,
    ),
    "shop": Load(
        data="web_online_shoppers",
        file="web_online_shoppers/online_shoppers_intention.csv",
        mapping="web_online_shoppers.toml",
        rows=12330,
    ),
    "telco status": Load(
        data="telco_churn_satisfaction",
        file="telco_churn_satisfaction/Telco_customer_churn_status.csv",
        mapping="telco_churn_satisfaction/status.toml",
        rows=2 * 7043,
    ),
    "telco base": Load(
        data="telco_churn_satisfaction",
        file="telco_churn_satisfaction/Telco-Customer-Churn.csv",
        mapping="telco_churn_satisfaction/base.toml",
        rows=7043,
    ),
}

_MOBILES = (
    Ask(load="mobiles codes", kpis=("nps",), literals={"nps": (30.7054, 482)}),
    Ask(
        load="mobiles codes",
        kpis=("csat", "dsat"),
        options=("--by", "question"),
        literals={
            "csat question=q11_1": (81.3278, 482),
            "csat question=q11_2": (75.3112, 482),
            "csat question=q11_3": (75.7261, 482),
        },
    ),
    Ask(
        load="mobiles codes",
        kpis=("ces_ease", "ces_ease_easy"),
        options=("--by", "question"),
        literals={
            "ces_ease question=q12_1": (4.13276, 467),
            "ces_ease question=q12_3": (3.89427, 454),
            "ces_ease question=q12_5": (3.85995, 407),
            "ces_ease_easy question=q12_1": (79.2291, 467),
            "ces_ease_easy question=q12_3": (70.9251, 454),
            "ces_ease_easy question=q12_5": (66.5848, 407),
        },
    ),
    Ask(
        load="mobiles codes",
        kpis=("nps",),
        options=("--by", "x_provider", "--where", "x_provider=AT&T,Verizon,T-Mobile"),
        literals={"nps x_provider=AT&T": (17.8571, 112), "nps x_provider=T-Mobile": (50.9091, 55)},
    ),
)

ASKS: tuple[Ask, ...] = (
    Ask(load="sfo", kpis=("nps",), literals={"nps": (39.8398, 2746)}),
    Ask(load="sfo", kpis=("nps",), options=("--weighted",), suffix=" weighted", literals={"nps weighted": (40.3984, 2746)}),
    Ask(load="sfo", kpis=("nps",), options=("--by", "x_barea"), literals={"nps x_barea=G": (32.96, 625)}),
    Ask(
        load="sfo",
        kpis=("csat", "dsat", "csat_mean"),
        options=("--by", "question"),
        literals={
            "csat question=q7all": (82.0685, 2688),
            "dsat question=q7all": (1.41369, 2688),
            "csat_mean question=q7all": (4.06436, 2688),
            "csat question=q7ltparking": (66.1871, 834),
        },
    ),
    *_MOBILES,
    *(
        Ask(load="mobiles labels", kpis=a.kpis, options=a.options, literals=a.literals)
        for a in _MOBILES
    ),
    Ask(
        load="callcentre",
        kpis=("unanswered", "reachability", "abandoned", "speed_of_answer", "talk_time", "csat", "csat_mean"),
        literals={
            "unanswered": (18.7426, 3388),
            "reachability": (81.2574, 3388),
            "abandoned": (18.7426, 3388),
            "speed_of_answer": (67.3738, 2753),
            "talk_time": (227.12, 2753),
            "csat": (50.3814, 2753),
            "csat_mean": (3.41809, 2753),
        },
    ),
    Ask(load="callcentre", kpis=("csat",), options=("--by", "employee_id"), literals={"csat employee_id=Martha": (53.9823, 339)}),
    Ask(load="callcentre", kpis=("csat",), options=("--by", "month"), literals={"csat month=2021-01": (50.2405, 1455)}),
    Ask(load="callcentre", kpis=("unanswered",), options=("--by", "reason"), literals={"unanswered reason=Streaming": (16.7622, 698)}),
    Ask(load="callcentre", kpis=("contact_reasons",), literals={"contact_reasons reason=Streaming": (20.6021, 3388)}),
    Ask(
        load="orientation",
        kpis=("csat", "dsat", "csat_mean", "servperf"),
        literals={"csat": (65.6723, 2179), "dsat": (6.47086, 2179), "csat_mean": (5.71776, 2179), "servperf": (5.60899, 8716)},
    ),
    Ask(load="orientation", kpis=("csat",), options=("--by", "x_faculty"), literals={"csat x_faculty=13": (25.3012, 83)}),
    Ask(load="orientation", kpis=("servperf",), options=("--by", "question"), literals={"servperf question=willingn": (5.98164, 2179)}),
    Ask(
        load="sq",
        kpis=("csat", "dsat", "csat_mean", "servperf"),
        literals={"csat": (82.9684, 411), "dsat": (1.70316, 411), "csat_mean": (80.8759, 411), "servperf": (78.6308, 9042)},
    ),
    Ask(load="sq", kpis=("servperf",), options=("--by", "question"), literals={"servperf question=a09": (89.781, 411)}),
    Ask(
        load="ecsi",
        kpis=("gap", "csat", "dsat", "csat_mean", "nps_1_10"),
        literals={"gap": (0.201143, 250), "csat": (70.4, 250), "dsat": (3.6, 250), "csat_mean": (7.988, 250), "nps_1_10": (14, 250)},
    ),
    Ask(
        load="personnel",
        kpis=("engagement", "engagement_favourable"),
        options=("--by", "question"),
        literals={
            "engagement question=jobsatisfaction": (2.72857, 1470),
            "engagement_favourable question=jobsatisfaction": (61.2925, 1470),
            "engagement question=worklifebalance": (2.76122, 1470),
        },
    ),
    Ask(
        load="personnel",
        kpis=("turnover", "tenure", "turnover_cost"),
        literals={"turnover": (16.1224, 1470), "tenure": (7.00816, 1470), "turnover_cost": (1543.59, 1470)},
    ),
    Ask(load="personnel", kpis=("turnover",), options=("--by", "team"), literals={"turnover team=Sales": (20.6278, 446)}),
    Ask(load="exit", kpis=("engagement",), literals={"engagement": (3.57586, 17855)}),
    Ask(load="exit", kpis=("engagement",), options=("--by", "dimension"), literals={"engagement dimension=institute": (3.33542, 7653)}),
    Ask(
        load="exit",
        kpis=("engagement", "engagement_favourable"),
        options=("--by", "question"),
        literals={
            "engagement question=item_04": (3.00718, 557),
            "engagement_favourable question=item_15": (92.1667, 600),
        },
    ),
    Ask(load="exit", kpis=("reasons",), literals={"reasons choice=Resignation": (48.5021, 701), "reasons choice=Retirement": (11.6976, 701)}),
    Ask(
        load="shop",
        kpis=(
            "conversion", "visits_new", "visits_returning", "visits_unknown", "visits_orientation",
            "visits_self_care", "visits_self_provisioning", "pages_per_visit",
        ),
        literals={
            "conversion": (15.4745, 12330),
            "visits_new": (13.7388, 12330),
            "visits_returning": (85.5718, 12330),
            "visits_unknown": (0.689376, 12330),
            "visits_orientation": (99.6918, 12330),
            "visits_self_care": (21.3382, 12330),
            "visits_self_provisioning": (53.2198, 12330),
            "pages_per_visit": (34.5502, 12330),
        },
    ),
    Ask(load="shop", kpis=("conversion",), options=("--by", "x_month"), literals={"conversion x_month=Nov": (25.3502, 2998)}),
    Ask(
        load="telco status",
        kpis=("retention", "churn"),
        options=("--since", "2019-07-01", "--until", "2019-10-01"),
        prefix="status ",
        literals={"status retention": (71.6345, 6589), "status churn": (28.3655, 6589)},
    ),
    Ask(
        load="telco status",
        kpis=("csat", "dsat", "csat_mean"),
        prefix="status ",
        literals={"status csat": (41.7152, 7043), "status dsat": (20.4458, 7043), "status csat_mean": (3.24492, 7043)},
    ),
    Ask(
        load="telco status",
        kpis=("csat",),
        options=("--by", "x_status"),
        prefix="status ",
        literals={"status csat x_status=Churned": (0, 1869), "status csat x_status=Stayed": (55.9534, 4720)},
    ),
    Ask(
        load="telco base",
        kpis=("retention",),
        options=("--since", "2019-09-01", "--until", "2019-10-01"),
        prefix="base ",
        literals={"base retention": (73.4215, 7032)},
    ),
    Ask(
        load="telco base",
        kpis=("retention",),
        options=("--by", "tier", "--since", "2019-09-01", "--until", "2019-10-01"),
        prefix="base ",
        literals={"base retention tier=Month-to-month": (57.2903, 3875), "base retention tier=Two year": (97.1513, 1685)},
    ),
)  # fmt: skip
