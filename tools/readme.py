"""Put what the commands print into the README: every block after `<!-- output: dragoman … -->` is made anew.

    python tools/readme.py
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(<!-- output: dragoman (.*?) -->\n)(?:(?:    .*)?\n)+")


def main() -> None:
    path = ROOT / "README.md"
    path.write_text(BLOCK.sub(_made, path.read_text("utf-8")), "utf-8")


def _made(found: re.Match[str]) -> str:
    lines = [f"    {line}".rstrip() for line in printed(found[2]).rstrip().splitlines()]
    return found[1] + "\n".join(lines) + "\n\n"


def printed(words: str) -> str:
    """What `dragoman` prints for the words, in this checkout."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "118", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "dragoman", *shlex.split(words)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True).stdout


if __name__ == "__main__":
    main()
