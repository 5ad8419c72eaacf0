#!/usr/bin/env bash
# Brings back a backup of backup.sh: restore.sh [NAME], the newest without a name. It may be repeated; databases come back whole or stay as they are.
set -euo pipefail
data=${DATA:-/data}
backups=${BACKUPS:-/backup}
export PGAPPNAME='mlpool restore'

exec 9>"$backups/.lock"
flock --nonblock 9 || { echo "another backup or restore is at work in $backups" >&2; exit 1; }
name=${1:-${BACKUP:-$(find "$backups" -mindepth 1 -maxdepth 1 -type d -name '*Z' -printf '%f\n' | sort | tail -n 1)}}
cd "$backups/${name:-none}" 2>/dev/null || { echo "there is no backup ${name:+$name }in $backups" >&2; exit 1; }
sha256sum --check --quiet SHA256SUMS || { echo "$name is not what was backed up; nothing was brought back" >&2; exit 1; }

# Runs psql in the database $1, as its owner.
sql() {
  local password=${1^^}_PASSWORD
  PGPASSWORD=${!password-} psql -w -U "$1" -d "$1" --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 "${@:2}"
}

# Whoever is connected may write, and would go on from what is no longer so; but not who brings back another part of the same pool meanwhile.
require_idle() {
  local others
  others=$(sql "$1" --command "SELECT string_agg(DISTINCT coalesce(host(client_addr), 'this machine'), ', ') FROM pg_stat_activity
    WHERE datname = current_database() AND application_name <> '$PGAPPNAME' AND backend_type = 'client backend'")
  [ -z "$others" ] || { echo "the database $1 is in use from $others: stop the services first" >&2; exit 1; }
}

# Without its COMMIT, when the dump ends before it should, all stays as it was.
bring_back() {
  {
    echo 'SET client_min_messages = error; BEGIN; DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;'
    pg_restore --no-owner --no-privileges -f - "$1.dump" && echo 'COMMIT; SET client_min_messages = error; ANALYZE;'
  } | sql "$1" >/dev/null
}

databases=${DATABASES-mlpool mlflow}
for _ in {1..60}; do # a server that was just made is not open at once
  ! pg_isready --quiet -U mlpool || break
  sleep 1
done
for database in $databases; do require_idle "$database"; done
for folder in ${FOLDERS-mlflow/artifacts}; do
  [ -d "$folder" ] || continue
  mkdir -p "$data/$folder"
  find "$data/$folder" -mindepth 1 -delete
  cp -a "$folder/." "$data/$folder"
  # As root, in docker compose: a volume that was just made, and the backup, are not the services' own.
  [ -z "${OWNER-}" ] || chown -R "$OWNER" "$data/${folder%%/*}"
done
for database in $databases; do
  [ ! -f "$database.dump" ] || bring_back "$database"
done
echo "$backups/$name is back"
