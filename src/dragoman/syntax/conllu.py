"""Trees as CoNLL-U text, there and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import InputError
from dragoman.model import Document, Sentence, Span, Token
from dragoman.syntax.tokens import contracted_forms


def to_conllu(sentences: Iterable[Sentence]) -> str:
    """The parsed sentences in CoNLL-U; contracted forms are ranges, entities stand in MISC."""
    return "".join(_written(sentence) for sentence in sentences if sentence.tokens)


def _written(sentence: Sentence) -> str:
    lines = [f"# sent_id = {sentence.number}", f"# block = {sentence.block}", f"# paragraph = {sentence.paragraph}"]
    labels = {i: f"{'B' if i == a else 'I'}-{label}" for a, b, label in sentence.entities for i in range(a, b)}
    found = sentence.tokens
    for i, token in enumerate(found):
        size = _form_size(found, i)
        glued = i + size < len(found) and found[i + size].start == token.end
        misc = [f"Place={token.start}:{token.end}", *(["SpaceAfter=No"] if glued else [])]
        if size > 1:
            surface = _surface(tuple(part.text for part in found[i : i + size]))
            lines.append("\t".join([f"{i + 1}-{i + size}", surface, *"_______", "|".join(misc)]))
        if i in labels:
            misc.append(f"NER={labels[i]}")
        head = 0 if token.head == i else token.head + 1
        row = [token.text, token.lemma or "_", token.upos, "_", token.feats or "_", str(head), token.rel, "_"]
        lines.append("\t".join([str(i + 1), *row, "|".join(misc)]))
    return "\n".join(lines) + "\n\n"


def _surface(parts: tuple[str, ...]) -> str:
    """How the words of a contracted form are written together."""
    form = contracted_forms().get(tuple(part.lower() for part in parts), "".join(parts))
    if all(part.isupper() for part in parts) and len(form) > 1:
        return form.upper()
    return form.capitalize() if parts[0][:1].isupper() else form


def _form_size(found: tuple[Token, ...], i: int) -> int:
    """How many words share token i's characters, if it is the first of them."""
    place = (found[i].start, found[i].end)
    if i and (found[i - 1].start, found[i - 1].end) == place:
        return 1
    size = 1
    while i + size < len(found) and (found[i + size].start, found[i + size].end) == place:
        size += 1
    return size


def read_conllu(path: Path) -> Iterator[tuple[Document, tuple[Sentence, ...]]]:
    """The documents of a CoNLL-U file (cut at `# newdoc`) with their sentences.

    The text is put together from the forms. Places in it replace the file's own.
    """
    for number, group in enumerate(_documents(path)):
        yield _document(group, f"{path.stem}-{number}" if number else path.stem)


@dataclass(slots=True)
class Rows:
    """The lines of one sentence: its comments, and the columns with their line numbers."""

    notes: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[int, list[str]]] = field(default_factory=list)


def _documents(path: Path) -> Iterator[tuple[str | None, list[Rows]]]:
    name: str | None = None
    sentences: list[Rows] = []
    rows = Rows()
    for number, line in enumerate([*path.read_text("utf-8").split("\n"), ""], 1):
        if line.startswith("# newdoc"):
            if sentences:
                yield name, sentences
            name, sentences = line.partition("=")[2].strip() or None, []
        elif line.startswith("#"):
            key, _, value = line[1:].partition("=")
            rows.notes[key.strip()] = value.strip()
        elif line.strip():
            rows.lines.append((number, _columns(path, number, line)))
        elif rows.lines:
            sentences.append(rows)
            rows = Rows()
    if sentences:
        yield name, sentences


def _columns(path: Path, number: int, line: str) -> list[str]:
    columns = line.rstrip("\r").split("\t")
    if len(columns) != 10:
        raise InputError(f"{path}, line {number}: {len(columns)} columns where CoNLL-U has 10")
    if columns[0].isdigit() and not columns[6].isdigit():
        raise InputError(f"{path}, line {number}: the head {columns[6]!r} is no number")
    return columns


def _document(group: tuple[str | None, list[Rows]], fallback: str) -> tuple[Document, tuple[Sentence, ...]]:
    name, sentences = group
    text, found = "", []
    for number, rows in enumerate(sentences):
        text, sentence = _sentence(rows, text, number)
        found.append(sentence)
    return Document(id=name or fallback, text=text), tuple(found)


def _sentence(rows: Rows, text: str, number: int) -> tuple[str, Sentence]:
    begun = len(text)
    words: list[Token] = []
    shared: dict[int, tuple[int, int]] = {}
    entities: list[tuple[int, int, str]] = []
    for line, (ident, form, lemma, upos, _, feats, head, rel, _, misc) in rows.lines:
        gap = "" if "SpaceAfter=No" in misc else " "
        if "-" in ident:
            first, last = (int(part) for part in ident.split("-"))
            shared |= dict.fromkeys(range(first, last + 1), (len(text), len(text) + len(form)))
            text += form + gap
            continue
        if not ident.isdigit():
            continue  # empty nodes of enhanced graphs
        i = int(ident)
        if i not in shared:
            shared[i] = (len(text), len(text) + len(form))
            text += form + gap
        if int(head) > len(rows.lines):
            raise InputError(f"line {line}: the head {head} is no word of the sentence")
        words.append(
            Token(
                text=form,
                lemma="" if lemma == "_" else lemma,
                upos=upos,
                feats="" if feats == "_" else feats,
                head=int(head) - 1 if head != "0" else i - 1,
                rel=rel,
                start=shared[i][0],
                end=shared[i][1],
            )
        )
        _entity(entities, i - 1, misc)
    end = len(text.rstrip(" "))
    return text, Sentence(
        number=number, span=Span(begun, max(begun, end)), block=rows.notes.get("block", "body"), tokens=tuple(words),
        entities=tuple(entities), paragraph=int(rows.notes.get("paragraph", 0)),
    )  # fmt: skip


def _entity(entities: list[tuple[int, int, str]], i: int, misc: str) -> None:
    label = next((p[4:] for p in misc.split("|") if p.startswith("NER=")), None)
    if label is None:
        return
    kind = label[2:]
    if label.startswith("I-") and entities and entities[-1][1] == i and entities[-1][2] == kind:
        entities[-1] = (entities[-1][0], i + 1, kind)
    else:
        entities.append((i, i + 1, kind))
