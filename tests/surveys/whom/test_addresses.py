"""The address book: what is one address, which files are one, and how many questions a look-up costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peil.core.errors import BadQuery
from peil.surveys.models import Contact
from peil.surveys.whom.addresses import (
    Line,
    address_hash,
    contacts_of,
    find_contact,
    forget_contact,
    keep_contacts,
    plain_address,
    read_csv,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mina@Example.NL", " mina@example.nl "),
        ("06-1234 5678", "+31612345678"),
        ("0031 6 12345678", "+31 (6) 12.34.56.78"),
    ],
)
def test_one_address_however_it_is_written(one: str, other: str) -> None:
    assert plain_address(one) == plain_address(other)
    assert address_hash(one) == address_hash(other)
    assert address_hash(one) != address_hash("else@example.nl")


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "customer_id\nK1\n", "customer_id,email,colour\nK1,a@b.nl,red\n", "email\na@b.nl\n"]
)
def test_what_is_no_address_book(text: str) -> None:
    with pytest.raises(BadQuery):
        read_csv(text)


@pytest.mark.django_db
@pytest.mark.parametrize("row", [";a@b.nl", "K1;nothing", f"{'K' * 201};a@b.nl", '"K\n1";a@b.nl'])
def test_a_line_that_can_not_be_is_named_and_nothing_is_taken_in(row: str) -> None:
    with pytest.raises(BadQuery):
        keep_contacts(read_csv(f"customer_id;email\nK0;k0@example.nl\n{row}\n"))
    assert Contact.objects.count() == 0


@pytest.mark.django_db
def test_kept_replaced_and_forgotten() -> None:
    assert keep_contacts(read_csv("\ufeffcustomer_id,email,first_name\nK1,a@example.nl,Mina\nK2,b@example.nl,\n")) == 2
    assert keep_contacts([Line(customer_id="K1", email="new@example.nl")]) == 1
    found = find_contact("K1")
    assert found is not None
    assert (found.email, dict(found.known), found.address("sms")) == ("new@example.nl", {}, "")
    assert forget_contact("K1")
    assert not forget_contact("K1")
    assert find_contact("K1") is None
    assert find_contact("") is None


@pytest.mark.django_db
def test_many_are_found_in_few_questions() -> None:
    keep_contacts(Line(customer_id=f"K{n}", email=f"k{n}@example.nl") for n in range(600))
    counts = []
    for many in (1, 400):
        with CaptureQueriesContext(connection) as asked:
            assert len(contacts_of(f"K{n}" for n in range(many))) == many
        counts.append(len(asked))
    assert counts == [1, 1]
