"""The PostgreSQL and Valkey that `make run`, `manage.py` and pytest find or start by themselves.

Plain Python without Django: `attach()` before Django's settings are read. With DATABASE_URL and REDIS_URL set, nothing
here runs. How it works, and why not the wheels' own launchers: docs/decisions/0002-embedded-engines.md.
"""

from embedded.clients import attach, leave
from embedded.errors import EnginesError

__all__ = ["EnginesError", "attach", "leave"]
