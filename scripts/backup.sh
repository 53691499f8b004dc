#!/bin/sh
# A consistent dump of the database and the uploaded files, while everything runs: $BACKUP_DIR/<UTC time>/{database.sql.gz,files/,SHA256SUMS},
# or {database.sql.gz.age,files.tar.gz.age,SHA256SUMS} where it is encrypted; nothing else is ever written then.
#   DATABASE_URL or DATABASE_URL_FILE   what the application has
#   BACKUP_DIR                          where to; one folder a run
#   FILES_DIR                           what FILES_STORE=local keeps; left out when empty (S3 keeps versions itself)
#   BACKUP_RECIPIENTS                   a file with the public keys (age1…, ssh-ed25519 …) of those who alone may read it; needs age
#   BACKUP_KEEP_DAYS                    older ones are removed, but never the last one (default 30)
#   BACKUP_BINLOG_POSITION=yes          names the place in the binary log from which it goes on
#   BACKUP_METRICS_FILE                 where node_exporter reads when the last one was made
set -eu
umask 077

fail() { echo "backup: $*" >&2; exit 1; }

: "${BACKUP_DIR:?names the folder for backups}"
here=$(dirname "$0")
. "$here/backup/database-login.sh"

dump=$(command -v mariadb-dump || command -v mysqldump) || fail "neither mariadb-dump nor mysqldump is installed"
sealed=
seal() { cat; }
if [ -n "${BACKUP_RECIPIENTS:-}" ]; then
  command -v age > /dev/null || fail "age is not installed, and BACKUP_RECIPIENTS wants the backup encrypted"
  [ -r "$BACKUP_RECIPIENTS" ] || fail "$BACKUP_RECIPIENTS cannot be read"
  sealed=.age
  seal() { age --encrypt --recipients-file "$BACKUP_RECIPIENTS"; }
fi
name=$(date -u +%Y%m%dT%H%M%SZ)
unfinished="$BACKUP_DIR/.$name.$$"
sums=$(mktemp)
trap 'rm -rf "$unfinished" "$login" "$sums"' EXIT
mkdir -p "$unfinished"

# One snapshot of all tables.
options="--single-transaction --quick --hex-blob --triggers --no-tablespaces --default-character-set=utf8mb4"
position=--master-data=2
if ! "$dump" --version | grep -qi mariadb; then
  options="$options --set-gtid-purged=OFF"
  position=--source-data=2
fi
[ "${BACKUP_BINLOG_POSITION:-no}" != yes ] || options="$options $position"

# Redis is not saved: what it holds is made again from the database.
mkfifo "$unfinished/watched"
# Nothing but the mark is kept: of a dump that breaks off the last line is somebody's.
tail -n 1 < "$unfinished/watched" | grep -o '^-- Dump completed' > "$unfinished/last" &
{ "$dump" --defaults-extra-file="$login" $options "$database" || echo failed > "$unfinished/failed"; } \
  | tee "$unfinished/watched" | gzip | seal > "$unfinished/database.sql.gz$sealed" || fail "the dump could not be written"
wait
[ ! -e "$unfinished/failed" ] || fail "the dump failed"
[ -s "$unfinished/last" ] || fail "the dump is not complete"
rm "$unfinished/watched" "$unfinished/last"

# After the database, so that no row lacks its file. A file that goes meanwhile is one that nobody needs: then once more.
if [ -n "${FILES_DIR:-}" ]; then
  if [ -n "$sealed" ]; then
    pack() { { tar --create --directory "$FILES_DIR" . || echo failed > "$unfinished/failed"; } | gzip | seal > "$unfinished/files.tar.gz.age"; }
    pack && [ ! -e "$unfinished/failed" ] || { rm -f "$unfinished/failed"; pack && [ ! -e "$unfinished/failed" ]; } || fail "the files could not be read"
  else
    mkdir "$unfinished/files"
    cp -R "$FILES_DIR/." "$unfinished/files" || cp -R "$FILES_DIR/." "$unfinished/files" || fail "the files could not be read"
  fi
fi
(cd "$unfinished" && find . -type f -exec sha256sum {} + > "$sums" && mv "$sums" SHA256SUMS)
sync
mv "$unfinished" "$BACKUP_DIR/$name"

# Only what this script has made, and never what it has made last.
find "$BACKUP_DIR" -mindepth 1 -maxdepth 1 -type d -name '20*Z' ! -name "$name" -mtime "+${BACKUP_KEEP_DAYS:-30}" -exec rm -rf {} +
if [ -n "${BACKUP_METRICS_FILE:-}" ]; then
  echo "just_driving_backup_finished_timestamp_seconds $(date +%s)" > "$BACKUP_METRICS_FILE.new"
  chmod 644 "$BACKUP_METRICS_FILE.new"
  mv "$BACKUP_METRICS_FILE.new" "$BACKUP_METRICS_FILE"
fi
echo "$BACKUP_DIR/$name"
