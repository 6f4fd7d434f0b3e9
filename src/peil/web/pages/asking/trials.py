"""Trials: two ways to ask, how each does, and a verdict once there are as many requests as were planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from peil.accounts.rules import may
from peil.core.errors import BadQuery
from peil.report.words import Language, say
from peil.report.words.figures import count
from peil.report.words.numbers import number
from peil.report.words.terms import one_day
from peil.surveys.keeping import Kept, all_surveys, find_survey
from peil.surveys.questionnaires.ordering import first_ones
from peil.surveys.questionnaires.questionnaire import words_of
from peil.surveys.trials import WHATS, ArmResult, NewTrial, TrialState, What, begin_trial, end_trial, trials_of
from peil.surveys.whom.reasons import SENT
from peil.web.access import allowed, known_person_of
from peil.web.asking.brand import the_brand
from peil.web.languages import language_of
from peil.web.pages.asking.fields import Form, one_line, whole_number
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import names_of
from peil.web.recording import recorded

_TEXTS = ("survey", "trial_what", "trial_one", "trial_other", "trial_expected", "trial_smallest")


@dataclass(frozen=True, slots=True)
class Arm:
    """One way in words."""

    name: str
    value: str
    rate: str
    limits: str
    ripe: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A trial in words."""

    id: int
    survey: str
    what: str
    state: str
    running: bool
    planned: str
    verdict: str
    arms: tuple[Arm, Arm]


@allowed("see_surveys")
@recorded("survey_changed", "trial_begun", named="survey")
def trials(request: HttpRequest) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    given = {"trial_expected": "15", "trial_smallest": "3"}
    errors: dict[str, str] = {}
    if request.method == "POST":
        given = {name: request.POST.get(name, "").strip()[:200] for name in _TEXTS}
        errors = _begin(given, language) if may(person, "edit_surveys") else {"survey": ""}
        if not errors:
            return HttpResponseRedirect(reverse("inviting_trials"))
    status = 200 if not errors else 400 if may(person, "edit_surveys") else 403
    form, surveys = Form(given, errors if status == 400 else {}, language), all_surveys()
    names = names_of(surveys, language)
    found = [_shown(t, _values(t, k, language), names, language) for k in surveys for t in trials_of(k.key)]
    return show_plain_page(
        request, person, "inviting/trials.html", status=status, found=sorted(found, key=lambda t: (not t.running, -t.id)),
        fields=_fields(form, surveys, names), wrong=form.wrong, may_edit=may(person, "edit_surveys"),
        any_survey=any(k.published for k in surveys),
    )  # fmt: skip


@require_POST
@allowed("edit_surveys")
@recorded("survey_changed", "trial_ended")
def trial_end(request: HttpRequest, number: int) -> HttpResponse:
    if not end_trial(number):
        raise Http404
    messages.success(request, say("inv_saved", language_of(request)))
    return HttpResponseRedirect(reverse("inviting_trials"))


def _begin(given: Mapping[str, str], language: Language) -> dict[str, str]:
    """Begin the trial that the form describes, or say what is wrong with which field."""
    kept = find_survey(given["survey"])
    if kept is None or kept.published is None:
        return {"survey": say("inv_err_survey", language)}
    expected, smallest = (whole_number(given[n], 1, 99) for n in ("trial_expected", "trial_smallest"))
    if expected is None or smallest is None or expected + smallest >= 100:
        return {"trial_smallest": say("inv_err_share", language)}
    values = [_value(given["trial_what"], given[name], kept) for name in ("trial_one", "trial_other")]
    if None in values or values[0] == values[1]:
        return {"trial_one": say("inv_err_trial", language)}
    wanted = NewTrial(
        survey=kept.key,
        what=cast("What", given["trial_what"]),
        values=values,
        expected=expected / 100,
        smallest=smallest / 100,
    )
    try:
        begin_trial(wanted)
    except BadQuery:
        return {"survey": say("inv_err_trial_running", language)}
    return {}


def _value(what: str, text: str, kept: Kept) -> Any:
    """What an arm is set to; None where the text is nothing that fits."""
    assert kept.published is not None
    if what == "subject":
        return dict.fromkeys(kept.published.languages, text) if text and one_line(text) else None
    if what == "moment":
        return whole_number(text, 0, 1440)
    if what == "way":
        return text if text in SENT else None
    return text if what == "first_question" and text in first_ones(kept.published) else None


def _values(trial: TrialState, kept: Kept, language: Language) -> tuple[Any, ...]:
    """What its two ways are: a question as it is asked, and not by its key."""
    asked = kept.published
    if trial.what != "first_question" or asked is None:
        return trial.values
    spoken = language if language in asked.languages else asked.languages[0]
    words = {
        q.key: words_of(asked, q.text, spoken, {"organisation": the_brand().organisation}, q) for q in asked.questions
    }
    return tuple(words.get(str(value), value) for value in trial.values)


def _shown(trial: TrialState, values: tuple[Any, ...], names: Mapping[str, str], language: Language) -> Shown:
    state = say("inv_trial_ended" if trial.ended_at else "inv_trial_running", language)
    began = one_day(trial.began_at.date(), language)
    return Shown(
        id=trial.id, survey=names.get(trial.survey, trial.survey), what=say(f"inv_trial_{trial.what}", language), state=f"{state}, {began}",
        running=trial.ended_at is None, planned=say("inv_trial_planned", language, count(trial.planned, language)),
        verdict=_verdict(trial, language),
        arms=cast("tuple[Arm, Arm]", tuple(_arm(a, v, language) for a, v in zip(trial.arms, values, strict=True))),
    )  # fmt: skip


def _verdict(trial: TrialState, language: Language) -> str:
    words = f"inv_verdict_{trial.verdict}"
    if trial.difference is None:
        ripe = min(arm.ripe for arm in trial.arms)
        return say(words, language, count(ripe, language), count(trial.planned, language))
    told = say("inv_trial_difference", language, *(number(100 * x, 1, language, signed=True) for x in trial.difference))
    return say(words, language, told)


def _arm(arm: ArmResult, value: Any, language: Language) -> Arm:
    shown = str(value.get(language) or next(iter(value.values()), "")) if isinstance(value, dict) else str(value)
    if arm.rate is None or arm.low is None or arm.high is None:
        return Arm(arm.name, shown, "–", "", count(arm.ripe, language))
    limits = say("to", language, low=number(100 * arm.low, 1, language), high=number(100 * arm.high, 1, language))
    return Arm(arm.name, shown, f"{number(100 * arm.rate, 1, language)}%", limits, count(arm.ripe, language))


def _fields(form: Form, surveys: list[Kept], names: Mapping[str, str]) -> list[Any]:
    keys = [(k.key, names[k.key]) for k in surveys if k.published and not k.ended_at]
    whats = [(w, say(f"inv_trial_{w}", form.language)) for w in WHATS]
    return [
        form.field("survey", "select", keys), form.field("trial_what", "select", whats), form.field("trial_one"),
        form.field("trial_other"), form.field("trial_expected", "number"), form.field("trial_smallest", "number"),
    ]  # fmt: skip
