"""What every WSGI server and `flask run` find: `app`."""

import gc
import os
import sys

gc.disable()  # all that is read here stays: looking through it for what can go was a fifth of the start

from salur.config import Settings  # noqa: E402
from salur.core.errors import ConfigError  # noqa: E402
from salur.logs import write  # noqa: E402
from salur.web.app import create_app  # noqa: E402
from salur.wiring import build  # noqa: E402
from salur.words.language import language  # noqa: E402
from salur.words.settings import terminal_language, what_is_wrong_with  # noqa: E402

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
gc.enable()
