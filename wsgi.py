"""What gunicorn serves and what the `flask` command looks for."""

import sys

from calcapp import create_app
from calcapp.embedded import ServerTrouble
from calcapp.settings import SettingError

APP_LOAD_ERROR = 4  # tells gunicorn to give up instead of trying for ever

try:
    app = create_app()
except (SettingError, ServerTrouble) as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(APP_LOAD_ERROR)
