"""What a column of a file can become, and how its values can be written: the choices of the form, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peil.facts.drafting.profile import Profile, plain
from peil.facts.mapping import UNITS, fold
from peil.facts.questions import CHOICE_KINDS, OPEN_KINDS
from peil.facts.schema import DAY, FACTS, FLAG, KINDS, REAL, TIME, WHOLE, Column
from peil.facts.tables import ASK
from peil.report.words import Language, say
from peil.report.words.app.columns import ASKED, NAMES, WAYS
from peil.report.words.changes import capital
from peil.report.words.needs import QUESTIONS, question_name
from peil.report.words.terms import FACTS as FACT_NAMES
from peil.report.words.terms import VALUES, column_name, pick

_MADE = ("servqual_dimension", "servqual_overall", "servqual_weighted", "sus")
_OF_A_QUESTION = (
    "answer_id", "question", "kind", "dimension", "score", "expected", "scale_min", "scale_max", "box", "choice",
    "comment",
)  # fmt: skip
_FIXED_VALUES = {
    "channel": ("phone", "email", "chat", "social", "web", "app", "messaging", "post", "in_person"),
    "direction": ("in", "out"),
    "resolved_by": ("person", "automatic", "nobody"),
}
_YES_NO = {"yes", "y", "ja", "j", "true", "waar", "1", "no", "n", "nee", "false", "onwaar", "0"}
MOST_WORDS = 12
NOTHING = "none"  # a word that stands for no answer


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under one heading; '' has none."""

    heading: str
    choices: tuple[Choice, ...]


def targets(offered: Iterable[str], chosen: str, language: Language) -> Iterator[Group]:
    """Everything that a column can become, by fact; what it is now is always among it."""
    facts = list(offered)
    yield Group("", (Choice("", say("not_used", language), chosen == ""),))
    if "answers" in facts or chosen.startswith("question:"):
        asked = tuple(
            Choice(f"question:{k}", capital(kind_name(k, language)), f"question:{k}" == chosen)
            for k in KINDS
            if k not in _MADE
        )
        open_one = Choice(f"question:{ASK}", say("kind_asked", language), chosen == f"question:{ASK}")
        yield Group(say("group_questions", language), (*((open_one,) if open_one.chosen else ()), *asked))
    for fact in facts:
        names = [c.name for c in FACTS[fact].columns if _fits(fact, c) or f"{fact}.{c.name}" == chosen]
        listed = [Choice(f"{fact}.{n}", target_name(fact, n, language), f"{fact}.{n}" == chosen) for n in names]
        extra = Choice(f"extra:{fact}", say("own_dimension", language), chosen == f"extra:{fact}")
        yield Group(capital(pick(FACT_NAMES[fact], language)), (*listed, extra))


def _fits(fact: str, column: Column) -> bool:
    hidden = _OF_A_QUESTION if fact == "answers" else ()
    return column.stage == "raw" and column.name not in ("source", "import_id", *hidden)


def target_name(fact: str, column: str, language: Language) -> str:
    """A column of a fact as people call it."""
    found = NAMES.get(f"{fact}.{column}") or NAMES.get(column)
    return pick(found, language) if found else column_name(column, language)


def kind_name(kind: str, language: Language) -> str:
    return pick(ASKED[kind], language) if kind in ASKED else question_name(kind, language)


def target_in_words(target: str, language: Language) -> str:
    """What a column becomes, said in full."""
    start, _, rest = target.partition(":") if ":" in target else target.partition(".")
    if start == "question":
        return kind_name(rest, language) if rest in QUESTIONS or rest in ASKED else say("kind_asked", language)
    if start == "extra":
        return say("own_dimension", language)
    return target_name(start, rest, language) if rest else say("not_used", language)


def column_of_target(target: str) -> Column | None:
    """The fact's column that this is about; None for a question, an own dimension, or nothing."""
    fact, _, name = target.partition(".")
    return FACTS[fact].column(name) if fact in FACTS and FACTS[fact].has(name) else None


def ways(target: str, entry: dict[str, Any], language: Language) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    """How the values of a column may be written, as far as that can be said: dates, unit, decimal, identity."""
    column = column_of_target(target)
    scored = target.startswith("question:") and target.partition(":")[2] not in OPEN_KINDS | CHOICE_KINDS
    if column is not None and column.type in (TIME, DAY):
        yield "dates", _listed(("day-month", "month-day", "iso", "excel"), entry.get("dates"), language)
    if column is not None and column.unit in UNITS:
        yield "unit", _listed(UNITS, entry.get("unit"), language, column.unit)
    if (scored and entry.get("decimal")) or (column is not None and column.type in (REAL, WHOLE)):
        yield "decimal", _listed((",", "."), entry.get("decimal"), language)
    if column is not None and column.name == "customer_id":
        yield "kind", _listed(("email", "phone", "number"), entry.get("kind"), language)


def _listed(values: Sequence[str], chosen: object, language: Language, usual: str = "") -> tuple[Choice, ...]:
    told = say("way_usual", language, pick(WAYS[usual], language)) if usual else say("way_found", language)
    first = Choice("", say("way_asked", language) if chosen == ASK else told, chosen in (None, "", ASK))
    known = [Choice(v, pick(WAYS[v], language), v == chosen) for v in values if v != usual]
    own = [Choice(str(chosen), str(chosen), chosen=True)] if chosen not in (None, "", ASK, *values) else []
    return (first, *known, *own)


def worded(target: str, entry: dict[str, Any], profile: Profile | None) -> tuple[str, ...]:
    """The words of a column that each stand for a value to choose; () where they say it themselves."""
    column = column_of_target(target)
    labels = entry.get("labels", {})
    if column is None or (column.type != FLAG and column.name not in _FIXED_VALUES):
        return ()
    words = profile.words if profile is not None else ()
    if column.type == FLAG and not labels and {plain(w) for w in words} <= _YES_NO:
        return ()
    return tuple(dict.fromkeys([*labels, *words]))[:MOST_WORDS]


def values_of(target: str, word: str, entry: dict[str, Any], language: Language) -> tuple[Choice, ...]:
    """What one word of the file may stand for; what it probably is, where nothing was said."""
    column = column_of_target(target)
    assert column is not None
    said = entry.get("labels", {}).get(word)
    if column.type == FLAG:
        now = "" if said in (None, ASK) else str(int(said)) if isinstance(said, int) else str(said)
        yes = Choice("1", say("yes", language), now in ("1", "True"))
        no = Choice("0", say("no", language), now in ("0", "False"))
        return (Choice("", say("choose_one", language), chosen=not (yes.chosen or no.chosen)), yes, no)
    known = _FIXED_VALUES[column.name]
    now = str(said) if said not in (None, ASK) else _guess(word, known)
    own = [Choice(now, now, chosen=True)] if now and now not in known else []
    as_is = Choice("", say("as_it_is", language), chosen=not now)
    return (as_is, *(Choice(v, capital(pick(VALUES[v], language)), v == now) for v in known), *own)


_ALIKE = {
    "whatsapp": "messaging", "sms": "messaging", "telefonisch": "phone", "bellen": "phone", "call": "phone", "tel": "phone",
    "mail": "email", "balie": "in_person", "winkel": "in_person", "store": "in_person", "brief": "post", "letter": "post",
    "facebook": "social", "twitter": "social", "x": "social", "instagram": "social", "voice": "phone", "website": "web",
    "inbound": "in", "outbound": "out", "livechat": "chat", "e mail": "email", "formulier": "web", "webform": "web",
}  # fmt: skip


def _guess(word: str, known: Sequence[str]) -> str:
    """The value whose name in either language this word is; '' where none is."""
    said = fold(word)
    for value in known:
        if said in (value, value.replace("_", " "), *(fold(name) for name in VALUES[value])):
            return value
    found = _ALIKE.get(said, "")
    return found if found in known else ""
