"""The results as people read them and as programs do: results.md and results.json beside this file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.rounds import Result
from common import clock

FOLDER = Path(__file__).resolve().parent
KEYS = ("scenario", "ours", "reference", "ratio", "target", "ok")


def write(results: Sequence[Result], machine: Mapping[str, str]) -> None:
    """Write both files."""
    rows = [{key: _rounded(getattr(result, key)) for key in KEYS} for result in results]
    (FOLDER / "results.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    lines = [
        "# Benchmarks",
        "",
        f"Measured on {clock.today()} by `make bench`: ours and reference in turns, in the same run; medians.",
        "",
    ]
    lines += [*table(results), "", "## Machine", "", *(f"- {label}: {value}" for label, value in machine.items()), ""]
    (FOLDER / "results.md").write_text("\n".join(lines), encoding="utf-8")


def table(results: Sequence[Result]) -> list[str]:
    """The results as a Markdown table."""
    head = ["| scenario | ours | reference | unit | ratio | target | ok | what |", "|-|-:|-:|-|-:|-:|-|-|"]
    return head + [
        f"| {r.scenario} | {r.ours:.1f} | {r.reference:.1f} | {r.unit} | {r.ratio:.2f} "
        f"| {'≥' if r.at_least else '≤'} {r.target} | {'yes' if r.ok else '**no**'} | {r.notes} |"
        for r in results
    ]


def _rounded(value: object) -> object:
    return round(value, 4) if isinstance(value, float) else value
