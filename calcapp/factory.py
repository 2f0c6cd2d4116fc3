"""The application put together: settings, extensions, gates, blueprints."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from calcapp import (
    access,
    accounts,
    admin,
    calculator,
    cli,
    compression,
    display,
    errors,
    health,
    history,
    logs,
    security,
    settings,
)
from calcapp.extensions import csrf, db, login_manager, migrate

ROOT = Path(__file__).resolve().parent.parent


def create_app(overrides=None):
    """The application with the environment's settings, or with these in their place."""
    app = Flask("calcapp", template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.config.from_mapping(settings.load() if overrides is None else overrides)
    app.url_map.converters["number"] = access.NumberConverter
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    login_manager.init_app(app)

    logs.init_app(app)
    access.init_app(app)
    csrf.init_app(app)
    security.init_app(app)
    compression.init_app(app)
    errors.init_app(app)
    display.init_app(app)
    cli.init_app(app)

    for room in (calculator, history, accounts, admin, health):
        app.register_blueprint(room.bp)

    if hops := app.config["PROXY_COUNT"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    return app
