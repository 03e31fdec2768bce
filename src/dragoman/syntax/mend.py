"""Faults that the parsers are known to make and that rules mend for certain; what is gained: models/README.md."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.syntax.tokens import TokenRules, Word

_CUT_OFF = frozenset({"parataxis", "obl", "dislocated", "vocative", "appos", "nmod", "dep", "discourse", "obl:arg"})
_MAIN = frozenset({"root", "ccomp"})
_PAST = "Mood=Ind|Tense=Past|VerbForm=Fin"
_NOUNS = frozenset({"NOUN", "PROPN"})


class Draft:
    """A sentence's tree while it is mended: lists that may be changed."""

    __slots__ = ("feats", "heads", "lemmas", "rels", "upos", "words")

    def __init__(self, words: Sequence[Word], parsed: tuple[list[int], list[str]], columns: tuple[Sequence[str], ...]):
        self.words = words
        self.heads, self.rels = parsed
        self.lemmas, self.upos, self.feats = (list(column) for column in columns)

    def kids(self, i: int) -> list[int]:
        return [k for k, head in enumerate(self.heads) if head == i and k != i]


def mended(draft: Draft, rules: TokenRules) -> None:
    """All repairs, in place."""
    _named_with_an_article(draft)
    _cut_off_subject(draft)
    _subject_after_adjunct(draft)
    _infinitive_of_a_noun(draft)
    if rules.be_past:
        _past_not_passive(draft, rules)
    if rules.past_is_participle:
        _passive_without_auxiliary(draft)


def _named_with_an_article(draft: Draft) -> None:
    """A capitalised article inside a name (Jean Le Goff) is part of the name."""
    for i in range(1, len(draft.words) - 1):
        if draft.upos[i] != "DET" or not draft.words[i].text[0].isupper() or draft.words[i].text.isupper():
            continue
        if draft.upos[i - 1] != "PROPN" or draft.upos[i + 1] != "PROPN" or draft.heads[i] != i + 1:
            continue
        before = i - 1
        while draft.rels[before].startswith("flat"):
            before = draft.heads[before]
        if draft.heads[i + 1] not in (before, i - 1) and not before < i - 1:
            continue
        label = "flat:name"
        draft.upos[i], draft.lemmas[i], draft.feats[i] = "PROPN", draft.words[i].text, ""
        for part in (i, i + 1):
            draft.heads[part], draft.rels[part] = before, label


def _cut_off_subject(draft: Draft) -> None:
    """ "A, B and C have …" with A cut off: A is the subject, B and C hang on it."""
    first = next((i for i, upos in enumerate(draft.upos) if upos in _NOUNS), None)
    if first is None or draft.rels[first] not in _CUT_OFF or first + 2 >= len(draft.words) or first > 2:
        return
    kids = draft.kids(first)
    if draft.words[first + 1].text != "," or any(draft.rels[k] not in ("det", "punct", "amod") for k in kids):
        return
    subject = next(
        (i for i in range(first + 2, min(first + 5, len(draft.words))) if draft.rels[i].startswith("nsubj")), None
    )
    if subject is None or draft.heads[subject] != draft.heads[first] or draft.upos[subject] not in _NOUNS:
        return
    others = [k for k in draft.kids(subject) if draft.rels[k] == "conj"]
    if not others or draft.upos[subject] != draft.upos[first]:
        return
    draft.rels[first], draft.heads[first] = draft.rels[subject], draft.heads[subject]
    draft.rels[subject], draft.heads[subject] = "conj", first
    draft.heads[first + 1] = subject
    for k in others:
        draft.heads[k] = first


def _subject_after_adjunct(draft: Draft) -> None:
    """ "According to the UN, Austria condemned …" with Austria joined to the UN: it is the verb's subject."""
    for verb, upos in enumerate(draft.upos):
        kids = draft.kids(verb)
        if upos != "VERB" or draft.rels[verb] not in _MAIN | {"ROOT"} or _subject_of(draft, kids):
            continue
        for adjunct in (k for k in kids if k < verb and draft.rels[k].startswith("obl")):
            joined = _joined_after_comma(draft, adjunct, verb)
            if joined is not None and any(draft.rels[k] == "case" for k in draft.kids(adjunct)):
                draft.heads[joined], draft.rels[joined] = verb, "nsubj"
                break


def _subject_of(draft: Draft, kids: Sequence[int]) -> bool:
    return any(draft.rels[k].startswith(("nsubj", "csubj", "expl", "mark")) for k in kids)


def _joined_after_comma(draft: Draft, adjunct: int, verb: int) -> int | None:
    """The noun right before the verb that hangs on the adjunct behind a comma, without a conjunction or adposition."""
    for k in reversed(draft.kids(adjunct)):
        if not adjunct < k < verb or draft.rels[k] not in {"conj", "appos"} or draft.upos[k] not in _NOUNS:
            continue
        below = draft.kids(k)
        if any(draft.rels[m] in {"cc", "case"} or draft.rels[m] == "conj" for m in below):
            return None
        first = min([k, *(m for m in below if draft.rels[m] != "punct")])
        between = [m for m in range(k + 1, verb) if m not in below and draft.heads[m] != verb]
        return k if first > 0 and draft.words[first - 1].text == "," and not between else None
    return None


def _infinitive_of_a_noun(draft: Draft) -> None:
    """What the first minister to visit does is said of that minister, also where "is the first" stands before it."""
    for i, head in enumerate(draft.heads):
        if draft.rels[i] == "xcomp" and head < i and draft.upos[head] == "NOUN" and "VerbForm=Inf" in draft.feats[i]:
            draft.rels[i] = "acl"


def _past_not_passive(draft: Draft, rules: TokenRules) -> None:
    """A verb that takes "be" in the past is not passive (sont venus)."""
    for i, upos in enumerate(draft.upos):
        if upos != "VERB" or draft.lemmas[i] not in rules.be_past:
            continue
        kids = draft.kids(i)
        aux = [k for k in kids if draft.rels[k].startswith("aux")]
        if len(aux) != 1 or draft.rels[aux[0]] != "aux:pass" or any(draft.rels[k] == "obl:agent" for k in kids):
            continue
        draft.rels[aux[0]] = "aux:tense"
        draft.feats[i] = "|".join(f for f in draft.feats[i].split("|") if f != "Voice=Pass")
        for k in kids:
            if draft.rels[k] == "nsubj:pass":
                draft.rels[k] = "nsubj"


def _passive_without_auxiliary(draft: Draft) -> None:
    """A full sentence's verb without "be" is not passive (guards shot at the crowd): only headlines leave it out."""
    if not any(word.text == "." for word in draft.words[-2:]):
        return
    for i, upos in enumerate(draft.upos):
        if upos != "VERB" or draft.rels[i] not in _MAIN:
            continue
        kids = draft.kids(i)
        if any(draft.rels[k].startswith("aux") or draft.rels[k] in ("cop", "obl:agent") for k in kids):
            continue
        for k in kids:
            if draft.rels[k] == "nsubj:pass" and k < i:
                draft.rels[k] = "nsubj"
                draft.feats[i] = _PAST
