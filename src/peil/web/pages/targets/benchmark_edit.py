"""Adding a figure of others, taking it out, and putting it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from peil.board.benchmarks import NewBenchmark, add_benchmark, remove_benchmark, restore_benchmark
from peil.core.kpis import BY_KEY
from peil.report.words import Language, say
from peil.web.access import allowed
from peil.web.look import look_of_person
from peil.web.pages.shell import show_page
from peil.web.pages.targets.edit import KPIS, kpi_choices, read_number
from peil.web.recording import recorded

FIELDS = ("kpi", "name", "source", "year", "value", "low", "high", "n", "scale", "same")
_LONGEST = {"name": 200, "source": 300}
_SCALE = re.compile(r"\d{1,3}-\d{1,3}")


@dataclass(frozen=True, slots=True)
class Written:
    """What was filled in, as it was written, and what is wrong with it."""

    given: Mapping[str, str]
    errors: Mapping[str, str]

    def __getattr__(self, field: str) -> str:
        if field not in FIELDS:
            raise AttributeError(field)
        return self.given.get(field, "")

    def error(self, field: str) -> str:
        return self.errors.get(field, "")


@allowed("set_targets")
@recorded("benchmark_changed", "added", named="name")
def new(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    given = {name: request.POST.get(name, "").strip() for name in FIELDS} if request.method == "POST" else {}
    errors = check(given, look.language) if given else {}
    if given and not errors:
        add_benchmark(_wanted(given), look.person)
        return HttpResponseRedirect(reverse("benchmarks"))
    page = show_page(
        request, look, "targets/benchmark_new.html", form=Written(given, errors), kpis=kpi_choices(look.language)
    )
    page.status_code = 400 if errors else 200
    return page


@allowed("set_targets")
@recorded("benchmark_changed", "removed")
def remove(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if remove_benchmark(id) is None:
        raise Http404
    return HttpResponseRedirect(f"{reverse('benchmarks')}?removed={id}")


@allowed("set_targets")
@recorded("benchmark_changed", "restored")
def restore(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if restore_benchmark(id) is None:
        raise Http404
    return HttpResponseRedirect(reverse("benchmarks"))


def check(given: Mapping[str, str], language: Language) -> dict[str, str]:
    """What is wrong, by field; nothing where it can be kept."""
    wrong: dict[str, str] = {}
    if given["kpi"] not in KPIS:
        wrong["kpi"] = say("aim_err_kpi", language)
    for field, most in _LONGEST.items():
        if not 0 < len(given[field]) <= most:
            wrong[field] = say("mark_err_text", language, most)
    if not re.fullmatch(r"(19|20)\d\d", given["year"], re.ASCII):
        wrong["year"] = say("mark_err_year", language)
    value, low, high = (read_number(given[f]) for f in ("value", "low", "high"))
    if value is None:
        wrong["value"] = say("aim_err_value", language)
    elif BY_KEY.get(given["kpi"]) is not None and not _possible(given["kpi"], value):
        wrong["value"] = say("aim_err_range", language)
    if given["low"] or given["high"]:
        between = low is not None and high is not None and value is not None and low <= value <= high
        if not between:
            wrong["low"] = say("mark_err_limits", language)
    if given["n"] and not re.fullmatch(r"[1-9]\d{0,8}", given["n"], re.ASCII):
        wrong["n"] = say("mark_err_n", language)
    if given["scale"] and not _SCALE.fullmatch(given["scale"].replace("–", "-")):
        wrong["scale"] = say("mark_err_scale", language)
    return wrong


def _possible(key: str, value: float) -> bool:
    low, high = {"percent": (0, 100), "points": (-100, 100)}.get(BY_KEY[key].unit, (float("-inf"), float("inf")))
    return low <= value <= high


def _wanted(given: Mapping[str, str]) -> NewBenchmark:
    return NewBenchmark(
        kpi=given["kpi"],
        name=given["name"],
        source=given["source"],
        year=int(given["year"]),
        value=read_number(given["value"]) or 0.0,
        low=read_number(given["low"]),
        high=read_number(given["high"]),
        n=int(given["n"]) if given["n"] else None,
        scale=given["scale"].replace("–", "-"),
        same_question=given["same"] == "yes",
    )
