"""Reports of the same happening become one event. Depends on the set of reports, not on their order or batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from dragoman.model import Event
from dragoman.record.alike import EDGE, likeness
from dragoman.record.kinds import APART, stem, stems_alike
from dragoman.record.told import Decisions, Told
from dragoman.record.traits import NARROW, NEVER, ZONE, Traits, traits
from dragoman.record.unite import unite

Window = tuple[str, date, date]  # a key, and the days (both in) in which it may find reports of the same happening

PAIRS = 6  # of countries that a report is kept under: a summit of thirty would stand everywhere
NAMES = 3
OWN = "@"  # marks the key of a text and its copies
FORCED = 1_000  # points of a pair that somebody decided to be one
FLOOR = 5  # mean points of all pairs below which two groups are not joined, however alike their best pair
ENOUGH = 12  # points of a pair that count at most in that mean: copies would drown the rest
SEEN = 12  # members of a large group that are asked when it is joined with another
_WEEK, _YEAR = 8, 366  # lengths in days of the blocks in which a set is searched
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def keys(told: Told) -> tuple[Window, ...]:
    """Under which keys, and on which days, a report is kept for others to find it. Two reports of one happening share
    a key and overlapping (widened: `reach`) days."""
    one = traits(told)
    return _windows(_kept(one), one, 0)


def reach(told: Told) -> tuple[Window, ...]:
    """The keys and days in which reports of the same happening must be looked for."""
    one = traits(told)
    return _windows(_sought(one), one, ZONE)


def knots(told: Sequence[Told], decisions: Decisions) -> dict[str, str]:
    """Report id → knot id: reports that pairwise look like one happening, however far the chain goes.

    A knot's id is the smallest id of its reports. The knots of a set are the union of the knots of its parts and of
    the pairs between them, so a store may look at what is new and at what `reach` finds.
    """
    everything = _sorted(told, Decisions())
    roots = list(range(len(everything)))
    for _, i, j in _edges(everything, decisions):
        _join(roots, i, j)
    return {one.id: everything[_root(roots, i)].id for i, one in enumerate(everything)}


def settle(told: Iterable[Told], decisions: Decisions) -> tuple[Event, ...]:
    """The events of whole knots: each report in exactly one, sorted by id."""
    everything = _sorted(told, decisions)
    if len(everything) == 1:
        return (unite(everything),)
    groups = _groups(everything, decisions)
    events = [unite([everything[i] for i in members], doubts=doubts) for members, doubts in groups]
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


def _kept(one: Traits) -> list[str]:
    """The keys under which a report stands: its pairs of countries and each country of them; where one side is not
    known its countries with a mark; names without a country; its own text and the copies of it."""
    start = f"{one.state}:{stem(one.kind)}:"
    own = start + OWN + one.lineage
    return [own] if one.last == NEVER else [*(start + key for key in (*_pairs(one), *_single(one), *_named(one))), own]


def _sought(one: Traits) -> list[str]:
    """The keys under which reports of the same happening stand, of all types that it may be told as."""
    pairs = _pairs(one)
    halves = [c + "?" for c in sorted(one.both)[:PAIRS]]
    asked = [OWN + one.lineage]
    if one.last != NEVER:
        asked += [*pairs, *halves, *_named(one)]
    if one.last != NEVER and not pairs:
        asked += sorted(one.both)[:PAIRS]
    return [f"{one.state}:{stem}:{key}" for stem in stems_alike(one.kind) for key in asked]


def _pairs(one: Traits) -> list[str]:
    actors, recipients = one.actors.countries, one.recipients.countries
    if actors and recipients:
        found = {(a, b) if a < b else (b, a) for a in actors for b in recipients}
        if one.flips:
            found |= set(combinations(sorted(one.both), 2))
        return [f"{a}-{b}" for a, b in sorted(found)[:PAIRS]]
    if one.flips and len(one.both) > 1:
        return [f"{a}-{b}" for a, b in list(combinations(sorted(one.both), 2))[:PAIRS]]
    return []


def _single(one: Traits) -> list[str]:
    mark = "" if _pairs(one) else "?"
    return [country + mark for country in sorted(one.both)[:PAIRS]]


def _named(one: Traits) -> list[str]:
    """People and bodies of a side without a country."""
    if one.actors.countries and one.recipients.countries:
        return []
    names: set[str] = set()
    for side in (one.actors, one.recipients):
        if not side.countries:
            names |= side.persons | side.bodies
    return ["=" + name for name in sorted(names)[:NAMES]]


def _windows(found: list[str], one: Traits, wider: int) -> tuple[Window, ...]:
    return tuple(
        (key, date.fromordinal(max(_FIRST, first - wider)), date.fromordinal(min(_LAST, last + wider)))
        for key in found
        for first, last in _times(key, one)
    )


def _times(key: str, one: Traits) -> tuple[tuple[int, int], ...]:
    """The days under a key: those of the report, but the reports of a page without a date all meet on one."""
    if not one.published and OWN in key:
        return ((NEVER, NEVER),)
    return one.windows


# --- which pairs --------------------------------------------------------------------------------------------------


def _sorted(told: Iterable[Told], decisions: Decisions) -> list[Traits]:
    """The traits of each report once, in the order of ids."""
    found = {one.report.id: one for one in told if one.report.id not in decisions.withdrawn}
    return [traits(found[id]) for id in sorted(found)]


def _edges(everything: list[Traits], decisions: Decisions) -> Iterator[tuple[int, int, int]]:
    """(points, i, j) of all pairs that look like one happening, and of those that were decided to be; i < j."""
    at = {one.id: i for i, one in enumerate(everything)}
    apart = _numbered(decisions.apart, at)
    forced = _numbered(decisions.same, at)
    gone = decisions.withdrawn
    for i, j in sorted(forced):
        if everything[i].id not in gone and everything[j].id not in gone:
            yield FORCED, i, j
    for i, j in _candidates(everything):
        one, other = everything[i], everything[j]
        points = likeness(one, other)
        if points >= EDGE and (not apart or (i, j) not in apart) and (not gone or not {one.id, other.id} & gone):
            yield points, i, j


def _numbered(pairs: Iterable[tuple[str, str]], at: dict[str, int]) -> set[tuple[int, int]]:
    found = ((at[a], at[b]) for a, b in pairs if a in at and b in at and a != b)
    return {(i, j) if i < j else (j, i) for i, j in found}


def _candidates(everything: list[Traits]) -> Iterator[tuple[int, int]]:
    """Pairs that share a key and a stretch of time, each once."""
    index: dict[tuple[str, int], list[int]] = {}
    wide: set[str] = set()  # keys under which something stands for longer than a few days
    seen = [-1] * len(everything)
    for j, one in enumerate(everything):
        for place in _sought_blocks(one, wide):
            for i in index.get(place, ()):
                if seen[i] != j:
                    seen[i] = j
                    yield i, j
        for key in _kept(one):
            for place in _kept_blocks(key, one, wide):
                index.setdefault(place, []).append(j)


def _sought_blocks(one: Traits, wide: set[str]) -> Iterator[tuple[str, int]]:
    for key in _sought(one):
        for first, last in _times(key, one):
            if last - first > NARROW:
                yield from ((key, -year) for year in range(first // _YEAR, last // _YEAR + 1))
                yield from ((key, block) for block in range(first // _WEEK, last // _WEEK + 1))
            else:
                yield from ((key, block) for block in range((first - ZONE) // _WEEK, (last + ZONE) // _WEEK + 1))
                if key in wide:
                    yield from ((key, -year) for year in range(first // _YEAR, last // _YEAR + 1))


def _kept_blocks(key: str, one: Traits, wide: set[str]) -> Iterator[tuple[str, int]]:
    for first, last in _times(key, one):
        if last - first > NARROW:
            wide.add(key)
            yield from ((key, -year) for year in range(first // _YEAR, last // _YEAR + 1))
        else:
            yield from ((key, block) for block in range(first // _WEEK, last // _WEEK + 1))


# --- which groups -------------------------------------------------------------------------------------------------


def _groups(everything: list[Traits], decisions: Decisions) -> list[tuple[list[int], bool]]:
    """The members of each event, and whether its one report would fit several others as well."""
    edges = sorted(_edges(everything, decisions), key=lambda edge: (-edge[0], edge[1], edge[2]))
    at = {one.id: i for i, one in enumerate(everything)}
    clusters = _Clusters(everything, _numbered(decisions.apart, at))
    vague = {i for i, one in enumerate(everything) if one.sure == 0}
    for points, i, j in edges:
        if points == FORCED or not (i in vague or j in vague):
            clusters.join(i, j, forced=points == FORCED)
    doubtful = _attach(clusters, edges, vague)
    for _, i, j in edges:
        if i in vague and j in vague:
            clusters.join(i, j)
    return [(members, len(members) == 1 and members[0] in doubtful) for members in clusters.members.values()]


def _attach(clusters: _Clusters, edges: list[tuple[int, int, int]], vague: set[int]) -> set[int]:
    """Gives each vague report to the one group that it fits best; those that fit two as well are returned."""
    offers: dict[int, dict[int, int]] = {}
    for points, i, j in edges:
        for mine, other in ((i, j), (j, i)):
            if mine in vague and other not in vague:
                offered = offers.setdefault(mine, {})
                root = clusters.root(other)
                offered[root] = max(points, offered.get(root, 0))
    doubtful = set()
    chosen = []
    for mine, offered in sorted(offers.items()):
        if clusters.root(mine) in offered:
            continue
        best = max(offered.values())
        fits = [root for root, points in offered.items() if points == best]
        if len(fits) == 1:
            chosen.append((mine, fits[0]))
        else:
            doubtful.add(mine)
    for mine, root in chosen:
        clusters.join(root, mine)
    return doubtful


class _Clusters:
    """Groups that grow pair by pair; a join that would put two reports together that cannot be one is refused."""

    def __init__(self, everything: list[Traits], apart: set[tuple[int, int]]) -> None:
        self.everything = everything
        self.apart = apart
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(everything))}
        self._parts: dict[int, list[list[int]]] = {}  # of groups that a person joined: what each was without that
        self._roots = list(range(len(everything)))
        self._refused: dict[int, set[int]] = {}
        self._points: dict[tuple[int, int], int] = {}

    def root(self, i: int) -> int:
        return _root(self._roots, i)

    def join(self, i: int, j: int, *, forced: bool = False) -> None:
        a, b = sorted((self.root(i), self.root(j)))
        if a == b or (not forced and b in self._refused.get(a, ())):
            return
        if not self._joined_parts(a, b, forced=forced):
            self._refused.setdefault(a, set()).add(b)
            self._refused.setdefault(b, set()).add(a)
            return
        self._roots[b] = a
        self.members[a] = sorted(self.members[a] + self.members.pop(b))
        refused = self._refused.get(a, set()) | self._refused.pop(b, set())
        for other in refused:
            self._refused[other].discard(b)
            self._refused[other].add(a)
        if refused:
            self._refused[a] = refused

    def _joined_parts(self, a: int, b: int, *, forced: bool) -> bool:
        """Whether two groups may be one. What a person joined may be unlike: it is enough that one part of it fits."""
        if not forced and not self._parts:
            return not self._apart(a, b) and self._fit(self.members[a], self.members[b])
        ours, theirs = (self._parts.get(root, [self.members[root]]) for root in (a, b))
        if forced:
            self._parts[a] = ours + theirs
            self._parts.pop(b, None)
            return True
        fitting = next(((x, y) for x in ours for y in theirs if self._fit(x, y)), None)
        if fitting is None or self._apart(a, b):
            return False
        if a in self._parts or b in self._parts:
            one = sorted(fitting[0] + fitting[1])
            self._parts[a] = [part for part in ours + theirs if part not in fitting] + [one]
            self._parts.pop(b, None)
        return True

    def _apart(self, a: int, b: int) -> bool:
        """Whether a person said that something of one group is not what the other is."""
        if not self.apart:
            return False
        ours, theirs = self.members[a], self.members[b]
        return any((min(i, j), max(i, j)) in self.apart for i in ours for j in theirs)

    def _fit(self, ours: list[int], theirs: list[int]) -> bool:
        total = 0
        asked = [(i, j) for i in ours[:SEEN] for j in theirs[:SEEN]]
        for i, j in asked:
            points = self._likeness(i, j)
            if points == APART:
                return False
            total += min(points, ENOUGH)
        return total >= FLOOR * len(asked)

    def _likeness(self, i: int, j: int) -> int:
        pair = (i, j) if i < j else (j, i)
        points = self._points.get(pair)
        if points is None:
            points = self._points[pair] = likeness(self.everything[pair[0]], self.everything[pair[1]])
        return points


def _root(roots: list[int], i: int) -> int:
    while roots[i] != i:
        roots[i] = roots[roots[i]]
        i = roots[i]
    return i


def _join(roots: list[int], i: int, j: int) -> None:
    """One tree of two; the smaller number stays the root."""
    a, b = _root(roots, i), _root(roots, j)
    if a != b:
        roots[max(a, b)] = min(a, b)
