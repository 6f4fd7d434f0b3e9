"""The files of Kadewijk Energie's systems, surveys apart."""

from __future__ import annotations

from peil.demo.contact import facts as desk
from peil.demo.files.layout import DUTCH_CHANNELS, Cell, Layout
from peil.demo.register import NPS_GROUP
from peil.demo.register import SOURCE as REGISTER
from peil.demo.surveys.asking import SOURCE as SURVEYS
from peil.demo.web.facts import FIRST_ARTICLE
from peil.demo.web.facts import SOURCE as WEBSITE
from peil.demo.workforce import SOURCE as WORKFORCE


def _cells(*pairs: tuple[str, str]) -> tuple[Cell, ...]:
    return tuple(Cell(heading=heading, column=column) for heading, column in pairs)


def _as_they_are(*columns: str) -> tuple[Cell, ...]:
    return tuple(Cell(heading=c, column=c) for c in columns)


CONTACTS = Layout(
    file="klantcontacten.csv",
    fact="interactions",
    source=desk.SOURCE,
    cells=(
        *_cells(("Zaaknummer", "interaction_id"), ("Klantnummer", "customer_id")),
        Cell(heading="Richting", column="direction", words={"in": "Inkomend", "out": "Uitgaand"}),
        Cell(heading="Kanaal", column="channel", words=DUTCH_CHANNELS),
        *_cells(
            ("Wachtrij", "queue"), ("Onderwerp", "reason"), ("Soort onderwerp", "reason_type"),
            ("Binnen of buiten onze macht", "controllable"), ("Contractsoort", "tier"), ("Klantfase", "stage"),
            ("Aangemaakt op", "opened_at"), ("Opgelost op", "resolved_at"), ("Beantwoord", "answered"),
            ("Opgehangen", "abandoned"), ("Ontvangstbevestiging na (s)", "auto_reply_seconds"),
        ),
        Cell(heading="Eerste reactie op", column="first_response_seconds", since="opened_at"),
        Cell(heading="Reactie uiterlijk", column="first_response_target_seconds", since="opened_at"),
        *_cells(
            ("Wachttijd (s)", "wait_seconds"), ("Volgende reacties na (s)", "next_reply_seconds"),
            ("Wachttijd in totaal (s)", "total_wait_seconds"), ("Gesprek (s)", "talk_seconds"),
            ("In de wacht (s)", "hold_seconds"), ("Nawerk (s)", "wrap_up_seconds"), ("Werktijd (s)", "handle_seconds"),
            ("Keren doorgezet", "transfers"), ("Met voorgeschiedenis doorgezet", "warm_transfer"),
            ("Terugbellen voor", "callback_promised_at"), ("Teruggebeld op", "callback_kept_at"),
            ("Keren heropend", "reopens"),
        ),
        Cell(heading="Opgelost door", column="resolved_by", words={"person": "Medewerker", "automatic": "Automatisch", "nobody": "Niemand"}),
        *_cells(("Medewerker", "employee_id"), ("Team", "team"), ("Kosten", "cost")),
        Cell(heading="Soort adres", column=desk.ADDRESS),
    ),
)  # fmt: skip

TOUCHES = Layout(
    file="behandelingen.parquet",
    fact="touches",
    source=desk.SOURCE,
    cells=_cells(
        ("behandeling", "touch_id"), ("zaaknummer", "interaction_id"), ("klantnummer", "customer_id"),
        ("medewerker", "employee_id"), ("team", "team"), ("van", "started_at"), ("tot", "ended_at"),
        ("werktijd_s", "handle_seconds"),
    ),
)  # fmt: skip

INVITATIONS = Layout(
    file="uitnodigingen.csv",
    fact="invitations",
    source=SURVEYS,
    cells=(
        *_cells(("Uitnodiging", "invitation_id"), ("Enquête", "survey"), ("Contactmoment", "touchpoint")),
        Cell(heading="Verstuurd per", column="channel", words=DUTCH_CHANNELS),
        *_cells(
            ("Klantnummer", "customer_id"), ("Verstuurd op", "sent_at"), ("Teruggekomen op", "bounced_at"),
            ("Geopend op", "opened_at"), ("Begonnen op", "started_at"), ("Ingestuurd op", "answered_at"),
            ("Geldig tot", "expired_at"), ("Niet verstuurd omdat", "held_back_reason"),
        ),
    ),
)  # fmt: skip

VISITS = Layout(
    file="bezoeken.parquet",
    fact="visits",
    source=WEBSITE,
    cells=(
        *_as_they_are(
            "visit_id", "visitor_id", "customer_id", "started_at", "returning", "orientation", "sales", "service",
            "self_care", "self_provisioning", "contact_page", "contact_after_self_service", "landed_on_service",
            "bounced", "used_tool", "converted", "pages", "device", "traffic_source",
        ),
        Cell(heading="first_article", column=FIRST_ARTICLE, label="Eerste hulpartikel"),
    ),
)  # fmt: skip

SOLUTIONS = Layout(
    file="hulpartikelen.parquet",
    fact="solution_views",
    source=WEBSITE,
    cells=_as_they_are("view_id", "visit_id", "customer_id", "solution", "at", "helpful"),
)
EVENTS = Layout(
    file="webgebeurtenissen.parquet",
    fact="web_events",
    source=WEBSITE,
    cells=_as_they_are("event_id", "visit_id", "customer_id", "at", "kind", "path", "searched", "found"),
)

REGISTER_SPELLS = Layout(
    file="klantregister.csv",
    fact="memberships",
    source=REGISTER,
    encoding="cp1252",
    cells=(
        *_cells(
            ("Contract", "membership_id"), ("Klantnummer", "customer_id"), ("Klant sinds", "since"),
            ("Klant tot", "until"), ("Jaarwaarde (€)", "value"), ("Contractsoort", "tier"), ("Segment", "segment"),
            ("Reden van vertrek", "leave_reason"),
        ),
        Cell(heading="NPS-groep op 1 juli 2026", column=NPS_GROUP),
    ),
)  # fmt: skip
CUSTOMER_EVENTS = Layout(
    file="klantgebeurtenissen.parquet",
    fact="customer_events",
    source=REGISTER,
    cells=_cells(
        ("gebeurtenis", "event_id"), ("klantnummer", "customer_id"), ("soort", "kind"), ("op", "at"),
        ("bedrag", "amount"), ("omschrijving", "text"),
    ),
)  # fmt: skip

JOURNEYS = Layout(
    file="klantreizen.parquet",
    fact="journey_runs",
    source=WEBSITE,
    cells=_as_they_are(
        "run_id",
        "customer_id",
        "visit_id",
        "journey",
        "started_at",
        "steps_done",
        "completed",
        "completed_in",
        "seconds",
    ),
)
WEEKS = Layout(
    file="werkweken.csv",
    fact="work_weeks",
    source=WORKFORCE,
    encoding="cp1252",
    cells=_cells(
        ("Regel", "work_week_id"), ("Personeelsnummer", "employee_id"), ("Team", "team"), ("Week van", "week_start"),
        ("Medewerkers", "employees"), ("Weken", "weeks"), ("Minuten met leidinggevende", "manager_minutes"),
        ("Minuten met team", "group_minutes"), ("Collega's buiten team", "network"),
        ("Minuten buiten rooster", "overtime_minutes"), ("In dienst gekomen", "joined"), ("Vertrokken", "left"),
        ("Jaren in dienst", "tenure_years"), ("Maandsalaris (€)", "monthly_salary"),
    ),
)  # fmt: skip

LAYOUTS = (
    CONTACTS, TOUCHES, INVITATIONS, VISITS, SOLUTIONS, EVENTS, JOURNEYS, REGISTER_SPELLS, CUSTOMER_EVENTS, WEEKS,
)  # fmt: skip
