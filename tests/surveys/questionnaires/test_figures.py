"""From a form to the figure: submitted answers in a small warehouse give the figures counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.surveys.questionnaires.made import BRAND, form, made, submitted, together
from tests.warehouse.staged import take_in

from peil.core.estimate import Estimate
from peil.library import Peil
from peil.surveys.questionnaires.kinds import DIMENSIONS
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.rows import Context, Submission
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.questionnaires.templates.building import ask
from peil.surveys.questionnaires.versions import draft_after, publish
from peil.warehouse.open import open_warehouse

Figure = Callable[..., Estimate]


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figure]:
    """Everything below in one warehouse, told apart by survey."""
    path: Path = tmp_path_factory.mktemp("asked") / "peil.duckdb"
    with open_warehouse(f"duckdb:///{path}") as warehouse:
        take_in(warehouse, together([s for made_of in ALL for s in made_of()]))
        peil = Peil(warehouse)

        def asked(key: str, survey: str | None = None) -> Estimate:
            where = {} if survey is None else {"where": {"survey": survey}}
            (estimate,) = peil.kpi(key, **where)
            return estimate

        yield asked


def _surveyed(key: str, questionnaire: Questionnaire, forms: Sequence[dict[str, list[str]]]) -> list[Submission]:
    named = replace(questionnaire, key=key)
    return [replace(submitted(named, f, n), response_id=f"{key}-{n}") for n, f in enumerate(forms)]


def after_contact() -> list[Submission]:
    questionnaire = made([ask("csat"), ask("solved"), ask("rapportcijfer", "mark"), ask("nps", subject=BRAND)])
    csat = ["5"] * 6 + ["4"] * 3 + ["3"] * 4 + ["2", "1"] + [""] * 5  # 9 of 15 favourable, 2 unfavourable
    solved = ["1"] * 12 + ["0"] * 4 + [""] * 4  # 12 of 16
    marks = ["7"] * 10 + ["8"] * 5 + ["6"] * 5  # 140 / 20
    nps = ["10"] * 5 + ["9"] * 4 + ["8"] * 3 + ["6"] * 6 + [""] * 2  # 9 and 6 of 18
    rows = zip(csat, solved, marks, nps, strict=True)
    return _surveyed("after", questionnaire, [form(csat=c, solved=s, mark=m, nps=n) for c, s, m, n in rows])


def efforts() -> list[Submission]:
    questionnaire = made([ask("ces_agree", "agree"), ask("ces_effort", "effort"), ask("ces_ease", "ease")])
    easy = [form(agree="7", effort="1", ease="5")] * 9  # everybody found it easy, in three wordings
    return _surveyed("efforts", questionnaire, [*easy, *[form(agree="1", effort="5", ease="1")] * 3])


def service() -> list[Submission]:
    """Everywhere 6 expected and 5 perceived, but for empathy 4: gaps of -1 and -2; empathy gets 60 points."""
    questionnaire = publish(draft_from("service_quality"))
    sent: dict[str, list[str]] = {"points.empathy": ["60"], "points.reliability": ["40"]}
    for q in questionnaire.questions:
        if q.kind == "servqual":
            sent |= {q.key: ["4" if q.dimension == "empathy" else "5"], f"{q.key}.expected": ["6"]}
    half = {k: v for k, v in sent.items() if not k.startswith("servqual_01")}  # one statement of reliability left blank
    return _surveyed("service", questionnaire, [*[sent] * 12, half])


def usability() -> list[Submission]:
    """Odd statements 4 and even ones 2: (3 + 3) * 5 * 2.5 = 75."""
    questionnaire = publish(draft_from("usability"))
    sent = {f"sus_{n:02}": ["4" if n % 2 else "2"] for n in range(1, 11)}
    return _surveyed("usable", questionnaire, [{**sent, "task": ["1"]}] * 11 + [{"task": ["0"]}])


def rescaled() -> list[Submission]:
    """Ten answers on 1-5, then ten on 1-10: 4 of 5 is favourable, 7 of 10 is not."""
    first = publish(replace(made([ask("csat")]), key="rescaled"))
    second = publish(
        replace(draft_after(first), pages=(Page(heading=first.pages[0].heading, questions=(ask("csat", points=10),)),)),
        [first],
    )
    old = [replace(submitted(first, form(csat="4"), n), response_id=f"old-{n}") for n in range(10)]
    return [*old, *[replace(submitted(second, form(csat="7"), n), response_id=f"new-{n}") for n in range(10)]]


def votes() -> list[Submission]:
    def voted(number: int, vote: str) -> Submission:
        known = Context(visit_id=f"v{number}", solution="moving")
        return replace(
            submitted(draft_from("helpful"), form(helpful=vote), number, known), response_id=f"vote-{number}-{vote}"
        )

    return [voted(n, "1") for n in range(9)] + [voted(n, "0") for n in range(9, 12)]


ALL = (after_contact, efforts, service, usability, rescaled, votes)


def test_figures_after_a_contact_are_those_counted_by_hand(figure: Figure) -> None:
    assert (figure("csat", "after").value, figure("csat", "after").n) == (60.0, 15)
    assert figure("dsat", "after").value == pytest.approx(100 * 2 / 15)
    assert (figure("solved_asked", "after").value, figure("solved_asked", "after").n) == (75.0, 16)
    assert (figure("rapportcijfer", "after").value, figure("rapportcijfer", "after").n) == (7.0, 20)
    assert (figure("nps_relationship", "after").value, figure("nps_relationship", "after").n) == (
        pytest.approx(100 * 3 / 18),
        18,
    )
    assert figure("nps", "after").n == 0  # asked about the brand


def test_each_wording_of_effort_lands_with_its_direction(figure: Figure) -> None:
    shares = [figure(k, "efforts").value for k in ("ces_agree_easy", "ces_effort_low", "ces_ease_easy")]
    assert shares == [75.0, 75.0, 75.0]
    means = [figure(k, "efforts").value for k in ("ces_agree", "ces_effort", "ces_ease")]
    assert means == [pytest.approx((9 * 7 + 3) / 12), pytest.approx((9 + 15) / 12), pytest.approx((45 + 3) / 12)]


def test_service_quality_goes_from_the_form_to_the_gap(figure: Figure) -> None:
    for dimension in DIMENSIONS:
        e = figure(f"servqual_{dimension}")
        assert e.value == pytest.approx(-2 if dimension == "empathy" else -1)
        assert e.n == (12 if dimension == "reliability" else 13)
    overall = figure("servqual")
    assert (overall.value, overall.n) == (pytest.approx(-(4 * 1 + 2) / 5), 12)
    assert figure("servqual_weighted").value == pytest.approx(-(0.6 * 2 + 0.4 * 1))
    assert figure("servqual_expected").value == pytest.approx(6)
    assert figure("servqual_perceived").value == pytest.approx((4 * 5 + 4) / 5)


def test_ten_statements_make_a_usability_score(figure: Figure) -> None:
    assert (figure("sus").value, figure("sus").n) == (75.0, 11)
    assert (figure("task_success").value, figure("task_success").n) == (pytest.approx(100 * 11 / 12), 12)


def test_old_answers_keep_their_meaning_when_the_scale_changes(figure: Figure) -> None:
    assert (figure("csat", "rescaled").value, figure("csat", "rescaled").n) == (50.0, 20)
    assert figure("dsat", "rescaled").value == 0.0
    assert figure("csat_mean_100", "rescaled").value == pytest.approx((75 + 100 * 6 / 9) / 2)


def test_help_votes_are_counted(figure: Figure) -> None:
    assert (figure("helpful").value, figure("helpful").n) == (75.0, 12)
