-- An outside PostgreSQL (14 or later): roles, database and rights as the portal expects them. Run once, as a superuser:
--   psql -v owner_password="'…'" -v app_password="'…'" -f deploy/roles.sql
-- portal_owner migrates, makes backups and owns every table; portal_app, the role of web, worker and beat, owns none.
CREATE ROLE portal_owner LOGIN CREATEDB PASSWORD :owner_password;
CREATE ROLE portal_app LOGIN PASSWORD :app_password;
GRANT portal_app TO portal_owner;

-- template0 and this collation: sorting and comparing alike on every machine, with Chinese trigrams (see docs/decisions/0002)
CREATE DATABASE portal OWNER portal_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
-- The server's log is read by more people than the database: no statements in it and no details, which hold what people entered.
ALTER DATABASE portal SET log_min_error_statement = 'panic';
ALTER DATABASE portal SET log_error_verbosity = 'terse';
\connect portal
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE ON SEQUENCES TO portal_app;
