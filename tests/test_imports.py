"""Who may import whom (pyproject.toml, [tool.importlinter]), and what must not be loaded early."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "dragoman"
FILES = sorted(SRC.rglob("*.py"))
HEAVY = {
    "duckdb", "ftfy", "matplotlib", "numpy", "pandas", "polars", "psycopg", "py3langid", "pyarrow", "rensa", "rich",
    "ruptures", "scipy", "snowballstemmer", "spacy", "thinc",
}  # fmt: skip


def test_layers_import_only_what_lies_below_them():
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(SRC.parent.parent / "pyproject.toml")) == 0


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(SRC).as_posix())
def test_heavy_packages_are_imported_inside_functions(path):
    early = {
        "faces/table.py",
        "faces/explain.py",
        "faces/listing.py",
    }  # these are for showing, and are loaded only when they are called
    if path.relative_to(SRC).as_posix() in early:
        return
    for node in ast.parse(path.read_text("utf-8")).body:
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        assert not HEAVY & {name.partition(".")[0] for name in names}, f"{path}: line {node.lineno}"


def test_package_is_imported_without_a_parser():
    probe = f"import sys, dragoman; sys.exit(bool({HEAVY!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", probe]).returncode == 0


@pytest.mark.parametrize(
    "path", [f for f in FILES if "faces" not in f.parts], ids=lambda p: p.relative_to(SRC).as_posix()
)
def test_nothing_is_printed_outside_the_faces(path):
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    assert not [c.lineno for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"]
