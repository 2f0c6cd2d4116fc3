#!/bin/sh
# Makes what is missing of the system's secrets, each readable by just the services that need it; never replaces one.
#   /secrets/database  superuser_password, app_password, migrate_password
#   /secrets/migrate   database_url (as calc_migrate), secret_key
#   /secrets/web       database_url (as calc_app), secret_key
# Runs as the first service of `docker compose up`. Bring your own by putting files of these names there beforehand.
set -eu
umask 022
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { [ -s "$1" ] || { printf '%s' "$2" >"$1.new" && mv "$1.new" "$1" && echo "made $1"; }; }

keep /secrets/database/superuser_password "$(random)"
keep /secrets/database/app_password "$(random)"
keep /secrets/database/migrate_password "$(random)"
keep /secrets/web/secret_key "$(random)"
keep /secrets/web/database_url "postgresql://calc_app:$(cat /secrets/database/app_password)@database:5432/calcapp"
keep /secrets/migrate/secret_key "$(random)"
keep /secrets/migrate/database_url "postgresql://calc_migrate:$(cat /secrets/database/migrate_password)@database:5432/calcapp"
