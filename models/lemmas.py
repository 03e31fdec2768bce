"""Writes packs/<lang>/parser/lemmas.tsv: forms of verbs (and French adjectives) whose lemma is certain.

`python models/lemmas.py fr|en VOCABULARY` — the tables of spacy-lookups-data (MIT), cut to the words of our raw text
(corpus.txt of vectors.py).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
# Where the table is better than the trained lemmatiser on the treebanks' test parts; README.md has the numbers.
UPOS = {"fr": {"verb": "VERB", "adj": "ADJ"}, "en": {"verb": "VERB"}}


def table(lang: str, name: str) -> dict:
    """One table of spacy-lookups-data."""
    import spacy_lookups_data

    path = Path(spacy_lookups_data.__file__).parent / "data" / f"{lang}_lemma_{name}.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def lemma(form: str, index: set[str], exceptions: dict, rules: list[list[str]]) -> str | None:
    """The one lemma the tables give a form; None when they give none or several."""
    if form in exceptions:
        found = set(exceptions[form])
    elif form in index:
        found = {form}
    else:
        found = {form[: len(form) - len(old)] + new for old, new in rules if form.endswith(old)} & index
    return found.pop() if len(found) == 1 else None


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("lang", choices=["fr", "en"])
    ask.add_argument("vocabulary", type=Path)
    ask.add_argument("--least", type=int, default=3)
    args = ask.parse_args()
    with args.vocabulary.open(encoding="utf-8") as lines:
        counts = Counter(word for line in lines for word in line.split() if word.islower() and word.isalpha())
    index, exceptions, rules = (table(args.lang, name) for name in ("index", "exc", "rules"))
    rows = []
    for kind, upos in UPOS[args.lang].items():
        known = set(index[kind])
        for form, n in counts.items():
            if n >= args.least and (found := lemma(form, known, exceptions[kind], rules[kind])):
                rows.append((form, upos, found))
    out = HERE.parent / "src" / "dragoman" / "packs" / args.lang / "parser" / "lemmas.tsv"
    out.write_text("form\tupos\tlemma\n" + "".join("\t".join(row) + "\n" for row in sorted(rows)), "utf-8")
    print(len(rows), "rows,", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
