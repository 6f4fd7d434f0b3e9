"""The start of an import: a file comes in, and what is still on its way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from peil.report.words.app.told import error_in_words
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.data.page import draft_lines
from peil.web.pages.data.upload.folder import Upload, new_upload, plain_name
from peil.web.pages.data.upload.jobs import start
from peil.web.pages.data.upload.receiving import ToFolder, refuse_early, too_large
from peil.web.pages.shell import show_plain_page


@allowed("import_data")
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # until the file goes straight to disk; the form is protected where it is read
def upload(request: HttpRequest) -> HttpResponseBase:
    """The form; or a file, straight to its folder."""
    if request.method != "POST":
        return _form(request)
    look = look_of_person(request)
    coming = new_upload(look.person.pk, str(look.person))
    receiver = ToFolder(coming)
    try:
        refuse_early(request, coming)
        request.upload_handlers = [receiver]
        response = _received(request, coming, look)
    except Exception:
        coming.discard()
        raise
    if receiver.too_large:
        coming.discard()
        raise too_large()
    if coming.folder.exists() and not coming.state.size:  # refused before it was looked at
        coming.discard()
    return response


@csrf_protect
def _received(request: HttpRequest, coming: Upload, look: Look) -> HttpResponseBase:
    given = request.FILES.get("file")
    if given is None or not coming.file.exists() or not given.size:
        coming.discard()
        key = "It is empty." if given is not None else "There is no file."
        return _form(request, error_in_words(key, "Choose a file and try again.", look.language))
    coming.change(name=plain_name(given.name or ""), size=given.size)
    start(coming, "reading")
    return HttpResponseRedirect(look.state.url(reverse("data_upload", args=[coming.token])))


def _form(request: HttpRequest, wrong: tuple[str, str] | None = None) -> HttpResponseBase:
    look = look_of_person(request)
    page = show_plain_page(request, look.person, "data/start.html", look=look, drafts=draft_lines(look), wrong=wrong,
    )  # fmt: skip
    page.status_code = 400 if wrong else 200
    return page
