# Run by the database's image when it makes its first database: one account that serves, and may change rows alone, and one that
# migrates and makes backups. Elsewhere an administrator gives the same rights (docs/operations.md). The image's user `mysql` (uid 999)
# runs it, and has to be able to read both secrets: without them it stops, rather than let anybody in without a password.
literal() { sed "s/['\\\\]/\\\\&/g" "$1"; }
serving=$(literal /run/secrets/database_password)
schema=$(literal /run/secrets/database_schema_password)
: "${serving:?the secret database_password is empty, or not readable for uid 999}"
: "${schema:?the secret database_schema_password is empty, or not readable for uid 999}"
docker_process_sql <<SQL
CREATE USER IF NOT EXISTS 'just_driving'@'%' IDENTIFIED BY '$serving';
GRANT SELECT, INSERT, UPDATE, DELETE ON \`${MYSQL_DATABASE}\`.* TO 'just_driving'@'%';
CREATE USER IF NOT EXISTS 'just_driving_schema'@'%' IDENTIFIED BY '$schema';
GRANT ALL PRIVILEGES ON \`${MYSQL_DATABASE}\`.* TO 'just_driving_schema'@'%';
SQL
