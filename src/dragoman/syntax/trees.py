"""From a parser's trees to UD words: one root, contracted forms opened, original words and places."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Token
from dragoman.syntax.mend import Draft, mended
from dragoman.syntax.parser import Parsed
from dragoman.syntax.tokens import Contracted, TokenRules, Word

Entities = tuple[tuple[int, int, str], ...]


def rooted(parsed: Parsed) -> tuple[list[int], list[str]]:
    """Heads and relations with exactly one root: the first verb among several, or the first word."""
    heads, rels = list(parsed.heads), list(parsed.rels)
    roots = [i for i, head in enumerate(heads) if head == i]
    if not roots:
        raise ValueError("a tree without a root")
    chosen = next((i for i in roots if parsed.upos[i] == "VERB"), roots[0])
    for i in roots:
        if i != chosen:
            heads[i], rels[i] = chosen, "punct" if parsed.upos[i] == "PUNCT" else "parataxis"
    rels[chosen] = "root"
    return heads, rels


def tokens(
    words: Sequence[Word], parsed: Parsed, *, rules: TokenRules, offsets: Sequence[int]
) -> tuple[tuple[Token, ...], Entities]:
    """The sentence's UD words; `offsets[i]` is the place in the original of character i of the text that was cut."""
    draft = Draft(words, rooted(parsed), (parsed.lemmas, parsed.upos, parsed.feats))
    mended(draft, rules)
    heads, rels = draft.heads, draft.rels
    opened = [_contracted(word, upos, rules) for word, upos in zip(words, draft.upos, strict=True)]
    place, n = [], 0  # index of each word's head-carrying part among the tokens
    first = []
    for parts in opened:
        first.append(n)
        place.append(n + (parts.head if parts else 0))
        n += len(parts.words) if parts else 1
    first.append(n)
    stiff = {heads[i] for i, rel in enumerate(rels) if rel == "fixed"}  # heads of fixed expressions ("au cours de")
    found: list[Token] = []
    for i, word in enumerate(words):
        start, end = offsets[word.start], offsets[word.end - 1] + 1
        head, parts = place[heads[i]], opened[i]
        rows = [(word.text, draft.lemmas[i], draft.upos[i], draft.feats[i])] if parts is None else parts.words
        for k, (text, lemma, upos, feats) in enumerate(rows):
            at, rel = head, rels[i]
            if parts is not None and k != parts.head:
                at, rel = _hung(upos, i, place=place, head=head, rel=rels[i], stiff=i in stiff)
            text = _cased(text, word.text, k) if parts else text
            found.append(Token(text=text, lemma=lemma, upos=upos, feats=feats, head=at, rel=rel, start=start, end=end))
    return tuple(found), tuple((first[a], first[b], label) for a, b, label in parsed.entities)


def _hung(upos: str, i: int, *, place: Sequence[int], head: int, rel: str, stiff: bool) -> tuple[int, str]:
    """Where the part of a contracted form that does not carry its place hangs, and by what relation."""
    if upos == "ADP":
        return place[i], "case"
    if rel == "case" and not stiff:
        return head, "det"  # the article belongs to what the adposition marks
    return place[i], "fixed"


def _contracted(word: Word, upos: str, rules: TokenRules) -> Contracted | None:
    entry = rules.contracted.get(word.text.lower()) if rules.contracted else None
    return entry if entry and entry.when == upos else None


def _cased(text: str, surface: str, part: int) -> str:
    if surface.isupper() and len(surface) > 1:
        return text.upper()
    return text.capitalize() if part == 0 and surface[0].isupper() else text
