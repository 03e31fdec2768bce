"""Whether two reports tell of the same happening: points for and against, and what speaks against outright.

The scale is plain: `EDGE` points make two reports look like one happening, APART says that they cannot be one. What
each sign is worth was set on clusters of news (bench/merging.py); docs/merging.md shows an example.
"""

from __future__ import annotations

from math import sqrt
from typing import Protocol

from dragoman.record.traits import APART, BACK, KINDS, NEVER, NOBODY, SPEECH, ZONE, Side, Traits, alike

EDGE = 8
COPY = 30  # the same sentence in two near-copies

SAME_DAY, NEWS_DAY = 3, 1
ABROAD, AT_HOME = 4, 1  # both countries agree; one country agrees
PERSON, OFFICE, BODY = 4, 1, 2
OTHER_BODY, OTHER_SECTOR = -2, -2
UNTOLD = -1  # a side that one of them does not tell
UNMATCHED = -2  # nothing told in common about a side that both tell
TOWN, OTHER_LAND = 2, -3
SAME_STORY = 2
WORDLESS = -2  # what is said many times a day, told in other words
_STATE = frozenset({"GOV", "MIL", "SPY", "COP", "JUD", "LEG"})  # sectors that act for their country

# Shares of telling words that two sentences have in common (over the geometric mean of their lengths), and their worth.
_SHARED = ((0.7, 5), (0.5, 4), (0.36, 3), (0.25, 2), (0.17, 1))
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
    if points + 7 < EDGE:  # no words can help
        return points
    words = _words(a, b, copies)
    if words < 2 and KINDS[a.kind].type in SPEECH and (words < 1 or not (_told(a) and _told(b))):
        words += WORDLESS
    return points + words


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
    if a.sure == b.sure:
        return NEWS_DAY if -1 <= a.last - b.last <= 1 else 0
    return NEWS_DAY if gap <= 0 else 0


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
    return one + two + (AT_HOME if common else 0)


def _match(a: Sided, b: Sided, x: Side, y: Side) -> int:
    """Points for two sides being the same people; countries are counted by the caller."""
    if x is NOBODY or y is NOBODY:
        return UNTOLD if x is not y else 0
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
        return points + (0 if x.sectors <= _STATE and y.sectors <= _STATE else OTHER_SECTOR)
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
        return AT_HOME + _people(a, b) if not a.both.isdisjoint(b.both) else APART
    return _people(a, b)


def _people(a: Sided, b: Sided) -> int:
    ours, theirs = a.actors.persons | a.recipients.persons, b.actors.persons | b.recipients.persons
    if ours and theirs:
        return PERSON * min(len(ours & theirs), 2) or UNMATCHED
    return 0


def _places(a: Traits, b: Traits) -> int:
    if a.town and b.town:
        return TOWN if a.town == b.town else APART
    if a.land and b.land and a.land != b.land:
        return OTHER_LAND
    return 0


def _words(a: Traits, b: Traits, copies: bool) -> int:
    shared = a.words & b.words
    if a.lang != b.lang:  # what two languages share are names and numbers
        telling = sum(1 for word in shared if len(word) > 3 or word.isdigit())
        return 3 if telling >= 3 else 2 if telling else 1
    points = -1
    if len(shared) >= _FEW:
        share = len(shared) / sqrt(len(a.words) * len(b.words))
        points = next((worth for least, worth in _SHARED if share >= least), 0)
    if not copies and a.title and b.title and _overlap(a.title, b.title) >= 0.5:
        points += SAME_STORY
    return points


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    if not a or not b:
        return 0.0
    shared = len(a & b)
    return shared / min(len(a), len(b)) if shared >= _FEW else 0.0


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
