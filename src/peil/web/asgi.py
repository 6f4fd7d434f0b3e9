"""What the web server runs."""

from peil.web import wsgi
from peil.web.serving.front import Front

application = Front(wsgi.application, wsgi.everything)
