"""When a widget shows itself, and how it looks: kept in the settings of its link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, TypeAlias, get_args

Theme: TypeAlias = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)
MOST_PATHS, LONGEST_PATH = 8, 40  # the script that they stand in weighs at most 15 kB


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All have to be met; whoever is about to leave is asked sooner, where `leaving` is chosen."""

    after: int = 15  # seconds on the page
    scroll: int = 0  # per cent of the page that was seen; 0: not looked at
    leaving: bool = False
    paths: tuple[str, ...] = ()  # with * for anything; none: every page
    share: int = 100  # per cent of the visits
    rest_days: int = 7  # 0: once a visit, and nothing is remembered after it
    theme: Theme = "auto"
    language: str = ""  # '': that of the page


def read_rules(settings: Mapping[str, Any]) -> Rules:
    """The rules of a link; what is missing is as usual."""
    known = {f.name for f in fields(Rules)}
    kept = {name: value for name, value in settings.items() if name in known}
    return Rules(**{**kept, "paths": tuple(kept.get("paths", ()))})


def with_rules(settings: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """The settings of a link with other rules."""
    return {**settings, **asdict(rules), "paths": list(rules.paths)}
