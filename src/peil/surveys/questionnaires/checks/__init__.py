"""What is wrong with a questionnaire, or could be better, before it is published."""

from __future__ import annotations

from collections.abc import Iterable

from peil.surveys.questionnaires.checks.asked import check_asked
from peil.surveys.questionnaires.checks.finding import Finding
from peil.surveys.questionnaires.checks.frame import check_frame
from peil.surveys.questionnaires.checks.length import check_length
from peil.surveys.questionnaires.checks.shown import check_shown
from peil.surveys.questionnaires.checks.subjects import check_subjects
from peil.surveys.questionnaires.checks.words import check_words
from peil.surveys.questionnaires.questionnaire import Questionnaire


def check(questionnaire: Questionnaire) -> list[Finding]:
    """Errors first, which keep it from being published; then advice, which does not. Each in the order of the pages."""
    parts = (check_frame, check_asked, check_shown, check_subjects, check_length, check_words)
    found = [finding for part in parts for finding in part(questionnaire)]
    return sorted(found, key=lambda f: (f.level != "error", f.place.page or 0))


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.level == "error"]
