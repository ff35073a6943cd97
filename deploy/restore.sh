#!/bin/sh
# restore.sh FILE NEW_DATABASE: a dump into a database made for it, never over one that is in use. All of it, or no database.
# Needs DATABASE_OWNER_URL (any database of the server will do) and PostgreSQL's psql and pg_restore. Afterwards name the new database in DATABASE_URL.
set -eu

file=${1:?"usage: restore.sh FILE NEW_DATABASE"}
database=${2:?"usage: restore.sh FILE NEW_DATABASE"}
: "${DATABASE_OWNER_URL:?"set DATABASE_OWNER_URL to the address of the role that owns the tables"}"
case $database in
    *[!a-z0-9_]*) echo "The new database's name may hold a-z, 0-9 and _ only." >&2; exit 2 ;;
esac

pg_restore --list "$file" >/dev/null
# The address with another database: what stands between the last / and the ? that may follow.
base=${DATABASE_OWNER_URL%%\?*}
query=${DATABASE_OWNER_URL#"$base"}
target=${base%/*}/$database$query

# From template0: default rights that template1 may carry would give back on history what the dump has taken away.
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set "new=$database" --dbname "$DATABASE_OWNER_URL" <<'SQL'
SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L', :'new', pg_encoding_to_char(encoding), datcollate, datctype)
FROM pg_database WHERE datname = current_database() \gexec
SQL
if ! pg_restore --exit-on-error --single-transaction --dbname "$target" "$file"; then
    psql --no-psqlrc --quiet --dbname "$DATABASE_OWNER_URL" --command "DROP DATABASE $database"
    exit 1
fi
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname "$target" --command "ANALYZE"
echo "Restored into $database."
