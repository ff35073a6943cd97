"""Make .venv with everything in requirements.txt, unless it already is so: what each target of the Makefile does first.

Runs on whatever `python3` is, however old, to say in one sentence what is missing; hence its plain syntax.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from typing import IO

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed-requirements")
REQUIREMENTS = os.path.join(ROOT, "requirements.txt")
INSTALLER = os.path.join(ROOT, "deploy", "installer.txt")


def main() -> None:
    """Install when something has changed since the last time."""
    find_new_python()
    if is_current():
        return
    with alone():
        if not is_current():  # somebody else has done it while we waited
            install()


def find_new_python() -> None:
    """Re-execute in a newer Python of this machine when this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        program = shutil.which(name)
        if program:
            os.execv(program, [program, os.path.abspath(__file__)])
    have, needed = sys.version.split()[0], ".".join(map(str, OLDEST))
    sys.exit(
        f"Python {needed} or later is needed; this one is {have}. Install it, or name it: make PYTHON=/path/to/python3"
    )


def is_current() -> bool:
    """Whether .venv works and holds just what requirements.txt asks for."""
    try:
        with open(STAMP) as stamp:
            return stamp.read() == fingerprint() and os.path.exists(PYTHON)
    except OSError:
        return False


def fingerprint() -> str:
    """Fingerprint of the requirements and of the directory: scripts in a .venv that was moved point to nowhere."""
    with open(REQUIREMENTS, "rb") as file:
        return f"{hashlib.sha256(file.read()).hexdigest()} {VENV}\n"


def alone() -> "IO[str]":
    """Lock the installation: two commands started at once must not install over each other."""
    import fcntl

    os.makedirs(os.path.join(ROOT, "var"), exist_ok=True)
    lock = open(os.path.join(ROOT, "var", "install.lock"), "w")  # noqa: SIM115 (the caller's with closes it)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def install() -> None:
    """Make or repair .venv; the stamp is written last, so a broken attempt is repeated."""
    started = time.time()
    print("Installing the requirements into .venv (only when they change) …", flush=True)
    environment = clean_environment()
    if not works() and subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]):
        sys.exit("Python's venv is missing or broken; on Debian and Ubuntu: apt install python3-venv")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
    uv = [PYTHON, "-m", "uv", "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, REQUIREMENTS]
    quick = not subprocess.call([*pip, "-r", INSTALLER], env=environment) and not subprocess.call(uv, env=environment)
    # pip knows settings of the machine (certificates, mirrors) that uv doesn't
    if not quick and subprocess.call([*pip, "-r", REQUIREMENTS], env=environment):
        sys.exit(
            "The requirements can't be installed: what stands above says why. Without a network, set "
            "pip's index to a mirror you have."
        )
    with open(STAMP, "w") as stamp:
        stamp.write(fingerprint())
    print(f"{time.time() - started:6.1f} s  requirements", flush=True)


def works() -> bool:
    """Whether .venv has a Python that runs, with pip, and is new enough."""
    test = f"import sys, pip; sys.exit(sys.version_info < {OLDEST!r})"
    try:
        return subprocess.call([PYTHON, "-c", test], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def clean_environment() -> "dict[str, str]":
    """Environment with the person's own cache directories; without a writable home, in var/cache."""
    environment = {
        key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    }
    home = environment.get("HOME", "")
    if not (home and os.access(home, os.W_OK)):
        cache = os.path.join(ROOT, "var", "cache")
        environment.update(UV_CACHE_DIR=os.path.join(cache, "uv"), PIP_CACHE_DIR=os.path.join(cache, "pip"))
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    return environment


if __name__ == "__main__":
    main()
