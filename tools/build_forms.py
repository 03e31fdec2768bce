"""Write packs/<lang>/forms.tsv: the inflected forms of every word that the lexicon names.

    python tools/build_forms.py [fr] [en]

Run it after units were added. The tables of forms come from spacy-lookups-data (group `models`); regular forms are
made by the endings below, so that a word the tables lack is found too.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

PACKS = Path(__file__).parent.parent / "src" / "dragoman" / "packs"
ER = (
    "e es ons ez ent ais ait ions iez aient ai as a âmes âtes èrent erai eras era erons erez eront erais erait"
    " erions eriez eraient é ée és ées ant er"
)
IR = "is it issons issez issent issait issaient ira iront irait i ie ies issant"
VOWELS = "aeiou"
BOTH = {"burn", "dive", "dream", "hang", "knit", "lean", "leap", "learn", "mow", "plead", "sneak", "speed", "spill"}
PREFIXES = ("un", "re", "over", "under", "out", "fore", "mis", "with")  # "unfroze" is made as "froze" is


def tables(lang: str) -> tuple[dict[str, dict[str, list[str]]], dict[str, str]]:
    spec = find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        sys.exit("spacy-lookups-data is missing: run `uv sync --group models`")
    data = Path(spec.origin).parent / "data"
    packed = [(data / f"{lang}_{name}.json.gz").read_bytes() for name in ("lemma_exc", "lemma_lookup")]
    exceptions, lookup = (json.loads(gzip.decompress(found)) for found in packed)
    return exceptions, lookup


def words_of(folder: Path) -> dict[str, set[str]]:
    """Lemma → parts of speech (V N A X)."""
    words: dict[str, set[str]] = defaultdict(set)
    raw = tomllib.loads((folder / "frames.toml").read_text("utf-8"))
    for lemmas in raw["light"].values():
        for lemma in lemmas:
            words[lemma].add("V")
    for path in sorted((folder / "lexicon").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines()[1:]:
            if not line.strip() or line.startswith("#"):
                continue
            unit, pos, _, _, needs, *_ = [*line.split("\t"), "", "", "", ""]
            for prefix in raw["reflexive"]:
                unit = unit.removeprefix(prefix)
            head, *rest = unit.split()
            words[head].add(pos)
            for word in rest:
                words[word].update("VNA")
            for part in needs.split():
                if "=" in part:
                    for word in part.partition("=")[2].split("|"):
                        words[word].update("VNA")
    ties = folder / "ties.toml"
    for tie in tomllib.loads(ties.read_text("utf-8")).get("tie", ()) if ties.is_file() else ():
        for key in ("trigger", "beside", "governor"):
            for word in tie.get(key, ()):
                words[word].update("VNA")
    content = folder / "content.tsv"
    if content.is_file():
        for line in content.read_text("utf-8").splitlines()[1:]:
            if line.strip():
                words[line.split("\t")[0]].update("VNA")
    return words


def french(lemma: str, pos: str) -> set[str]:
    if pos == "V" and lemma.endswith("er"):
        stem = lemma[:-2]
        found = {stem + ending for ending in ER.split()}
        if stem.endswith("g"):
            found |= {stem + "e" + ending for ending in ER.split() if ending[0] in "aâo"}
        if stem.endswith("c"):
            found |= {stem[:-1] + "ç" + ending for ending in ER.split() if ending[0] in "aâo"}
        return found
    if pos == "V" and lemma.endswith("ir"):
        stem = lemma[:-2]
        return {stem + ending for ending in IR.split()}
    if pos in "NA":
        found = {lemma, lemma + "s"}
        if lemma.endswith("al"):
            found |= {lemma[:-2] + "aux"}
        if lemma.endswith(("eau", "eu")):
            found |= {lemma + "x"}
        if pos == "A":
            found |= {lemma + "e", lemma + "es"}
        return found
    return {lemma}


def english(lemma: str, pos: str) -> set[str]:
    y = lemma.endswith("y") and lemma[-2:-1] not in VOWELS
    plural = lemma[:-1] + "ies" if y else lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")
    if pos == "N":
        return {lemma, plural}
    if pos == "V":
        stem = lemma[:-1] if lemma.endswith("e") else lemma
        found = {plural, stem + "ed", stem + "ing", lemma + "ing" if not lemma.endswith("e") else stem + "ing"}
        if y:
            found |= {lemma[:-1] + "ied"}
        one = sum(c in VOWELS for c in lemma) == 1  # of two syllables ("visit") only the plain forms are regular
        closed = len(lemma) > 2 and lemma[-1] not in VOWELS + "wxyh" and lemma[-2] in VOWELS
        single = closed and lemma[-3] not in VOWELS
        short = one and single
        if single:  # "wiretapped", "backpedalled"; what is no word of the language does no harm
            found |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
        if short:
            found -= {lemma + "ed", lemma + "ing"}
            found |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
        return found
    return {lemma}


def prefixed(lemma: str, known: dict[tuple[str, str], set[str]]) -> set[str]:
    """The irregular forms of a verb made of a prefix and a known verb."""
    for prefix in PREFIXES:
        if lemma.startswith(prefix) and (base := known.get((lemma.removeprefix(prefix), "V"))):
            return {prefix + form for form in base}
    return set()


def build(lang: str) -> None:
    folder = PACKS / lang
    exceptions, lookup = tables(lang)
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for pos, name in (("V", "verb"), ("N", "noun"), ("A", "adj")):
        for form, lemmas in exceptions.get(name, {}).items():
            for lemma in lemmas:
                known[lemma, pos].add(form)
    plain: dict[str, set[str]] = defaultdict(set)
    for form, lemmas in lookup.items():
        for lemma in [lemmas] if isinstance(lemmas, str) else lemmas:
            plain[lemma].add(form)
    regular = {"fr": french, "en": english}[lang]
    forms: dict[str, set[str]] = defaultdict(set)
    for lemma, parts in words_of(folder).items():
        for pos in parts:
            made = known[lemma, pos]
            if not made and lang == "en" and pos == "V":
                made = prefixed(lemma, known)
            both = lemma in BOTH
            irregular = made and lang == "en" and pos == "V" and not both and not any(f.endswith("ed") for f in made)
            guessed = regular(lemma, pos)
            if irregular:
                guessed = {f for f in guessed if not f.endswith("ed")}
            if lang == "fr" and pos == "V" and made:
                guessed = set()
            for form in {lemma} | made | guessed | (plain[lemma] if not made and pos == "X" else set()):
                if form.isalpha() or "-" in form or "'" in form:
                    forms[form.lower()].add(lemma)
    with (folder / "forms.tsv").open("w", encoding="utf-8") as out:
        out.write("form\tlemmas\n")
        out.writelines(f"{form}\t{'|'.join(sorted(forms[form]))}\n" for form in sorted(forms))
    print(f"{lang}: {len(forms)} forms of {len({x for v in forms.values() for x in v})} words")


if __name__ == "__main__":
    for lang in sys.argv[1:] or ("fr", "en"):
        build(lang)
