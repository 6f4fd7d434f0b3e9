"""A link as people see it: its address, its QR code, a sheet to hang."""

from __future__ import annotations

import io

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peil.report.words.sheets import in_language
from peil.surveys.links import OpenLink, links_of
from peil.surveys.questionnaires.texts import fill
from peil.web.access import allowed
from peil.web.facts import the_peil
from peil.web.pages.surveys.shown import survey_or_404


def address_of(link: OpenLink) -> str:
    """Where whoever has the link answers; of a widget its script."""
    path = {"kiosk": f"kiosk/{link.code}/", "widget": f"w/{link.code}.js", "chat_end": f"w/{link.code}.js"}
    return f"{settings.PEIL_ADDRESS}/{path.get(link.kind, f's/{link.code}/')}"


def link_or_404(key: str, id: int) -> OpenLink:
    """A link of this survey."""
    found = next((link for link in links_of(key) if link.id == id), None)
    if found is None:
        raise Http404
    return found


@allowed("see_surveys")
@require_safe
def qr(request: HttpRequest, key: str, id: int) -> HttpResponse:
    """The QR code, to take along or to show in a page."""
    link = link_or_404(key, id)
    response = HttpResponse(qr_svg(address_of(link)), content_type="image/svg+xml")
    if "download" in request.GET:
        response.headers["Content-Disposition"] = f'attachment; filename="{link.survey}-{link.id}.svg"'
    return response


@allowed("see_surveys")
@require_safe
def sheet(request: HttpRequest, key: str, id: int) -> HttpResponse:
    """A page to print and hang: what it is about, the code, and the address for who types."""
    kept, link = survey_or_404(key), link_or_404(key, id)
    asked = kept.published or kept.shown
    organisation = the_peil().warehouse.settings.organisation
    known = {"organisation": organisation}
    said = [
        (
            one,
            fill(asked.name.of(one), known) if asked.anonymous else words["how"],
            words,
            fill(asked.purpose.of(one), known),
        )
        for one in asked.languages
        if (words := in_language(one))
    ]
    about = {"kept": kept, "link": link, "address": address_of(link), "said": said, "organisation": organisation}
    return render(request, "surveys/sheet.html", about, using="jinja2")


def qr_svg(address: str) -> bytes:
    """A QR code as a drawing, with the quiet edge that readers need."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=10, border=4)
    code.add_data(address)
    code.make(fit=True)
    drawn = io.BytesIO()
    code.make_image(image_factory=qrcode.image.svg.SvgPathFillImage).save(drawn)
    return drawn.getvalue()
