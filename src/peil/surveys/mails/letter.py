"""An invitation or reminder in words: pure, the same for the mail, its text part and its preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peil.report.words.asking.letters import write
from peil.surveys.manner import Manner
from peil.surveys.questionnaires.checks.length import seconds_to_answer
from peil.surveys.questionnaires.logic import shown_on_page
from peil.surveys.questionnaires.question import Question
from peil.surveys.questionnaires.questionnaire import Questionnaire, words_of
from peil.surveys.questionnaires.scales import points_of
from peil.surveys.questionnaires.texts import clean_value, fill

ONE_CLICK = ("scale", "yes_no")  # forms of which the first answer can be given by a link
MOST_CELLS = 11
# faces of 2010, which every system has; the figure beside them is read where there is none
SMILEYS: Mapping[int, tuple[str, ...]] = {
    2: ("\U0001f61e", "\U0001f60a"),
    3: ("\U0001f61e", "\U0001f610", "\U0001f60a"),
    4: ("\U0001f61e", "\U0001f614", "\U0001f60a", "\U0001f604"),
    5: ("\U0001f61e", "\U0001f614", "\U0001f610", "\U0001f60a", "\U0001f604"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The links of one letter, made when it leaves and kept nowhere."""

    answer: str
    stop: str

    def with_score(self, score: int, question: str = "") -> str:
        return f"{self.answer}?score={score}" + (f"&question={question}" if question else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One answer that can be chosen by a click: what it shows, its words for who hears it, where it leads."""

    shown: str
    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything that is said, in the order in which it is read."""

    language: str
    reminder: bool
    about: str  # the contact, as the page names it
    subject: str
    preview: str
    sender: str
    organisation: str
    dear: str
    intro: str
    question: str  # '' where the first one can't be answered by a click
    cells: tuple[Cell, ...]
    stacked: bool  # answers in words stand under each other
    ends: tuple[str, ...]
    after: str
    begin: str
    answer: str
    length: str
    closing: str
    signed: str
    once: str
    purpose: str
    stop: str
    stop_words: str
    postal: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom a letter is to, and about what. `first` is the question that a trial puts first, `subject` its subject line."""

    questionnaire: Questionnaire
    known: Mapping[str, str]
    language: str
    organisation: str
    manner: Manner
    reminder: bool = False
    first: str = ""
    subject: str = ""

    @property
    def names(self) -> dict[str, str]:
        return {**self.known, "organisation": self.organisation}

    @property
    def matter(self) -> str:
        """What it is about, in the words of the page."""
        words = fill(self.questionnaire.subject.words.of(self.language), self.names)
        return clean_value(words) or self.organisation


def language_for(questionnaire: Questionnaire, asked: str) -> str:
    """The language of a letter: the person's where the survey has it, else the survey's first."""
    return asked if asked in questionnaire.languages else questionnaire.languages[0]


def compose(about: About, to: Addresses) -> Letter:
    """The letter to one person."""
    q, language = about.questionnaire, about.language
    question = first_question(q, about.first)
    cells = _cells(question, about, to) if question else ()
    sender = clean_value(about.manner.sender or about.organisation) or "Peil"
    signed = clean_value(fill(q.sender.of(language), about.names))
    once = "no_more" if about.reminder else "once_with_reminder" if about.manner.remind_after else "once"
    purpose = clean_value(fill(q.purpose.of(language), about.names))
    return Letter(
        language=language, reminder=about.reminder, about=about.matter, subject=_subject(about), preview=write("preview", language), sender=sender,
        organisation=clean_value(about.organisation), dear=_dear(about),
        intro=write("intro_reminder" if about.reminder else "intro", language, about=about.matter),
        question=words_of(q, question.text, language, about.names, question) if question and cells else "",
        cells=cells, stacked=bool(question and cells and _in_words(question)),
        ends=_ends(question, language) if question and cells else (),
        after=write("counts_after", language) if cells else "", begin=write("begin", language), answer=to.answer,
        length=_length(q, language), closing=write("greeting", language),
        signed=sender if not signed or signed == sender else f"{signed}, {sender}",
        once=write(once, language), purpose=purpose, stop=to.stop,
        stop_words=write("stop", language), postal=clean_value(about.manner.postal), colour=about.manner.colour,
    )  # fmt: skip


def first_question(questionnaire: Questionnaire, wanted: str = "") -> Question | None:
    """The question of the first page that one answers by a click; None where none can be, or where it isn't first."""
    there = shown_on_page(questionnaire, 1, ())
    chosen = next((q for q in there if q.key == wanted), there[0] if there else None)
    if chosen is None or chosen.meaning.form not in ONE_CLICK or not 2 <= len(chosen.scores) <= MOST_CELLS:
        return None
    return chosen


def text_part(letter: Letter) -> str:
    """The letter as plain text, every answer with its own link."""
    lines = [letter.dear, "", letter.intro, letter.length, ""]
    if letter.cells:
        lines += [letter.question, *letter.ends, "", write("text_choose", letter.language), ""]
        lines += [f"{_numbered(c)}\n{c.url}" for c in letter.cells]
        lines += ["", letter.after]
    else:
        lines += [write("text_begin", letter.language), letter.answer]
    lines += ["", letter.closing, letter.signed, "", "-- ", letter.once]
    lines += [letter.purpose] if letter.purpose else []
    lines += [write("text_stop", letter.language, url=letter.stop)]
    return "\n".join(lines + ([letter.postal] if letter.postal else [])) + "\n"


def _numbered(cell: Cell) -> str:
    said = cell.words.lower().endswith(cell.shown.lower())
    return cell.shown if said else f"{cell.shown}: {cell.words}"


def _subject(about: About) -> str:
    asked = sum(not q.show_if for q in about.questionnaire.questions)
    words = clean_value(fill(about.subject, about.names | {"subject": about.matter})) if about.subject else ""
    words = words or write("subject_one" if asked == 1 else "subject_many", about.language, about=about.matter)
    return write("subject_reminder", about.language, subject=words) if about.reminder else words


def _dear(about: About) -> str:
    known = {k: clean_value(v) for k, v in about.known.items()}
    full = " ".join(filter(None, (known.get("customer.first_name"), known.get("customer.last_name"))))
    name = known.get("customer.name") or full
    return write("dear", about.language, name=name) if name else write("dear_customer", about.language)


def _in_words(question: Question) -> bool:
    return question.look == "words" and question.meaning.form == "scale"


def _cells(question: Question, about: About, to: Addresses) -> tuple[Cell, ...]:
    named = question.key if about.first else ""
    return tuple(
        Cell(
            shown=_shown(question, n, point.score, point.words, about.language),
            words=point.words or write("choose_score", about.language, score=point.score),
            url=to.with_score(point.score, named),
        )
        for n, point in enumerate(points_of(question, about.language))
    )


def _shown(question: Question, place: int, score: int, words: str, language: str) -> str:
    if question.meaning.form == "yes_no":
        shown = words or write("yes" if score else "no", language)
        return shown[:1].upper() + shown[1:]
    if question.look == "words" and words:
        return words[:1].upper() + words[1:]
    if question.look == "stars":
        return f"{score}\u2009★"
    faces = SMILEYS.get(len(question.scores), ()) if question.look == "smileys" else ()
    return f"{score}\u2009{faces[place]}" if faces else str(score)


def _ends(question: Question, language: str) -> tuple[str, ...]:
    """The words of the two ends, where the answers do not say them."""
    points = points_of(question, language)
    if question.meaning.form == "yes_no" or _in_words(question):
        return ()
    ends = [p for p in (points[0], points[-1]) if p.words]
    return tuple(write("end_is", language, score=p.score, words=p.words) for p in ends)


def _length(questionnaire: Questionnaire, language: str) -> str:
    count = sum(not q.show_if for q in questionnaire.questions)
    seconds = seconds_to_answer(questionnaire, language)
    whole = max(1, round(seconds / 60))
    minutes = write("short" if seconds < 30 else "minute" if whole == 1 else "minutes", language, count=whole)
    return write("length_one" if count == 1 else "length_many", language, count=count, minutes=minutes)
