"""What other systems tell: that something happened, how a customer is reached, whom to leave alone, what came back."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, cast

from django.http import HttpRequest, HttpResponse
from ninja import Header, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from peil.accounts.audit import record
from peil.surveys.mails.bounces import take_report
from peil.surveys.questionnaires.questionnaire import Moment
from peil.surveys.whom.addresses import NAMES, Line, keep_contacts
from peil.surveys.whom.asking import Asked
from peil.surveys.whom.looking import Event, tell_event
from peil.surveys.whom.stopping import add_hold, end_hold
from peil.web.api.operations.operation import caller_of, json_response, operation
from peil.web.api.repeating import answer_once
from peil.web.pages.asking.work import the_terms


def _plain(text: str) -> str:
    """Text as a form takes it: one line, no character that no text store keeps."""
    if any(ord(c) < 32 or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("holds a character that no line of text has")
    return text


Short: TypeAlias = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Language: TypeAlias = Annotated[str, Field(pattern=r"^([a-z]{2}(-[A-Z]{2})?)?$")]
Later: TypeAlias = Annotated[AwareDatetime, Field(ge="2000-01-01T00:00:00Z", le="2200-01-01T00:00:00Z")]


class _Given(Schema):
    model_config = ConfigDict(extra="forbid")


class EventGiven(_Given):
    """Something that happened to one customer. `id` is your own: told twice, it asks once."""

    id: Annotated[str, Field(min_length=1, max_length=150), AfterValidator(_plain)]
    moment: Literal["after_contact", "after_visit", "after_purchase", "journey_step", "before_renewal"]
    at: Later
    customer_id: Short = ""
    email: Short = ""
    phone: Short = ""
    language: Language = ""
    channel: Annotated[str, Field(max_length=40), AfterValidator(_plain)] = ""
    reason: Short = ""
    team: Short = ""
    employee_id: Short = ""
    journey: Short = ""
    first_name: Short = ""
    last_name: Short = ""
    name: Short = ""
    open_complaint: bool = False
    open_case: bool = False
    collections: bool = False
    death: bool = False
    minor: bool = False


class AskedShape(_Given):
    """What a rule made of it: null in `held_back` means that it is asked, at `due_at`."""

    survey: str
    request_id: str
    new: bool
    held_back: str | None
    due_at: str | None


class EventTold(_Given):
    items: list[AskedShape]


class ContactGiven(_Given):
    customer_id: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
    email: Short = ""
    phone: Short = ""
    language: Language = ""
    first_name: Short = ""
    last_name: Short = ""
    name: Short = ""


class ContactsGiven(_Given):
    """Lines of the address book; one that is there already is replaced. All of them or none."""

    items: Annotated[list[ContactGiven], Field(min_length=1, max_length=1_000)]


class Count(_Given):
    count: int


class HoldGiven(_Given):
    """Leave a customer alone; with `ended` it is over."""

    customer_id: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
    reason: Literal["open_complaint", "open_case", "collections", "death", "minor", "other_hold"]
    until: Later | None = None
    ended: bool = False


class ReportGiven(_Given):
    """A mail that came back, whole, as it arrived: a delivery report (RFC 3464) or a complaint (ARF)."""

    message: Annotated[str, Field(max_length=1_000_000)]


@operation(
    "/events", EventTold, id="tellEvent", method="POST", action="edit_surveys", scopes={"ask"}, of_rows=False, query=(),
    takes_json=True,
)  # fmt: skip
def tell(request: HttpRequest, event: EventGiven, idempotency_key: Header[str] = "") -> HttpResponse:
    """Tell that something happened; every rule that is about it asks, or keeps why not.

    For a contact or a visit, `id` is the number that imports give it too: what is told both ways is asked about once.
    """

    def work() -> HttpResponse:
        return json_response({"items": [_asked(a) for a in tell_given(event)]})

    return answer_once(caller_of(request), idempotency_key, ("event", event.model_dump_json()), work)


@operation(
    "/contacts", Count, id="putContacts", method="POST", action="edit_surveys", scopes={"ask"}, of_rows=False, query=(),
    takes_json=True,
)  # fmt: skip
def put_contacts(request: HttpRequest, contacts: ContactsGiven) -> HttpResponse:
    """Add to the address book of the organisation."""
    count = keep_contacts(_line(c) for c in contacts.items)
    record(caller_of(request).person, "survey_changed", what="address_book", via="api", count=count)
    return json_response({"count": count})


@operation(
    "/holds", Count, id="putHold", method="POST", action="edit_surveys", scopes={"ask"}, of_rows=False, query=(),
    takes_json=True,
)  # fmt: skip
def put_hold(request: HttpRequest, hold: HoldGiven) -> HttpResponse:
    """Leave a customer alone, or end that."""
    if hold.ended:
        count = end_hold(hold.customer_id, hold.reason)
    else:
        add_hold(hold.customer_id, hold.reason, hold.until)
        count = 1
    record(caller_of(request).person, "survey_changed", what="hold", via="api", reason=hold.reason)
    return json_response({"count": count})


@operation(
    "/mail-reports", Count, id="tellMailReport", method="POST", action="edit_surveys", scopes={"ask"}, of_rows=False,
    query=(), takes_json=True,
)  # fmt: skip
def mail_report(request: HttpRequest, report: ReportGiven) -> HttpResponse:
    """Tell of a mail that came back. `count` is 0 for one that is no report of a mail that Peil sent."""
    found = take_report(report.message.encode("utf-8", "replace"))
    record(caller_of(request).person, "survey_changed", what="mail_report", via="api", count=len(found))
    return json_response({"count": len(found)})


def tell_given(given: EventGiven) -> list[Asked]:
    """Have every rule that is about it ask, by whatever way it was told."""
    return tell_event(_event(given), the_terms())


def _event(given: EventGiven) -> Event:
    told = {"reason": given.reason, "team": given.team, "employee_id": given.employee_id, "journey": given.journey}
    holds = ("open_complaint", "open_case", "collections", "death", "minor")
    return Event(
        id=given.id, moment=cast("Moment", given.moment), at=given.at, customer_id=given.customer_id,
        email=given.email, phone=given.phone, language=given.language, channel=given.channel,
        told={k: v for k, v in told.items() if v}, known=_names(given),
        attributes={name: getattr(given, name) for name in holds},
    )  # fmt: skip


def _line(given: ContactGiven) -> Line:
    return Line(
        customer_id=given.customer_id,
        email=given.email,
        phone=given.phone,
        language=given.language,
        known=_names(given),
    )


def _names(given: EventGiven | ContactGiven) -> dict[str, str]:
    return {key: str(getattr(given, name)) for name, key in NAMES.items() if getattr(given, name)}


def _asked(asked: Asked) -> dict[str, object]:
    due = asked.due_at.isoformat() if asked.due_at else None
    return {
        "survey": asked.survey, "request_id": str(asked.uid), "new": asked.new, "held_back": asked.held_back or None,
        "due_at": due,
    }  # fmt: skip
