"""A questionnaire to and from JSON, strictly: an unknown key, a wrong type or a missing one is an error that names its place.

The form follows the dataclasses: a field left out has its default. The version is not part of it: what comes in is a
draft.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, NoReturn, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from peil.core.errors import BadInput, did_you_mean
from peil.surveys.questionnaires.kinds import KINDS
from peil.surveys.questionnaires.question import LONGEST_TEXT, Answer
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.texts import LANGUAGE, UNKEEPABLE, Text

FORMAT = 1
_FRAME = ("peil_questionnaire", "questionnaire")
MOST_QUESTIONS = 300
_LONGEST = 2_000_000
_MOST = 500  # of anything in a list
T = TypeVar("T")


def to_json(questionnaire: Questionnaire) -> str:
    """One questionnaire as JSON that people can read."""
    content = _plain(questionnaire)
    content.pop("version", None)
    return json.dumps({_FRAME[0]: FORMAT, _FRAME[1]: content}, ensure_ascii=False, indent=2) + "\n"


def from_json(written: str) -> Questionnaire:
    """The draft that `to_json` wrote, or a file by hand; raises BadInput with the place of the first mistake."""
    content = _parse(written)
    if not isinstance(content, dict) or set(content) != set(_FRAME):
        raise BadInput(
            "This is no questionnaire of Peil.",
            f'It has to begin with {{"{_FRAME[0]}": {FORMAT}, "{_FRAME[1]}": ...}}.',
        )
    if content[_FRAME[0]] != FORMAT or isinstance(content[_FRAME[0]], bool):
        raise BadInput("This questionnaire has a form that this Peil does not know.", f"It knows form {FORMAT}.")
    inner = content[_FRAME[1]]
    if isinstance(inner, dict) and "version" in inner:
        raise BadInput("'version' can't be given.", "Leave it out: what comes in is a draft.")
    questionnaire = _build(Questionnaire, inner, "")
    if len(questionnaire.questions) > MOST_QUESTIONS:
        raise BadInput(f"'pages' has {len(questionnaire.questions):,} questions.", f"At most {MOST_QUESTIONS}.")
    return questionnaire


def answers_to_json(answers: Sequence[Answer]) -> str:
    """Answers as they are kept beside the version they were given to."""
    return json.dumps([_plain(a) for a in answers], ensure_ascii=False, separators=(",", ":"))


def answers_from_json(kept: str) -> tuple[Answer, ...]:
    """The answers that `answers_to_json` wrote."""
    found: tuple[Answer, ...] = _value(tuple[Answer, ...], _parse(kept), "answers")
    return found


def _plain(value: Any) -> Any:
    """Dataclasses as objects without the fields that have their default."""
    if isinstance(value, Text):
        return dict(value.by_language)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if not is_dataclass(value):
        return value
    given = ((name, default, getattr(value, name)) for name, default in _defaults(value.__class__))
    return {name: _plain(held) for name, default, held in given if default is MISSING or held != default}


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass with their defaults; looked up once, for every answer is written so."""
    return tuple((f.name, f.default) for f in fields(kind))


def _parse(written: str) -> Any:
    if len(written) > _LONGEST:
        raise BadInput("It is larger than any questionnaire.", f"At most {_LONGEST:,} characters.")
    try:
        return json.loads(written, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadInput(f"It is not JSON: {error.msg} in line {error.lineno}, column {error.colno}.") from None
    except ValueError:
        raise BadInput("It holds a number that is longer than any.") from None
    except RecursionError:
        raise BadInput("It is nested deeper than any questionnaire.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadInput(f"'{key}' stands twice in one object.", "Leave one of them out.")
        found[key] = value
    return found


def _no_number(word: str) -> NoReturn:
    raise BadInput(f"{word} is no number.")


def _build(kind: type[T], given: Any, place: str) -> T:
    if not isinstance(given, dict):
        raise BadInput(f"'{place or _FRAME[1]}' has to be an object.")
    known, hints = _known(cast("Any", kind))
    for key in given:
        if key not in known:
            raise BadInput(f"'{_at(place, key)}' is not known.", did_you_mean(key, known))
    missing = [n for n, f in known.items() if n not in given and f.default is MISSING]
    if missing:
        raise BadInput(f"'{_at(place, missing[0])}' is missing.")
    values = {key: _value(hints[key], value, _at(place, key)) for key, value in given.items()}
    if values.get("kind", "nps") not in KINDS:
        _refuse_choice(_at(place, "kind"), values["kind"], KINDS)
    return kind(**values)


@cache
def _known(kind: Any) -> tuple[dict[str, Field[Any]], dict[str, Any]]:
    """The fields of a dataclass and their types; looked up once, for every answer is read so."""
    return {f.name: f for f in fields(kind)}, get_type_hints(kind)


def _value(hint: Any, given: Any, place: str) -> Any:
    if hint is Text:
        return _text(given, place)
    origin = get_origin(hint)
    if origin is Literal:
        if given not in get_args(hint) or not isinstance(given, str):
            _refuse_choice(place, given, get_args(hint))
        return given
    if origin in (Union, types.UnionType):
        return _one_of(get_args(hint), given, place)
    if origin is tuple:
        return _listed(get_args(hint), given, place)
    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, given, place)
    numbers = (int, float) if hint is float else hint
    if not isinstance(given, numbers) or (isinstance(given, bool) and hint is not bool):
        raise BadInput(f"'{place}' has to be {_CALLED[hint]}.")
    if isinstance(given, str):
        _refuse_bad_words(given, place)
    return given


_CALLED: Mapping[Any, str] = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _text(given: Any, place: str) -> Text:
    if not isinstance(given, dict) or not all(isinstance(words, str) for words in given.values()):
        raise BadInput(f"'{place}' has to be a text for each language.", 'Like {"nl": "...", "en": "..."}.')
    for language in given:
        if not LANGUAGE.fullmatch(language):
            raise BadInput(f"'{_at(place, language)}' is no language.", "Write it in two letters, like nl or en.")
        _refuse_bad_words(given[language], _at(place, language))
    return Text(tuple(given.items()))


def _one_of(hints: tuple[Any, ...], given: Any, place: str) -> Any:
    if given is None and type(None) in hints:
        return None
    rest = [h for h in hints if h is not type(None)]
    if len(rest) == 1:
        return _value(rest[0], given, place)
    if isinstance(given, bool) or not isinstance(given, tuple(rest)):
        raise BadInput(f"'{place}' has to be {' or '.join(_CALLED[h] for h in rest)}.")
    return _value(type(given), given, place)


def _refuse_bad_words(words: str, place: str) -> None:
    if len(words) > LONGEST_TEXT:
        raise BadInput(f"'{place}' has {len(words):,} characters.", f"At most {LONGEST_TEXT:,}.")
    if UNKEEPABLE.search(words):
        raise BadInput(f"'{place}' has a character that no text can hold.", "Type the text anew.")


def _listed(hints: tuple[Any, ...], given: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(given, list):
        raise BadInput(f"'{place}' has to be a list.")
    if len(given) > _MOST:
        raise BadInput(f"'{place}' has {len(given):,} entries.", f"At most {_MOST}.")
    if hints[-1] is not Ellipsis:
        if len(given) != len(hints):
            raise BadInput(f"'{place}' has to have {len(hints)} entries.")
        return tuple(_value(h, v, f"{place}[{i}]") for i, (h, v) in enumerate(zip(hints, given, strict=True), start=1))
    return tuple(_value(hints[0], v, f"{place}[{i}]") for i, v in enumerate(given, start=1))


def _at(place: str, key: str) -> str:
    shown = key[:80]
    return f"{place}.{shown}" if place else shown


def _refuse_choice(place: str, given: Any, allowed: Iterable[str]) -> NoReturn:
    shown = str(given)[:80]
    raise BadInput(f"'{place}' can't be '{shown}'.", did_you_mean(shown, allowed))
