"""The app by the interface that Django's own views are written for."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peil.web.settings")
everything = get_wsgi_application()

from peil.web.asking.intake.short_way import ShortWay  # noqa: E402  it knows tables, which are known from here on

application = ShortWay(everything)
