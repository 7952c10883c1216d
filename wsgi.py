"""What every WSGI server and `flask run` find: `app`."""

import gc
import os
import sys

from salur.config import Settings
from salur.core.errors import ConfigError
from salur.logs import write
from salur.web.app import create_app
from salur.wiring import build
from salur.words.language import language
from salur.words.settings import terminal_language, what_is_wrong_with

try:
    settings = Settings.from_env()
    write(settings.logs)
    app = create_app(build(settings))
except ConfigError as error:
    # One line for who started it, instead of a traceback.
    sys.exit(what_is_wrong_with(error, language(terminal_language(os.environ))))
# What is there now stays. Looking through it again for what can go takes a tenth of the time of a list of 300 families.
gc.collect()
gc.freeze()
