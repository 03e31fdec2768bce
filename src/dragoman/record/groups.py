"""Reports that pairwise look like one happening, parted into groups that are each one happening."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.record.alike import likeness, recalls
from dragoman.record.kinds import APART
from dragoman.record.traits import Traits

Edge = tuple[int, int, int]  # points, and the numbers of two reports, the smaller first
FORCED = 1_000  # points of a pair that somebody decided to be one
FLOOR = 5  # mean points of all pairs below which two groups are not joined, however alike their best pair
ENOUGH = 12  # points of a pair that count at most in that mean: copies would drown the rest
SEEN = 12  # members of a large group that are asked when it is joined with another


def groups(
    everything: list[Traits], edges: Iterable[Edge], apart: set[tuple[int, int]]
) -> list[tuple[list[int], bool]]:
    """The members of each event, and whether its one report would fit several others as well.

    The most alike are joined first. What a page recalls, and what is told vaguely (a month, no day), joins last, and
    joins nothing else: it goes to the one group that it fits best. Ties fall to the smaller numbers, so the outcome is
    one of the set alone.
    """
    ordered = sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2]))
    clusters = _Clusters(everything, apart)
    vague = {i for i, one in enumerate(everything) if one.sure == 0}
    recalled: list[Edge] = []  # points, what a page recalls, what it may recall
    for points, i, j in ordered:
        one, other = everything[i], everything[j]
        if points == FORCED:
            clusters.join(i, j, forced=True)
        elif recalls(one, other) or recalls(other, one):
            recalled.append((points, i, j) if recalls(one, other) else (points, j, i))
        elif not (i in vague or j in vague):
            clusters.join(i, j)
    _attach(clusters, [edge for edge in recalled if clusters.all_recall(edge[1])])
    both_ways = ((points, *pair) for points, i, j in ordered for pair in ((i, j), (j, i)))
    doubtful = _attach(clusters, [edge for edge in both_ways if edge[1] in vague and edge[2] not in vague])
    for _, i, j in ordered:
        if i in vague and j in vague:
            clusters.join(i, j)
    return [(members, len(members) == 1 and members[0] in doubtful) for members in clusters.members.values()]


def _attach(clusters: _Clusters, edges: list[Edge]) -> set[int]:
    """Gives each report (the first of an edge) to the one group that it fits best; those that fit two as well are
    returned."""
    offers: dict[int, dict[int, int]] = {}
    for points, mine, other in edges:
        offered = offers.setdefault(mine, {})
        root = clusters.root(other)
        offered[root] = max(points, offered.get(root, 0))
    doubtful: set[int] = set()
    chosen: list[tuple[int, int]] = []
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
        """The number under which the group of a report stands."""
        return root(self._roots, i)

    def all_recall(self, i: int) -> bool:
        """Whether the group of a report holds only what pages may recall: nobody tells it as news of those days."""
        return all(self.everything[k].back for k in self.members[self.root(i)])

    def join(self, i: int, j: int, *, forced: bool = False) -> None:
        """Make one group of two, unless they cannot be one (or somebody has decided that they are)."""
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
        for i in ours[:SEEN]:
            for j in theirs[:SEEN]:
                points = self._likeness(i, j)
                if points == APART:
                    return False
                total += min(points, ENOUGH)
        return total >= FLOOR * min(len(ours), SEEN) * min(len(theirs), SEEN)

    def _likeness(self, i: int, j: int) -> int:
        pair = (i, j) if i < j else (j, i)
        points = self._points.get(pair)
        if points is None:
            points = self._points[pair] = likeness(self.everything[pair[0]], self.everything[pair[1]])
        return points


def root(roots: list[int], i: int) -> int:
    """The root of a tree in a forest of numbers."""
    while roots[i] != i:
        roots[i] = roots[roots[i]]
        i = roots[i]
    return i


def join(roots: list[int], i: int, j: int) -> None:
    """One tree of two; the smaller number stays the root."""
    a, b = root(roots, i), root(roots, j)
    if a != b:
        roots[max(a, b)] = min(a, b)
