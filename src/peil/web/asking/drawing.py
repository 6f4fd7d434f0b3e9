"""A page as HTML. Pure: the same view gives the same page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Template

from peil.report.words.asking.respondents import to_respondent
from peil.surveys.questionnaires.checks.length import in_minutes, seconds_to_answer
from peil.surveys.questionnaires.question import DONT_KNOW, Question
from peil.surveys.questionnaires.questionnaire import Questionnaire, words_of
from peil.surveys.questionnaires.scales import parts_of, points_of
from peil.surveys.questionnaires.texts import Text
from peil.web.asking.view import Brand, PageView

CALLED = {
    "nl": "Nederlands", "en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "it": "Italiano",
    "pl": "Polski", "pt": "Português", "tr": "Türkçe", "uk": "Українська", "ro": "Română", "bg": "Български",
    "fy": "Frysk", "da": "Dansk", "sv": "Svenska", "cs": "Čeština", "hu": "Magyar", "el": "Ελληνικά",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to choose, as it stands on the page."""

    value: str
    label: str
    figure: str = ""
    chosen: bool = False
    words_field: str = ""  # where more may be said
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One row of points to choose from; a pair has two."""

    name: str
    legend: str
    points: tuple[Choice, ...]
    look: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A question as it stands on the page."""

    key: str
    form: str
    legend: str
    help: str = ""
    required: bool = False
    errors: dict[str, str] = field(default_factory=dict)  # by field
    scales: tuple[Scale, ...] = ()
    choices: tuple[Choice, ...] = ()
    several: bool = False
    most: int | None = None
    dont_know: Choice | None = None
    parts: tuple[Choice, ...] = ()
    text: str = ""

    @property
    def error(self) -> str:
        return next(iter(self.errors.values()), "")


def render_page(view: PageView, frame: str = "page") -> str:
    """The whole page, a page of HTML; or in another frame, such as the part of it that a widget shows."""
    tell = _voice(view.language)
    fill = partial(_filled, view)
    page = view.asked.pages[view.page - 1] if view.asked.pages else None
    questions = [_drawn(view, q) for q in view.questions]
    position = _position(view, tell)
    heading = fill(page.heading) if page else ""
    sender = fill(view.asked.sender) or view.brand.organisation
    wrong = [q for q in questions if q.errors]
    shown = {
        "heading": heading, "page_help": fill(page.help) if page else "", "questions": questions,
        "welcome": fill(view.asked.welcome) if view.page == 1 else "", "purpose": fill(view.asked.purpose),
        "position": position, "length": _length(view, tell) if view.page == 1 else "", "sender": sender, "wrong": wrong,
        "title": _title(tell, bool(wrong), position, heading or tell("survey"), sender),
        "is_last": view.page >= _last_page(view),
        "kept": _kept(view, tell),
    }  # fmt: skip
    return _template(frame).render(
        view=view, tell=tell, languages=_languages(view), language=view.language, brand=view.brand, **shown
    )


def render_words(kind: str, language: str, brand: Brand, *, frame: str = "", **told: object) -> str:
    """A page without questions: thanks, or why nothing can be answered."""
    tell = _voice(language)
    shown: dict[str, object] = {
        "languages": (),
        "title": f"{tell(kind)} · {brand.organisation}".strip(" ·"),
        "kind": kind,
    }
    return _template(frame or ("thanks" if kind == "thanks" else "words")).render(
        tell=tell, language=language, brand=brand, **{**shown, **told}
    )


def _voice(language: str) -> Callable[..., str]:
    def tell(key: str, *values: object) -> str:
        return to_respondent(key, language, *values)

    return tell


@cache
def _template(name: str) -> Template:
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    return engine.env.get_template(f"asking/{name}.html")


def _filled(view: PageView, text: Text, question: Question | None = None) -> str:
    return words_of(view.asked, text, view.language, view.all_known, question)


def languages_of(asked: Questionnaire, addresses: dict[str, str]) -> list[tuple[str, str, str]]:
    """Each language with its own name and its address."""
    return [(code, CALLED.get(code, code), addresses.get(code, "")) for code in asked.languages]


def _languages(view: PageView) -> list[tuple[str, str, str]]:
    return languages_of(view.asked, dict(view.languages)) if len(view.asked.languages) > 1 else []


def _last_page(view: PageView) -> int:
    """The last page that may still come; later ones depend on answers, and then this button says on."""
    pages = [n for n, page in enumerate(view.asked.pages, start=1) if page.questions]
    return pages[-1] if pages else 1


def _position(view: PageView, tell: Callable[..., str]) -> str:
    """Where one is, in words; nothing where there is one page."""
    pages = view.asked.pages
    if len(pages) < 2:
        return ""
    single = all(len(page.questions) == 1 for page in pages)
    return tell("question_of" if single else "step_of", view.page, len(pages))


def _length(view: PageView, tell: Callable[..., str]) -> str:
    takes = in_minutes(seconds_to_answer(view.asked, view.language))
    asked = sum(not q.show_if for q in view.asked.questions)
    return tell(
        "questions_one" if asked == 1 else "questions_many", asked, takes.nl if view.language == "nl" else takes.en
    )


def _title(tell: Callable[..., str], wrong: bool, *parts: str) -> str:
    told = " · ".join(part for part in parts if part)
    return f"{tell('error')}: {told}" if wrong else told


def _kept(view: PageView, tell: Callable[..., str]) -> str:
    if view.asked.anonymous:
        return tell("kept_anonymous")
    return tell("kept_person" if view.personal else "kept_open", view.asked.retention_months)


def _drawn(view: PageView, question: Question) -> Drawn:
    """A question with what stands in its fields and what is wrong there."""
    meaning = question.meaning
    given = [v.strip() for v in view.form.get(question.key, ())]
    legend = _filled(view, question.text, question)
    return Drawn(
        key=question.key, form=meaning.form, legend=legend, help=_filled(view, question.help, question),
        required=question.required, scales=_scales(view, question, legend), choices=_choices(view, question, given),
        errors={e.field: e.said(view.language) for e in view.errors if e.question == question.key},
        several=question.allows_several, most=question.most, dont_know=_dont_know(view, question, given),
        parts=_parts(view, question), text=_text(view, question),
    )  # fmt: skip


def _scales(view: PageView, question: Question, legend: str) -> tuple[Scale, ...]:
    form = question.meaning.form
    if form not in ("scale", "pair", "yes_no", "contact"):
        return ()
    one = _scale(view, question, question.key, legend)
    if form != "pair":
        return (one,)
    expected = _filled(view, question.expected, question)
    return (_scale(view, question, f"{question.key}.expected", expected), one)


def _scale(view: PageView, question: Question, name: str, legend: str) -> Scale:
    given = [v.strip() for v in view.form.get(name, ())]
    points = tuple(
        Choice(value=str(p.score), figure=str(p.score), label=p.words, chosen=str(p.score) in given)
        for p in points_of(question, view.language)
    )
    if question.meaning.form in ("yes_no", "contact"):
        points = points[::-1]  # yes before no, as everybody asks it
    look = "words" if question.meaning.form in ("yes_no", "contact") else question.look
    ends = (points[0].label, points[-1].label) if points else ("", "")
    return Scale(name=name, legend=legend, points=points, look=look, low=ends[0], high=ends[1])


def _choices(view: PageView, question: Question, given: list[str]) -> tuple[Choice, ...]:
    found = []
    for option in question.options if question.meaning.form == "choice" else ():
        named = f"{question.key}.{option.key}.words" if option.with_words else ""
        said = " ".join(view.form.get(named, ())) if named else ""
        label = _filled(view, option.text, question)
        found.append(Choice(value=option.key, label=label, chosen=option.key in given, words_field=named, words=said))
    return tuple(found)


def _dont_know(view: PageView, question: Question, given: list[str]) -> Choice | None:
    if not question.dont_know or question.meaning.form not in ("scale", "pair", "yes_no", "choice"):
        return None
    label = _filled(view, question.dont_know, question)
    return Choice(value=DONT_KNOW, label=label, chosen=DONT_KNOW in given) if label else None


def _parts(view: PageView, question: Question) -> tuple[Choice, ...]:
    if question.meaning.form != "points":
        return ()
    names = [(f"{question.key}.{part}", words or part) for part, words in parts_of(question, view.language)]
    return tuple(Choice(value=name, label=words, words=" ".join(view.form.get(name, ()))) for name, words in names)


def _text(view: PageView, question: Question) -> str:
    name = f"{question.key}.where" if question.meaning.form == "contact" else question.key
    return "\n".join(view.form.get(name, ())) if question.meaning.form in ("text", "contact", "consent") else ""
