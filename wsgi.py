"""What every WSGI server and `flask run` find: `app`."""

from salur.config import Settings
from salur.web.app import create_app
from salur.wiring import build

app = create_app(build(Settings.from_env()))
