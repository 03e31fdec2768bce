"""What merging looks at in a report, worked out once: its kind, its days, its sides, its place, its words."""

from __future__ import annotations

from functools import lru_cache

from dragoman.model import Actor, Report
from dragoman.record.kinds import MUTUAL, is_speech, kind_number
from dragoman.record.marks import marks, words
from dragoman.record.sides import DATA, Who, country_names, side_of, sides
from dragoman.record.told import Told
from dragoman.world.names import fold

__all__ = ["DATA", "Traits", "country_names", "side_of", "traits"]  # those of sides are used by relations

BACK = 3  # days: what is told without a date on a day happened on it or up to three days before
RECALL = 30  # days that a page may go back when it recalls an act without saying its day
ZONE = 1  # days by which two tellings of one day may differ: time zones, the night
NEVER = 1  # the day of reports without any: only their own document is asked
NARROW = 10  # days: a window that is no longer counts as a day told roughly (a week), not as vague
KEPT = 20_000  # reports whose traits are remembered: a batch is asked for its keys, its knots and its events in turn


class Traits:
    """A report as merging compares it."""

    __slots__ = (
        "actors",
        "back",
        "both",
        "coder",
        "doc",
        "first",
        "id",
        "kind",
        "land",
        "lang",
        "last",
        "lineage",
        "marks",
        "published",
        "recipients",
        "sides",
        "spot",
        "state",
        "sure",
        "title",
        "told",
        "town",
        "windows",
        "words",
    )

    def __init__(self, told: Told) -> None:
        report = told.report
        self.told = told
        self.id = report.id
        self.doc = report.document
        self.lineage = told.lineage
        self.coder = told.coder
        self.lang = told.lang
        self.kind = kind_number(report.type, report.mode, report.concept, report.planned)
        self.published = told.published.toordinal() if told.published else 0
        self.first, self.last, self.sure = _days(report, self.published)
        self.state = report.status or "actual"
        if self.sure == 2 and self.state == "actual" and 0 < self.published < self.first:
            self.state = "future"  # told as done, but for a day yet to come: a plan
        self.windows: tuple[tuple[int, int], ...] = ((self.first, self.last),)
        if self.state == "future" and self.sure == 2 and self.published:  # also found by the day on which it was told
            self.windows += ((self.published - BACK, self.published),)
        flips = report.reciprocal or report.type in MUTUAL
        self.sides = sides(_who(report.actors), _who(report.recipients), flips, told.lang)
        self.actors, self.recipients, self.both = self.sides.actors, self.sides.recipients, self.sides.both
        self.back = self.published - RECALL if self._recalls() else 0
        self.town, self.spot, self.land = _where(report)
        self.words = words(told.words, told.lang)
        self.title = words(told.title_words, told.lang) if told.title_words else 0
        self.marks = marks(told.evidence, told.lang, self.actors.persons | self.recipients.persons)


    def _recalls(self) -> bool:
        """Whether it may recall what happened weeks ago: an act between two countries, told without a day, and not in
        the first sentence of a page."""
        report = self.told.report
        undated = self.sure == 1 and (report.when is None or report.when.basis == "published")
        told_late = self.state == "actual" and report.sentence > 0 and len(self.both) > 1
        return undated and told_late and not is_speech(self.kind)


_known: dict[str, Traits] = {}


def traits(told: Told) -> Traits:
    """The traits of a report; those of the last reports that were asked for are remembered."""
    known = _known.get(told.report.id)
    if known is not None and known.told is told:
        return known
    if len(_known) >= KEPT:
        _known.clear()
    found = _known[told.report.id] = Traits(told)
    return found


def _who(actors: tuple[Actor, ...]) -> tuple[Who, ...]:
    return tuple([(a.name, a.country, a.sectors, a.office, a.id) for a in actors])


def _days(report: Report, published: int) -> tuple[int, int, int]:
    """First and last day on which it may have happened, and how sure: 2 a day told, 1 told as news, 0 vague."""
    when = report.when
    if when is not None and when.basis != "published":
        first, last = when.first.toordinal(), when.last.toordinal()
        if when.precision == "day":
            return first, last, 2
        return first, last, 1 if last - first <= NARROW else 0
    if not published:
        return NEVER, NEVER, 0
    return published - BACK, published, 1


def _where(report: Report) -> tuple[str | None, str | None, str | None]:
    """A key of the town, its folded name, and the country; None is unknown."""
    place = report.place
    if place is None:
        return None, None, None
    name = _town(place.name) if place.name else None
    return str(place.geonames) if name and place.geonames else name, name, place.country


@lru_cache(maxsize=16_384)
def _town(name: str) -> str | None:
    folded = fold(name)
    return folded if folded not in country_names() else None
