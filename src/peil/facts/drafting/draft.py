"""A mapping drafted from a file: what was guessed and why as comments; what can't be known left as `ask`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from peil.facts.drafting.guesses import (
    QuestionGuess,
    clock_pair,
    emails_in,
    facts_in,
    only_day_in,
    questions_in,
    repeated_key,
    roles_in,
    scale_like,
    yes_or_no,
)
from peil.facts.drafting.profile import Profile, Sample, plain, profiles_of
from peil.facts.schema import FACTS, FLAG

_SHARED = ("customer_id", "channel", "employee_id", "team")
_ANSWERS = ("response_id", "answered_at", "weight", "touchpoint", "journey", "language", *_SHARED)
_KINDS_ASKED = '"nps", "csat", "ces_agree", "engagement", "servperf", "other" ... (see the mapping page for all)'


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a mapping file, and the questions that it leaves open."""

    text: str
    questions: tuple[str, ...]


@dataclass(slots=True)
class _Page:
    """Lines being written and questions being gathered."""

    lines: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def say(self, line: str = "", why: str = "") -> None:
        self.lines.append(f"{line}  # {why}" if why else line)

    def ask(self, line: str, question: str) -> None:
        self.say(line, question)
        self.questions.append(question)


def draft(sample: Sample) -> Draft:
    """The mapping of a file as far as it can be known."""
    profiles = profiles_of(sample)
    page = _Page()
    page.say(f"# Drafted from {sample.file}. Read it through: a guess is a guess, and its reason stands beside it.")
    page.say(
        f"source = {quoted(_source(sample.file))}", "part of every key: keep it the same for every file of this system"
    )
    page.say()
    _write_file(page, sample, profiles)
    roles, facts = roles_in(profiles), facts_in(profiles)
    taken = {p.name for p in roles.values()} | {p.name for f in facts.values() for p in f.values()}
    questions = list(questions_in(profiles, taken))
    when = clock_pair(profiles)
    for fact, columns in facts.items():
        _write_fact(page, fact, {**columns, **{k: v for k, v in roles.items() if k in _SHARED}}, (profiles, when))
    if questions:
        _write_answers(page, roles, questions, (profiles, when, facts.get("interactions", {}).get("interaction_id")))
    if not questions and not facts:
        page.say(
            "# No column could be told to be a question, a contact, a visit or a membership. Write the block that fits,"
        )
        page.say("# such as [answers] with [[answers.questions]], and name its columns.")
        page.questions.append(
            "What does a row of this file tell? Write the block that fits, such as [answers] or [interactions]."
        )
    _write_rest(page, profiles)
    return Draft("\n".join(page.lines).rstrip() + "\n", tuple(page.questions))


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _listed(items: Sequence[str]) -> str:
    return f"[{', '.join(quoted(i) for i in items)}]"


def _source(file: str) -> str:
    stem = PurePath(file).name.split(".")[0]
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"\d{2,}", "", stem).casefold()).strip("_") or "file"


def _write_file(page: _Page, sample: Sample, profiles: list[Profile]) -> None:
    page.say("[file]")
    for note in sample.notes:
        page.say(f"# {note}")
    if sample.format == "csv":
        for word in ("delimiter", "encoding"):
            page.say(f"{word} = {quoted(str(sample.options.get(word)))}")
    if sample.options.get("header_rows") is not None and sample.format in ("csv", "xlsx"):
        page.say(f"header_rows = {sample.options['header_rows']}")
    if sample.options.get("skip_rows"):
        page.say(f"skip_rows = {sample.options['skip_rows']}")
    if sample.options.get("sheet") and sample.format == "xlsx":
        page.say(f"sheet = {quoted(str(sample.options['sheet']))}")
    codes = sorted({w for p in profiles for w in p.no_answer if p.name not in sample.labels})
    if codes:
        page.say(f"missing = {_listed(codes)}", "taken as no answer wherever they stand")
    if any(p.dates or p.clock for p in profiles):
        page.say('# time_zone = "Europe/Amsterdam"', "the organisation's own when left out")
    page.say()


def _write_no_key(page: _Page, key: str, like: Profile | None) -> None:
    if like is not None:
        page.say(
            f"# {key}: {quoted(like.name)} looks like it but repeats, so a row is not one of these; each row counts now"
        )
    else:
        page.say(f"# {key}: no column holds a different text in every row, so file and row are the key")


def _write_fact(
    page: _Page, fact: str, columns: dict[str, Profile], context: tuple[list[Profile], tuple[Profile, Profile] | None]
) -> None:
    page.say(f"[{fact}]")
    profiles, when = context
    schema = FACTS[fact]
    if schema.key not in columns:
        _write_no_key(page, schema.key, repeated_key(profiles, fact, schema.key))
    if schema.clock and schema.clock not in columns and when is not None:
        _write_when(page, schema.clock, when)
    for column, profile in columns.items():
        if not schema.has(column):
            continue
        if schema.column(column).type == FLAG:
            _write_flag(page, column, profile)
        else:
            _write_entry(page, column, profile, "by its name")
    if schema.has("customer_id") and "customer_id" not in columns:
        _write_email(page, profiles)
    page.say()


def _write_email(page: _Page, profiles: list[Profile]) -> None:
    email = emails_in(profiles)
    if email is not None:
        page.used.add(email.name)
        page.say(f'customer_id = {{ column = {quoted(email.name)}, kind = "email" }}', "kept as a keyed hash")


def _write_flag(page: _Page, column: str, profile: Profile) -> None:
    page.used.add(profile.name)
    words = {plain(w) for w in profile.words}
    yes, no = {"yes", "y", "ja", "j", "true", "1", "waar"}, {"no", "n", "nee", "false", "0", "onwaar"}
    if words <= yes | no:
        page.say(f"{column} = {quoted(profile.name)}", "yes or no, by its name")
        return
    question = f"Which of {', '.join(profile.words[:4])} in '{profile.name}' means {column}? 1 yes, 0 no."
    labels = ", ".join(f"{quoted(w)} = 0" for w in profile.words[:4])
    page.ask(f'{column} = "ask"', f"{question} Write {{ column = {quoted(profile.name)}, labels = {{ {labels} }} }}")


def _write_when(page: _Page, column: str, when: tuple[Profile, Profile]) -> None:
    day, clock = when
    page.used |= {day.name, clock.name}
    dates = _dates_of(page, day)
    page.say(f"{column} = {{ columns = {_listed([day.name, clock.name])}{dates} }}", "a date and its time of day")


def _dates_of(page: _Page, profile: Profile) -> str:
    if not profile.order_asked:
        return f', dates = "{profile.order}"' if profile.order else ""
    page.questions.append(
        f"'{profile.order_asked}' in '{profile.name}' may be day-month-year or month-day-year: "
        'write dates = "day-month" or "month-day" in place of "ask".'
    )
    page.say(f"# ask: {page.questions[-1]}")
    return ', dates = "ask"'


def _write_entry(page: _Page, column: str, profile: Profile, why: str) -> None:
    page.used.add(profile.name)
    more = _dates_of(page, profile) if profile.dates else ""
    if profile.clock and profile.words[0].count(":") == 1:
        page.questions.append(
            f"'{profile.words[0]}' in '{profile.name}' may be hh:mm or mm:ss: write that in place of \"ask\"."
        )
        page.say(f"# ask: {page.questions[-1]}")
        more = ', unit = "ask"'
    elif profile.clock and column.endswith("_seconds"):
        more = ', unit = "hh:mm:ss"'
    if profile.decimal_asked and not column.endswith("_id"):
        page.questions.append(
            f"'{profile.decimal_asked}' in '{profile.name}' may be a thousand or a fraction: "
            'write decimal = "," or "." in place of "ask".'
        )
        page.say(f"# ask: {page.questions[-1]}")
        more = ', decimal = "ask"'
    if column == "customer_id" and any(w.endswith(".0") for w in profile.words):
        more = ', kind = "number"'  # 17850.0 elsewhere is 17850
    if column in ("transfers", "reopens") and yes_or_no(profile):
        no = ("n", "no", "nee", "false", "onwaar")
        more = ", labels = { " + ", ".join(f"{quoted(w)} = {int(plain(w) not in no)}" for w in profile.words) + " }"
    if profile.labels and not profile.dates and column not in ("weight",):
        pairs = ", ".join(f"{quoted(code)} = {quoted(label)}" for code, label in profile.labels.items())
        more += f", labels = {{ {pairs} }}"
    value = f"{{ column = {quoted(profile.name)}{more} }}" if more else quoted(profile.name)
    page.say(f"{column} = {value}", why)


def _write_answers(
    page: _Page,
    roles: dict[str, Profile],
    questions: list[QuestionGuess],
    context: tuple[list[Profile], tuple[Profile, Profile] | None, Profile | None],
) -> None:
    profiles, when, contact = context
    page.say("[answers]")
    page.say('layout = "wide"', "one row holds all answers of a submission")
    if contact is not None and "response_id" not in roles:
        page.say(f"response_id = {quoted(contact.name)}", "one survey a contact")
        page.say(f"interaction_id = {quoted(contact.name)}", "joins the answer with its contact")
    elif "response_id" not in roles:
        page.say("# response_id: no column holds a key, so file and row are the key, and every row is kept")
    day = only_day_in(profiles)
    if when is None and day is not None and day.name not in page.used:
        roles = {"answered_at": day, **roles}
    if when is not None and roles.get("answered_at", when[0]) is when[0]:
        _write_when(page, "answered_at", when)
        roles = {column: profile for column, profile in roles.items() if column != "answered_at"}
    for column in _ANSWERS:
        if column in roles:
            _write_entry(page, column, roles[column], "by its name")
    if "customer_id" not in roles:
        _write_email(page, profiles)
    used = page.used | {q.column.name for q in questions}
    extra = [p.name for p in profiles if p.name not in used and _groups(p) and not scale_like(p)][:12]
    if extra:
        page.used |= set(extra)
        page.say(f"extra = {_listed(extra)}", "few different values, so good to group by; take out what you don't need")
    keys: dict[str, None] = {}
    for guess in questions:
        _write_question(page, guess, keys)
    page.say()


def _groups(profile: Profile) -> bool:
    return 2 <= profile.different <= 15 and profile.filled >= 10 * profile.different and not profile.dates


def _write_question(page: _Page, guess: QuestionGuess, keys: dict[str, None]) -> None:
    profile = guess.column
    page.used.add(profile.name)
    page.say()
    page.say("[[answers.questions]]", guess.why)
    if profile.title:
        page.say(f"# {profile.title[:160]}")
    key = base = re.sub(r"[^a-z0-9]+", "_", profile.name.casefold()).strip("_")[:40] or "question"
    number = 2
    while key in keys:
        key, number = f"{base}_{number}", number + 1
    keys[key] = None
    page.say(f"question = {quoted(key)}")
    if guess.kind is None:
        page.ask('kind = "ask"', f"What does '{profile.name}' ask? One of {_KINDS_ASKED}")
    else:
        page.say(f'kind = "{guess.kind}"')
    page.say(f"column = {quoted(profile.name)}")
    for line in _scale_lines(page, guess):
        page.say(line)


def _scale_lines(page: _Page, guess: QuestionGuess) -> Iterator[str]:
    profile = guess.column
    if guess.asks_scale:
        seen = f"{profile.numbers[0]:g} to {profile.numbers[-1]:g}"
        page.ask(
            'scale = "ask"',
            f"'{profile.name}' holds {seen}: what is its scale? Write scale = [1, 5]; codes outside it go under missing.",
        )
    elif guess.scale:
        yield f"scale = [{guess.scale[0]}, {guess.scale[1]}]"
    codes = [c for c in guess.missing if c not in profile.no_answer or profile.labels]
    if codes:
        told = (
            ", ".join(f"{c} {profile.labels[c]}" for c in codes if c in profile.labels)
            or "outside the scale, so it means no answer"
        )
        shown = ", ".join(c if re.fullmatch(r"-?\d+", c) else quoted(c) for c in codes)
        yield f"missing = [{shown}]  # {told}"
    if guess.labels:
        yield "labels = { " + ", ".join(f"{quoted(w)} = {v}" for w, v in guess.labels.items()) + " }"
    if profile.decimal_asked:
        page.ask('decimal = "ask"', f"'{profile.decimal_asked}' in '{profile.name}': write decimal = \",\" or \".\".")


def _write_rest(page: _Page, profiles: list[Profile]) -> None:
    rest = [p.name for p in profiles if p.name not in page.used]
    perhaps = [
        f"{quoted(p.name)} ({p.numbers[0]:g}-{p.numbers[-1]:g})"
        for p in profiles
        if p.name not in page.used and scale_like(p)
    ]
    if perhaps:
        page.say()
        page.say("# Perhaps questions, by their values alone: " + ", ".join(perhaps[:60]))
    if rest:
        page.say()
        page.say("# Not used: " + ", ".join(quoted(n) for n in rest[:60]) + (" ..." if len(rest) > 60 else ""))
