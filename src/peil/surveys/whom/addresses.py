"""The organisation's address book: how a customer is reached, in which language, and by which first name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from peil.core.errors import BadQuery
from peil.surveys.models import Contact
from peil.surveys.questionnaires.texts import ATTRIBUTES, LANGUAGE, clean_value
from peil.surveys.tokens import person_hash
from peil.surveys.whom.reasons import Via, bad_address

COLUMNS = ("customer_id", "email", "phone", "language")
NAMES = {"first_name": "customer.first_name", "last_name": "customer.last_name", "name": "customer.name"}
MOST = 200_000
_AT_ONCE = 500
_PHONE = re.compile(r"[\s().\-/]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One customer of the address book. What is empty is not known."""

    customer_id: str
    email: str = ""
    phone: str = ""
    language: str = ""
    known: Mapping[str, str] = field(default_factory=dict)

    def address(self, via: Via) -> str:
        """Where this customer is reached this way; '' where that is not known."""
        return self.email if via == "email" else self.phone if via in ("sms", "whatsapp") else ""


def customer_hash(customer_id: str) -> str:
    return person_hash("customer", customer_id)


def address_hash(address: str) -> str:
    """The same for one address, however it is written."""
    return person_hash("address", plain_address(address))


def plain_address(address: str) -> str:
    """An e-mail address in small letters, a phone number without what makes it readable, Dutch ones with their country."""
    if "@" in address:
        return address.strip().lower()
    number = _PHONE.sub("", address.strip())
    if number.startswith("00"):
        return "+" + number[2:]
    return "+31" + number[1:] if number.startswith("0") else number


def find_contact(customer_id: str) -> Line | None:
    row = Contact.objects.filter(person=customer_hash(customer_id)).first() if customer_id else None
    return _line(row) if row else None


def contacts_of(customers: Iterable[str]) -> dict[str, Line]:
    """Those of these customers who are in the address book."""
    hashes, found = [customer_hash(c) for c in customers], {}
    for start in range(0, len(hashes), _AT_ONCE):
        for row in Contact.objects.filter(person__in=hashes[start : start + _AT_ONCE]):
            found[row.customer_id] = _line(row)
    return found


def count_contacts() -> int:
    return Contact.objects.count()


def all_customers() -> Iterable[str]:
    """Every customer in the address book who can be reached in some way."""
    return Contact.objects.order_by("pk").values_list("customer_id", flat=True).iterator(5_000)


def keep_contacts(lines: Iterable[Line]) -> int:
    """Add to the address book, or take the place of what is there; how many lines. All of it or nothing."""
    now, count = timezone.now(), 0
    with transaction.atomic():
        batch: dict[str, Contact] = {}
        for line in lines:
            _check(line)
            person = customer_hash(line.customer_id)
            batch[person] = Contact(
                person=person, customer_id=line.customer_id.strip(), email=line.email.strip(), phone=line.phone.strip(),
                language=line.language, known=dict(line.known), changed_at=now,
            )  # fmt: skip
            count += 1
            if count > MOST:
                raise BadQuery(f"An address book takes at most {MOST} lines at once.", "Send it in parts.")
            if len(batch) == _AT_ONCE:
                _write(batch)
        _write(batch)
    return count


def forget_contact(customer_id: str) -> bool:
    """Take a customer out of the address book; whether there was one."""
    return bool(Contact.objects.filter(person=customer_hash(customer_id)).delete()[0])


def read_csv(text: str) -> list[Line]:
    """The lines of a CSV file with `customer_id` and any of email, phone, language, first_name, last_name, name."""
    dialect = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=dialect)
    heads = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    known = {*COLUMNS, *NAMES}
    if "customer_id" not in heads or not {"email", "phone"} & set(heads) or set(heads) - known:
        raise BadQuery(
            "These are not the columns of an address book.",
            f"Use customer_id and email or phone, and any of {', '.join(sorted(known - {'customer_id', 'email', 'phone'}))}.",
        )
    return [
        _from_row({(k or "").strip().lower(): v or "" for k, v in row.items() if isinstance(v, str)}) for row in rows
    ]


def _from_row(row: Mapping[str, str]) -> Line:
    given = {NAMES[k]: clean_value(v) for k, v in row.items() if k in NAMES and v.strip()}
    plain = {k: row.get(k, "").strip() for k in COLUMNS}  # never cut: another number is another customer
    return Line(**plain, known=given)


def _check(line: Line) -> None:
    wrong = ""
    if not line.customer_id.strip() or len(line.customer_id) > 200 or not line.customer_id.isprintable():
        wrong = "a customer without a number of at most 200 characters"
    elif line.email and bad_address("email", line.email.strip()):
        wrong = f"no e-mail address for customer {line.customer_id[:40]}"
    elif line.phone and bad_address("sms", line.phone):
        wrong = f"no phone number for customer {line.customer_id[:40]}"
    elif line.language and not LANGUAGE.fullmatch(line.language):
        wrong = f"no language for customer {line.customer_id[:40]}, such as nl"
    elif set(line.known) - ATTRIBUTES.keys():
        wrong = f"'{sorted(set(line.known) - ATTRIBUTES.keys())[0][:40]}', which is nothing that can be filled in"
    if wrong:
        raise BadQuery(f"The address book holds {wrong}.", "Mend that line; nothing was taken in.")


def _write(batch: dict[str, Contact]) -> None:
    changed = ["customer_id", "email", "phone", "language", "known", "changed_at"]
    Contact.objects.bulk_create(batch.values(), update_conflicts=True, unique_fields=["person"], update_fields=changed)
    batch.clear()


def _line(row: Contact) -> Line:
    return Line(customer_id=row.customer_id, email=row.email, phone=row.phone, language=row.language, known=row.known)
