"""pip-audit over requirements.txt, where a package that wasn't looked up is a failure: offline it skips them all and calls that success."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [
    sys.executable,
    "-m",
    "pip_audit",
    "--require-hashes",
    "--disable-pip",
    "--progress-spinner",
    "off",
    "-f",
    "json",
]


def main() -> None:
    """Exit code 1 with one line a finding, or why nothing could be found."""
    done = subprocess.run([*COMMAND, "-r", str(ROOT / "requirements.txt")], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        words = [line for line in done.stderr.splitlines() if line.strip()] or ["pip-audit said nothing"]
        sys.exit(f"The audit didn't take place; is the advisory database within reach? {words[-1]}")
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    found = [
        (package["name"], package["version"], hole["id"]) for package in packages for hole in package.get("vulns", [])
    ]
    for name, version, hole in found:
        say(f"{name} {version}: {hole}")
    if skipped or not packages:
        sys.exit(
            f"The audit is incomplete: {len(skipped)} of {len(packages)} packages weren't looked up ({', '.join(skipped[:5])} …)."
        )
    if found:
        sys.exit(
            f"{len(found)} known vulnerabilities in {len({name for name, *_ in found})} of {len(packages)} packages."
        )
    say(f"{len(packages)} packages looked up, no known vulnerability.")


def say(text: str) -> None:
    """A line on standard output."""
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
