"""Style, script and the first page leave compressed, behind a proxy or not.

Other pages do not: they hold a token, and beside it what came with the request or what others wrote, and the BREACH
attack reads the one through the length of the other. The first page without a query holds nothing of the kind.
"""

import gzip
from functools import lru_cache

from flask import request

TEXTS = {"text/html", "text/css", "text/javascript", "image/svg+xml"}
SHORTEST = 500  # bytes; less fits into the packet of the headers anyway


def init_app(app):
    app.after_request(compress)


def compress(response):
    if not may_be_compressed(response):
        return response
    response.vary.add("Accept-Encoding")
    response.direct_passthrough = False
    page = response.get_data()
    if request.accept_encodings["gzip"] and len(page) >= SHORTEST:
        response.set_data(squeezed(page) if request.endpoint == "static" else gzip.compress(page, 5, mtime=0))
        response.content_encoding = "gzip"
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)  # another body under the same name
    return response


def may_be_compressed(response) -> bool:
    secret_free = request.endpoint == "static" or (request.endpoint == "calculator.desk" and not request.query_string)
    return secret_free and response.status_code == 200 and response.mimetype in TEXTS


@lru_cache(maxsize=16)
def squeezed(text: bytes) -> bytes:
    return gzip.compress(text, 9, mtime=0)
