"""Columns and their values as people call them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, get_day_names

from peil.core.kpi import Kpi
from peil.core.kpis import BY_KEY
from peil.report.words import Language, say
from peil.report.words.changes import capital
from peil.report.words.columns import ROW_COLUMNS
from peil.warehouse.periods import parse
from peil.warehouse.query import PERIODS

COLUMNS: dict[str, tuple[str, str]] = {
    "channel": ("Kanaal", "Channel"),
    "touchpoint": ("Contactpunt", "Touchpoint"),
    "team": ("Team", "Team"),
    "employee_id": ("Medewerker", "Employee"),
    "reason": ("Onderwerp", "Subject"),
    "reason_type": ("Product of proces", "Product or process"),
    "controllable": ("Binnen of buiten onze invloed", "Within or outside our control"),
    "queue": ("Wachtrij", "Queue"),
    "tier": ("Klantniveau", "Customer tier"),
    "stage": ("Klantfase", "Life-cycle stage"),
    "segment": ("Segment", "Segment"),
    "journey": ("Klantreis", "Journey"),
    "survey": ("Enquête", "Survey"),
    "question": ("Vraag", "Question"),
    "dimension": ("Dimensie", "Dimension"),
    "device": ("Apparaat", "Device"),
    "language": ("Taal", "Language"),
    "traffic_source": ("Herkomst", "Traffic source"),
    "solution": ("Antwoord op de hulppagina's", "Answer on the help pages"),
    "choice": ("Gekozen", "Chosen"),
    "self_care": ("Hulppagina's gelezen", "Read the help pages"),
    "self_provisioning": ("Mijn-omgeving gebruikt", "Used the account pages"),
    "completed_in": ("Afgerond in", "Completed in"),
    "leave_reason": ("Reden van vertrek", "Reason for leaving"),
    "source": ("Bron", "Source"),
    "direction": ("Richting", "Direction"),
    "resolved_by": ("Opgelost door", "Solved by"),
    "held_back_reason": ("Niet verstuurd omdat", "Not sent because"),
    "kind": ("Soort", "Kind"),
    "version": ("Versie", "Version"),
    "last_question": ("Laatst geziene vraag", "Last question seen"),
    "flags": ("Twijfel over de inzending", "Doubts about the submission"),
    "path": ("Pagina", "Page"),
    "box": ("Oordeel", "Box"),
    "relationship": ("Over het bedrijf als geheel", "About the company as a whole"),
    "delivered": ("Bezorgd", "Delivered"),
    "answered": ("Beantwoord", "Answered"),
    "finished": ("Afgemaakt", "Finished"),
    "abandoned": ("Opgehangen tijdens wachten", "Hung up while waiting"),
    "warm_transfer": ("Met voorgeschiedenis doorgezet", "Transferred with the history"),
    "in_target": ("Binnen doel", "In target"),
    "in_service_level": ("Binnen servicelevel", "Within the service level"),
    "callback_kept": ("Terugbelafspraak nagekomen", "Call-back kept"),
    "transferred": ("Doorverbonden of doorgezet", "Transferred"),
    "repeated": ("Opnieuw contact", "Contact again"),
    "episode_first": ("Eerste contact van een vraag", "First contact of a question"),
    "episode_fcr": ("In één keer goed", "Solved at first contact"),
    "episode_fcr_strict": ("In één keer goed, zonder doorzetten", "Solved at first contact, without a transfer"),
    "episode_switched": ("Van kanaal gewisseld", "Switched channel"),
    "solved_automatically": ("Automatisch opgelost", "Solved automatically"),
    "returning": ("Terugkerend", "Returning"),
    "orientation": ("Bekeek het aanbod", "Looked at the offer"),
    "sales": ("Kwam om te kopen", "Came to buy"),
    "service": ("Kwam voor service", "Came for service"),
    "contact_page": ("Contactpagina geopend", "Opened the contact page"),
    "contact_after_self_service": ("Contactpagina na zelf zoeken", "Contact page after self-service"),
    "self_service": ("Zelf geholpen", "Helped themselves"),
    "landed_on_service": ("Begon op een servicepagina", "Began on a service page"),
    "bounced": ("Direct weer vertrokken", "Left at once"),
    "used_tool": ("Gebruikte een hulpmiddel", "Used a tool"),
    "converted": ("Deed waarvoor ze kwamen", "Did what they came for"),
    "found": ("Iets gevonden", "Found something"),
    "completed": ("Afgerond", "Completed"),
    "helpful": ("Hielp", "Helped"),
    "hour": ("Uur van de dag", "Hour of the day"),
    "weekday": ("Weekdag", "Day of the week"),
    "day": ("Dag", "Day"),
    "week": ("Week", "Week"),
    "month": ("Maand", "Month"),
    "quarter": ("Kwartaal", "Quarter"),
    "year": ("Jaar", "Year"),
}
VALUES: dict[str, tuple[str, str]] = {
    "phone": ("telefoon", "phone"),
    "email": ("e-mail", "e-mail"),
    "chat": ("chat", "chat"),
    "social": ("sociale media", "social media"),
    "web": ("webformulier", "web form"),
    "app": ("app", "app"),
    "messaging": ("WhatsApp en sms", "WhatsApp and text"),
    "post": ("post", "post"),
    "in_person": ("aan de balie", "in person"),
    "reliability": ("betrouwbaarheid", "reliability"),
    "responsiveness": ("responsiviteit", "responsiveness"),
    "assurance": ("zekerheid", "assurance"),
    "empathy": ("empathie", "empathy"),
    "tangibles": ("tastbaarheid", "tangibles"),
    "in": ("inkomend", "incoming"),
    "out": ("uitgaand", "outgoing"),
    "person": ("medewerker", "employee"),
    "automatic": ("automatisch", "automatic"),
    "nobody": ("niemand", "nobody"),
    "product": ("product", "product"),
    "process": ("proces", "process"),
    "within": ("binnen onze invloed", "within our control"),
    "outside": ("buiten onze invloed", "outside our control"),
    "nl": ("Nederlands", "Dutch"),
    "en": ("Engels", "English"),
    "de": ("Duits", "German"),
    "fr": ("Frans", "French"),
    "tablet": ("tablet", "tablet"),
    "computer": ("computer", "computer"),
    "kiosk": ("zuil", "kiosk"),
    "paper": ("papier", "paper"),
}
_NUMBERED = ("hour", "box")  # numbers that are no yes or no
_OF_DEVICE = {"phone": ("telefoon", "phone")}
ABBREVIATIONS = ("nps", "csat", "ces", "fcr")
DIMENSIONS = {
    "reliability": ("doen wat is beloofd", "doing what was promised"),
    "responsiveness": ("snel en bereid om te helpen", "quick and willing to help"),
    "assurance": ("kundig en te vertrouwen", "knowledgeable and trustworthy"),
    "empathy": ("aandacht voor de situatie van de klant", "attention to the customer's situation"),
    "tangibles": ("website, brieven, kantoor", "website, letters, office"),
}
FACTS: dict[str, tuple[str, str]] = {
    "responses": ("inzendingen van enquêtes", "survey submissions"),
    "answers": ("antwoorden op enquêtevragen", "answers to survey questions"),
    "invitations": ("uitnodigingen voor enquêtes", "survey invitations"),
    "interactions": ("klantcontacten", "customer contacts"),
    "touches": ("wie aan een contact werkte", "who worked on a contact"),
    "visits": ("websitebezoeken", "web visits"),
    "web_events": ("gebeurtenissen op de website", "web events"),
    "journey_runs": ("doorlopen klantreizen", "journeys started"),
    "solution_views": ("bekeken antwoorden op hulppagina's", "help-page answers viewed"),
    "memberships": ("het klantenregister", "the customer register"),
    "customer_events": ("gebeurtenissen rond klanten", "customer events"),
    "work_weeks": ("werkweken van medewerkers", "employees' working weeks"),
    "customer_keys": ("kenmerken om klanten te herkennen", "keys to recognise customers by"),
}


ROWS: dict[str, tuple[str, str]] = {
    **FACTS,
    "touches": ("behandelingen van contacten", "pieces of work on contacts"),
    "memberships": ("perioden als klant", "spells as a customer"),
}  # the same after a number


def pick(words: tuple[str, str], language: Language) -> str:
    return words[0] if language == "nl" else words[1]


def kpi_name(kpi: Kpi | str, language: Language) -> str:
    found = BY_KEY[kpi] if isinstance(kpi, str) else kpi
    return pick(found.name, language)


def column_name(column: str, language: Language) -> str:
    """A dimension's heading; an own column by the words of its name.

    >>> column_name("x_soort_adres", "nl")
    'Soort adres'
    """
    known = COLUMNS.get(column) or ROW_COLUMNS.get(column)
    if known is not None:
        return pick(known, language)
    words = column.removeprefix("x_").split("_")
    return capital(" ".join(w.upper() if w in ABBREVIATIONS else w for w in words))


def value_name(column: str, value: str | int | None, language: Language) -> str:
    """A group as people call it; what a company named itself stays as it is, with a capital.

    >>> value_name("channel", "phone", "nl"), value_name("month", "2026-10", "en"), value_name("week", "2026-W44", "nl")
    ('Telefoon', 'October 2026', 'Week 44, 2026')
    """
    if value is None:
        return capital(say("not_known", language))
    if column in PERIODS:
        return period_name(str(value), language)
    if column == "weekday" and str(value) in ("1", "2", "3", "4", "5", "6", "7"):
        return capital(get_day_names(locale=language)[int(value) - 1])
    if isinstance(value, int) and column not in _NUMBERED:
        return capital(say("yes" if value else "no", language)) if value in (0, 1) else str(value)
    text = str(value)
    known = (_OF_DEVICE if column == "device" else {}).get(text) or VALUES.get(text)
    return capital(pick(known, language) if known else text)


def period_name(text: str, language: Language, *, short: bool = False) -> str:
    """A period as people call it.

    >>> period_name("2026-10", "nl", short=True), period_name("2026-W44", "en", short=True), period_name("2026-Q1", "nl")
    ('okt', 'wk 44', '1e kwartaal 2026')
    """
    period = parse(text)
    match period.kind:
        case "day":
            return format_date(period.start, "d MMM" if short else "d MMMM y", locale=language)
        case "week":
            key = "week_short" if short else "week_long"
            return say(key, language, period.start.isocalendar().week, period.start.isocalendar().year)
        case "month":
            return format_date(period.start, "MMM" if short else "MMMM y", locale=language)
        case "quarter":
            return say("quarter_long", language, (period.start.month + 2) // 3, period.start.year)
    return str(period.start.year)


def days(first: date, last: date, language: Language) -> str:
    """A run of days, the year once.

    >>> days(date(2026, 10, 2), date(2026, 10, 31), "nl"), days(date(2025, 12, 3), date(2026, 1, 1), "en")
    ('2 okt t/m 31 okt 2026', '3 Dec 2025 to 1 Jan 2026')
    """
    if first == last:
        return one_day(first, language)
    start = format_date(first, "d MMM" if first.year == last.year else "d MMM y", locale=language)
    return say("day_span", language, start, one_day(last, language))


def one_day(day: date, language: Language) -> str:
    return format_date(day, "d MMM y", locale=language)
