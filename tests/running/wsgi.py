"""The host with its stylesheets, as a web server would give them."""

from django.contrib.staticfiles.handlers import StaticFilesHandler

from tests.wsgi import application as host

application = StaticFilesHandler(host)
