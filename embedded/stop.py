"""Stop engines that nobody uses, without their usual grace.

`python -m embedded.stop`, after `make test` and before `make clean`.
"""

import sys

from embedded.clients import stop_unused
from embedded.places import Places


def main() -> None:
    """The portal's and the tests' engines; exit code 1 when somebody still uses some."""
    pairs = [Places.of(durable=durable) for durable in (True, False)]
    busy = [places for places in pairs if places.keeper_lock.exists() and not stop_unused(places)]
    for places in busy:
        print(f"The services in {places.var} are still in use and go on running.")
    sys.exit(1 if busy else 0)


if __name__ == "__main__":
    main()
