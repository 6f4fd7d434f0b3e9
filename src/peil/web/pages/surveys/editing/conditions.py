"""When a question is shown: only what can hold is offered, in two steps, so that it needs no script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from peil.report.words import Language, say
from peil.surveys.editing.arranging import change_question, page_of, question_of
from peil.surveys.keeping import Changed, save_draft
from peil.surveys.questionnaires.logic import can_be_shown, operators_for, possible_values
from peil.surveys.questionnaires.question import GROUPS, Condition, Operator, Question
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.web.access import allowed
from peil.web.languages import language_of
from peil.web.pages.surveys.editing.arrange import kept_with
from peil.web.pages.surveys.editing.saving import edits_in, not_done, too_late
from peil.web.pages.surveys.sketch import condition_in_words, shown_language, text_in_outline, value_in_words
from peil.web.recording import recorded

_WITHOUT_VALUES: tuple[Operator, ...] = ("answered", "not_answered")
_ONE_VALUE: tuple[Operator, ...] = ("at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask of an answer: an operator with the values it takes; `name` is its field."""

    operator: str
    words: str
    values: tuple[tuple[str, str], ...]
    one: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """Questions that it may depend on, and of the one that was chosen what may be asked."""

    questions: tuple[tuple[str, str], ...]
    chosen: str
    ways: tuple[Way, ...]


def conditions_of(questionnaire: Questionnaire, asked: Question, language: Language) -> list[str]:
    """Its conditions as sentences, in order."""
    questions = {q.key: q for q in questionnaire.questions}
    shown = shown_language(questionnaire, language)
    return [condition_in_words(c, questions.get(c.question), shown, language) for c in asked.show_if]


def offered(request: HttpRequest, questionnaire: Questionnaire, asked: Question, language: Language) -> Offered:
    """The questions of earlier pages; once one is chosen (`on` in the address) the ways that lead anywhere."""
    page = page_of(questionnaire, asked.key)
    shown = shown_language(questionnaire, language)
    earlier = [q for number, q in questionnaire.placed() if number < page]
    chosen = next((q for q in earlier if q.key == request.GET.get("on", "")), None)
    ways = () if chosen is None else tuple(_ways(questionnaire, asked, chosen, shown, language))
    named = tuple((q.key, text_in_outline(questionnaire, q, shown)) for q in earlier)
    return Offered(named, chosen.key if chosen else "", ways)


def _ways(questionnaire: Questionnaire, asked: Question, on: Question, shown: str, language: Language) -> list[Way]:
    found = []
    for operator in operators_for(on):
        if operator in _WITHOUT_VALUES:
            values: tuple[int | str, ...] = ()
        elif operator == "group":
            values = tuple(GROUPS)
        elif operator in _ONE_VALUE:
            values = on.scores
        else:
            values = possible_values(on)
        held = [
            v
            for v in values
            if _can_hold(questionnaire, asked, Condition(question=on.key, operator=operator, values=(v,)))
        ]
        if held or (not values and _can_hold(questionnaire, asked, Condition(question=on.key, operator=operator))):
            named = tuple((str(v), value_in_words(v, on, shown, language)) for v in held)
            found.append(Way(operator, say(f"svy_op_{operator}", language), named, operator in _ONE_VALUE))
    return found


def _can_hold(questionnaire: Questionnaire, asked: Question, condition: Condition) -> bool:
    """Whether the question would still be shown to somebody."""
    with_it = replace(asked, show_if=(*asked.show_if, condition))
    return can_be_shown(with_it, {q.key: q for q in questionnaire.questions})


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "condition_added", named="on")
def condition_add(request: HttpRequest, key: str, question: str) -> HttpResponse:
    kept = kept_with(key, question)
    draft = kept.shown
    asked, on = question_of(draft, question), question_of(draft, request.POST.get("on", ""))
    if asked is None or on is None:
        raise Http404
    way = next(
        (w for w in _ways(draft, asked, on, "", language_of(request)) if w.operator == request.POST.get("operator")),
        None,
    )
    given = request.POST.getlist(f"values.{way.operator}") if way is not None else []
    values = tuple(v for v, _ in way.values if v in given) if way is not None else ()
    condition = _condition(on, way, values)
    if condition is None or not _can_hold(draft, asked, condition):
        address = reverse("survey_question", args=[key, question])
        return not_done(f"{address}?on={on.key}&unfit=yes#shown")
    changed = replace(asked, show_if=(*asked.show_if, condition))
    return _kept(request, key, question, change_question(draft, question, changed))


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "condition_removed")
def condition_remove(request: HttpRequest, key: str, question: str, number: int) -> HttpResponse:
    kept = kept_with(key, question)
    asked = question_of(kept.shown, question)
    if asked is None or not 1 <= number <= len(asked.show_if):
        raise Http404
    left = tuple(c for n, c in enumerate(asked.show_if, start=1) if n != number)
    return _kept(request, key, question, change_question(kept.shown, question, replace(asked, show_if=left)))


def _condition(on: Question, way: Way | None, values: tuple[str, ...]) -> Condition | None:
    """What was chosen; None where a way that takes values got none."""
    if way is None or (way.values and not values):
        return None
    known = {str(v): v for v in (*possible_values(on), *GROUPS)}
    chosen = tuple(known[v] for v in (values[:1] if way.one else values))
    return Condition(question=on.key, operator=cast("Operator", way.operator), values=chosen)


def _kept(request: HttpRequest, key: str, question: str, draft: Questionnaire) -> HttpResponse:
    try:
        save_draft(key, draft, edits_in(request))
    except Changed:
        return too_late(request, key)
    return HttpResponseRedirect(reverse("survey_question", args=[key, question]) + "#shown")
