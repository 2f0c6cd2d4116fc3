"""Response headers, on every answer and on error pages too."""

from flask import current_app, request
from flask.sessions import SecureCookieSessionInterface

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)


class PageSession(SecureCookieSessionInterface):
    """The page's own cookie; style and script have none, so that they are the same for everybody.

    Nor has the answer while typing: it may come after the answer to the form, and would put back the cookie as it
    was before, without the visitor's calculation in it.
    """

    def save_session(self, app, session, response):
        if request.endpoint not in {"static", "calculator.preview"}:
            super().save_session(app, session, response)


def init_app(app):
    app.session_interface = PageSession()
    app.after_request(set_headers)


def set_headers(response):
    headers = response.headers
    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"  # frame-ancestors says it too; old scanners look for this one
    # With no-referrer, the CSRF check would refuse every form sent over https.
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    if current_app.config["HTTPS"]:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    headers.setdefault("Cache-Control", "no-store")
    return response
