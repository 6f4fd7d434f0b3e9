"""The figures of the real files by plain pandas, knowing nothing of Peil: (value, n) by case.

A case is named after the KPI, with the group after a space: `csat question=q7_all`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

SHARED = Path(os.environ.get("PEIL_SHARED") or Path(__file__).resolve().parents[3] / "shared")
DATA = SHARED / "data"
Figures: TypeAlias = dict[str, tuple[float, int]]

SFO_ITEMS = [
    "Q7ART", "Q7FOOD", "Q7STORE", "Q7SIGN", "Q7WALKWAYS", "Q7SCREENS", "Q7INFODOWN", "Q7INFOUP",
    "Q7WIFI", "Q7ROADS", "Q7PARK", "Q7AIRTRAIN", "Q7LTPARKING", "Q7RENTAL", "Q7ALL",
]  # fmt: skip


def read(path: str) -> Any:
    """A file of the data sets, every cell as the text that stands in it."""
    return pd.read_csv(DATA / path, dtype=str, keep_default_na=False)


def numbers(column: Any, missing: tuple[float, ...] = ()) -> Any:
    x = pd.to_numeric(column, errors="coerce")
    return x.where(~x.isin(missing)).dropna()


def share(scores: Any, low: float, high: float, n: int | None = None) -> tuple[float, int]:
    total = len(scores) if n is None else n
    return 100 * float(scores.between(low, high).sum()) / total, total


def mean(values: Any) -> tuple[float, int]:
    return float(values.mean()), len(values)


def nps(scores: Any, promoter: int = 9, detractor: int = 6) -> tuple[float, int]:
    return 100 * float((scores >= promoter).mean() - (scores <= detractor).mean()), len(scores)


def sfo_airport_2017() -> Figures:
    raw = read("sfo_airport_2017/2017_SFO_Customer_Survey_20250817.csv")
    scores = numbers(raw["NETPRO"], missing=(11,))
    weights = raw.loc[scores.index, "WEIGHT"].astype(float)
    points = 100.0 * ((scores >= 9).astype(int) - (scores <= 6).astype(int))
    out = {"nps": nps(scores), "nps weighted": (float((points * weights).sum() / weights.sum()), len(scores))}
    for boarding, part in scores.groupby(raw.loc[scores.index, "BAREA"]):
        out[f"nps x_barea={boarding}"] = nps(part)
    for item in SFO_ITEMS:
        x = numbers(raw[item], missing=(0, 6))
        out[f"csat question={item.lower()}"] = share(x, 4, 5)
        out[f"dsat question={item.lower()}"] = share(x, 1, 2)
        out[f"csat_mean question={item.lower()}"] = mean(x)
    return out


def mobiles_nps_ces_csat() -> Figures:
    raw = read("mobiles_nps_ces_csat/mobiles_codes.csv")
    score = numbers(raw["Q8"])
    names = read("mobiles_nps_ces_csat/mobiles_labels.csv")["Q7"]
    out = {"nps": nps(score)}
    for provider in ("AT&T", "Verizon", "T-Mobile"):
        out[f"nps x_provider={provider}"] = nps(score[names == provider])
    for i in (1, 2, 3):
        x = numbers(raw[f"Q11_{i}"])
        out[f"csat question=q11_{i}"] = share(x, 4, 5)
        out[f"dsat question=q11_{i}"] = share(x, 1, 2)
    for i in range(1, 7):
        x = numbers(raw[f"Q12_{i}"], missing=(6,))
        out[f"ces_ease question=q12_{i}"] = mean(x)
        out[f"ces_ease_easy question=q12_{i}"] = share(x, 4, 5)
    return out


def callcentre_pwc() -> Figures:
    raw = read("callcentre_pwc/calls_2021-01_02.csv")
    taken = raw["Answered (Y/N)"] == "Y"
    waits = numbers(raw["Speed of answer in seconds"])
    talk = pd.to_timedelta(raw.loc[raw["AvgTalkDuration"] != "", "AvgTalkDuration"]).dt.total_seconds()
    rating = numbers(raw["Satisfaction rating"])
    out = {
        "unanswered": (100 * float((~taken).mean()), len(raw)),
        "reachability": (100 * float(taken.mean()), len(raw)),
        "abandoned": (100 * float((~taken).mean()), len(raw)),
        "speed_of_answer": mean(waits[taken]),
        "talk_time": mean(talk),
        "csat": share(rating, 4, 5),
        "csat_mean": mean(rating),
    }
    for agent, part in rating.groupby(raw.loc[rating.index, "Agent"]):
        out[f"csat employee_id={agent}"] = share(part, 4, 5)
    for topic, rows in raw.groupby("Topic"):
        out[f"unanswered reason={topic}"] = (100 * float((rows["Answered (Y/N)"] == "N").mean()), len(rows))
        out[f"contact_reasons reason={topic}"] = (100 * len(rows) / len(raw), len(raw))
    months = raw["Date"].str.slice(0, 7).str.replace("-", "")
    for month, part in rating.groupby(months[rating.index]):
        out[f"csat month={month[:4]}-{month[4:]}"] = share(part, 4, 5)
    return out


def university_orientation_csat() -> Figures:
    raw = read("university_orientation_csat/univer.csv")
    overall = numbers(raw["global"])
    out = {"csat": share(overall, 6, 7), "dsat": share(overall, 1, 3), "csat_mean": mean(overall)}
    for faculty, part in overall.groupby(raw["faculty"]):
        out[f"csat x_faculty={faculty}"] = share(part, 6, 7)
    items = ["informat", "willingn", "officeho", "compete"]
    for item in items:
        out[f"servperf question={item}"] = mean(numbers(raw[item]))
    out["servperf"] = mean(pd.concat([numbers(raw[i]) for i in items]))
    return out


def servqual_sq() -> Figures:
    raw = read("servqual_sq/SQ.csv")
    satisfaction = numbers(raw["sat"])
    out = {"csat": share(satisfaction, 80, 100), "dsat": share(satisfaction, 0, 20), "csat_mean": mean(satisfaction)}
    items = [f"a{i:02}" for i in range(1, 23)]
    for item in items:
        out[f"servperf question={item}"] = mean(numbers(raw[item]))
    out["servperf"] = mean(pd.concat([numbers(raw[i]) for i in items]))
    return out


def ecsi_mobi() -> Figures:
    raw = read("ecsi_mobi/mobi.csv").astype(float)
    perceived = raw[[f"PERQ{i}" for i in range(1, 8)]].mean(axis=1)
    expected = raw[[f"CUEX{i}" for i in range(1, 4)]].mean(axis=1)
    return {
        "gap": mean(perceived - expected),
        "csat": share(raw["CUSA1"], 8, 10),
        "dsat": share(raw["CUSA1"], 1, 5),
        "csat_mean": mean(raw["CUSA1"]),
        "nps_1_10": nps(raw["CUSL3"]),
    }


def hr_attrition_ibm() -> Figures:
    raw = read("hr_attrition_ibm/attrition.csv")
    ladders = {
        "JobSatisfaction": ("Low", "Medium", "High", "Very_High"),
        "EnvironmentSatisfaction": ("Low", "Medium", "High", "Very_High"),
        "RelationshipSatisfaction": ("Low", "Medium", "High", "Very_High"),
        "JobInvolvement": ("Low", "Medium", "High", "Very_High"),
        "WorkLifeBalance": ("Bad", "Good", "Better", "Best"),
    }
    out: Figures = {}
    for item, words in ladders.items():
        x = raw[item].map({word: i for i, word in enumerate(words, 1)})
        out[f"engagement question={item.lower()}"] = mean(x)
        out[f"engagement_favourable question={item.lower()}"] = share(x, 3, 4)
    left = raw["Attrition"] == "Yes"
    salary = raw["MonthlyIncome"].astype(float)
    out["turnover"] = (100 * float(left.mean()), len(raw))
    for department, part in left.groupby(raw["Department"]):
        out[f"turnover team={department}"] = (100 * float(part.mean()), len(part))
    out["tenure"] = mean(raw["YearsAtCompany"].astype(float))
    out["turnover_cost"] = (2 * float(salary[left].sum()) / len(raw), len(raw))  # a year, per employee
    return out


def exit_survey_tafe() -> Figures:
    raw = read("exit_survey_tafe/tafe_survey.csv")
    words = {"Strongly Disagree": 1, "Disagree": 2, "Neutral": 3, "Agree": 4, "Strongly Agree": 5}
    out: Figures = {}
    scores = {}
    for column in raw.columns:
        if "Views. Topic:" in column:
            number = int(column.split("Topic:")[1].split(".")[0])
            scores[number] = raw[column].map(words).dropna()
            out[f"engagement question=item_{number:02}"] = mean(scores[number])
            out[f"engagement_favourable question=item_{number:02}"] = share(scores[number], 4, 5)
    out["engagement"] = mean(pd.concat(scores.values()))
    out["engagement dimension=institute"] = mean(pd.concat([scores[i] for i in range(1, 14)]))
    out["engagement dimension=work_unit"] = mean(pd.concat([scores[i] for i in range(14, 31)]))
    ceased = raw["Reason for ceasing employment"]
    ceased = ceased[ceased != ""]
    for reason, rows in ceased.groupby(ceased):
        out[f"reasons choice={reason}"] = (100 * len(rows) / len(ceased), len(ceased))
    return out


def web_online_shoppers() -> Figures:
    raw = read("web_online_shoppers/online_shoppers_intention.csv")
    n = len(raw)
    pages = raw[["Administrative", "Informational", "ProductRelated"]].astype(int)
    kinds = raw["VisitorType"]
    out = {
        "conversion": (100 * float((raw["Revenue"] == "1").mean()), n),
        "visits_new": (100 * float((kinds == "New_Visitor").sum()) / n, n),
        "visits_returning": (100 * float((kinds == "Returning_Visitor").sum()) / n, n),
        "visits_unknown": (100 * float((kinds == "Other").sum()) / n, n),
        "visits_orientation": (100 * float((pages["ProductRelated"] > 0).mean()), n),
        "visits_self_care": (100 * float((pages["Informational"] > 0).mean()), n),
        "visits_self_provisioning": (100 * float((pages["Administrative"] > 0).mean()), n),
        "pages_per_visit": mean(pages.sum(axis=1)),
    }
    for month, part in raw.groupby("Month"):
        out[f"conversion x_month={month}"] = (100 * float((part["Revenue"] == "1").mean()), len(part))
    return out


def telco_churn_satisfaction() -> Figures:
    status = read("telco_churn_satisfaction/Telco_customer_churn_status.csv")
    at_start = status[status["Customer Status"] != "Joined"]
    stayed = float((at_start["Customer Status"] == "Stayed").mean())
    score = numbers(status["Satisfaction Score"])
    out = {
        "status retention": (100 * stayed, len(at_start)),
        "status churn": (100 * (1 - stayed), len(at_start)),
        "status csat": share(score, 4, 5),
        "status dsat": share(score, 1, 2),
        "status csat_mean": mean(score),
    }
    for word, part in score.groupby(status["Customer Status"]):
        out[f"status csat x_status={word}"] = share(part, 4, 5)
    base = read("telco_churn_satisfaction/Telco-Customer-Churn.csv")
    month = base[base["tenure"].astype(int) >= 1]
    out["base retention"] = (100 * float((month["Churn"] == "No").mean()), len(month))
    for contract, part in month.groupby("Contract"):
        out[f"base retention tier={contract}"] = (100 * float((part["Churn"] == "No").mean()), len(part))
    return out


ALL: dict[str, Callable[[], Figures]] = {
    f.__name__: f
    for f in (
        sfo_airport_2017,
        mobiles_nps_ces_csat,
        callcentre_pwc,
        university_orientation_csat,
        servqual_sq,
        ecsi_mobi,
        hr_attrition_ibm,
        exit_survey_tafe,
        web_online_shoppers,
        telco_churn_satisfaction,
    )
}
