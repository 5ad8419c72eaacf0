#!/usr/bin/env bash
# Makes one backup: a folder below $BACKUPS with each of $DATABASES as pg_dump writes it, each of $FOLDERS below $DATA, and the digests of all
# of it. docs/backup.md tells the rest.
set -euo pipefail
umask 077
data=${DATA:-/data}
backups=${BACKUPS:-/backup}

exec 9>"$backups/.lock"
flock --nonblock 9 || { echo "another backup or restore is at work in $backups" >&2; exit 1; }
rm -rf "$backups"/*.part
before=$(find "$backups" -mindepth 1 -maxdepth 1 -type d -name '*Z' | sort | tail -n 1)
name() { date -u +%Y-%m-%dT%H-%M-%SZ; }
backup=$backups/$(name)
# The one before may be of this very second.
[ ! -e "$backup" ] || { sleep 1; backup=$backups/$(name); }
work=$(mktemp -d)
trap 'rm -rf "$work" "$backup.part"' EXIT
mkdir "$backup.part" "$work/nothing"

# The files of a folder with size and time; .part is what the raw archive is still writing.
list() { (cd "$1" && find . -type f ! -name '*.part' -printf '%s %T@ %p\0') | LC_ALL=C sort -z; }

# Copies files of folder $1 to folder $2, or makes links of them: $3 is an option of cp. Their list comes in.
take() { (cd "$1" && cut -z -d ' ' -f 3- | xargs -0 -r cp "$3" --parents --target-directory="$2"); }

# Folder $1 as it is now. What the backup before has unchanged is the same file in both, and takes no room twice.
copy() {
  local now=$data/$1 old=$before/$1 new=$backup.part/$1
  [ -d "${before:+$old}" ] || old=$work/nothing
  mkdir -p "$new"
  list "$old" >"$work/old"
  list "$now" >"$work/now"
  LC_ALL=C comm -z -12 "$work/old" "$work/now" | take "$old" "$new" --link
  LC_ALL=C comm -z -13 "$work/old" "$work/now" | take "$now" "$new" --archive
}

# Databases before the files that they name, which were there first; the pool's before MLflow's, as a run knows its model only when MLflow has it.
for database in ${DATABASES-mlpool mlflow}; do
  password=${database^^}_PASSWORD
  PGPASSWORD=${!password-} pg_dump -w -U "$database" -Fc -f "$backup.part/$database.dump" "$database"
done
for folder in ${FOLDERS-mlflow/artifacts}; do
  [ -d "$data/${folder%%/*}" ] || { echo "there is no $data/${folder%%/*} to copy from" >&2; exit 1; }
  if [ -d "$data/$folder" ]; then copy "$folder"; else echo "nothing was written to $data/$folder yet"; fi
done
(cd "$backup.part" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum >"$work/sums" && mv "$work/sums" SHA256SUMS)
# As root, in docker compose: they are to belong to whom their folder belongs to.
[ "$(id -u)" != 0 ] || chown -R --reference="$backups" "$backup.part"
sync --file-system "$backup.part"
# Whole or not there: what is called .part is no backup.
mv -T "$backup.part" "$backup"
find "$backups" -mindepth 1 -maxdepth 1 -type d -name '*Z' -mtime "+${KEEP_DAYS:-14}" -exec rm -r {} +
echo "$backup: $(wc -l <"$backup/SHA256SUMS") files, $(du -sh "$backup" | cut -f 1)"
