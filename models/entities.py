"""Named-entity data → sentences on our own tokens with (first, last + 1, label) spans; see README.md, "Entities"."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vectors import news

from dragoman.syntax.split import cuts
from dragoman.syntax.tokens import TokenRules, Word, plain, token_rules, words

DATA = Path(__file__).parent.parent / "src" / "dragoman" / "data"
LABELS = {
    "PER": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC", "Person": "PER", "Organisation": "ORG", "Location": "LOC",
    "pers": "PER", "loc": "LOC", "org": "ORG",
}  # fmt: skip


@dataclass
class Named:
    """A sentence with its entities."""

    words: list[str]
    spaces: list[bool]
    ents: list[tuple[int, int, str]]


def placed(text: str, spans: list[tuple[int, int, str]], rules: TokenRules) -> Named | None:
    """Character spans put on our tokens; None when one cuts through a token."""
    text = plain(text)
    cut = words(text, rules)
    starts, ends = {w.start: i for i, w in enumerate(cut)}, {w.end: i + 1 for i, w in enumerate(cut)}
    try:
        ents = [(starts[a], ends[b], label) for a, b, label in spans]
    except KeyError:
        return None
    return Named([w.form for w in cut], [w.end < len(text) and text[w.end] == " " for w in cut], ents)


def columns(path: Path, word: int, tag: int) -> Iterator[list[tuple[str, str, bool]]]:
    """Sentences of a column file as (form, tag, space after)."""
    found: list[tuple[str, str, bool]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t" if "\t" in line else " ")
            if line.startswith(("#", "TOKEN")) or not line.strip():
                if found and not line.strip():
                    yield found
                    found = []
                continue
            if len(parts) > max(word, tag):
                found.append((parts[word], parts[tag], "NoSpaceAfter" not in parts[-1]))
                if parts[word] == "." and len(found) > 12:  # long pages are cut at full stops
                    yield found
                    found = []
    if found:
        yield found


def tagged(rows: list[tuple[str, str, bool]], rules: TokenRules) -> Named | None:
    """IO or BIO tags → spans."""
    text, spans, last = "", [], "O"
    for form, tag, space in rows:
        kind = LABELS.get(tag.partition("-")[2])
        if kind and (tag.startswith("B-") or last != kind or not spans):
            spans.append((len(text), len(text) + len(form), kind))
        elif kind:
            spans[-1] = (spans[-1][0], len(text) + len(form), kind)
        last = kind or "O"
        text += form + (" " if space else "")
    return placed(text, spans, rules)


def from_columns(path: Path, lang: str, word: int, tag: int) -> list[Named]:
    rules = token_rules(lang)
    return [
        n for rows in columns(path, word, tag) if len(rows) > 3 and (n := tagged(rows, rules)) and len(n.words) < 120
    ]


def europarl_silver(corpora: Path) -> list[Named]:
    rules, found = token_rules("fr"), []
    with gzip.open(
        corpora / "ner-french-europarl-silver" / "fr-europarl-silver-ner.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        for line in lines:
            entry = json.loads(line)
            if named := placed(entry["text"], [tuple(e) for e in entry["entities"]], rules):
                found.append(named)
    return found


def re3d(corpora: Path) -> list[Named]:
    """Defence and diplomatic English; only entities that are names (capitals after a leading article is dropped)."""
    rules, found = token_rules("en"), []
    for path in sorted((corpora / "ner-english-re3d-open").glob("*.documents.jsonl.gz")):
        spans = defaultdict(list)
        with gzip.open(str(path).replace("documents", "entities"), "rt", encoding="utf-8") as lines:
            for entry in map(json.loads, lines):
                spans[entry["documentId"]].append((entry["begin"], entry["end"], LABELS.get(entry["type"], "")))
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for entry in map(json.loads, lines):
                found += _re3d_sentences(entry["text"], spans[entry["_id"]], rules)
    return found


def _re3d_sentences(text: str, spans: list[tuple[int, int, str]], rules: TokenRules) -> Iterator[Named]:
    names = []
    for a, b, label in spans:
        inner = re.search(r"[A-Z].*", text[a:b])
        if (
            label
            and inner
            and inner.group() not in rules.starters
            and all(w[0].isupper() or w in ("of", "the", "and", "for", "de", "al") for w in inner.group().split())
        ):
            names.append((a + inner.start(), b, label))
    for start, end in cuts(plain(text), rules):
        inside = sorted({(a - start, b - start, label) for a, b, label in names if start <= a and b <= end})
        flat = [
            s
            for i, s in enumerate(inside)
            if not any(o != s and o[0] < s[1] and s[0] < o[1] and j < i for j, o in enumerate(inside))
        ]
        if named := placed(text[start:end], flat, rules):
            yield named


def news_silver(corpora: Path, *, most: int = 25_000) -> list[Named]:
    """Modern French news: names explained by lists, titles, and what the same name is elsewhere in the corpus."""
    rules, hints = token_rules("fr"), tomllib.loads((Path(__file__).parent / "entities.toml").read_text("utf-8"))["fr"]
    sentences = []
    for k, text in enumerate(news(corpora)):
        if k % 3 == 0:
            text = plain(text)
            sentences += [c for a, b in cuts(text, rules) if 6 <= len(c := words(text[a:b], rules)) <= 50]
    places, first = _places(hints), Counter()
    title = frozenset(hints["titles"])
    for cut in sentences:
        for a, b in _capitals(cut, hints):
            if a and b - a >= 2 and cut[a - 1].text.lower() in title:
                first[cut[a].text] += 1
    names = {w for w, n in first.items() if n >= 2 and w not in places and not w.isupper()}
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for cut in sentences:
        for a, b in _capitals(cut, hints):
            if label := _evidence(cut, a, b, hints, places, names, title):
                kinds[_name(cut, a, b)][label] += 1
    sure = {
        name: c.most_common(1)[0][0] for name, c in kinds.items() if c.most_common(1)[0][1] >= max(2, 0.8 * c.total())
    }
    surnames = {n.split(" ", 1)[1] for n, label in sure.items() if label == "PER" and " " in n}
    found = []
    for cut in sentences:
        ents = []
        for a, b in _capitals(cut, hints):
            name = _name(cut, a, b)
            label = (
                _evidence(cut, a, b, hints, places, names, title)
                or sure.get(name)
                or ("PER" if name in surnames else None)
            )
            if label is None and a > 0:
                break
            if label:
                ents.append((a, b, label))
        else:
            if ents:
                found.append(
                    Named([w.form for w in cut], [x.end < y.start for x, y in itertools.pairwise(cut)] + [False], ents)
                )
    random.Random(1).shuffle(found)
    return found[:most]


def _name(cut: list[Word], a: int, b: int) -> str:
    return " ".join(w.text for w in cut[a:b])


def _places(hints: dict) -> set[str]:
    """Well-known cities as the registers write them, and the countries' names of the hints."""
    found = set(hints["countries"])
    with (DATA / "cities.tsv").open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if int(row[6] or 0) > 150_000:
                found.add(row[2])
    return found


def _capitals(cut: list[Word], hints: dict) -> list[tuple[int, int]]:
    """Runs of capitalised words, with particles between them."""
    found, i, inner = [], 0, set(hints["particles"])
    while i < len(cut):
        if not (cut[i].text[0].isupper() and cut[i].text[-1].isalnum()) or cut[i].text in hints["not_names"]:
            i += 1
            continue
        j = i + 1
        while j < len(cut):
            if cut[j].text[0].isupper() and cut[j].text[-1].isalnum() and cut[j].text not in hints["not_names"]:
                j += 1
            elif cut[j].text in inner and j + 1 < len(cut) and cut[j + 1].text[0].isupper():
                j += 2
            else:
                break
        found.append((i, j))
        i = j
    return found


def _evidence(
    cut: list[Word], a: int, b: int, hints: dict, places: set[str], names: set[str], title: frozenset[str]
) -> str | None:
    name, before = _name(cut, a, b), cut[a - 1].text.lower() if a else ""
    if name in hints["organisations"]:
        return "ORG"
    if name in places and before not in title:
        return "LOC"
    if before in title or (b - a >= 2 and cut[a].text in names and cut[b - 1].text not in places):
        return "PER"
    if before in hints["organisation_nouns"]:
        return "ORG"
    if b - a == 1 and name.isupper() and 2 <= len(name) <= 6:
        return "ORG"
    return None
