"""What figures need that is not there yet: questions to ask and columns to fill, as people call them."""

from __future__ import annotations

from peil.report.words import Language

QUESTIONS: dict[str, tuple[str, str]] = {
    "nps": ("aanbevelen op 0–10 (NPS)", "recommend on 0–10 (NPS)"),
    "nps_1_10": ("aanbevelen op 1–10", "recommend on 1–10"),
    "csat": ("hoe tevreden (CSAT)", "how satisfied (CSAT)"),
    "rapportcijfer": ("een rapportcijfer van 1 tot en met 10", "a mark from 1 to 10"),
    "ces_agree": ("eens of oneens dat het makkelijk was, 1–7 (CES)", "agree that it was easy, 1–7 (CES)"),
    "ces_effort": ("hoeveel moeite het kostte, 1–5", "how much effort it took, 1–5"),
    "ces_ease": ("moeilijk of makkelijk, 1–5", "hard or easy, 1–5"),
    "gap": ("verwachting en ervaring van één onderwerp", "expectation and experience of one subject"),
    "servqual": ("de SERVQUAL-stellingen, verwacht en ervaren", "the SERVQUAL statements, expected and perceived"),
    "servqual_dimension": ("alle SERVQUAL-stellingen van een dimensie", "all SERVQUAL statements of a dimension"),
    "servqual_overall": ("alle SERVQUAL-stellingen van vijf dimensies", "all SERVQUAL statements of five dimensions"),
    "servqual_weighted": ("SERVQUAL met 100 punten over de dimensies", "SERVQUAL with 100 points over the dimensions"),
    "servperf": ("stellingen over servicekwaliteit", "statements about service quality"),
    "sus": ("de tien SUS-stellingen over gebruiksgemak", "the ten SUS statements about usability"),
    "task_success": ("of de taak lukte", "whether the task was done"),
    "engagement": ("stellingen over betrokkenheid, aan medewerkers", "engagement statements, to employees"),
    "solved": ("is uw vraag opgelost?", "is your question solved?"),
    "told_again": ("moest u uw verhaal opnieuw vertellen?", "did you have to tell your story again?"),
    "preferred_channel": ("voorkeurskanaal", "preferred channel"),
    "considered_channel": ("overwogen kanalen", "channels considered"),
    "reason": ("reden van de score", "reason for the score"),
}
# what is worked out -> the columns of a file that it is worked out from
FROM: dict[str, tuple[str, ...]] = {
    "in_target": ("first_response_seconds",),
    "in_service_level": ("wait_seconds", "answered"),
    "first_response_business_seconds": ("first_response_seconds",),
    "transferred": ("transfers",),
    "repeated": ("customer_id", "reason"),
    "callback_kept": ("callback_promised_at", "callback_kept_at"),
    "episode_contacts": ("customer_id", "reason"),
    "episode_fcr": ("customer_id", "reason", "resolved_at"),
    "episode_fcr_strict": ("customer_id", "reason", "resolved_at", "transfers"),
    "episode_seconds": ("customer_id", "resolved_at"),
    "episode_switched": ("customer_id", "channel"),
    "resolution_seconds": ("resolved_at",),
    "solved_automatically": ("resolved_by",),
    "handle_seconds": ("handle_seconds", "talk_seconds"),
    "delivered": ("sent_at",),
    "self_service": ("self_care", "self_provisioning", "used_tool"),
}


def question_name(kind: str, language: Language) -> str:
    """A kind of question as people call it."""
    dutch, english = QUESTIONS.get(kind, (kind, kind))
    return dutch if language == "nl" else english


def columns_to_fill(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a file from which these are worked out, each once.

    >>> columns_to_fill(("episode_switched", "cost"))
    ('customer_id', 'channel', 'cost')
    """
    return tuple(dict.fromkeys(raw for column in columns for raw in FROM.get(column, (column,))))
