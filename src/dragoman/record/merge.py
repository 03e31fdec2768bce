"""Reports of the same happening become one event. Depends on the set of reports, not on their order or batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from dragoman.model import Event
from dragoman.record.alike import EDGE, likeness, recalls
from dragoman.record.groups import FORCED, Edge, groups, join, root
from dragoman.record.kinds import APART, alike, stem, stems_alike
from dragoman.record.told import Decisions, Told
from dragoman.record.traits import NARROW, NEVER, ZONE, Traits, traits
from dragoman.record.unite import unite

Window = tuple[str, date, date]  # a key, and the days (both in) in which it may find reports of the same happening

OWN = "@"  # marks the key of a text and its copies
VAGUE = EDGE - 1  # points that two reports need where one tells no day
_WEEK, _YEAR = 8, 366  # lengths in days of the blocks in which a set is searched
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def keys(told: Told) -> tuple[Window, ...]:
    """Under which keys, and on which days, a report is kept for others to find it. Two reports of one happening share
    a key and overlapping (widened: `reach`) days."""
    one = traits(told)
    return tuple(_windows(one, stem(one.kind), one.sides.kept, 0))


def reach(told: Told) -> tuple[Window, ...]:
    """The keys and days in which reports of the same happening must be looked for."""
    one = traits(told)
    return tuple(window for act in stems_alike(one.kind) for window in _windows(one, act, one.sides.sought, ZONE))


def knots(told: Sequence[Told], decisions: Decisions) -> dict[str, str]:
    """Report id → knot id: reports that pairwise look like one happening, however far the chain goes.

    A knot's id is the smallest id of its reports. The knots of a set are the union of the knots of its parts and of
    the pairs between them, so a store may look at what is new and at what `reach` finds.
    """
    everything = _sorted(told, Decisions())
    roots = list(range(len(everything)))
    for _, i, j in _edges(everything, decisions):
        join(roots, i, j)
    return {one.id: everything[root(roots, i)].id for i, one in enumerate(everything)}


def settle(told: Iterable[Told], decisions: Decisions) -> tuple[Event, ...]:
    """The events of whole knots: each report in exactly one, sorted by id."""
    everything = _sorted(told, decisions)
    if len(everything) == 1:
        return (unite(everything),)
    apart = _numbered(decisions.apart, {one.id: i for i, one in enumerate(everything)})
    found = groups(everything, _edges(everything, decisions), apart)
    events = [unite([everything[i] for i in members], doubts=doubts) for members, doubts in found]
    return tuple(sorted(events, key=lambda event: event.id))


def merge(told: Iterable[Told], decisions: Decisions | None = None) -> tuple[Event, ...]:
    """The events of a whole set of reports, in the order of their ids."""
    everything, decided = list(told), decisions or Decisions()
    by_knot: dict[str, list[Told]] = {}
    found = knots(everything, decided)
    for one in everything:
        by_knot.setdefault(found[one.report.id], []).append(one)
    events = (event for knot in by_knot.values() for event in settle(knot, decided))
    return tuple(sorted(events, key=lambda event: event.id))


# --- where to look ------------------------------------------------------------------------------------------------


def _windows(one: Traits, act: str, names: tuple[str, ...], wider: int) -> Iterator[Window]:
    start = f"{one.state}:{act}:"
    for name in _places(one, names):
        for first, last in _times(name, one):
            yield start + name, *_days(first, last, wider)


@lru_cache(maxsize=4096)
def _days(first: int, last: int, wider: int) -> tuple[date, date]:
    return date.fromordinal(max(_FIRST, first - wider)), date.fromordinal(min(_LAST, last + wider))


def _places(one: Traits, names: tuple[str, ...]) -> tuple[str, ...]:
    """Keys without what was done: sides, and the text with its copies. A page without any day knows only its own."""
    own = OWN + one.lineage
    if one.last == NEVER:
        return (own,)
    if one.land and not one.both:  # nobody's country is known, but where it was
        return (*names, one.land + "?", own)
    return (*names, own)


# --- which pairs --------------------------------------------------------------------------------------------------


def _sorted(told: Iterable[Told], decisions: Decisions) -> list[Traits]:
    """The traits of each report once, in the order of ids."""
    found = {one.report.id: one for one in told if one.report.id not in decisions.withdrawn}
    return [traits(found[id]) for id in sorted(found)]


def _edges(everything: list[Traits], decisions: Decisions) -> Iterator[Edge]:
    """(points, i, j) of all pairs that look like one happening, and of those that were decided to be; i < j."""
    at = {one.id: i for i, one in enumerate(everything)}
    apart = _numbered(decisions.apart, at)
    gone = decisions.withdrawn
    for i, j in sorted(_numbered(decisions.same, at)):
        if everything[i].id not in gone and everything[j].id not in gone:
            yield FORCED, i, j
    for i, j in _candidates(everything):
        one, other = everything[i], everything[j]
        points = likeness(one, other)
        # What is told of a month joins one group at most, and only where no other fits: less will do.
        if points >= EDGE and not _dated(one, other):
            continue
        if points >= (EDGE if one.sure and other.sure else VAGUE) and (not apart or (i, j) not in apart):
            if gone and (one.id in gone or other.id in gone):
                continue
            yield points, i, j


def _dated(one: Traits, other: Traits) -> bool:
    """Whether what a page recalls is dated by the other; two pages of different weeks that tell no day are two."""
    if recalls(one, other) or recalls(other, one):
        return one.sure == 2 or other.sure == 2
    return True


def _numbered(pairs: Iterable[tuple[str, str]], at: dict[str, int]) -> set[tuple[int, int]]:
    found = ((at[a], at[b]) for a, b in pairs if a in at and b in at and a != b)
    return {(i, j) if i < j else (j, i) for i, j in found}


def _candidates(everything: list[Traits]) -> Iterator[tuple[int, int]]:
    """Pairs that share a key and days, and may be told of one happening by their kinds; each once.

    The index leads from a key and a stretch of days to what was done to the reports that stand there.
    """
    index: dict[tuple[str, int], dict[str, list[int]]] = {}
    wide: set[str] = set()  # keys under which something stands for longer than a few days
    seen = [-1] * len(everything)
    firsts = [one.back or min(first for first, _ in one.windows) - ZONE for one in everything]
    lasts = [max(last for _, last in one.windows) + ZONE for one in everything]
    kinds = [one.kind for one in everything]
    for j, one in enumerate(everything):
        kind, stems = one.kind, stems_alike(one.kind)
        first, last = firsts[j] + ZONE, lasts[j] - ZONE
        for place in _sought_blocks(one, wide):
            acts = index.get(place)
            if acts is None:
                continue
            for act in stems if len(stems) < len(acts) else [act for act in acts if act in stems]:
                for i in acts.get(act, ()):
                    if seen[i] != j:
                        seen[i] = j
                        if firsts[i] <= last and lasts[i] >= first and alike(kind, kinds[i]) != APART:
                            yield i, j
        act = stem(one.kind)
        for place in _kept_blocks(one, wide):
            index.setdefault(place, {}).setdefault(act, []).append(j)


def _sought_blocks(one: Traits, wide: set[str]) -> Iterator[tuple[str, int]]:
    for name in _places(one, one.sides.sought):
        key = one.state + name
        for first, last in _times(name, one):
            if last - first > NARROW:
                yield from ((key, -year) for year in range(first // _YEAR, last // _YEAR + 1))
            elif key in wide:
                yield from ((key, -year) for year in range((first - ZONE) // _YEAR, (last + ZONE) // _YEAR + 1))
            yield from ((key, block) for block in range((first - ZONE) // _WEEK, (last + ZONE) // _WEEK + 1))


def _kept_blocks(one: Traits, wide: set[str]) -> Iterator[tuple[str, int]]:
    for name in _places(one, one.sides.kept):
        key = one.state + name
        for first, last in _times(name, one):
            if last - first > NARROW:
                wide.add(key)
                yield from ((key, -year) for year in range(first // _YEAR, last // _YEAR + 1))
            else:
                yield from ((key, block) for block in range(first // _WEEK, last // _WEEK + 1))


def _times(name: str, one: Traits) -> tuple[tuple[int, int], ...]:
    """The days under a key: those of the report, but the reports of a page without a date all meet on one."""
    if not one.published and name.startswith(OWN):
        return ((NEVER, NEVER),)
    if one.back and name[3:4] == "-":  # two countries: it may recall what they did weeks ago
        return (*one.windows, (one.back, one.first - 1))
    return one.windows
