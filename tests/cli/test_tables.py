"""Figures as tables: words for what is missing, and no figure without its n."""

from dataclasses import replace

import pytest

from peil.cli.speech.tables import changes, figures, ranked, remarks, show, subject_of
from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import ALL, BY_KEY

NPS = Estimate(kpi="nps", value=12.3, low=1.0, high=22.9, n=1234, unit="points", status="ok", method="tango")
MEDIAN = Estimate(
    kpi="first_response_median", value=None, low=3600.0, high=None, n=40, unit="seconds", status="ok", method="woodruff",
    notes=("not_reached", "upper_not_reached"),
)  # fmt: skip


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_a_hidden_group_shows_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    hidden = replace(
        NPS, value=None, low=None, high=None, n=0, status="hidden", notes=("small_group",), group={"team": "Zuid"}
    )
    show(*figures([hidden], BY_KEY, "en"))
    assert (
        lines(capsys)[1]
        == "nps  Zuid                           hidden: the group is too small to show; too few answers"
    )


def test_an_interval_without_an_end(capsys: pytest.CaptureFixture[str]) -> None:
    show(*figures([MEDIAN], BY_KEY, "en"))
    line = lines(capsys)[1]
    assert "60 min 0 s or more" in line
    assert "not reached yet: too many are still running" in line


@pytest.mark.parametrize(
    ("estimate", "told"),
    [
        (replace(NPS, status="few_customers"), "from fewer than 20 customers"),
        (replace(NPS, kpi="engagement", status="few_customers"), "from fewer than 20 people"),
        (
            replace(MEDIAN, status="mixed", notes=()),
            "can't be given across different values of channel: add --by channel",
        ),
        (
            replace(NPS, kpi="csat_mean", status="mixed"),
            "answers on different scales can't be pooled: add --by question",
        ),
        (replace(NPS, status="needs", notes=("needs_assumption:avoided_share",)), "say --assume avoided_share=NUMBER"),
        (
            replace(NPS, notes=("pending:3", "repeats_unseen")),
            "3 rows are still running; repeat answers can't be recognised: customers unknown",
        ),
    ],
)
def test_what_can_not_be_given_is_told_in_words(estimate: Estimate, told: str) -> None:
    assert remarks(estimate, BY_KEY[estimate.kpi], "en") == told


def test_group_names_from_a_file_give_the_terminal_no_orders(capsys: pytest.CaptureFixture[str]) -> None:
    show(*figures([replace(NPS, group={"team": "\x1b[31mZuid[/bold]"})], BY_KEY, "en"))
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "[31mZuid[/bold]" in out


@pytest.mark.parametrize(
    ("kpi", "difference", "changed", "verdict"),
    [
        ("csat", 5.0, True, "better"),
        ("csat", -5.0, True, "worse"),
        ("dsat", 5.0, True, "worse"),
        ("csat", 5.0, False, "no demonstrable difference"),
        ("csat", 5.0, None, "can't be told: the period is still running"),
    ],
)
def test_a_verdict_in_words(
    kpi: str, difference: float, changed: bool | None, verdict: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = replace(NPS, kpi=kpi, unit="percent")
    change = Comparison(
        kpi=kpi, before=before, after=replace(before, notes=() if changed is not None else ("running_period",)),
        difference=difference, low=difference - 1, high=difference + 1, p=0.01, p_adjusted=0.01, changed=changed,
        unit="percentage points", method="mover",
    )  # fmt: skip
    show(*changes([change], BY_KEY, "en"))
    line = lines(capsys)[1]
    assert line.endswith(verdict)
    assert f"{difference:+.1f} percentage points" in line
    assert "1,234 / 1,234" in line


def test_shares_are_ranked_within_their_group() -> None:
    def share(month: str, reason: str, value: float) -> Estimate:
        return replace(
            NPS, kpi="contact_reasons", unit="percent", value=value, group={"month": month, "reason": reason}
        )

    shares = [
        share("2026-01", "a", 10),
        share("2026-01", "b", 90),
        share("2026-02", "a", 60),
        share("2026-02", "b", 40),
    ]
    assert [e.group["reason"] for e in ranked([*shares, NPS], BY_KEY)[1:]] == ["b", "a", "a", "b"]


def test_every_kpi_has_its_subject() -> None:
    assert all(subject_of(kpi) for kpi in ALL)
