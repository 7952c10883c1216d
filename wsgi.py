"""What every WSGI server and `flask run` find: `app`."""

import gc

from salur.config import Settings
from salur.web.app import create_app
from salur.wiring import build

app = create_app(build(Settings.from_env()))
# What is there now stays. Looking through it again for what can go takes a tenth of the time of a list of 300 families.
gc.collect()
gc.freeze()
