"""Subscriptions: what one gets by e-mail, a sample of it, and how to stop it."""

from __future__ import annotations

from datetime import datetime

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from peil.board.figures import BoardFigures
from peil.board.reported.mails import Message, compose, figures_for
from peil.board.reported.subscriptions import (
    Subscribed,
    end_subscription,
    last_whole,
    read_token,
    restore_subscription,
    subscribe,
    subscriptions_of,
    unsubscribe,
)
from peil.board.views import views_for
from peil.web.access import allowed, anyone
from peil.web.look import Look, look_of_person
from peil.web.pages.shell import show_page
from peil.web.recording import recorded


@allowed("subscribe")
@recorded("subscription_changed", "added", named="every")
def subscriptions(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    if request.method == "POST":
        view = request.POST.get("view", "")
        number = int(view) if view.isdecimal() and len(view) < 16 else None
        subscribe(look.person, request.POST.get("every", ""), bool(request.POST.get("only_changed")), number)
        return HttpResponseRedirect(reverse("board_subscriptions"))
    ended = request.GET.get("ended", "")
    return show_page(
        request, look, "board/subscriptions.html", found=subscriptions_of(look.person), views=views_for(look.person),
        ended=ended if ended.isdecimal() and len(ended) < 16 else "",
    )  # fmt: skip


@require_POST
@allowed("subscribe")
@recorded("subscription_changed", "ended")
def end(request: HttpRequest, number: int) -> HttpResponse:
    if not end_subscription(look_of_person(request).person, number):
        raise Http404
    return HttpResponseRedirect(f"{reverse('board_subscriptions')}?ended={number}")


@require_POST
@allowed("subscribe")
@recorded("subscription_changed", "restored")
def restore(request: HttpRequest, number: int) -> HttpResponse:
    if not restore_subscription(look_of_person(request).person, number):
        raise Http404
    return HttpResponseRedirect(reverse("board_subscriptions"))


@csp_update({"frame-src": [SELF]})  # type: ignore[untyped-decorator]
@allowed("subscribe")
def sample(request: HttpRequest, number: int) -> HttpResponse:
    """The mail about the last whole period, in the page; nothing is sent."""
    look = look_of_person(request)
    subscription, figures = _sampled(look, number)
    message = _message(look, subscription, figures)
    return show_page(
        request, look, "board/sample.html", subscription=subscription, message=message,
        unchanged=figures is not None and subscription.only_changed and not figures.changed,
    )  # fmt: skip


@xframe_options_sameorigin
@csp_replace({"default-src": [NONE], "style-src": ["'unsafe-inline'"], "frame-ancestors": [SELF]})  # type: ignore[untyped-decorator]
@allowed("subscribe")
def sample_mail(request: HttpRequest, number: int) -> HttpResponse:
    """The HTML of the mail as a mail program would show it: its own styles, no script, nothing from elsewhere."""
    look = look_of_person(request)
    message = _message(look, *_sampled(look, number))
    if message is None:
        raise Http404
    return HttpResponse(message.html)


def _sampled(look: Look, number: int) -> tuple[Subscribed, BoardFigures | None]:
    subscription = next((s for s in subscriptions_of(look.person) if s.id == number), None)
    if subscription is None:
        raise Http404
    warehouse = look.peil.warehouse
    period = last_whole(subscription.every, datetime.now(warehouse.zone))
    return subscription, figures_for(look.person, subscription, warehouse, period, look.today)


def _message(look: Look, subscription: Subscribed, figures: BoardFigures | None) -> Message | None:
    return None if figures is None else compose(look.person, subscription, figures, settings.PEIL_ADDRESS)


@csrf_exempt
@anyone
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a mail by its link: a GET only asks, since scanners follow links; a POST stops it, by one click of
    the mail program (RFC 8058) or by the button. The signed token says which mail; there is nobody signed in."""
    number = read_token(token)
    done = number is not None and request.method == "POST"
    if number is not None and done:
        unsubscribe(number)
    status = 404 if number is None else 200
    words = "leave_unknown" if number is None else "left" if done else "leave"
    response = render(
        request, "mails/leave.html", {"words": words, "path": request.path}, using="jinja2", status=status
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
