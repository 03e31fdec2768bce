"""Makes training sentences look like news: headlines, quotations with their speakers, weekdays, titles and names."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from treebank import Gold

_BARE = str.maketrans("ÀÂÇÉÈÊËÎÏÔÖÙÛÜ", "AACEEEEIIOOUUU")
AFTER_DAY = ("obj", "obl", "obl:arg", "obl:agent", "ccomp", "xcomp", "punct")
SING, MASC = "Number=Sing", "Gender=Masc|Number=Sing"


def augmented(gold: Gold, lang: str, rng: random.Random) -> Gold:
    """The sentence as it is, or (about every second time) changed in one or several ways."""
    pack = words_for(lang)
    if rng.random() < 0.12:
        gold = _renamed(gold, pack, rng)
    if rng.random() < 0.08:
        gold = _dated(gold, pack, rng)
    roll = rng.random()
    if roll < 0.06:
        gold = _told(gold, pack, rng)
    elif roll < 0.11:
        gold = _headline(gold, pack, rng)
    elif roll < 0.14:
        gold = _quoted(gold)
    if (roll := rng.random()) < 0.06:
        return _spelt(gold, [w.translate(_BARE) for w in gold.words])
    if roll < 0.07:
        return _spelt(gold, [w.upper() if len(w) > 1 else w for w in gold.words])
    return gold


@cache
def words_for(lang: str) -> dict[str, Any]:
    """The language's part of augment.toml."""
    return dict(tomllib.loads((Path(__file__).parent / "augment.toml").read_text("utf-8"))[lang])


def piece(rows: list[tuple[str, str, str, str, int, str]]) -> Gold:
    """A small tree from (word, lemma, UPOS, features, head in the piece, relation)."""
    spaces = [not row[0].endswith("'") for row in rows]
    return Gold([r[0] for r in rows], spaces, [r[2] for r in rows], [r[3] for r in rows], [r[1] for r in rows],
                [r[4] for r in rows], [r[5] for r in rows])  # fmt: skip


def spliced(gold: Gold, start: int, end: int, new: Gold, *, head: int, rel: str) -> Gold:
    """The sentence with `[start, end)` replaced by a piece whose root hangs on word `head` (an old index).

    Nothing outside may hang on a replaced word but by way of `head`.
    """
    shift = len(new.words) - (end - start)

    def moved(i: int) -> int:
        return i if i < start else i + shift

    heads = [moved(h) for h in gold.heads]
    inner = [moved(head) if h == i else h + start for i, h in enumerate(new.heads)]
    rels = [rel if h == i else r for i, (h, r) in enumerate(zip(new.heads, new.rels, strict=True))]
    return Gold(
        gold.words[:start] + new.words + gold.words[end:], gold.spaces[:start] + new.spaces + gold.spaces[end:],
        gold.upos[:start] + new.upos + gold.upos[end:], gold.feats[:start] + new.feats + gold.feats[end:],
        gold.lemmas[:start] + new.lemmas + gold.lemmas[end:], heads[:start] + inner + heads[end:],
        gold.rels[:start] + rels + gold.rels[end:],
    )  # fmt: skip


def _spelt(gold: Gold, words: list[str]) -> Gold:
    return Gold(words, gold.spaces, gold.upos, gold.feats, gold.lemmas, gold.heads, gold.rels)


def _root(gold: Gold) -> int:
    return next(i for i, h in enumerate(gold.heads) if h == i)


def _subtree(gold: Gold, i: int) -> list[int]:
    found, queue = [i], [i]
    while queue:
        top = queue.pop()
        below = [k for k, h in enumerate(gold.heads) if h == top and k != top]
        found += below
        queue += below
    return sorted(found)


def name(pack: dict[str, Any], rng: random.Random) -> Gold:
    """A person's name: first and last, or after an honorific."""
    parts = [rng.choice(pack["first"]), *rng.choice(pack["last"]).split()]
    if pack["honorifics"] and rng.random() < 0.3:
        title = rng.choice(["M.", "M.", "Mme"])
        rows = [(title, "monsieur" if title == "M." else "madame", "NOUN", SING, 0, "root")]
        parts = parts[1:]
    else:
        rows = []
    rows += [
        (p, p, "PROPN", "" if pack["honorifics"] else SING, 0, "flat:name" if pack["honorifics"] else "flat")
        for p in parts
    ]
    rows[0] = (*rows[0][:5], "root")
    return piece(rows)


def actor(pack: dict[str, Any], rng: random.Random, *, plural: bool = False) -> Gold:
    """Somebody who acts in the news: a country, a capital, a person with or without title; several if plural."""
    if plural:
        return _several(pack, rng)
    roll = rng.random()
    if roll < 0.2 and pack["countries"]:
        article, country = rng.choice(pack["countries"])
        return piece(
            [
                (article, "le", "DET", "Definite=Def|Number=Sing|PronType=Art", 1, "det"),
                (country, country, "PROPN", SING, 1, "root"),
            ]
        )
    if roll < 0.35:
        capital = rng.choice(pack["capitals"]).split()
        rel = "flat:name" if pack["honorifics"] else "flat"
        return piece(
            [
                (c, c, "PROPN", "" if pack["honorifics"] else SING, 0, "root" if i == 0 else rel)
                for i, c in enumerate(capital)
            ]
        )
    if roll < 0.6:
        return name(pack, rng)
    return _titled(pack, rng)


def _titled(pack: dict[str, Any], rng: random.Random) -> Gold:
    """The minister (adjective) (of something) (his name): everything hangs on the minister."""
    article, feats = pack["article"]
    french = bool(pack["honorifics"])
    rows = [(article, "le" if french else "the", "DET", feats, 0, "det")]
    adjective = (rng.choice(pack["adjectives"]), "ADJ", MASC if french else "Degree=Pos")
    if not french and rng.random() < 0.6:
        rows.append((adjective[0], adjective[0], "ADJ", adjective[2], 0, "amod"))
    head = len(rows)
    title = rng.choice(pack["titles"])
    rows.append((title, title, "NOUN", MASC if french else SING, head, "root"))
    if french and rng.random() < 0.5:
        rows.append((adjective[0], adjective[0], "ADJ", MASC, head, "amod"))
    if french and rng.random() < 0.6:
        rows += _office(pack, rng, head, len(rows))
    rows = [
        (r[0], r[1], r[2], r[3], head if r[5] in ("det", "amod") and k < head else r[4], r[5])
        for k, r in enumerate(rows)
    ]
    if rng.random() < 0.75:
        comma = rng.random() < 0.4 or not french
        if comma:
            rows.append((",", ",", "PUNCT", "", len(rows) + 1, "punct"))
        person, base = name(pack, rng), len(rows)
        for k in range(len(person.words)):
            rel = "appos" if k == 0 else person.rels[k]
            rows.append(
                (person.words[k], person.lemmas[k], person.upos[k], person.feats[k], head if k == 0 else base, rel)
            )
        if comma:
            rows.append((",", ",", "PUNCT", "", base, "punct"))
    return piece(rows)


def _office(
    pack: dict[str, Any], rng: random.Random, head: int, base: int
) -> list[tuple[str, str, str, str, int, str]]:
    if rng.random() < 0.4:
        case, noun = rng.choice(pack["contracted_offices"])
        return [
            (case, "de", "ADP", "", base + 1, "case"),
            (noun, noun, "PROPN" if noun in pack["proper"] else "NOUN", "", head, "nmod"),
        ]
    article, noun = rng.choice(pack["offices"])
    feats = (
        "Definite=Def|Number=Sing|PronType=Art"
        if article == "l'"
        else "Definite=Def|Gender=Fem|Number=Sing|PronType=Art"
    )
    return [("de", "de", "ADP", "", base + 2, "case"), (article, "le", "DET", feats, base + 2, "det"),
            (noun, noun, "PROPN" if noun in pack["proper"] else "NOUN", "Number=Sing", head, "nmod")]  # fmt: skip


def _several(pack: dict[str, Any], rng: random.Random) -> Gold:
    rows: list[tuple[str, str, str, str, int, str]] = []
    first = 0
    count = rng.choice([2, 2, 3, 3])
    alike = rng.random() < 0.5  # all capitals, or all countries
    for k in range(count):
        one = actor(pack, rng)
        while "," in one.words or (alike and len(one.words) > 2 - bool(rows and rows[0][2] != "DET")):
            one = actor(pack, rng)
        base = len(rows)
        root = base + _root(one)
        if k:
            joint = pack["and"] if k == count - 1 else ","
            rows.append(
                (
                    joint,
                    joint,
                    "CCONJ" if k == count - 1 else "PUNCT",
                    "",
                    root + 1,
                    "cc" if k == count - 1 else "punct",
                )
            )
            base, root = base + 1, root + 1
        else:
            first = root
        for i in range(len(one.words)):
            top = one.heads[i] == i
            rel = ("root" if not k else "conj") if top else one.rels[i]
            rows.append(
                (one.words[i], one.lemmas[i], one.upos[i], one.feats[i], first if top else base + one.heads[i], rel)
            )
    return piece(rows)


def _capital(new: Gold, start: int) -> Gold:
    if start == 0 and new.words[0][:1].islower():
        new.words[0] = new.words[0][0].upper() + new.words[0][1:]
    return new


def _renamed(gold: Gold, pack: dict[str, Any], rng: random.Random) -> Gold:
    """One or more subjects, objects or partners are now actors of the news."""
    for _ in range(rng.choice([1, 1, 2])):
        slots = []
        for i, rel in enumerate(gold.rels):
            if rel not in ("nsubj", "obj", "obl", "obl:arg", "obl:agent", "nsubj:pass", "nmod") or gold.upos[i] not in (
                "NOUN",
                "PROPN",
            ):
                continue
            below = _subtree(gold, i)
            if below[-1] - below[0] + 1 == len(below) and len(below) < 12:
                slots.append((i, below))
        if not slots:
            return gold
        i, below = rng.choice(slots)
        gold = _put(gold, i, below, pack, rng)
    return gold


def _put(gold: Gold, i: int, below: list[int], pack: dict[str, Any], rng: random.Random) -> Gold:
    cases = [k for k in below if gold.heads[k] == i and gold.rels[k] in ("case", "mark", "punct", "cc")]
    start = below[0]
    while start in cases:
        start += 1
    if any(k >= start for k in cases):
        return gold
    if gold.rels[i].startswith(("obl", "nmod")) and start == below[0]:
        return gold  # a date or measure
    plural = "Number=Plur" in gold.feats[i]
    new = _capital(actor(pack, rng, plural=plural), start)
    before = gold.words[start - 1].lower() if start > below[0] else ""
    if (
        before.endswith("'")
        or before in ("du", "des", "au", "aux", "en")
        or (before in ("de", "à") and new.words[0] in ("le", "les"))
    ):
        return gold
    if new.words[-1] == "," and (below[-1] + 1 >= len(gold.words) or gold.upos[below[-1] + 1] == "PUNCT"):
        new = piece(
            [
                (*t[:4], t[4], t[5])
                for t in list(zip(new.words, new.lemmas, new.upos, new.feats, new.heads, new.rels, strict=True))[:-1]
            ]
        )
    root = _root(new)
    moved = spliced(gold, start, below[-1] + 1, new, head=gold.heads[i], rel=gold.rels[i])
    for k in range(below[0], start):  # adpositions stay and hang on the new word
        if gold.heads[k] == i:
            moved.heads[k] = start + root
    return moved


def _day(pack: dict[str, Any], rng: random.Random) -> Gold:
    """A weekday or date without or with its adposition, to hang on a verb."""
    french = bool(pack["honorifics"])
    feats = MASC if french else SING
    upos = "NOUN" if french else "PROPN"
    if rng.random() < 0.15:
        word = rng.choice(pack["days"])
        return piece([(word, word, "ADV" if french else "NOUN", "" if french else SING, 0, "root")])
    word = rng.choice(pack["weekdays"])
    rows = [(word, word, upos, feats, 0, "root")]
    if french and rng.random() < 0.35:
        rows += [
            (str(rng.randint(2, 31)), "0", "NUM", "", 0, "nmod"),
            (m := rng.choice(pack["months"]), m, "NOUN", MASC, 1, "nmod"),
        ]
        rows[1] = (rows[1][0], rows[1][0], *rows[1][2:])
    elif french and rng.random() < 0.2:
        rows.append((p := rng.choice(["matin", "soir"]), p, "NOUN", MASC, 0, "nmod"))
    elif not french and rng.random() < 0.5:
        rows = [(pack["day_on"], pack["day_on"], "ADP", "", 1, "case"), (word, word, upos, feats, 1, "root")]
    return piece(rows)


def _dated(gold: Gold, pack: dict[str, Any], rng: random.Random) -> Gold:
    """A weekday right after a verb (before its object), or in front of the sentence."""
    verbs = [
        i for i, u in enumerate(gold.upos)
        if u == "VERB" and i + 1 < len(gold.words) and not gold.words[i + 1].startswith("-") and gold.spaces[i]
        and any(h == i and k > i and gold.rels[k] in AFTER_DAY for k, h in enumerate(gold.heads))
        and not any(h == i and k > i and gold.rels[k] in ("nsubj", "compound:prt") for k, h in enumerate(gold.heads))
    ]  # fmt: skip
    if not verbs:
        return gold
    i, day = rng.choice(verbs), _day(pack, rng)
    rel = "advmod" if day.upos[0] == "ADV" else "obl" if pack["honorifics"] or len(day.words) > 1 else "obl:unmarked"
    return spliced(gold, i + 1, i + 1, day, head=i, rel=rel)


def _told(gold: Gold, pack: dict[str, Any], rng: random.Random) -> Gold:
    """The sentence as something said: « … », a déclaré mardi le ministre."""
    last, root = len(gold.words) - 1, _root(gold)
    if last < 3 or gold.words[last] != "." or last in gold.heads[:last] or '"' in gold.words:
        return gold
    gold = _cut(gold, last)
    if rng.random() < 0.7:
        gold = _quoted(gold)
        root = _root(gold)
    who, rows = actor(pack, rng), []
    french = bool(pack["honorifics"])
    if pack["said"] and rng.random() < 0.6:
        rows.append((*pack["said"][0], "AUX", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", 1, "aux:tense"))
        verb, lemma = rng.choice(pack["said"][1:])
        rows.append((verb, lemma, "VERB", "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part", 1, "root"))
    else:
        verb, lemma = rng.choice(pack["says"])
        feats = (
            "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
            if french
            else "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"
        )
        rows.append((verb, lemma, "VERB", feats, 0, "root"))
    says = piece(rows)
    at = len(says.words) - 1
    first = not french and rng.random() < 0.6  # English: the speaker mostly comes first
    says = spliced(says, at if first else at + 1, at if first else at + 1, who, head=at, rel="nsubj")
    if rng.random() < 0.35:
        verb_at = _root(says)
        day = _day(pack, rng)
        where = verb_at + 1 if rng.random() < 0.6 else len(says.words)
        rel = "advmod" if day.upos[0] == "ADV" else "obl" if french or len(day.words) > 1 else "obl:unmarked"
        if says.words[where - 1] != ",":
            says = spliced(says, where, where, day, head=verb_at, rel=rel)
    if says.words[-1] == ",":
        says = _cut(says, len(says.words) - 1)
    n, top = len(gold.words), _root(says)
    comma, stop = n, n + 1 + len(says.words)
    over = pack["speech"] == "ccomp"
    main = n + 1 + top if over else root
    heads = [*gold.heads, n + 1 + top, *(n + 1 + h for h in says.heads), main]
    rels = [*gold.rels, "punct", *says.rels, "punct"]
    heads[n + 1 + top], rels[n + 1 + top] = (n + 1 + top, "root") if over else (root, "parataxis")
    if over:
        heads[root], rels[root] = n + 1 + top, "ccomp"
    assert comma < stop
    return Gold([*gold.words, ",", *says.words, "."], [*gold.spaces[:-1], False, True, *says.spaces[:-1], False, True],
                [*gold.upos, "PUNCT", *says.upos, "PUNCT"], [*gold.feats, "", *says.feats, ""],
                [*gold.lemmas, ",", *says.lemmas, "."], heads, rels)  # fmt: skip


def _cut(gold: Gold, last: int) -> Gold:
    return Gold(*(getattr(gold, f)[:last] for f in ("words", "spaces", "upos", "feats", "lemmas", "heads", "rels")))


def _headline(gold: Gold, pack: dict[str, Any], rng: random.Random) -> Gold:
    """No full stop; now and then a place and a colon in front, or no articles."""
    last = len(gold.words) - 1
    if last < 3 or gold.upos[last] != "PUNCT" or last in gold.heads[:last]:
        return gold
    gold = _cut(gold, last)
    roll = rng.random()
    if roll < 0.3:
        place = rng.choice(pack["capitals"]).split()[0]
        front = piece(
            [
                (place, place, "PROPN", "" if pack["honorifics"] else SING, 0, "root"),
                (":", ":", "PUNCT", "", 0, "punct"),
            ]
        )
        return spliced(gold, 0, 0, front, head=_root(gold), rel="parataxis")
    if roll < 0.6:
        for i in reversed(range(len(gold.words))):
            if (
                gold.rels[i] == "det"
                and "Art" in gold.feats[i]
                and i not in gold.heads[:i] + gold.heads[i + 1 :]
                and len(gold.words) > 3
            ):
                gold = _without(gold, i)
    return gold


def _without(gold: Gold, i: int) -> Gold:
    keep = [k for k in range(len(gold.words)) if k != i]
    heads = [gold.heads[k] - (gold.heads[k] > i) for k in keep]
    lists = ([getattr(gold, f)[k] for k in keep] for f in ("words", "spaces", "upos", "feats", "lemmas"))
    return Gold(*lists, heads, [gold.rels[k] for k in keep])


def _quoted(gold: Gold) -> Gold:
    """The whole sentence inside quotation marks."""
    if '"' in gold.words or len(gold.words) < 3:
        return gold
    root = _root(gold) + 1
    return Gold(
        ['"', *gold.words, '"'], [False, *gold.spaces[:-1], False, True], ["PUNCT", *gold.upos, "PUNCT"],
        ["", *gold.feats, ""], ['"', *gold.lemmas, '"'], [root, *(h + 1 for h in gold.heads), root],
        ["punct", *gold.rels, "punct"],
    )  # fmt: skip
