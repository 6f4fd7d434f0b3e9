"""The words of answer scales in Dutch and English, and the words for no answer: what a draft of a mapping knows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peil.facts.mapping import fold


@dataclass(frozen=True, slots=True)
class Wording:
    """A scale in words, lowest first; each level may be worded in several ways."""

    kind: str
    levels: tuple[tuple[str, ...], ...]


def _wording(kind: str, *levels: str) -> Wording:
    return Wording(kind, tuple(tuple(fold(w) for w in level.split("|")) for level in levels))


_NEUTRAL = "neutral|neutraal|neither|geen van beide|niet goed, niet slecht"
WORDINGS = (
    _wording(
        "csat", "very dissatisfied|very unsatisfied|zeer ontevreden|heel ontevreden|erg ontevreden",
        "dissatisfied|somewhat dissatisfied|unsatisfied|ontevreden|enigszins ontevreden",
        f"{_NEUTRAL}|neither satisfied nor dissatisfied|niet tevreden, niet ontevreden|niet tevreden en niet ontevreden"
        "|noch tevreden noch ontevreden|niet tevreden/niet ontevreden",
        "satisfied|somewhat satisfied|tevreden|enigszins tevreden", "very satisfied|zeer tevreden|heel tevreden|erg tevreden",
    ),
    _wording(
        "ces_ease", "very difficult|very hard|zeer moeilijk|heel moeilijk|erg moeilijk", "difficult|hard|moeilijk",
        f"{_NEUTRAL}|neither easy nor difficult|niet makkelijk, niet moeilijk|niet gemakkelijk, niet moeilijk",
        "easy|makkelijk|gemakkelijk", "very easy|zeer makkelijk|zeer gemakkelijk|heel makkelijk|heel gemakkelijk|erg makkelijk",
    ),
    _wording(
        "ces_effort", "very low effort|zeer weinig moeite|heel weinig moeite", "low effort|weinig moeite",
        f"{_NEUTRAL}|niet veel, niet weinig", "high effort|veel moeite", "very high effort|zeer veel moeite|heel veel moeite",
    ),
    _wording(
        "agree", "strongly disagree|helemaal mee oneens|helemaal oneens|zeer mee oneens|zeer oneens",
        "disagree|mee oneens|oneens", f"{_NEUTRAL}|neither agree nor disagree|niet eens, niet oneens|niet mee eens, niet mee oneens",
        "agree|mee eens|eens", "strongly agree|helemaal mee eens|helemaal eens|zeer mee eens|zeer eens",
    ),
    _wording(
        "agree", "strongly disagree|helemaal mee oneens|helemaal oneens", "disagree|mee oneens|oneens",
        "somewhat disagree|slightly disagree|enigszins mee oneens|beetje mee oneens",
        f"{_NEUTRAL}|neither agree nor disagree|niet eens, niet oneens", "somewhat agree|slightly agree|enigszins mee eens|beetje mee eens",
        "agree|mee eens|eens", "strongly agree|helemaal mee eens|helemaal eens",
    ),
    _wording("csat", "very poor|very bad|zeer slecht|heel slecht", "poor|bad|slecht", f"fair|average|matig|redelijk|{_NEUTRAL}",
             "good|goed", "very good|excellent|zeer goed|heel goed|uitstekend"),
    _wording("csat", "poor|slecht", "fair|matig", "good|voldoende", "very good|goed", "excellent|uitstekend"),
    _wording("rating", "low|laag", "medium|gemiddeld", "high|hoog", "very high|zeer hoog"),
    _wording("rating", "bad", "good", "better", "best"),
)  # fmt: skip

NO_ANSWER = frozenset(
    map(
        fold,
        (
            "-", "--", "?", ".", "na", "n/a", "#n/a", "nan", "null", "none", "blank", "unknown", "onbekend", "don't know",
            "do not know", "dont know", "dk", "not applicable", "not app", "refused", "prefer not to say", "no answer", "no opinion",
            "did not answer", "never used", "have not used", "weet niet", "weet ik niet", "weet het niet", "niet van toepassing",
            "nvt", "n.v.t.", "geen antwoord", "geen mening", "wil niet zeggen", "zeg ik liever niet", "blanco", "niet ingevuld",
            "(null)", "missing", "skipped", "overgeslagen",
        ),
    )
)  # fmt: skip

# What a question is about, by words in its column's name or its wording; the first that fits.
TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("nps", r"\be?nps|netpro|net.?promot|recommend|aanbeve|aanraden|how likely|hoe waarschijnlijk"),
        ("told_again", r"story again|told.?again|repeat your|opnieuw vertel|verhaal"),
        ("solved", r"\bis.?solved|question.?solved|issue.?solved|vraag.?opgelost|probleem.?opgelost"),
        ("ces_effort", r"effort|moeite|inspanning"),
        ("ces_ease", r"\bces\b|\beas[ey]|gemak|makkelijk"),
        ("rapportcijfer", r"rapport.?cijfer|\bcijfer\b"),
        ("engagement", r"\bmy (job|work|manager|team|colleagues|supervisor)|job.?(sat|inv)|mijn (werk|baan|team|leidinggevende|collega)|employee|medewerkers?tevreden|bevlogen"),
        ("csat", r"c.?sat\b|satisf|tevreden|\brating\b|waardering|beoordel|score"),
        ("comment", r"comment|opmerking|toelicht|feedback|verbatim|open.?antwoord|suggest"),
    )
)  # fmt: skip

# Columns of facts by words in a column's name. The first pattern that fits a column wins it.
HINTS: dict[str, tuple[tuple[str, str], ...]] = {
    "interactions": (
        ("interaction_id", r"^(call|ticket|case|incident|conversation|contact|chat|gesprek|melding|zaak).?(id|nr|no|number|nummer)$|^number$"),
        ("interaction_id", r"^id$"),
        ("opened_at", r"^(opened|geopend).?(at|on|date|time|datum|tijd|op)?$"),
        ("opened_at", r"^(created|sys_created|start|aangemaakt|aanmaak|ontvangen|received).?(at|on|date|time|datum|tijd|op)?$|begintijd"),
        ("resolved_at", r"^(resolved|solved|opgelost).?(at|on|date|time|datum|op)?$"),
        ("resolved_at", r"^(closed|gesloten|afgehandeld).?(at|on|date|time|datum|op)?$"),
        ("wait_seconds", r"speed.?of.?answer|wait|wacht(tijd|duur)|queue.?time"),
        ("talk_seconds", r"talk|gespreks(tijd|duur)|call.?duration"),
        ("hold_seconds", r"\bhold.?(time|sec|dur)|in.?de.?wacht"),
        ("wrap_up_seconds", r"wrap|acw|after.?call|nawerk"),
        ("first_response_seconds", r"first.?(response|reply).?(time|sec)|eerste.?reactie"),
        ("handle_seconds", r"handle.?time|\baht\b|afhandel(tijd|duur)"),
        ("transfers", r"transfer|reassign|doorverb[io]nd|doorgezet"),
        ("reopens", r"re.?open.?(count|s)?$|heropend"),
        ("answered", r"^answered|beantwoord|opgenomen"),
        ("abandoned", r"abandon|opgehangen"),
        ("queue", r"queue|wachtrij|assignment.?group"),
        ("reason", r"^(topic|reason|subject|category|onderwerp|reden|categorie)$"),
        ("cost", r"^(cost|kosten)$"),
    ),
    "memberships": (
        ("membership_id", r"^(contract|membership|subscription|abonnement).?(id|nr|nummer)$"),
        ("since", r"^(since|sinds|customer.?since|klant.?sinds|ingangsdatum|begindatum|joined)$"),
        ("until", r"^(until|tot|churn.?date|einddatum|opzegdatum|left.?on)$"),
        ("leave_reason", r"(churn|leave|cancel|opzeg).?re(ason|den)$"),
    ),
    "invitations": (
        ("invitation_id", r"^(invitation|invite|uitnodiging).?(id|nr|nummer)$|^id$"),
        ("sent_at", r"^(sent|send|invited|verzonden|verstuurd).?(at|on|date|op|datum)?$"),
        ("bounced_at", r"bounced?.?(at|on|date|op)?$"),
        ("opened_at", r"^(opened|geopend).?(at|on|date|op)?$"),
        ("answered_at", r"^(answered|completed|responded|beantwoord|ingevuld).?(at|on|date|op)?$"),
    ),
    "solution_views": (
        ("view_id", r"^(view|vote|stem|id).?(id|nr)?$"),
        ("visit_id", r"^(visit|session|bezoek|sessie).?(id|nr)$"),
        ("solution", r"^(faq|solution|article|artikel|oplossing|vraag).?(id|title|titel)?$"),
        ("at", r"^(at|date|time|datum|tijdstip|timestamp)$"),
        ("helpful", r"helpful|nuttig|geholpen"),
    ),
    "visits": (
        ("visit_id", r"^(visit|session|bezoek|sessie).?(id|nr)$"),
        ("visitor_id", r"^(visitor|bezoeker).?(id)$"),
        ("started_at", r"^(ts_min|visit.?start|session.?start|first.?action)"),
        ("pages", r"^(pages|page.?views|pagina)"),
        ("returning", r"visitor.?type|returning|terugkerend"),
        ("bounced", r"^bounced?$"),
        ("converted", r"^(revenue|converted|conversion|conversie)$"),
    ),
}  # fmt: skip
# A fact is drafted when at least two columns fit, one of these among them.
ANCHORS: dict[str, frozenset[str]] = {
    "interactions": frozenset(c for c, _ in HINTS["interactions"]) - {"reason", "queue"},
    "memberships": frozenset(("membership_id", "leave_reason", "since")),
    "invitations": frozenset(("sent_at",)),
    "solution_views": frozenset(("helpful",)),
    "visits": frozenset(("visit_id", "started_at", "returning", "bounced")),
}
# Dates that are not those of an answer.
OTHER_DAYS = r"geboorte|birth|verzend|verzonden|verstuurd|sent|uitnodig|invit|bestel|order|lever|deliver|factuur|invoice|sinds|since|verval|expir"
COMMON: tuple[tuple[str, str], ...] = (
    ("response_id", r"^(response|respondent|record|respnum|antwoord|inzending|submission|resp).?(id|nr|nummer|num)?$"),
    ("customer_id", r"^(customer|client|klant|account|relatie|caller|user).?(id|nr|nummer|number|no)?$"),
    ("answered_at", r"^(answered.?at|recorded.?date|completed?.?(at|date)?|submitted|submit.?date|invuldatum)$"),
    ("answered_at", r"^(ingevuld|afgerond|beantwoord|voltooid).?(op|datum)?$|^(datum|date).?(ingevuld|afgerond|beantwoord|voltooid|answered|completed|submitted)$"),
    ("answered_at", r"^(end.?date|date|datum|timestamp|tijdstip)$"),
    ("answered_at", r"^start.?date$"),
    ("answered_at", rf"^(?!.*({OTHER_DAYS}))(.*[\s_-](datum|date)|(datum|date)[\s_-].*)$"),
    ("weight", r"^(weight|weging|gewicht|wgt)"),
    ("channel", r"^(via.?)?(channel|kanaal|contact.?type|distribution.?channel)$"),
    ("touchpoint", r"^(touch.?point|contactmoment)$"),
    ("journey", r"^(journey|klantreis)$"),
    ("language", r"^(lang|language|user.?language|taal)$"),
    ("employee_id", r"^(agent|employee|medewerker|assigned.?to|behandelaar).?(id|name|naam)?$"),
    ("team", r"^(team|department|afdeling)$"),
)  # fmt: skip
EMAIL = re.compile(
    r"^(?!.*(agent|employee|medewerker))(e.?mail|(klant|customer|client)[\s_-]*e.?mail|.*recipient.?email|.*mailadres)",
    re.IGNORECASE,
)
