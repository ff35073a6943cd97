"""`python -m bench [--only NAME …] [--quick]`."""

import argparse
import importlib
import sys
import time

from bench import places

SCENARIOS = {
    "booking_write": "booking_write",
    "sign_up": "sign_up",
    "import_100k": "import_sheet",
    "week_grid": "week_grid",
    "search_city": "search_city",
    "week_grid_scale": "week_grid",
    "search_growth": "search_city",
    "first_page_kb": "first_page",
    "calendar_scale": "activities",
    "activity_list": "activities",
    "my_page": "activities",
    "quick_log": "quick_log",
    **dict.fromkeys(("home", "center_list", "search", "week", "center_page", "workbench"), "from_memory"),
}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Build the data, run the scenarios, write the results. 1 when one misses its target."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only",
        nargs="+",
        choices=SCENARIOS,
        metavar="NAME",
        help=f"some of: {', '.join(SCENARIOS)}; writes no results",
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds, to see whether it runs")
    parser.add_argument("--keep", action="store_true", help="use the databases of the last run")
    options = parser.parse_args()
    places.prepare()
    from bench import data, machine, report

    started = time.perf_counter()
    if not options.keep:
        data.build(say)
        say(f"{time.perf_counter() - started:6.1f} s  data")
    results = []
    for name in options.only or SCENARIOS:
        started = time.perf_counter()
        result = getattr(importlib.import_module(f"bench.{SCENARIOS[name]}"), name)(options.quick)
        results.append(result)
        say(
            f"{time.perf_counter() - started:6.1f} s  {name}: {result.ours:.1f} ÷ "
            f"{result.reference:.1f} {result.unit} = {result.ratio:.2f}"
        )
    say("\n".join(report.table(results)))
    if not options.only:
        report.write(results, machine.describe())
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
