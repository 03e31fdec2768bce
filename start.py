#!/usr/bin/env python3
# ruff: noqa: T201, UP032  (an older Python must still be able to read this, to be told that it is too old)
"""Set dragoman up beside this file and run it; needs nothing but Python 3.11 or newer and pip.

    python3 start.py code FILE…     any dragoman command
    python3 start.py test […]       the tests; further words go to pytest
    python3 start.py setup [--dev]  no more than the set-up

The packages go into `.venv`, pinned by requirements/*.txt (made from uv.lock); nothing is written elsewhere. What is
set up already is not set up again.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "dragoman-set-up.txt"
OLDEST = (3, 11)


def main(words):
    """Set up what the words need, then run them; the exit code is theirs."""
    if sys.version_info < OLDEST:
        raise fail("Python {}.{} or newer is needed; this is {}".format(*OLDEST, sys.version.split()[0]))
    if not words or words[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if words else 2
    if words[0] == "setup":
        set_up(dev="--dev" in words)
        return 0
    if words[0] == "test":
        set_up(dev=True)
        return run([str(PYTHON), "-m", "pytest", *words[1:]], cwd=str(ROOT))
    set_up(dev=False)
    return run([str(PYTHON), "-m", "dragoman", *words])


def set_up(dev):
    """Make `.venv` hold the pinned packages and this checkout, unless it does."""
    wanted = ["dev", "run"] if dev else ["run"]
    files = {name: ROOT / "requirements" / (name + ".txt") for name in ("run", "dev")}
    marks = {name: mark(path, ROOT / "pyproject.toml") for name, path in files.items()}
    held = STAMP.read_text("utf-8").split() if STAMP.is_file() else []
    if runs(PYTHON) and (marks[wanted[0]] in held or marks["dev"] in held):
        return
    say("setting up in {} (once; some 220 MB from PyPI) …".format(VENV))
    pip = installer()
    install(pip, "--require-hashes", "-r", str(files[wanted[0]]))
    install(pip, "--no-deps", "-e", str(ROOT))
    STAMP.write_text("\n".join(marks[name] for name in wanted) + "\n", "utf-8")
    say("done")


def installer():
    """A command that installs into `.venv`, which is made if need be: its own pip, or the system's acting on it."""
    if not runs(PYTHON):
        say("making a virtual environment")
        if subprocess.run([sys.executable, "-c", "import venv"], capture_output=True).returncode:
            raise fail("this Python has no venv module; install it (Debian, Ubuntu: apt install python3-venv)")
        own = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        if subprocess.run(own, capture_output=True).returncode:  # no ensurepip: Debian keeps it in a package of its own
            bare = subprocess.run([*own[:-1], "--without-pip", str(VENV)], capture_output=True, text=True)
            if bare.returncode:
                raise fail("no virtual environment could be made: {}".format((bare.stderr or bare.stdout).strip()))
    if subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    outer = [sys.executable, "-m", "pip"]
    if subprocess.run([*outer, "--python", str(PYTHON), "--version"], capture_output=True).returncode == 0:
        return [*outer, "--python", str(PYTHON)]
    raise fail("pip 22.3 or newer is needed; install it (Debian, Ubuntu: apt install python3-pip or python3-venv)")


def install(pip, *what):
    """Run pip quietly; its own words are shown where it fails."""
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-input", *what]
    if run(command, cwd=str(ROOT)):
        raise fail("pip could not install what is needed; its words stand above (is PyPI in reach?)")


def mark(*paths):
    """A mark that changes with the files and with the Python that the packages are for."""
    content = b"".join(path.read_bytes() for path in paths) + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def runs(python):
    """Whether a virtual environment's Python is there, works, and is new enough."""
    if not python.exists():
        return False
    probe = "import sys; sys.exit(sys.version_info < {!r})".format(OLDEST)
    return subprocess.run([str(python), "-c", probe], capture_output=True).returncode == 0


def run(command, cwd=None):
    """Run a command in the foreground; its exit code."""
    try:
        return subprocess.run(command, cwd=cwd).returncode
    except KeyboardInterrupt:
        return 130


def say(message):
    print("start.py: " + message, file=sys.stderr, flush=True)


def fail(message):
    say(message)
    return SystemExit(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
