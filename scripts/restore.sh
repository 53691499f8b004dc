#!/bin/sh
# Puts a backup of scripts/backup.sh into an empty database, and its files into an empty folder: restore.sh <backup's folder>
#   DATABASE_URL or DATABASE_URL_FILE   the database to fill; it must have no tables
#   FILES_DIR                           the folder for the files, when the backup has some
# Afterwards: npm run cli -- migrate, npm run cli -- verify, and only then the application.
set -eu
umask 027

fail() { echo "restore: $*" >&2; exit 1; }

backup=${1:?names the folder of a backup}
(cd "$backup" && sha256sum --check --quiet SHA256SUMS) || fail "the backup is not what was written"
. "$(dirname "$0")/backup/database-login.sh"
trap 'rm -f "$login"' EXIT

client=$(command -v mariadb || command -v mysql) || fail "neither mariadb nor mysql is installed"
tables=$("$client" --defaults-extra-file="$login" --batch --skip-column-names \
  --execute 'SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()' "$database")
[ "$tables" = 0 ] || fail "$database has tables already: restore into an empty database"

if [ -d "$backup/files" ]; then
  : "${FILES_DIR:?names the folder for the files}"
  mkdir -p "$FILES_DIR"
  [ -z "$(ls -A "$FILES_DIR")" ] || fail "$FILES_DIR is not empty"
  cp -R "$backup/files/." "$FILES_DIR"
fi
gzip -dc "$backup/database.sql.gz" | "$client" --defaults-extra-file="$login" --default-character-set=utf8mb4 "$database"
echo "restored into $database"
