"""Files, streams and lines to documents; what is bad is set aside with its place and a reason."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.model import Document
from dragoman.readers import Rejected, document_of, parse_date, read
from dragoman.readers.plain import MAX_LINE, MAX_TEXT


def lines(*rows) -> io.BytesIO:
    return io.BytesIO("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows).encode())


def test_text_file_is_one_document(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("Un accord à Lusaka\n\nLes deux ministres ont signé.\n", "utf-8")
    (document,) = read(path, lang="fr", published="2020-10-02")
    assert document.text == "Un accord à Lusaka\n\nLes deux ministres ont signé.\n"
    assert (document.lang, str(document.published), document.published_precision) == ("fr", "2020-10-02", "day")


def test_json_lines_give_their_fields():
    row = {
        "id": "a1",
        "text": "Texte.",
        "title": "Titre",
        "date": "2020-10",
        "lang": "fr-FR",
        "outlet": "O",
        "url": "u",
    }
    (document,) = read(lines(row))
    assert (document.id, document.title, document.lang, document.outlet, document.url) == (
        "a1",
        "Titre",
        "fr",
        "O",
        "u",
    )
    assert (str(document.published), document.published_precision) == ("2020-10-01", "month")
    assert document.published_basis == "given"


def test_own_date_and_language_win_over_those_for_all():
    first, second = read(
        lines({"text": "A.", "date": "2019", "lang": "en"}, {"text": "B."}), lang="fr", published="2020"
    )
    assert (first.published.year, first.lang) == (2019, "en")
    assert (second.published.year, second.lang) == (2020, "fr")


def test_compressed_lines_are_read(tmp_path):
    path = tmp_path / "many.jsonl.gz"
    path.write_bytes(gzip.compress(lines({"text": "A."}, {"text": "B."}).read()))
    assert [d.text for d in read(path)] == ["A.", "B."]


def test_cut_compressed_file_gives_what_it_holds_and_says_so(tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "A."}\n' * 5000)[:-20])
    assert any(isinstance(d, Rejected) and "cannot be read" in d.reason for d in read(path))


@pytest.mark.parametrize(
    ("data", "texts"), [(b'{"text": "A."}\n{"text": "B."}', ["A.", "B."]), (b"Plain text.", ["Plain text."])]
)
def test_standard_input_is_lines_or_text(monkeypatch, data, texts):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [d.text for d in read("-")] == texts


def test_several_files_are_read_in_order(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(name, "utf-8")
    assert [d.text for d in read([tmp_path / "a.txt", str(tmp_path / "b.txt")])] == ["a", "b"]


def test_same_page_has_the_same_id_twice():
    assert document_of("Texte.").id == document_of("Texte.").id != document_of("Autre.").id


def test_title_stands_in_for_an_empty_text():
    (document,) = read(lines({"text": " ", "title": "Kiev refuse"}))
    assert document.text == "Kiev refuse"


BAD = [
    ('{"text": "A."\n', "broken JSON"),
    ("[1, 2]\n", "not an object"),
    ('{"texte": "A."}\n', 'no "text"'),
    ('{"text": 3}\n', '"text" is a int'),
    ('{"text": "A.", "title": ["B"]}\n', '"title" is a list'),
    ('{"text": ""}\n', "empty"),
    ('{"text": "A.", "date": "2 octobre"}\n', "not a date"),
    ('{"text": "A.", "date": "2020-13-01"}\n', "not a date"),
    ('{"text": "A.", "lang": "french language"}\n', "not a language tag"),
    ("\u0000\u0001\u0002\u0003garbage\n", "binary"),
    ('{"text": "' + "\\u0000" * 50 + '"}\n', "binary"),
    ('{"text": "' + "x" * (MAX_TEXT + 1) + '"}\n', "over the limit"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_bad_line_is_set_aside_with_its_number_and_the_rest_is_read(line, reason):
    first, bad, last = read(lines({"text": "A."}, line, {"text": "B."}))
    assert (first.text, last.text) == ("A.", "B.")
    assert isinstance(bad, Rejected)
    assert reason in bad.reason
    assert bad.line == 2
    assert "line 2" in str(bad)
    assert bad.advice


def test_line_longer_than_the_limit_is_set_aside_without_being_held():
    stream = io.BytesIO(b'{"text": "A."}\n' + b"x" * (MAX_LINE + 10) + b'\n{"text": "B."}\n')
    first, bad, last = read(stream)
    assert (first.text, bad.line, last.text) == ("A.", 2, "B.")
    assert f"{MAX_LINE:,}" in bad.reason


def test_second_document_with_an_id_is_set_aside():
    first, second = read(lines({"id": "x", "text": "A."}, {"id": "x", "text": "B."}))
    assert isinstance(first, Document)
    assert "already read at" in second.reason
    assert "line 1" in second.reason


def test_missing_file_is_reported_by_name(tmp_path):
    (bad,) = read(tmp_path / "none.txt")
    assert "none.txt" in bad.where
    assert "No such file" in bad.reason


def test_empty_and_binary_files_are_set_aside(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "image.txt").write_bytes(bytes(range(256)) * 20)
    empty, image = read([tmp_path / "empty.txt", tmp_path / "image.txt"])
    assert "empty" in empty.reason
    assert "binary" in image.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_text_is_read_in_the_encodings_of_old_pages(tmp_path, encoding):
    text = "Le général a été reçu à l'Élysée, où il a signé un traité."
    (tmp_path / "page.txt").write_bytes(text.encode(encoding))
    (document,) = read(tmp_path / "page.txt")
    assert document.text == text
    guessed = encoding not in {"utf-8", "utf-8-sig", "utf-16"}
    assert [d.kind for d in document.defects] == (["encoding"] if guessed else [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_lines_are_read_in_other_encodings(encoding):
    data = '{"text": "Été à Genève."}\n{"text": "Hiver à Liège."}\n'.encode(encoding)
    assert [d.text for d in read(io.BytesIO(data))] == ["Été à Genève.", "Hiver à Liège."]


def test_stray_byte_in_utf8_text_is_read_and_reported(tmp_path):
    (tmp_path / "page.txt").write_bytes("L'été à Genève".encode() + b" \x96 o\xf9 il pleut")
    (document,) = read(tmp_path / "page.txt")
    assert document.text == "L'été à Genève – où il pleut"
    assert "UTF-8 with bytes of cp1252" in document.defects[0].repair


def test_bytes_of_no_known_encoding_are_set_aside(tmp_path):
    (tmp_path / "page.txt").write_bytes("Съешь ещё этих мягких французских булок, да выпей чаю".encode("koi8-r"))
    (bad,) = read(tmp_path / "page.txt")
    assert "neither UTF-8" in bad.reason


def test_lone_surrogate_is_replaced_without_moving_the_text():
    (document,) = read(lines('{"text": "Un \\ud83d mot."}\n'))
    assert document.text == "Un \ufffd mot."
    assert [d.kind for d in document.defects] == ["surrogate"]
    document.text.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "day", "precision"),
    [
        ("2020", "2020-01-01", "year"),
        ("2020-10", "2020-10-01", "month"),
        ("2020-10-02", "2020-10-02", "day"),
        ("2020-10-02T14:30:00Z", "2020-10-02", "day"),
        ("2020-10-02 14:30:00+02:00", "2020-10-02", "day"),
    ],
)
def test_iso_dates_and_times_have_their_precision(value, day, precision):
    assert parse_date(value) == (__import__("datetime").date.fromisoformat(day), precision)


def test_wrong_date_for_all_documents_is_the_callers_error():
    with pytest.raises(InputError, match="02/10/2020"):
        list(read(lines({"text": "A."}), published="02/10/2020"))


@given(st.binary(max_size=400))
def test_no_bytes_break_reading(data):
    for found in read(io.BytesIO(data)):
        assert isinstance(found, Document | Rejected)


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_no_line_stops_the_run(rows):
    clean = [row.replace(b"\n", b"").replace(b"\x00", b"") for row in rows]
    data = b'{"text": "A."}\n' + b"\n".join(clean) + b'\n{"text": "B."}\n'
    texts = [d.text for d in read(io.BytesIO(data)) if isinstance(d, Document)]
    assert texts[0] == "A."
    assert texts[-1] == "B."
