"""Publishing: what changes, what that means for figures, what keeps it from going live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from peil.report.words import Language, say
from peil.report.words.app.refused import hint_in_words
from peil.surveys.editing.differences import Differences, differences
from peil.surveys.keeping import Kept, publish_draft, versions_of
from peil.surveys.questionnaires.checks.changes import check_changes
from peil.surveys.questionnaires.checks.finding import Finding, field_in_words, said
from peil.surveys.questionnaires.versions import check_draft
from peil.web.access import allowed
from peil.web.languages import language_of
from peil.web.pages.surveys.shown import show_survey_page, survey_or_404
from peil.web.recording import recorded


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, and where it belongs: a page and a question of it, or neither."""

    problem: str
    remedy: str
    page: int | None
    question: str
    error: bool


@allowed("edit_surveys")
@require_http_methods(["GET", "HEAD", "POST"])
@recorded("survey_changed", "published")
def publish(request: HttpRequest, key: str) -> HttpResponse:
    kept, language = survey_or_404(key), language_of(request)
    if kept.draft is None:
        return HttpResponseRedirect(reverse("survey", args=[key]))
    earlier = versions_of(key)
    findings = check_draft(kept.draft, earlier)
    changes = differences(earlier[-1], kept.draft) if earlier else None
    stops = any(f.level == "error" for f in findings) or (changes is not None and not changes)
    if request.method == "POST" and not stops:
        version = publish_draft(key, _number(request.POST.get("edits", "")))
        words = "svy_published" if version.version == 1 else "svy_published_link"
        messages.success(request, say(words, language, version.version))
        return HttpResponseRedirect(reverse("survey_links", args=[key]))
    figures = list(check_changes(earlier[-1], kept.draft)) if earlier else []
    rest = [f for f in findings if f not in figures]
    return show_survey_page(
        request,
        kept,
        "publish.html",
        edits=kept.edits,
        stops=stops,
        errors=tell([f for f in findings if f.level == "error"], language),
        advices=tell([f for f in rest if f.level == "advice"], language),
        means=tell([f for f in figures if f.level == "advice"], language),
        changes=_changes(changes, language) if changes is not None else None,
        next_version=(kept.published.version if kept.published else 0) + 1,
        status=400 if request.method == "POST" else 200,
    )


def tell(findings: Sequence[Finding], language: Language) -> list[Told]:
    """Findings in words."""
    told = []
    for finding in findings:
        problem, remedy = said(finding, language)
        hint = hint_in_words(remedy) if language == "nl" else ""  # hints come in English from core
        told.append(Told(problem, hint or remedy, finding.place.page, finding.place.question, finding.level == "error"))
    return told


def found_in(kept: Kept, language: Language) -> list[Told]:
    """All that can be said of what is worked on."""
    return tell(check_draft(kept.draft, versions_of(kept.key)), language) if kept.draft is not None else []


def _changes(found: Differences, language: Language) -> list[str]:
    told = [say("svy_change_added", language, key) for key in found.added]
    told += [say("svy_change_removed", language, key) for key in found.removed]
    told += [say("svy_change_changed", language, key, _listed(names, language)) for key, names in found.changed.items()]
    told += [say("svy_change_moved", language)] if found.rearranged else []
    told += [say("svy_change_frame", language, _listed(found.frame, language))] if found.frame else []
    return told


def _listed(names: Sequence[str], language: Language) -> str:
    return ", ".join(dict.fromkeys(_field(name, language) for name in names))


def _field(name: str, language: Language) -> str:
    """What a field is called: by the checks where they know it, else by the editor."""
    known = field_in_words(name, language)
    return known if known != name else say(f"svy_field_{name}", language)


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
