#!/bin/sh
# backup.sh DIR: one dump of the whole database into DIR, complete or not there at all; dumps older than KEEP_DAYS (30) go.
# Needs DATABASE_OWNER_URL and PostgreSQL's pg_dump and pg_restore, no older than the server.
set -eu
umask 077

directory=${1:?"usage: backup.sh DIR"}
: "${DATABASE_OWNER_URL:?"set DATABASE_OWNER_URL to the address of the role that owns the tables"}"
keep_days=${KEEP_DAYS:-30}

mkdir -p "$directory"
# What a backup that was killed left behind; one that still runs has written to its file within the hour.
find "$directory" -maxdepth 1 -name 'portal-*.dump.part' -mmin +60 -exec rm -f {} +
file=$directory/portal-$(date -u +%Y%m%dT%H%M%SZ).dump
part=$file.part
trap 'rm -f "$part"' EXIT

# Comments only belong to extensions, whose owner is another role.
pg_dump --format=custom --no-comments --file="$part" "$DATABASE_OWNER_URL"
pg_restore --list "$part" >/dev/null
mv "$part" "$file"
find "$directory" -maxdepth 1 -name 'portal-*.dump' -mtime "+$keep_days" -exec rm -f {} +
echo "$file"
