"""Guesses about columns: which are questions, which say who, when and where. Each with the reason for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from peil.facts.drafting.profile import Profile, plain
from peil.facts.drafting.wordings import ANCHORS, COMMON, EMAIL, HINTS, NO_ANSWER, OTHER_DAYS, TOPICS, Wording
from peil.facts.schema import FACTS

_YES_NO = {"yes", "no", "y", "n", "ja", "nee", "j", "true", "false", "1", "0", "1.0", "0.0", "waar", "onwaar"}
_MEASURES = ("seconds", "transfers", "reopens", "cost", "pages", "weight")
_TIMES = ("_at", "since", "until")
_FLAGS = ("answered", "abandoned", "bounced", "returning", "converted", "helpful")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionGuess:
    """A column that holds answers. What is None has to be asked."""

    column: Profile
    kind: str | None
    why: str
    scale: tuple[int, int] | None = None
    labels: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    asks_scale: bool = False


def topic_of(profile: Profile) -> str | None:
    return next((kind for kind, pattern in TOPICS if pattern.search(profile.told)), None)


def questions_in(profiles: Sequence[Profile], taken: set[str]) -> Iterator[QuestionGuess]:
    """The columns that look like answers to a question."""
    for profile in profiles:
        if profile.name in taken or not profile.different:
            continue
        guess = _by_labels(profile) or _by_words(profile) or _by_numbers(profile) or _by_most(profile) or _open(profile)
        if guess is not None:
            yield guess


def _by_labels(profile: Profile) -> QuestionGuess | None:
    """Value labels of the file itself (SPSS): the codes with a label for no answer are missing."""
    codes = {code: label for code, label in profile.labels.items() if re.fullmatch(r"-?\d+", code)}
    if len(codes) < 3 or len(codes) != len(profile.labels):
        return None
    missing = tuple(c for c, label in codes.items() if plain(label) in NO_ANSWER)
    left = sorted(int(c) for c in codes if c not in missing)
    topic = topic_of(profile)
    if profile.wording is None and topic is None:
        return None
    inside = profile.numbers and left and left[0] <= min(n for n in profile.numbers if str(int(n)) not in missing)
    if not inside or left != list(range(left[0], left[-1] + 1)):
        return None
    kind = _kind(topic, profile.wording, (left[0], left[-1]))
    why = "its value labels in the file: " + ", ".join(f"{c} {codes[str(c)]}" for c in (left[0], left[-1]))
    return QuestionGuess(column=profile, kind=kind, why=why, scale=(left[0], left[-1]), missing=missing)


def _by_words(profile: Profile) -> QuestionGuess | None:
    """Answers in the words of a known scale, or numbers with words at the ends."""
    if profile.numbers or profile.different > 30:
        return None
    ends = {w: int(m.group(1)) for w in profile.words if (m := re.match(r"^(\d{1,2})\D", w)) and not w[-1].isdigit()}
    bare = [int(w) for w in profile.words if w.isdigit()]
    topic = topic_of(profile)
    if bare and ends and len(bare) + len(ends) == len(profile.words):
        scale = (min([*bare, *ends.values()]), max([*bare, *ends.values()]))
        likely = scale == (0, 10) and any(re.search("likely|waarschijnlijk", w, re.IGNORECASE) for w in ends)
        return QuestionGuess(
            column=profile,
            kind="nps" if likely else _kind(topic, None, scale),
            why="0 to 10 with 'likely' at the ends" if likely else "numbers with words at the ends",
            scale=scale,
            labels=dict(sorted(ends.items(), key=lambda item: item[1])),
            missing=profile.no_answer,
        )
    if profile.wording is None or (profile.wording.kind == "rating" and topic is None):
        return None
    levels = {word: number for number, level in enumerate(profile.wording.levels, start=1) for word in level}
    labels = {w: levels[plain(w)] for w in profile.words if plain(w) in levels}
    scale = (1, len(profile.wording.levels))
    return QuestionGuess(
        column=profile,
        kind=_kind(topic, profile.wording, scale),
        why="the words of its answers",
        scale=scale,
        labels=dict(sorted(labels.items(), key=lambda item: item[1])),
        missing=profile.no_answer,
    )


def _by_numbers(profile: Profile) -> QuestionGuess | None:
    """Whole numbers on a short scale, in a column named after what it asks."""
    topic = topic_of(profile)
    whole = all(n == int(n) for n in profile.numbers)
    if topic is None and whole and len(profile.numbers) >= 8 and (profile.numbers[0], profile.numbers[-1]) == (0, 10):
        why = "whole numbers from 0 to 10, as NPS has them"
        return QuestionGuess(column=profile, kind=None, why=why, scale=(0, 10), missing=profile.no_answer)
    if topic in (None, "comment") or len(profile.numbers) < 2 or len(profile.numbers) > 14 or profile.dates:
        return None
    if not whole:
        return None
    if {plain(w) for w in profile.words} <= _YES_NO:
        if topic in ("solved", "told_again"):
            return QuestionGuess(column=profile, kind=topic, why="its name, and yes or no", missing=profile.no_answer)
        return None
    values = [int(n) for n in profile.numbers]
    why = f"its name, and values from {values[0]} to {values[-1]}"
    fixed = {"nps": (0, 10), "rapportcijfer": (1, 10)}.get(topic or "")
    if fixed and values[0] == 1 and topic == "nps":
        fixed = None  # 1-10, or 0-10 where nobody was that angry
    if fixed:
        beyond = tuple(str(v) for v in values if not fixed[0] <= v <= fixed[1])
        if values[-1] > 5 and len(beyond) <= 2:
            return QuestionGuess(
                column=profile, kind=topic, why=why, scale=fixed, missing=(*profile.no_answer, *beyond)
            )
    certain = values[0] == 1 and values[-1] in (5, 7, 10) and topic in ("csat", "ces_effort", "ces_ease", "engagement")
    scale = (1, values[-1]) if certain else None
    kind = _kind(topic, None, scale) if scale else topic
    return QuestionGuess(
        column=profile, kind=kind, why=why, scale=scale, missing=profile.no_answer, asks_scale=scale is None
    )


def _by_most(profile: Profile) -> QuestionGuess | None:
    """Numbers but for a few cells, in a column named after what it asks: those cells are told, not the question lost."""
    if not profile.unread:
        return None
    guess = _by_numbers(replace(profile, numbers=profile.nearly))
    if guess is None or guess.kind is None:
        return None
    many = "1 cell" if profile.unread == 1 else f"{profile.unread:,} cells"
    why = f"{guess.why}; {many} can't be read as a number: mend or list under missing"
    return replace(guess, why=why)


def _open(profile: Profile) -> QuestionGuess | None:
    topic = topic_of(profile)
    texts = not profile.numbers and not profile.dates and not profile.clock and profile.wording is None
    texts = texts and not any(w.startswith("http") for w in profile.words[:5])
    key = re.search(r"\b(id|nr|nummer)$", profile.name.strip(), re.IGNORECASE)
    sentences = profile.different > 5 and any(w.count(" ") > 3 for w in profile.words)
    if texts and topic == "comment" and sentences and not key:
        return QuestionGuess(column=profile, kind="comment", why="its name, and open texts", missing=profile.no_answer)
    if texts and profile.length > 40 and profile.different > 0.5 * profile.filled and profile.filled > 5:
        return QuestionGuess(
            column=profile, kind="comment", why="long texts, nearly all different", missing=profile.no_answer
        )
    return None


def _kind(topic: str | None, wording: Wording | None, scale: tuple[int, int]) -> str | None:
    """The kind of question that topic, words and scale agree on; None when they leave it open."""
    if wording is not None and wording.kind in ("csat", "ces_ease", "ces_effort"):
        return "engagement" if topic == "engagement" else wording.kind
    if wording is not None and wording.kind == "agree":
        if topic in ("ces_ease", "ces_effort") and scale == (1, 7):
            return "ces_agree"
        return "engagement" if topic == "engagement" else None
    wanted = {"nps": (0, 10), "rapportcijfer": (1, 10), "ces_effort": (1, 5), "ces_ease": (1, 5)}
    if topic in wanted and wanted[topic] != scale:
        return {("nps", (1, 10)): "nps_1_10", ("ces_ease", (1, 7)): "ces_agree"}.get((topic, scale))
    return topic if topic not in ("comment", "solved", "told_again") else None


def hinted(profiles: Sequence[Profile], hints: Sequence[tuple[str, str]], key: str = "") -> dict[str, Profile]:
    """Columns of a fact, by the names of the file's columns; each taken once, and only when it can hold such values."""
    found: dict[str, Profile] = {}
    used: set[str] = set()
    for column, pattern in hints:
        for profile in profiles if column not in found else ():
            if (
                profile.name in used
                or not profile.different
                or not re.search(pattern, profile.name.strip(), re.IGNORECASE)
            ):
                continue
            if fits(column, profile) and (profile.unique or column != key):
                found[column] = profile
                used.add(profile.name)
                break
    return found


def repeated_key(profiles: Sequence[Profile], fact: str, key: str) -> Profile | None:
    """A column named like the key of a fact, that repeats and so can't be it."""
    patterns = [pattern for column, pattern in HINTS.get(fact, ()) if column == key]
    return next((p for p in profiles for x in patterns if re.search(x, p.name.strip(), re.IGNORECASE)), None)


def scale_like(profile: Profile) -> bool:
    """Whole numbers on a short scale, in a column whose name does not say what it asks."""
    numbers = profile.numbers
    return 4 <= len(numbers) <= 11 and numbers[0] in (0, 1) and numbers[-1] <= 10 and all(n == int(n) for n in numbers)


def fits(column: str, profile: Profile) -> bool:
    """Whether a column can be read as such values."""
    if column in ("transfers", "reopens") and yes_or_no(profile):
        return True
    if any(word in column for word in _MEASURES):
        return bool(profile.numbers) or bool(profile.decimal_asked) or profile.clock
    if column == "at" or column.endswith(_TIMES):
        return profile.dates
    if column in _FLAGS:
        return {plain(w) for w in profile.words} <= _YES_NO or 2 <= profile.different <= 4
    return True


def roles_in(profiles: Sequence[Profile]) -> dict[str, Profile]:
    """Who, when, where: columns that any fact may have."""
    return hinted(profiles, COMMON, "response_id")


def facts_in(profiles: Sequence[Profile]) -> dict[str, dict[str, Profile]]:
    """Facts other than answers, where at least two columns speak of them."""
    found = {fact: hinted(profiles, hints, FACTS[fact].key) for fact, hints in HINTS.items()}
    kept = {fact: columns for fact, columns in found.items() if len(columns) >= 2 and ANCHORS[fact] & set(columns)}
    for fact in ("invitations", "solution_views"):
        if fact in kept:
            kept.pop("interactions", None)  # their times are not those of contacts
    return kept


def yes_or_no(profile: Profile) -> bool:
    """Whether its cells say yes or no in words."""
    return not profile.numbers and bool(profile.words) and {plain(w) for w in profile.words} <= _YES_NO


def only_day_in(profiles: Sequence[Profile]) -> Profile | None:
    """The one column of dates, where there is no other, so that it must say when."""
    days = [p for p in profiles if p.dates]
    return days[0] if len(days) == 1 and not re.search(OTHER_DAYS, days[0].name, re.IGNORECASE) else None


def emails_in(profiles: Sequence[Profile]) -> Profile | None:
    return next((p for p in profiles if EMAIL.search(p.name) and any("@" in w for w in p.words)), None)


def clock_pair(profiles: Sequence[Profile]) -> tuple[Profile, Profile] | None:
    """A date in one column and its time of day in the next."""
    days = [p for p in profiles if p.dates and re.search(r"dat(e|um)", p.name, re.IGNORECASE)]
    times = [p for p in profiles if p.clock and re.search(r"^(time|tijd|tijdstip)$", p.name.strip(), re.IGNORECASE)]
    return (days[0], times[0]) if days and times else None
