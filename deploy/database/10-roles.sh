#!/bin/sh
# Three roles, so that a hole in the web application is not a hole in the schema:
#   calc_owner    owns every table; nobody logs in as it
#   calc_migrate  may become calc_owner; what the migration step logs in as
#   calc_app      reads and writes rows; no DDL, no TRUNCATE, owns nothing; what the web logs in as
# Runs by itself when the database is made. Run it again after replacing a password file:
#   docker compose exec database /docker-entrypoint-initdb.d/10-roles.sh
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-calcapp}" <<'SQL'
\set app_password `cat /run/secrets/app_password`
\set migrate_password `cat /run/secrets/migrate_password`
SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['calc_owner', 'calc_migrate', 'calc_app']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE calc_owner NOLOGIN;
ALTER ROLE calc_migrate LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 8 PASSWORD :'migrate_password';
ALTER ROLE calc_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 60 PASSWORD :'app_password';
GRANT calc_owner TO calc_migrate;

ALTER ROLE calc_migrate SET role = 'calc_owner';
ALTER ROLE calc_migrate SET lock_timeout = '4s';
ALTER ROLE calc_app SET statement_timeout = '5s';
ALTER ROLE calc_app SET lock_timeout = '2s';
ALTER ROLE calc_app SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE calc_app SET timezone = 'UTC';

SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO calc_app, calc_migrate', current_database()) \gexec
SELECT format('GRANT CREATE, TEMPORARY ON DATABASE %I TO calc_owner', current_database()) \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO calc_app;
GRANT USAGE, CREATE ON SCHEMA public TO calc_owner WITH GRANT OPTION;
SQL
