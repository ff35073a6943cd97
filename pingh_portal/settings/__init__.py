"""Settings by environment: `dev` (make run), `test` (pytest), `prod`. Nothing is imported here: name one."""
