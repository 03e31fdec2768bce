"""The docs are true: every command and option is described, examples run, links lead somewhere, tables agree."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dragoman import ontology
from tests.conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
GUIDE = ROOT / "docs" / "guide.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^    (?:python3 start\.py|dragoman) (code|explain|parse) ([^#\n…\[]*)", re.M)


def commands():
    """Every command of the command line with its options, as "rules check --json"."""
    import typer

    def walk(command, words):
        for param in command.params:
            for name in (*param.opts, *param.secondary_opts):
                if name.startswith("--") and name != "--help":
                    yield " ".join([*words, name])
        subs = getattr(command, "commands", {})
        if words and not subs:
            yield " ".join(words)
        for name, sub in subs.items():
            yield from walk(sub, [*words, name])

    from dragoman.faces.cli import app

    yield from walk(typer.main.get_command(app), [])


@pytest.mark.parametrize("command", list(commands()))
def test_command_or_option_is_in_the_guide(command):
    *words, last = command.split()
    text = GUIDE.read_text("utf-8")
    if not last.startswith("--"):
        assert f"## dragoman {command}" in text
        return
    if words:
        text = text.partition(f"## dragoman {' '.join(words)}")[2].partition("\n## ")[0]
    assert last in text


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_to_files_that_are_there(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [p for p in PAGES if BLOCK.search(p.read_text("utf-8"))], ids=lambda p: p.name)
def test_python_examples_run_and_print_what_they_say(page, capsys):
    for block in BLOCK.findall(page.read_text("utf-8")):
        if block.startswith(">>>"):
            test = doctest.DocTestParser().get_doctest(block, {}, page.name, str(page), 0)
            assert doctest.DocTestRunner().run(test).failed == 0, capsys.readouterr().out
            continue
        exec(compile(block, str(page), "exec"), {})
        printed = capsys.readouterr().out
        for said in re.findall(r"^print.*#\s*(.+)$", block, re.M):
            assert said in printed


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (page, f"{verb} {rest}".strip())
        for page in PAGES
        for verb, rest in COMMAND.findall(page.read_text("utf-8"))
        if "examples/" in rest
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_commands_of_the_docs_run_on_the_examples(page, words):
    done = dragoman(words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def dragoman(words, more=()):
    plain = {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "118", "PYTHONIOENCODING": "utf-8"}
    environment = os.environ | plain | dict(more)
    command = [sys.executable, "-m", "dragoman", *shlex.split(words)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_output_shown_in_the_readme_is_what_the_command_prints():
    text = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"<!-- output: dragoman (.*?) -->\n((?:(?:    .*)?\n)+)", text)
    assert shown, "the README shows no output"
    for words, block in shown:
        printed = [line.rstrip() for line in dragoman(words).stdout.splitlines()]
        wanted = [line.removeprefix("    ").rstrip() for line in block.rstrip("\n").splitlines()]
        gaps = [line for line in wanted if line and line != "…" and line not in printed]
        assert gaps == [], "run `make readme`, and look at what it changed"


def test_session_shown_in_the_readme_is_what_the_commands_print(tmp_path):
    """Lines beginning with "$" are run one after the other on one record; "…" stands for what is left out."""
    text = (ROOT / "README.md").read_text("utf-8")
    (session,) = re.findall(r"<!-- session: record -->\n((?:(?:    .*)?\n)+)", text)
    lines = [line.removeprefix("    ") for line in session.rstrip("\n").splitlines()]
    place = {"DRAGOMAN_RECORD": str(tmp_path / "press.duckdb")}
    printed = ""
    for line in filter(None, lines):
        if line.startswith("$ dragoman "):
            done = dragoman(line.removeprefix("$ dragoman "), place)
            assert (done.returncode, done.stderr) == (0, "")
            printed = done.stdout.replace(f"{tmp_path}/", "")
        elif line != "…":
            assert line in [told.rstrip() for told in printed.splitlines()], "the README shows what is not printed"


def test_two_commands_stand_at_the_top_of_the_readme():
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()[:6]
    assert any("start.py code examples/" in line for line in lines)
    assert any("start.py test" in line for line in lines)
    assert "start.py test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_codebook_has_every_type_mode_context_and_score():
    page = (ROOT / "docs" / "codebook.md").read_text("utf-8")
    types = [f"| {t.name} | {t.quad} | {t.score:+} | {t.definition} |" for t in ontology.TYPES.values()]
    modes = [f"| {m.type} | {m.name} | {m.score:+} | {m.definition} |" for m in ontology.MODES.values()]
    contexts = [f"| {name} | {meaning} |" for name, meaning in ontology.CONTEXTS.items()]
    assert [line for line in (*types, *modes, *contexts) if line not in page] == []


def test_rule_writing_names_every_file_of_a_pack():
    page = (ROOT / "docs" / "rule-writing.md").read_text("utf-8")
    files = {
        p.name for pack in (ROOT / "src/dragoman/packs").iterdir() for p in pack.iterdir() if not p.name.startswith("_")
    }
    aside = {"lexicon", "parser"}  # folders: described by their path
    assert [name for name in sorted(files - aside) if f"`{name}`" not in page] == []


def test_rule_writing_names_every_slot_and_need():
    from dragoman.pack.lexicon import PLACES_OF_PARTS, UNIT_COLUMNS

    page = (ROOT / "docs" / "rule-writing.md").read_text("utf-8")
    assert [slot for slot in PLACES_OF_PARTS if f"`{slot}" not in page] == []
    assert [column for column in UNIT_COLUMNS if f"`{column}`" not in page] == []


def test_every_data_file_names_its_origin():
    sources = (ROOT / "src/dragoman/data/SOURCES.md").read_text("utf-8")
    files = [p.relative_to(ROOT / "src/dragoman/data") for p in (ROOT / "src/dragoman/data").rglob("*.tsv")]
    assert [str(f) for f in files if f.name not in sources and f.stem not in sources] == []


def test_pinned_requirements_are_those_of_the_lock_file():
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    locked = {(p["name"], p["version"]) for p in lock["package"]}
    for path in (ROOT / "requirements").glob("*.txt"):
        pins = re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", path.read_text("utf-8"), re.M)
        assert pins
        assert set(pins) <= locked, f"{path.name}: run `make lock`"


def test_pinned_requirements_hold_what_the_project_needs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = [n for group in project["project"]["optional-dependencies"].values() for n in group]
    always = [*project["project"]["dependencies"], *(n for n in extras if not n.startswith("dragoman["))]
    for name, needed in (("run", always), ("dev", [*always, *project["dependency-groups"]["dev"]])):
        pins = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements" / f"{name}.txt").read_text("utf-8"), re.M))
        names = {re.match(r"[A-Za-z0-9._-]+", n).group().lower().replace("_", "-") for n in needed}
        assert names <= pins, f"{name}: run `make lock`"


def test_examples_hold_no_sentence_of_the_seed(shared):
    def sentences(text):
        return {s.strip() for s in re.split(r"[.»\n]", text) if len(s) > 60}

    seed = sentences((shared / "seed" / "article.txt").read_text("utf-8"))
    for path in (ROOT / "examples").iterdir():
        assert not seed & sentences(path.read_text("utf-8"))


def test_tables_of_the_record_are_described():
    sql = (ROOT / "src/dragoman/record/migrations/001_record.sql").read_text("utf-8")
    page = (ROOT / "docs/record.md").read_text("utf-8")
    tables = re.findall(r"^create table (\w+)", sql, re.M)
    assert [t for t in tables if f"`{t}`" not in page] == []
