"""Forms of people and accounts, with errors that say what to do, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest

from peil.accounts.models import Person
from peil.accounts.signing_in.passwords import wrong_with
from peil.report.words import Language, say
from peil.web.languages import language_of

LANGUAGES = (("nl", "Nederlands"), ("en", "English"))
MOST_NAME = 200


class PageForm(forms.Form):
    """A form that speaks the language of its page."""

    def __init__(self, request: HttpRequest, *, unposted: bool = False, **kwargs: Any) -> None:
        """`unposted` is for a page with two forms, of which the other one was sent."""
        self.language: Language = language_of(request)
        super().__init__(request.POST if request.method == "POST" and not unposted else None, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = self.say("fill_in")
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = self.say("email_invalid")
                for validator in field.validators:
                    if getattr(validator, "code", "") == "invalid":
                        setattr(validator, "message", self.say("email_invalid"))  # noqa: B010  of its own copy

    def say(self, key: str, *values: object) -> str:
        return say(key, self.language, *values)

    def text(self, name: str) -> str:
        return str(self.cleaned_data[name])


def name_field(*, required: bool = True) -> forms.CharField:
    return forms.CharField(max_length=MOST_NAME, required=required)


def choices_field(values: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(values))


def check_password(form: PageForm, name: str, person: Person) -> None:
    """Put what is wrong with a new password under its field."""
    said = form.cleaned_data.get(name)
    for words in wrong_with(said, person, form.language) if said else ():
        form.add_error(name, words)
