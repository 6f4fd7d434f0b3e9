"""The address book: how many customers are in it, and a CSV file that adds to it."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from peil.core.errors import BadQuery
from peil.report.words import say
from peil.report.words.figures import count
from peil.surveys.whom.addresses import count_contacts, keep_contacts, read_csv
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.asking.fields import Form
from peil.web.pages.shell import show_plain_page
from peil.web.recording import recorded

MOST_BYTES = 20_000_000


@allowed("edit_surveys")
@recorded("survey_changed", "address_book")
def addresses(request: HttpRequest) -> HttpResponse:
    language, error = language_of(request), ""
    if request.method == "POST":
        try:
            taken = keep_contacts(read_csv(_text(request.FILES.get("book_file"))))
        except BadQuery as wrong:
            error = say("inv_book_wrong", language, wrong.problem)
        except ValueError:
            error = say("inv_book_no_file", language)
        else:
            messages.success(request, say("inv_book_added", language, count(taken, language)))
            return HttpResponseRedirect(reverse("inviting_addresses"))
    form = Form({}, {"book_file": error} if error else {}, language)
    many = count_contacts()
    told = say("inv_book_none", language) if not many else say("inv_book_count", language, count(many, language))
    return show_plain_page(
        request, known_person_of(request), "inviting/addresses.html", may_edit=True, status=400 if error else 200,
        told=say("inv_book_count_one", language) if many == 1 else told, file=form.field("book_file", "file"),
    )  # fmt: skip


def _text(file: object) -> str:
    """What was sent, as text. Raises ValueError where nothing was, or too much, or no text."""
    if not isinstance(file, UploadedFile) or (file.size or 0) > MOST_BYTES:
        raise ValueError("no file")
    content = file.read()
    try:
        return str(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return str(content.decode("cp1252"))
