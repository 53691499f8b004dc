#!/bin/sh
# Puts a backup of scripts/backup.sh into an empty database, and its files into an empty folder: restore.sh <backup's folder>
#   DATABASE_URL or DATABASE_URL_FILE   the database to fill; it must have no tables
#   FILES_DIR                           the folder for the files, when the backup has some
#   BACKUP_IDENTITY                     the file with the secret key, when the backup is encrypted; needs age
# Afterwards: npm run cli -- migrate, npm run cli -- verify, and only then the application.
set -eu
umask 027

fail() { echo "restore: $*" >&2; exit 1; }

backup=${1:?names the folder of a backup}
(cd "$backup" && sha256sum --check --quiet SHA256SUMS) || fail "the backup is not what was written"
sealed=
open() { cat "$1"; }
if [ -e "$backup/database.sql.gz.age" ]; then
  : "${BACKUP_IDENTITY:?names the file with the secret key: the backup is encrypted}"
  sealed=.age
  open() { age --decrypt --identity "$BACKUP_IDENTITY" "$1"; }
  command -v age > /dev/null || fail "age is not installed, and the backup is encrypted"
  # Before anything is put anywhere: whether it opens at all.
  [ "$(open "$backup/database.sql.gz.age" | wc -c)" -gt 0 ] || fail "the backup does not open with $BACKUP_IDENTITY"
fi
. "$(dirname "$0")/backup/database-login.sh"
trap 'rm -f "$login"' EXIT

client=$(command -v mariadb || command -v mysql) || fail "neither mariadb nor mysql is installed"
tables=$("$client" --defaults-extra-file="$login" --batch --skip-column-names \
  --execute 'SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()' "$database")
[ "$tables" = 0 ] || fail "$database has tables already: restore into an empty database"

if [ -d "$backup/files" ] || [ -e "$backup/files.tar.gz.age" ]; then
  : "${FILES_DIR:?names the folder for the files}"
  mkdir -p "$FILES_DIR"
  [ -z "$(ls -A "$FILES_DIR")" ] || fail "$FILES_DIR is not empty"
  if [ -n "$sealed" ]; then open "$backup/files.tar.gz.age" | gzip -dc | tar --extract --directory "$FILES_DIR"
  else cp -R "$backup/files/." "$FILES_DIR"; fi
fi
open "$backup/database.sql.gz$sealed" | gzip -dc | "$client" --defaults-extra-file="$login" --default-character-set=utf8mb4 "$database"
echo "restored into $database"
