"""Under faketime, which moves the clock of the wall alone, Python's own sleep fails; waiting for nothing does not."""

import select
import time

time.sleep = lambda seconds: select.select([], [], [], seconds)
