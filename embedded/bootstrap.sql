-- Roles, database and extensions of a new cluster; harmless when run again. Run by the superuser in template1.
-- portal_owner migrates and owns every table; portal_app, the role of web and worker, owns none.
SELECT 'CREATE ROLE portal_owner LOGIN CREATEDB' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_owner') \gexec
SELECT 'CREATE ROLE portal_app LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') \gexec
-- so that tests, connected as the owner, can SET ROLE to what the application may do
GRANT portal_app TO portal_owner;

-- in template1, so that the tests' databases, copied from it, have them too
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE ON SEQUENCES TO portal_app;

SELECT 'CREATE DATABASE portal OWNER portal_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec
