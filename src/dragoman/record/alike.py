"""Whether two reports tell of the same happening: points for and against, and what speaks against outright.

The scale is plain: `EDGE` points make two reports look like one happening, APART says that they cannot be one. What
each sign is worth was set on clusters of news (bench/merging.py); docs/merging.md shows an example.
"""

from __future__ import annotations

from typing import Protocol

from dragoman.record.kinds import APART, alike, is_speech
from dragoman.record.traits import BACK, NEVER, NOBODY, ZONE, Side, Traits, homes
from dragoman.world.names import fold

EDGE = 8
COPY = 30  # the same sentence in two near-copies

SAME_DAY, NEWS_DAY = 3, 1
ABROAD, ONE, AT_HOME = 4, 2, 1  # two countries agree; one does; one does of which much is told every day
PERSON, OFFICE, BODY = 4, 1, 2
OTHER_BODY, OTHER_SECTOR = -2, -2
UNTOLD = -1  # a side that one of them does not tell
UNMATCHED = -2  # nothing told in common about a side that both tell
TOWN, OTHER_LAND = 2, -3
SAME_STORY = 2
MARKS, OTHER_MARKS = 3, -1  # names and numbers in common, at most; none
WORDLESS = -2  # what is said many times a day, told in other words
_STATE = frozenset({"GOV", "MIL", "SPY", "COP", "JUD", "LEG"})  # sectors that act for their country

# Shares of telling words that two sentences have in common (over the geometric mean of their lengths), and their worth.
_SHARED = tuple((share * share, points) for share, points in ((0.7, 5), (0.5, 4), (0.36, 3), (0.25, 2), (0.17, 1)))
_MOST = _SHARED[0][1] + SAME_STORY + MARKS
_FEW = 3  # fewer shared words than this prove nothing


def likeness(a: Traits, b: Traits) -> int:
    """Points for two reports telling of one happening; APART where they cannot."""
    if a.state != b.state or a.coder != b.coder:
        return APART
    kind = alike(a.kind, b.kind)
    if kind == APART:
        return APART
    days = _days(a, b)
    if days == APART:
        return APART
    copies = a.lineage == b.lineage
    if copies and a.doc != b.doc and _overlap(a.words, b.words) >= 0.8:
        return COPY
    sides = sides_alike(a, b)
    if sides <= APART:
        return APART
    place = _places(a, b)
    if place == APART:
        return APART
    points = kind + days + sides + place + (SAME_STORY if copies else 0)
    if points + _MOST < EDGE:  # no words can help
        return points
    words = _words(a, b, copies)
    if is_speech(a.kind):
        told = _told(a) and _told(b)
        words += (0 if told else UNTOLD) + (WORDLESS if words < 1 or (words < 2 and not told) else 0)
    return points + words + _named(a, b)


def _told(one: Traits) -> bool:
    """Whether both sides are told."""
    return len(one.both) > 1 or (one.actors is not NOBODY and one.recipients is not NOBODY)


def _days(a: Traits, b: Traits) -> int:
    gap = (a.first if a.first > b.first else b.first) - (a.last if a.last < b.last else b.last)
    if a.last == NEVER or b.last == NEVER:  # no day at all
        return 0
    if a.state == "future" and a.sure != b.sure:
        return 0 if abs(a.published - b.published) <= BACK else APART
    if a.sure == 2 and b.sure == 2:
        return SAME_DAY if gap <= 0 else 0 if gap <= ZONE else APART
    if a.sure == 0 or b.sure == 0:
        return 0 if gap <= 0 else APART
    if gap > (ZONE if a.sure + b.sure == 3 else 0):
        return APART
    return NEWS_DAY if -1 <= a.last - b.last <= 1 else 0


class Sided(Protocol):
    """What has two sides: a report's traits, an event."""

    @property
    def actors(self) -> Side: ...
    @property
    def recipients(self) -> Side: ...
    @property
    def both(self) -> frozenset[str]: ...
    @property
    def flips(self) -> bool: ...
    @property
    def lang(self) -> str: ...


def sides_alike(a: Sided, b: Sided) -> int:
    """The better of both readings, where it may be told either way round."""
    if len(a.both) > 1 and len(b.both) > 1 and (a.flips or b.flips) and NOBODY in (a.recipients, b.recipients):
        return _joined(a, b)
    direct = _side(a, b, a.actors, b.actors, a.recipients, b.recipients)
    if not (a.flips or b.flips):
        return direct
    crossed = _side(a, b, a.actors, b.recipients, a.recipients, b.actors)
    joined = APART
    if a.recipients is NOBODY or b.recipients is NOBODY or a.actors is NOBODY or b.actors is NOBODY:
        joined = _joined(a, b)
    return max(direct, crossed, joined)


def _side(a: Sided, b: Sided, a1: Side, b1: Side, a2: Side, b2: Side) -> int:
    one = _match(a, b, a1, b1)
    if one <= APART:
        return APART
    two = _match(a, b, a2, b2)
    if two <= APART:
        return APART
    common = (a1.countries & b1.countries) | (a2.countries & b2.countries)
    if len(common) > 1:
        return one + two + ABROAD
    return one + two + (_one(a, b, common) if common else 0)


def _match(a: Sided, b: Sided, x: Side, y: Side) -> int:
    """Points for two sides being the same people; countries are counted by the caller."""
    if x is NOBODY or y is NOBODY:
        return 0
    if x.countries and y.countries and x.countries.isdisjoint(y.countries):
        return APART
    if x.persons and y.persons:
        return PERSON if not x.persons.isdisjoint(y.persons) or _surname(x, y) else APART
    if x.offices and y.offices:
        return OFFICE if not x.offices.isdisjoint(y.offices) else APART
    points = 0
    if x.bodies and y.bodies:
        if not x.bodies.isdisjoint(y.bodies):
            return BODY
        points += OTHER_BODY if a.lang == b.lang else 0
    if x.sectors and y.sectors and x.sectors.isdisjoint(y.sectors):
        if x.sectors <= _STATE and y.sectors <= _STATE:
            return points
        return points + (OTHER_SECTOR if x.countries and y.countries else UNTOLD)
    if x.countries and y.countries:
        return points
    if not (x.sectors and y.sectors):
        return points + UNMATCHED
    return points + (UNTOLD if x.exact != y.exact else 0)


def _surname(x: Side, y: Side) -> bool:
    """Whether a person is named in full on one side and by the last name alone on the other."""
    for one in x.persons:
        for other in y.persons:
            if one.rsplit(" ", 1)[-1] == other.rsplit(" ", 1)[-1] and (" " not in one or " " not in other):
                return True
    return False


def _joined(a: Sided, b: Sided) -> int:
    """Both sides of each taken together: what was done with one another, told with one side or with two."""
    if len(a.both) > 1 and len(b.both) > 1:
        common = a.both & b.both
        if len(common) < 2:
            return APART
        return ABROAD + _people(a, b)
    if a.both and b.both:
        common = a.both & b.both
        return _one(a, b, common) + _people(a, b) if common else APART
    return _people(a, b)


def _one(a: Sided, b: Sided, common: frozenset[str]) -> int:
    """Points for one country in common."""
    return AT_HOME if common <= homes(a.lang) or common <= homes(b.lang) else ONE


def _people(a: Sided, b: Sided) -> int:
    ours, theirs = a.actors.persons | a.recipients.persons, b.actors.persons | b.recipients.persons
    if ours and theirs:
        return PERSON * min(len(ours & theirs), 2) or UNMATCHED
    return 0


def _places(a: Traits, b: Traits) -> int:
    if a.town and b.town:
        if a.town == b.town or a.spot == b.spot:
            return TOWN
        return 0 if _same_spot(a, b) or _same_spot(b, a) else APART
    if a.land and b.land and a.land != b.land:
        return OTHER_LAND
    return 0


def _named(a: Traits, b: Traits) -> int:
    """Names and numbers that both sentences have, or of which each has its own."""
    shared = (a.marks & b.marks).bit_count()
    if shared:
        return min(shared, MARKS)
    return OTHER_MARKS if a.lang == b.lang and a.marks.bit_count() > 1 and b.marks.bit_count() > 1 else 0


def _same_spot(a: Traits, b: Traits) -> bool:
    """Whether two names of towns may stand for one: the other sentence names it too, or they are of two languages."""
    unplaced = a.town == a.spot or b.town == b.spot  # without a number, a name says nothing across languages
    return (unplaced and a.lang != b.lang) or (a.spot is not None and a.spot in fold(b.told.evidence))


def _words(a: Traits, b: Traits, copies: bool) -> int:
    shared = (a.words & b.words).bit_count()
    if a.lang != b.lang:  # what two languages share are names and numbers
        least = 1 if is_speech(a.kind) else 2
        return least + 1 if shared else least
    points = 0 if shared else -1
    if shared >= _FEW:
        share = shared * shared / (a.words.bit_count() * b.words.bit_count())
        points = next((worth for least, worth in _SHARED if share >= least), 0)
    if not copies and a.title and b.title and _overlap(a.title, b.title) >= 0.5:
        points += SAME_STORY
    return points


def _overlap(a: int, b: int) -> float:
    """The share of the shorter's words that both have; 0 where they are few."""
    shared = (a & b).bit_count()
    return shared / min(a.bit_count(), b.bit_count()) if shared >= _FEW else 0.0


def signs(a: Traits, b: Traits) -> set[str]:
    """Names of what speaks for two reports being one; `decision` where only a person can have joined them."""
    if likeness(a, b) < EDGE:
        return {"decision"} if likeness(a, b) == APART else {"others"}
    found = {
        "same-concept": a.kind == b.kind,
        "same-day": a.sure == b.sure == 2 and a.first == b.first,
        "same-news": a.sure != 2 or b.sure != 2,
        "same-countries": len(a.both & b.both) > 1,
        "same-persons": bool((a.actors.persons | a.recipients.persons) & (b.actors.persons | b.recipients.persons)),
        "same-place": a.town is not None and a.town == b.town,
        "same-document": a.doc == b.doc,
        "same-story": a.doc != b.doc and a.lang == b.lang and _overlap(a.title, b.title) >= 0.5,
        "same-words": a.lang == b.lang and _words(a, b, copies=True) > 1,
    }
    return {sign for sign, holds in found.items() if holds}
