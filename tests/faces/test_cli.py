"""The commands as a user types them: output, exit codes, one-line errors, speed of --help."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from dragoman.faces import run
from tests.conftest import ROOT
from tests.faces.samples import CODING


@pytest.fixture
def by_hand(monkeypatch):
    """Documents are "coded" by hand: their own text, the sample's findings."""
    from dataclasses import replace

    def coder(**_):
        def coded(document):
            if "explode" in document.text:
                raise ZeroDivisionError("by zero")
            return replace(CODING, document=replace(CODING.document, id=document.id))

        return coded

    monkeypatch.setattr(run, "coder", coder)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(CODING.document.text, "utf-8")
    return path


def test_help_loads_no_parser_and_no_tables():
    """bench/speed.py measures how long it takes; here stands what keeps it quick."""
    probe = (
        "import sys\nfrom dragoman.faces import cli\nsys.argv = ['dragoman', '--help']\ncode = cli.main()\n"
        "heavy = {'spacy', 'numpy', 'thinc', 'rich', 'pyarrow', 'ftfy', 'py3langid'} & set(sys.modules)\n"
        "ours = {'dragoman.world', 'dragoman.pack', 'dragoman.pipeline'} & set(sys.modules)\n"
        "assert not heavy | ours, heavy | ours\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: " in done.stdout


def test_no_command_shows_the_help_and_is_a_usage_error(typed):
    code, out, err = typed()
    assert (code, err) == (2, "")
    assert "code" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["cod"], "No such command 'cod'"),
        (["code"], "Missing argument 'FILE'"),
        (["code", "x.txt", "--lang", "de"], "--lang de: there is no such language; known: auto, en, fr"),
        (["code", "x.txt", "--format", "xml"], "--format xml: there is no such format"),
        (["code", "x.txt", "--date", "2 May"], "'2 May' is not a date; write it as"),
        (["code", "x.txt", "--actors", "none.toml"], "--actors none.toml: no such file"),
        (["evaluate", "none.jsonl"], "none.jsonl: cannot be read"),
        (["rules", "check", "de"], "de: there is no such language"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(typed, words, message):
    code, out, err = typed(*words)
    assert code == 2
    assert message in err
    assert (out, err.count("\n")) == ("", 1)


def test_table_has_no_colours_when_it_is_not_shown_on_a_terminal(typed, by_hand, page):
    code, out, err = typed("code", page)
    assert (code, err) == (0, "")
    assert "CONSULT/visit" in out
    assert "\x1b" not in out


def test_json_lines_go_to_stdout(typed, by_hand, page):
    _, out, _ = typed("code", page, "--format", "jsonl")
    assert [json.loads(line)["kind"] for line in out.splitlines()].count("report") == 2


def test_format_follows_the_name_of_the_output(typed, by_hand, page, tmp_path):
    out = tmp_path / "events.csv"
    assert typed("code", page, "-o", out)[0] == 0
    assert out.read_text("utf-8").startswith("document,id,sentence,type")
    assert typed("code", page, "-o", tmp_path / "table.txt")[0] == 0
    assert "CONSULT/visit" in (tmp_path / "table.txt").read_text("utf-8")


def test_output_that_cannot_be_written_is_said_and_leaves_nothing(typed, by_hand, page, tmp_path):
    code, _, err = typed("code", page, "-o", tmp_path / "no" / "events.jsonl")
    assert code == 2
    assert "cannot be written" in err
    assert list(tmp_path.iterdir()) == [page]


def test_what_cannot_be_read_is_set_aside_and_the_rest_is_coded(typed, by_hand, page, tmp_path):
    broken = tmp_path / "pages.jsonl"
    broken.write_text('{"id": "a", "text": "Un texte."}\n{"id": \n{"id": "b", "text": "Un autre."}\n', "utf-8")
    code, out, err = typed("code", broken, tmp_path / "none.txt", page, "--format", "jsonl")
    documents = [r["id"] for r in map(json.loads, out.splitlines()) if r["kind"] == "document"]
    assert code == 1
    assert documents[:2] == ["a", "b"]
    assert len(documents) == 3
    assert f"{broken}, line 2: broken JSON" in err
    assert "none.txt: no such file" in err
    assert err.endswith("2 set aside, 3 done\n")


def test_our_own_fault_on_one_document_is_no_traceback(typed, by_hand, tmp_path):
    pages = tmp_path / "pages.jsonl"
    pages.write_text('\n{"id": "a", "text": "explode"}\n{"id": "b", "text": "fine"}\n')
    code, out, err = typed("code", pages, "--format", "jsonl")
    assert code == 1
    assert "pages.jsonl, line 2: a fault of dragoman's own (ZeroDivisionError" in err
    assert "Traceback" not in err
    assert '"id":"b"' in out


def test_standard_input_is_read(typed, by_hand):
    code, out, _ = typed("code", "-", "--format", "csv", stdin=b"Un texte.")
    assert code == 0
    assert out.count("\n") == 3


def test_explain_shows_one_report_and_says_when_there_is_none(typed, by_hand, page):
    code, out, _ = typed("explain", page, "--report", "2")
    assert code == 0
    assert "SUPPORT" in out
    assert "report 1" not in out
    code, _, err = typed("explain", page, "--report", "9")
    assert code == 2
    assert "no report '9'; it has 2, numbered from 1" in err


def test_gone_reader_of_our_output_is_no_error(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    shell = f"{sys.executable} -m dragoman code --help | true"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, "")


def test_version_is_that_of_the_package(typed):
    from importlib.metadata import version

    assert typed("--version") == (0, f"dragoman {version('dragoman')}\n", "")


def test_wrong_file_of_actors_stops_the_run(typed, coder, page, tmp_path):
    actors = tmp_path / "mine.toml"
    actors.write_text('[[actor]]\nname = "no names"\n')
    code, out, err = typed("code", page, "--lang", "fr", "--actors", actors)
    assert (code, out) == (2, "")
    assert "mine.toml, actor 1" in err


def test_own_actors_are_heard(typed, coder, tmp_path):
    actors, text = tmp_path / "mine.toml", tmp_path / "page.txt"
    actors.write_text('[[actor]]\nnames = ["Front de la Lune"]\ncountry = "MLI"\nsectors = ["REB"]\n')
    text.write_text("Le Front de la Lune a libéré deux otages péruviens.", "utf-8")
    code, out, _ = typed("code", text, "--lang", "fr", "--actors", actors, "--format", "csv")
    assert code == 0
    assert "Front de la Lune,MLI,REB" in out


def test_trees_can_be_shown_corrected_and_coded(typed, coder, tmp_path):
    text, trees = tmp_path / "page.txt", tmp_path / "page.conllu"
    text.write_text("La Norvège a libéré deux otages péruviens.", "utf-8")
    code, out, _ = typed("parse", text, "--lang", "fr")
    assert code == 0
    assert "\tlibérer\tVERB\t" in out
    trees.write_text(out.replace("péruviens", "chiliens").replace("péruvien", "chilien"), "utf-8")
    code, out, _ = typed("code", trees, "--lang", "fr", "--format", "csv")
    assert code == 0
    assert "CHL" in out


def test_parser_that_is_not_there_is_said(typed, page):
    code, _, err = typed("code", page, "--parser", "spacy:nowhere")
    assert code == 2
    assert "nowhere" in err
