"""Words torn out of their sentence: the gaps of a text, and which fragment belongs into which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.pack.page import PageWords, plain

# All weights here were set by judgement on pages written for the tests; none was fitted.
AFTER_DETERMINER, AFTER_PREPOSITION, BEFORE_VERB, NO_SUBJECT, LOOSE_COMMA = 0.95, 0.7, 0.85, 0.8, 0.6
ENOUGH = 0.45  # a fragment that fits worse than this is not put back
_LOOSE_COMMA = re.compile(r"(?<=\w)[ \u00a0]+(?=,\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A place where a sentence lacks words: after which determiner or preposition (None: a lost name or subject)."""

    at: int
    word: str | None
    weight: float


def place_fragments(
    text: str, fragments: Sequence[tuple[int, int]], homes: Sequence[tuple[int, int]], page: PageWords
) -> Iterator[tuple[int, Gap | None, float]]:
    """For each fragment: its number, the gap it goes into, how sure. Bare names without a gap are passed over."""
    gaps = [gap for start, end in homes for gap in find_gaps(text, start, end, page)]
    words = [text[start:end] for start, end in fragments]
    scores = [[gap.weight * _fit(word, gap, page) for gap in gaps] for word in words]
    chosen = _assign(scores)
    for number, word in enumerate(words):
        gap = chosen.get(number)
        if gap is not None:
            rival = max((s for g, s in enumerate(scores[number]) if g != gap and g not in chosen.values()), default=0.0)
            sure = scores[number][gap] * (1 - 0.5 * rival / scores[number][gap])
            yield number, gaps[gap], round(sure, 2)
        elif word[0].islower():
            yield number, None, 0.5


def find_gaps(text: str, start: int, end: int, page: PageWords) -> list[Gap]:
    """The gaps of one paragraph."""
    gaps = []
    if page.orphan.match(text, start, end):
        gaps.append(Gap(at=start, word=None, weight=NO_SUBJECT))
    for match in page.gap.finditer(text, start, end):
        word = plain(match.group("word") or match.group("late"))
        before = plain(text[max(start, match.start() - 16) : match.start()])
        if word not in page.determiners and before.endswith(page.not_after):
            continue
        weight = AFTER_PREPOSITION if word not in page.determiners else AFTER_DETERMINER
        gaps.append(Gap(at=match.end(), word=word, weight=weight if match.group("word") else BEFORE_VERB))
    known = {gap.at for gap in gaps}
    loose = (match.start() for match in _LOOSE_COMMA.finditer(text, start, end))
    gaps += [Gap(at=at, word=None, weight=LOOSE_COMMA) for at in loose if at not in known]
    return gaps


def _fit(fragment: str, gap: Gap, page: PageWords) -> float:
    """How well a fragment follows the gap's word: 1 perfectly, 0 not at all."""
    first = plain(fragment).split()[0]
    begins = re.match(r"\w+['’]", first)
    determined = first in page.determiners or (
        begins is not None and begins.group().replace("’", "'") in page.determiners
    )
    if gap.word is None:
        return 1.0 if determined or fragment[0].isupper() else 0.5
    if gap.word not in page.agreement:
        return 1.0 if determined or fragment[0].isupper() else 0.75 if gap.word in page.bare else 0.25
    if determined:
        return 0.0
    wants = page.agreement[gap.word]
    return (
        _start(first, wants.start, page)
        * _number(first, wants.number, page)
        * _gender(first, wants.gender, page)
        * _form(fragment)
    )


def _form(fragment: str) -> float:
    """After a determiner comes a common noun; a name of several capitalised words is less likely."""
    if fragment[0].islower():
        return 1.0
    return 0.75 if any(w[0].islower() for w in fragment.split()) or fragment.isupper() else 0.5


def _start(word: str, wanted: str, page: PageWords) -> float:
    if wanted == "any":
        return 1.0
    vowel = word[0] in page.vowels and word not in page.aspirated
    return 1.0 if vowel == (wanted == "vowel") else 0.05


def _number(word: str, wanted: str, page: PageWords) -> float:
    if wanted == "any":
        return 1.0
    plural = word.endswith(("s", "x")) and word not in page.singular_s
    return 1.0 if plural == (wanted == "p") else 0.1


def _gender(word: str, wanted: str, page: PageWords) -> float:
    if wanted == "any":
        return 1.0
    known = _known_gender(word, page)
    return 0.8 if known is None else 1.0 if wanted in known else 0.15


def _known_gender(word: str, page: PageWords) -> str | None:
    """The genders a noun can have, by list or ending; None when neither tells."""
    listed = "m" * (word in page.masculine) + "f" * (word in page.feminine)
    if listed:
        return listed
    by_ending = [(len(e), "f") for e in page.feminine_endings if word.endswith(e)]
    by_ending += [(len(e), "m") for e in page.masculine_endings if word.endswith(e)]
    return max(by_ending)[1] if by_ending else None


def _assign(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """The pairing of fragments and gaps with the highest sum; each gap takes one fragment."""
    pairs = sorted(((s, f, g) for f, row in enumerate(scores) for g, s in enumerate(row) if s >= ENOUGH), reverse=True)
    if len(pairs) > 24:  # too many to try all: the surest first
        chosen: dict[int, int] = {}
        for _, fragment, gap in pairs:
            if fragment not in chosen and gap not in chosen.values():
                chosen[fragment] = gap
        return chosen
    return _best(pairs, 0, frozenset(), frozenset())[1]


def _best(
    pairs: Sequence[tuple[float, int, int]], at: int, fragments: frozenset[int], gaps: frozenset[int]
) -> tuple[float, dict[int, int]]:
    if at == len(pairs):
        return 0.0, {}
    score, fragment, gap = pairs[at]
    without = _best(pairs, at + 1, fragments, gaps)
    if fragment in fragments or gap in gaps:
        return without
    total, rest = _best(pairs, at + 1, fragments | {fragment}, gaps | {gap})
    return (total + score, {fragment: gap, **rest}) if total + score >= without[0] else without
