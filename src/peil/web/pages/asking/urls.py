"""Addresses of asking, for colleagues."""

from __future__ import annotations

from django.urls import path

from peil.web.pages.asking.addresses import addresses
from peil.web.pages.asking.hooks.page import hook_close, hook_renew, hooks
from peil.web.pages.asking.letters.domain import domain
from peil.web.pages.asking.letters.mail import mail, mail_body, mail_test
from peil.web.pages.asking.letters.told import told
from peil.web.pages.asking.manner import manner
from peil.web.pages.asking.requests import requests
from peil.web.pages.asking.rules import inviting, pause, remove, rule, rule_new, start
from peil.web.pages.asking.trials import trial_end, trials

urlpatterns = [
    path("", inviting, name="inviting"),
    path("rules/new/", rule_new, name="inviting_rule_new"),
    path("rules/<int:number>/", rule, name="inviting_rule"),
    path("rules/<int:number>/start/", start, name="inviting_rule_start"),
    path("rules/<int:number>/pause/", pause, name="inviting_rule_pause"),
    path("rules/<int:number>/remove/", remove, name="inviting_rule_remove"),
    path("requests/", requests, name="inviting_requests"),
    path("manner/", manner, name="inviting_manner"),
    path("mail/<slug:key>/", mail, name="inviting_mail"),
    path("mail/<slug:key>/body/", mail_body, name="inviting_mail_body"),
    path("mail/<slug:key>/test/", mail_test, name="inviting_mail_test"),
    path("trials/", trials, name="inviting_trials"),
    path("trials/<int:number>/end/", trial_end, name="inviting_trial_end"),
    path("addresses/", addresses, name="inviting_addresses"),
    path("webhooks/", hooks, name="inviting_hooks"),
    path("webhooks/<int:number>/renew/", hook_renew, name="inviting_hook_renew"),
    path("webhooks/<int:number>/close/", hook_close, name="inviting_hook_close"),
    path("domain/", domain, name="inviting_domain"),
    path("told/", told, name="inviting_told"),
]
