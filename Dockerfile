# Two stages: the first installs the locked packages, the second holds what runs and nothing else.
# There is no `syntax` line on purpose: any BuildKit builds this file without asking a registry for a front end.
# PYTHON_DIGEST pins the base beyond its tag ("sha256:…"); .github/base/Dockerfile holds the one that the pipeline passes.
ARG PYTHON_DIGEST=""

FROM python:3.13-slim${PYTHON_DIGEST:+@${PYTHON_DIGEST}} AS packages
WORKDIR /build
RUN python -m venv --without-pip /opt/calcapp
COPY requirements.txt .
RUN python -m pip --python /opt/calcapp/bin/python install --require-hashes --no-deps --only-binary :all: \
        --no-cache-dir --no-compile --no-warn-script-location -r requirements.txt
# What no request ever loads: debugging symbols, the packages' own tests, other databases' dialects, the name server
# look-ups of email-validator (addresses are checked by mailing to them), headers for compilers.
COPY deploy/slim.py .
RUN python slim.py /opt/calcapp \
 && find /opt/calcapp/lib \( -type d \( -name test -o -name tests -o -name testing -o -name sboms \
        -o -path "*/sqlalchemy/dialects/m*sql" -o -path "*/sqlalchemy/dialects/oracle" \
        -o -path "*/site-packages/dns" \) \
        -o -name "*.pyi" -o -name "*.pyx" -o -name "*.pxd" -o -name "*ctivate*" \) -prune -exec rm -rf {} +
WORKDIR /app
COPY wsgi.py gunicorn.conf.py ./
COPY deploy/healthcheck.py deploy/
COPY migrations migrations
COPY templates templates
COPY static static
COPY calcapp calcapp
# Bytecode of what the program and its engine really load, Python's own library included, and of nothing else: it
# starts quickly from a read-only file system and stays small. The key and the address are thrown away here; no
# database is asked.
ENV PYTHONPYCACHEPREFIX=/opt/bytecode
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_hex())')" DATABASE_URL=postgresql:///none \
    /opt/calcapp/bin/python -W ignore -c \
        "import wsgi, gunicorn.app.wsgiapp, gunicorn.workers.gthread, flask.cli, alembic.command, http.client, calcapp.engine.cell" \
 && /opt/calcapp/bin/python -c "import calcapp.engine as it; it.evaluate('sin(5 ft / 1 m)')"

FROM python:3.13-slim${PYTHON_DIGEST:+@${PYTHON_DIGEST}}
ENV PATH=/opt/calcapp/bin:$PATH \
    HOME=/tmp \
    FLASK_APP=wsgi \
    BIND=0.0.0.0:8000 \
    MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=262144 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPYCACHEPREFIX=/opt/bytecode \
    PYTHONUNBUFFERED=1
COPY --from=packages /opt/calcapp /opt/calcapp
COPY --from=packages /opt/bytecode /opt/bytecode
COPY --from=packages /app /app
WORKDIR /app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["python", "deploy/healthcheck.py"]
# gunicorn is PID 1 and reads gunicorn.conf.py beside it: SIGTERM finishes what is under way and ends with 0.
CMD ["gunicorn", "--no-control-socket", "wsgi:app"]
