"""peil kpi, compare and explain, as a person runs them."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Peil, answers

CSAT_160_OF_200 = (73.9, 84.9)  # Wilson at 95 %, by hand: (p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n)


def test_160_of_200_satisfied_is_80_percent(shop: Peil) -> None:
    (figure,) = json.loads(shop("kpi", "csat", "--json").out)
    assert figure["value"] == pytest.approx(80, abs=1e-12)
    assert figure["n"] == 200
    assert figure["status"] == "ok"
    assert figure["group"] == {}
    assert (figure["low"], figure["high"]) == pytest.approx(
        CSAT_160_OF_200, abs=1.5
    )  # the blocks' effective n moves it


def test_a_table_shows_value_interval_n_and_period(shop: Peil) -> None:
    said = shop("kpi", "csat", "--period", "2026-01")
    lines = said.out.splitlines()
    assert lines[0] == "2026-01-01 through 2026-01-31. The rows stop at 2026-01-28."
    assert "stop" not in lines[2]
    early = shop("kpi", "csat", "--period", "2026-01", "--as-of", "2026-01-20").out.splitlines()
    assert early[0] == "2026-01-01 through 2026-01-31. The period is still running: the newest rows are of 2026-01-20."
    assert "still running" not in early[2]
    assert lines[1].split() == ["KPI", "name", "value", "95", "%", "interval", "n", "remarks"]
    assert lines[2].startswith("csat  Customer satisfaction (CSAT)  80.0 %")
    assert " 200" in lines[2]


def test_the_same_in_dutch(shop: Peil) -> None:
    said = shop("kpi", "csat", "--language", "nl", "--since", "2026-01-01", "--until", "2026-02-01")
    assert "01-01-2026 tot en met 31-01-2026." in said.out
    assert "Klanttevredenheid" in said.out
    assert "80,0 %" in said.out


def test_groups_and_conditions(shop: Peil) -> None:
    by_channel = {f["group"]["channel"]: f for f in json.loads(shop("kpi", "csat", "--by", "channel", "--json").out)}
    assert {channel: f["n"] for channel, f in by_channel.items()} == {"chat": 100, "phone": 100}
    (phone,) = json.loads(shop("kpi", "csat", "--where", "channel=phone", "--json").out)
    assert phone["n"] == 100
    (other,) = json.loads(shop("kpi", "csat", "--where", "channel!=phone", "--json").out)
    assert other["value"] == by_channel["chat"]["value"]


def test_every_kpi_that_has_something_to_count(shop: Peil) -> None:
    said = shop("kpi", "--all")
    assert "csat_mean" in said.out
    assert "first_response" not in said.out
    assert "have nothing to count here" in said.out
    assert len(json.loads(shop("kpi", "--all", "--json").out)) > 80


def test_nothing_answered_is_no_figure(shop: Peil) -> None:
    said = shop("kpi", "nps")
    assert "no data" in said.out
    (figure,) = json.loads(shop("kpi", "nps", "--json").out)
    assert figure["value"] is None
    assert figure["n"] == 0


def test_a_change_between_two_months(shop: Peil, tmp_path: Path) -> None:
    (tmp_path / "february.csv").write_text(answers(satisfied=100, month=2))
    assert shop("import", "february.csv", "-m", "shop.toml").code == 0
    (change,) = json.loads(shop("compare", "csat", "--period", "2026-02", "--json").out)
    assert change["before"]["value"] == pytest.approx(80)
    assert change["after"]["value"] == pytest.approx(50)
    assert change["difference"] == pytest.approx(-30)
    assert change["changed"] is True
    assert change["low"] < -30 < change["high"] < 0
    told = shop("kpi", "csat", "--period", "2026-02", "--compare", "previous").out
    assert "-30.0 percentage points" in told
    assert "worse" in told


def test_an_explanation_has_definition_sums_and_sql(shop: Peil) -> None:
    told = shop("explain", "csat").out
    assert "Klanttevredenheid" in told
    assert "rows: answers where kind is csat" in told
    assert "rows where box is 1" in told
    assert "GROUP BY" in told
    as_json = json.loads(shop("explain", "csat", "--json").out)
    assert as_json["statements"]
    assert as_json["moments"]["n"] == "rows where box is known"


def test_a_definition_needs_no_warehouse(peil: Peil) -> None:
    said = peil("explain", "nps")
    assert said.code == 0
    assert "Reichheld" in said.out
    assert "Without SQL: There is no warehouse" in said.err


def test_every_kpi_is_listed_once(peil: Peil) -> None:
    from peil.core.kpis import ALL

    listed = [line.split()[0] for line in peil("explain").out.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(k.key for k in ALL)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("kpi", "csatt"), 1, "Did you mean 'csat'?"),
        (("kpi", "csat", "--by", "chanel"), 1, "Did you mean 'channel'?"),
        (("kpi", "csat", "--where", "channel"), 1, "Write column=value"),
        (("kpi", "csat", "--period", "soon"), 1, "is not a period"),
        (("kpi", "csat", "--level", "95"), 1, "Take 0.95"),
        (("kpi", "csat", "--compare", "previuos"), 1, "Did you mean 'previous'?"),
        (("kpi", "csat", "--language", "fr"), 1, "Allowed: en, nl."),
        (("kpi",), 2, "Name one or more KPIs"),
        (("compare",), 2, "Name one or more KPIs"),
        (("kpi", "csat", "--bye", "channel"), 2, "--by"),
        (("kpj", "csat"), 2, "Did you mean 'kpi'?"),
        (("kpi", "csat", "--level", "high"), 2, "--level"),
    ],
)
def test_a_question_that_can_not_be_answered(shop: Peil, arguments: tuple[str, ...], code: int, told: str) -> None:
    said = shop(*arguments)
    assert said.code == code
    assert told in said.err
    assert said.out == ""


def test_an_error_as_json_goes_to_stderr(shop: Peil) -> None:
    said = shop("kpi", "csatt", "--json")
    assert json.loads(said.err) == {
        "error": "BadQuery", "code": 1, "problem": "There is no KPI 'csatt'.", "remedy": "Did you mean 'csat'?",
    }  # fmt: skip
    assert said.out == ""


def test_without_a_warehouse_one_is_told_how_to_begin(peil: Peil, tmp_path: Path) -> None:
    said = peil("kpi", "csat")
    assert said.code == 1
    assert "There is no warehouse" in said.err
    assert "Import a file first" in said.err
    assert not list(tmp_path.iterdir())
