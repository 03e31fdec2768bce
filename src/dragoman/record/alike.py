"""Whether two reports tell of the same happening: points for and against, and what speaks against outright.

The scale is plain: `EDGE` points make two reports look like one happening, APART says that they cannot be one. What
each sign is worth was set on clusters of news (bench/merging.py); docs/merging.md shows an example.
"""

from __future__ import annotations

from dragoman.record.kinds import APART, alike, is_speech
from dragoman.record.sides import sides_points
from dragoman.record.traits import BACK, NEVER, ZONE, Traits
from dragoman.world.names import fold

EDGE = 8
COPY = 30  # the same sentence in two near-copies
SAME_DAY, NEWS_DAY, RECALLED = 4, 1, -2
TOWN, OTHER_LAND = 2, -3
SAME_STORY = 2
UNTOLD, WORDLESS = -1, -2  # what is said many times a day: with a side that is not told; in other words
MARKS, OTHER_MARKS = 3, -1  # names and numbers in common, at most; none
# Acts are rarer than words about them, and words between two countries than those at home. Two points for acts joined
# pairs of which some 16 of 22 read were one happening (Orange, 2016 to 2020); two points for all, some 11 of 25.
RARE = 1

# Shares of telling words that two sentences have in common (over the geometric mean of their lengths), and their worth.
_SHARED = tuple((share * share, worth) for share, worth in ((0.7, 5), (0.5, 4), (0.36, 3), (0.25, 2), (0.17, 1)))
_FEW = 3  # fewer shared words than this prove nothing
_LONG = 8  # telling words: two sentences as long that share none or one tell of other things
_MOST = _SHARED[0][1] + SAME_STORY  # that words can add


def likeness(a: Traits, b: Traits) -> int:
    """Points for two reports telling of one happening; APART where they cannot."""
    if a.state != b.state or a.coder != b.coder:
        return APART
    points = alike(a.kind, b.kind)
    if points == APART:
        return APART
    days = days_alike(a, b)
    if days == APART:
        return APART
    copies = a.lineage == b.lineage
    if copies and a.doc != b.doc and _overlap(a.words, b.words) >= 0.8:
        return COPY
    sides = sides_points(a.sides, b.sides)
    if sides <= APART:
        return APART
    points += days + sides + marks_alike(a, b)
    if a.town or a.land:
        place = places_alike(a, b)
        if place == APART:
            return APART
        points += place
    if copies:
        points += SAME_STORY
    if len(a.both & b.both) > 1 or not (is_speech(a.kind) and is_speech(b.kind)):
        points += RARE
    return points if points + _MOST < EDGE - 1 else points + _said(a, b, copies)


def _said(a: Traits, b: Traits, copies: bool) -> int:
    """What the words of both say."""
    points = words_alike(a, b)
    if is_speech(a.kind) and is_speech(b.kind):
        told = a.sides.told and b.sides.told
        points += (0 if told else UNTOLD) + (WORDLESS if points < 1 or (points < 2 and not told) else 0)
    if not copies and a.title and b.title and a.lang == b.lang and _overlap(a.title, b.title) >= 0.5:
        points += SAME_STORY
    return points


def days_alike(a: Traits, b: Traits) -> int:
    """Points for the days; APART where it cannot have been on one day."""
    gap = (a.first if a.first > b.first else b.first) - (a.last if a.last < b.last else b.last)
    sure = a.sure + b.sure
    if sure == 2 and a.sure == 1:  # both told as news
        if gap > 0:
            return _recalled(a, b)
        return NEWS_DAY if -1 <= a.last - b.last <= 1 else 0
    if a.last == NEVER or b.last == NEVER:  # no day at all
        return 0
    if sure == 4:
        return SAME_DAY if gap <= 0 else 0 if gap <= ZONE else APART
    if a.state == "future" and a.sure != b.sure:
        return 0 if abs(a.published - b.published) <= BACK else APART
    if sure < 3:
        return 0 if gap <= 0 else APART
    if gap > ZONE:
        return _recalled(a, b)
    return NEWS_DAY if -1 <= a.last - b.last <= 1 else 0


def _recalled(a: Traits, b: Traits) -> int:
    """Points where one page may recall, weeks later, what the other tells."""
    if (a.back and a.back <= b.last < a.first) or (b.back and b.back <= a.last < b.first):
        return RECALLED
    return APART


def recalls(a: Traits, b: Traits) -> bool:
    """Whether a report can only be of a happening as something that its page recalls."""
    return bool(a.back) and a.back <= b.last < a.first - ZONE


def places_alike(a: Traits, b: Traits) -> int:
    """Points for the place; APART where two towns are told that cannot be one."""
    if a.town and b.town:
        if a.town == b.town or a.spot == b.spot:
            return TOWN
        return 0 if _same_spot(a, b) or _same_spot(b, a) else APART
    return OTHER_LAND if a.land and b.land and a.land != b.land else 0


def _same_spot(a: Traits, b: Traits) -> bool:
    """Whether two names of towns may stand for one: the other sentence names it too, or they are of two languages."""
    unplaced = a.town == a.spot or b.town == b.spot  # without a number, a name says nothing across languages
    return (unplaced and a.lang != b.lang) or (a.spot is not None and a.spot in fold(b.told.evidence))


def marks_alike(a: Traits, b: Traits) -> int:
    """Points for names and numbers that both sentences have, or of which each has its own."""
    if not a.marks or not b.marks:
        return 0
    shared = (a.marks & b.marks).bit_count()
    if shared:
        return shared if shared < MARKS else MARKS
    return OTHER_MARKS if a.lang == b.lang and a.marks.bit_count() > 1 and b.marks.bit_count() > 1 else 0


def words_alike(a: Traits, b: Traits) -> int:
    """Points for the telling words of both sentences. What two languages share are names and numbers."""
    shared = (a.words & b.words).bit_count()
    if a.lang != b.lang:
        least = 1 if is_speech(a.kind) and is_speech(b.kind) else 2
        return least + 1 if shared else least
    if shared < _FEW:
        if shared < 2 and a.words.bit_count() >= _LONG and b.words.bit_count() >= _LONG:
            return -2
        return 0 if shared else -1
    share = shared * shared / (a.words.bit_count() * b.words.bit_count())
    for least_share, worth in _SHARED:
        if share >= least_share:
            return worth
    return 0


def _overlap(a: int, b: int) -> float:
    """The share of the shorter's words that both have; 0 where they are few."""
    shared = (a & b).bit_count()
    return shared / min(a.bit_count(), b.bit_count()) if shared >= _FEW else 0.0


def signs(a: Traits, b: Traits) -> set[str]:
    """Names of what speaks for two reports being one; `decision` where only a person can have joined them."""
    points = likeness(a, b)
    if points < EDGE:
        return {"decision"} if points == APART else {"others"}
    found = {
        "same-concept": a.kind == b.kind,
        "same-day": a.sure == b.sure == 2 and a.first == b.first,
        "same-news": a.sure != 2 or b.sure != 2,
        "same-countries": len(a.both & b.both) > 1,
        "same-persons": bool((a.actors.persons | a.recipients.persons) & (b.actors.persons | b.recipients.persons)),
        "same-place": a.town is not None and a.town == b.town,
        "same-document": a.doc == b.doc,
        "same-story": a.doc != b.doc and a.lang == b.lang and _overlap(a.title, b.title) >= 0.5,
        "same-names": marks_alike(a, b) > 0,
        "same-words": a.lang == b.lang and words_alike(a, b) > 1,
    }
    return {sign for sign, holds in found.items() if holds}
