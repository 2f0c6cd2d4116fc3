"""How gunicorn serves Calcapp, in a container behind the proxy and under `make run` alike.

Two workers of four threads each; the proxy in front buffers slow clients, so that a thread only ever works.
"""

import contextlib
import ctypes
import gc
import os
import signal
import sys

from gunicorn.http.wsgi import Response
from sqlalchemy.orm import configure_mappers

from calcapp import connections
from calcapp.engine import guarded
from calcapp.settings import Reader, SettingError

_read = Reader(os.environ)

bind = _read.text("BIND", f"127.0.0.1:{_read.integer('PORT', 8000)}")
workers = _read.integer("WEB_CONCURRENCY", 2, at_least=1)
worker_class = "gthread"
threads = _read.integer("WEB_THREADS", 4, at_least=1)

# Who may say, through X-Forwarded-Proto, that a request came over https. Nobody, unless told: the number of
# proxies (PROXY_COUNT) decides inside the application, where the whole chain of addresses is known.
forwarded_allow_ips = _read.text("FORWARDED_ALLOW_IPS", "")

# A password's hash takes 19 MiB for a moment. The C library would keep that much for each thread from then on; what
# is above this limit it gives back at once.
M_MMAP_THRESHOLD = -3
with contextlib.suppress(AttributeError, OSError):  # no glibc: nothing to be told
    ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 2**20)

# Loaded once, then forked: half the time to the first answer, and half the memory. But what is loaded once is not
# loaded again when it changes.
preload_app = "--reload" not in sys.argv

# Heartbeats of the workers go to memory: on a disk that stalls they would look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 shared memory, not a file to guess
control_socket_disable = True

# A request never takes this long; a worker that hangs all the same is replaced. SIGTERM lets what is under
# way finish, and ends before Docker's stop_grace_period (20 s).
timeout = 30
graceful_timeout = 15
keepalive = 5

# Workers are renewed now and then, and never both at once.
max_requests = 10_000
max_requests_jitter = 2_000

limit_request_line = 8190  # 1,000 characters of an expression, each three to six bytes in a URL, fit in
limit_request_fields = 60
limit_request_field_size = 8190

# The proxy writes the access log, the application security events. Two logs of one request help nobody.
accesslog = None
errorlog = "-"
loglevel = _read.text("LOG_LEVEL", "info").lower()


# An answer does not say what serves it; gunicorn has no setting for that.
_default_headers = Response.default_headers
Response.default_headers = lambda response: [
    line for line in _default_headers(response) if not line.startswith("Server:")
]


def on_starting(server):
    """Refuse settings under which people would be told, on a busy day, that no connection is left."""
    url = _read.text("DATABASE_URL", "")  # a worker that reloads finds its embedded server later, by itself
    try:
        connections.check(url, workers, threads, _read.integer("POOL_SIZE", 3, at_least=1))
    except SettingError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    if preload_app:
        prepare(server.app.wsgi())


def prepare(app):
    """What the desk needs is made once and shared: each worker would make it again while the first people wait."""
    configure_mappers()
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.startswith(("base", "_", "calculator/"))):
        app.jinja_env.get_template(name)


def pre_fork(server, worker):
    """What is loaded stays shared between the processes: the collector would write into every page of it."""
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    """A worker that is told to end while it starts ends: otherwise only its copy of the arbiter would hear of it,
    and the stop would wait for it until graceful_timeout."""
    ending = {signal.SIGTERM, signal.SIGINT, signal.SIGQUIT}
    for number in ending:
        signal.signal(number, lambda number, frame: os._exit(0))
    while not server.SIG_QUEUE.empty():
        if server.SIG_QUEUE.get() in ending:
            os._exit(0)
    guarded.start()  # who calculates first need not wait until the engine is loaded


def post_worker_init(worker):
    """Ctrl-C in a terminal reaches the workers too, and then the arbiter tells them to end: told twice at once, gthread
    waits for its own lock until graceful_timeout. So the arbiter alone tells them."""
    signal.signal(signal.SIGINT, lambda number, frame: None)
