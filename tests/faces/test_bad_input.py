"""Bad input, end to end: a clear message with file and line, the rest is coded, exit code 1."""

from __future__ import annotations

import gzip
import json

import pytest

GOOD = {"id": "good", "lang": "en", "text": "Peru expelled two Norwegian diplomats."}


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode() + b"\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("binary.txt", bytes(range(32)) * 200, "binary"),
        (
            "other.txt",
            b"Der Minister reiste am Donnerstag nach Wien und traf dort den Kanzler.",
            "other.txt: it seems to be in 'de'",
        ),
        ("cut.jsonl.gz", gzip.compress(lines(GOOD) * 50)[:60], "cannot be read"),
        ("list.jsonl", lines("[1, 2]"), "line 1"),
        ("notext.jsonl", lines({"id": "x", "body": "y"}), 'no "text"'),
        ("broken.jsonl", lines('{"id": "x", "text": '), "line 1: broken JSON"),
        ("number.jsonl", lines({"id": "x", "text": 3}), '"text" is a int'),
        ("date.jsonl", lines({"id": "x", "text": "y", "date": "May 3"}), "is not a date"),
        ("long.jsonl", b'{"id": "x", "text": "' + b"a " * 5_500_000 + b'"}\n', "characters"),
        ("deep.jsonl", b'{"id": "x", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "line 1"),
    ],
)
def test_bad_document_is_set_aside_and_the_good_one_is_coded(typed, coder, tmp_path, name, content, message):
    bad, good = tmp_path / name, tmp_path / "good.jsonl"
    bad.write_bytes(content)
    good.write_bytes(lines(GOOD))
    code, out, err = typed("code", bad, good, "--format", "jsonl")
    assert code == 1
    assert message in err
    assert "Traceback" not in err
    assert all(line.startswith("dragoman: ") for line in err.splitlines())
    reports = [r for r in map(json.loads, out.splitlines()) if r["kind"] == "report"]
    assert [r["country"] for r in reports[0]["actors"]] == ["PER"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("latin.txt", "La Norvège a expulsé deux diplomates péruviens.".encode("cp1252")),
        ("utf16.txt", "La Norvège a expulsé deux diplomates péruviens.".encode("utf-16")),
        ("bom.txt", "La Norvège a expulsé deux diplomates péruviens.".encode("utf-8-sig")),
        (
            "half.jsonl",
            b'{"id": "x", "text": "La Norv\\u00e8ge a expuls\\u00e9 deux diplomates \\ud83d p\\u00e9ruviens."}\n',
        ),
        ("windows.txt", "La Norvège a expulsé deux diplomates péruviens.\r\n\r\nLe Pérou a protesté.\r\n".encode()),
    ],
)
def test_odd_encoding_is_read(typed, coder, tmp_path, name, content):
    page = tmp_path / name
    page.write_bytes(content)
    code, out, _ = typed("code", page, "--lang", "fr", "--format", "jsonl")
    assert code == 0
    assert '"kind":"report"' in out


def test_same_id_twice_is_said(typed, coder, tmp_path):
    pages = tmp_path / "pages.jsonl"
    pages.write_bytes(lines(GOOD, GOOD))
    code, _, err = typed("code", pages, "--format", "csv")
    assert code == 1
    assert "line 2: the id 'good' was already read at" in err
