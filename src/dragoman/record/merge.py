"""Reports of the same happening become one event. Depends on the set of reports, not on their order or batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.model import Event
from dragoman.record.alike import EDGE, likeness, recalls
from dragoman.record.columns import number
from dragoman.record.groups import FORCED, Edge, groups, join, root
from dragoman.record.kinds import APART, alike, stem, stems_alike
from dragoman.record.told import Decisions, Told
from dragoman.record.traits import NARROW, NEVER, ZONE, Traits, traits
from dragoman.record.unite import unite

# A key as a number, and the days (both in; date.toordinal) in which it may find reports of the same happening.
Window = tuple[int, int, int]

OWN = "@"  # marks the key of a text and its copies
VAGUE = EDGE - 1  # points that two reports need where one tells no day
_WEEK, _YEAR = 8, 366  # lengths in days of the blocks in which a set is searched


def keys(told: Told) -> tuple[Window, ...]:
    """Under which keys, and on which days, a report is kept for others to find it. Two reports of one happening share
    a key and overlapping (widened: `reach`) days."""
    one = traits(told)
    return _windows((stem(one.kind),), _places(one, one.sides.kept), one, 0)


def reach(told: Told, *, own: bool = True) -> tuple[Window, ...]:
    """The keys and days in which reports of the same happening must be looked for; without `own`, not those of its
    text and the copies of it."""
    one = traits(told)
    names = _places(one, one.sides.sought)
    return _windows(stems_alike(one.kind), names if own else names[:-1], one, ZONE)


class Knots:
    """Reports that pairwise look like one happening, however far the chain goes, and the events of each such knot.

    A knot's id is the smallest id of its reports. The knots of a set are the union of the knots of its parts and of
    the pairs between them, so a store may look at what is new and at what `reach` finds.
    """

    def __init__(self, told: Iterable[Told], decisions: Decisions) -> None:
        self._decisions = decisions
        self._all = everything = _sorted(told)
        self.ids = [one.id for one in everything]
        roots = list(range(len(everything)))
        edges = list(_edges(everything, decisions))
        for _, i, j in edges:
            join(roots, i, j)
        self.members: dict[str, list[int]] = {}  # knot → its reports, as numbers of `ids`
        self.of: dict[str, str] = {}  # report → its knot
        for i, id in enumerate(self.ids):
            self.of[id] = knot = self.ids[root(roots, i)]
            self.members.setdefault(knot, []).append(i)
        self._edges: dict[str, list[Edge]] = {}
        for edge in edges:
            self._edges.setdefault(self.of[self.ids[edge[1]]], []).append(edge)

    def events(self, knot: str) -> tuple[Event, ...]:
        """The events of a knot, in the order of their ids; what was withdrawn is in none."""
        gone = self._decisions.withdrawn
        kept = [i for i in self.members[knot] if not gone or self.ids[i] not in gone]
        members = [self._all[i] for i in kept]
        if len(members) < 2:
            return (unite(members),) if members else ()
        place = {i: n for n, i in enumerate(kept)}
        edges = [(points, place[i], place[j]) for points, i, j in self._edges.get(knot, ())]
        apart = _numbered(self._decisions.apart, {one.id: n for n, one in enumerate(members)})
        found = groups(members, edges, apart)
        events = [unite([members[i] for i in some], doubts=doubts) for some, doubts in found]
        return tuple(sorted(events, key=lambda event: event.id))


def knots(told: Iterable[Told], decisions: Decisions) -> dict[str, str]:
    """Report id → knot id."""
    return Knots(told, decisions).of


def merge(told: Iterable[Told], decisions: Decisions | None = None) -> tuple[Event, ...]:
    """The events of a whole set of reports, in the order of their ids."""
    found = Knots(told, decisions or Decisions())
    events = (event for knot in found.members for event in found.events(knot))
    return tuple(sorted(events, key=lambda event: event.id))


# --- where to look ------------------------------------------------------------------------------------------------


def _windows(acts: Iterable[str], names: Iterable[str], one: Traits, wider: int) -> tuple[Window, ...]:
    starts = [number(f"{one.coder}:{one.state}:{act}") for act in acts]
    found: list[Window] = []
    for name in names:
        key = number(name)
        for first, last in _times(name, one):
            found += [(start ^ key, first - wider, last + wider) for start in starts]
    return tuple(found)


def _places(one: Traits, names: tuple[str, ...]) -> tuple[str, ...]:
    """Keys without what was done: sides, and the text with its copies. A page without any day knows only its own."""
    own = OWN + one.lineage
    if one.last == NEVER:
        return (own,)
    if one.land and not one.both:  # nobody's country is known, but where it was
        return (*names, one.land + "?", own)
    return (*names, own)


# --- which pairs --------------------------------------------------------------------------------------------------


def _sorted(told: Iterable[Told]) -> list[Traits]:
    """The traits of each report once, in the order of ids."""
    found = {one.report.id: one for one in told}
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
