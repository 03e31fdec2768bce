"""The verdict on each kind of claim: `judge`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.model import Claim, Party
from dragoman.relations.ages import Days, back, day_words, distance_words, fits, named
from dragoman.relations.case import SAME, Case, bounded, predecessor, since_days
from dragoman.relations.people import is_person, same_name
from dragoman.relations.scope import Act, best_rank, names_holder
from dragoman.relations.words import listed, tellers

SUPPORTED, CONTRADICTED, UNKNOWN = "supported", "contradicted", "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A verdict and what it rests on; `since` is the first day that the record would have to know."""

    verdict: str
    why: str
    for_it: tuple[Act, ...] = ()
    against_it: tuple[Act, ...] = ()
    since: date | None = None


def judge(case: Case) -> Finding:
    """The verdict, and what it rests on."""
    if case.claim.kind == "highest":
        return _highest(case)
    return _RULES[_sort(case.claim)](case)


def _sort(claim: Claim) -> str:
    """The rule that checks a claim."""
    if claim.kind == "last":
        return "first-in" if claim.years is not None else "first-since" if bounded(claim) else "last"
    return claim.kind


# --- first, ever ----------------------------------------------------------------------------------------------


def _first(case: Case) -> Finding:
    """ "The first visit of a president": nothing that counts may lie before."""
    earlier, doubtful = case.split(case.earlier())
    if earlier and names_holder(case.claim, _who(case)) and case.claim.office is not None:
        return _either(case, earlier)
    if earlier:
        why = f"not the first: {listed(earlier)}"
        return Finding(verdict=CONTRADICTED, why=why, against_it=earlier)
    loose = (*doubtful, *case.overlapping())
    if loose:
        return Finding(verdict=UNKNOWN, why=f"may not be the first: {_loose(case, loose)}", against_it=loose)
    register = case.watched(date.min)
    if register is not None:
        why = f"{register} and has none before {day_words(case.now)}"
        return Finding(verdict=SUPPORTED, why=why, for_it=case.own)
    return Finding(verdict=UNKNOWN, why="nothing in the record contradicts it, but it does not see all of the past",
                   for_it=case.own)  # fmt: skip


def _either(case: Case, earlier: tuple[Act, ...]) -> Finding:
    """ "The minister X's first visit": of the office, or only of X."""
    who = _who(case)
    name = (who.name if who else None) or ""
    same = tuple(a for a in earlier if any(same_name(n, name) for n in a.named()))
    if same:
        return Finding(verdict=CONTRADICTED, why=f"not the first: {listed(same)}", against_it=same)
    why = f"the words may count all who held the office, or {name} alone; of the others there was {listed(earlier)}"
    return Finding(verdict=UNKNOWN, why=why, against_it=earlier)


def _who(case: Case) -> Party | None:
    return next((p for a in case.own for p in a.who if is_person(p)), None)


# --- first since ----------------------------------------------------------------------------------------------


def _first_since(case: Case) -> Finding:
    """ "The first since X in February 2006": nothing that counts may lie strictly between."""
    start = _start(case)
    if start is None:
        return Finding(verdict=UNKNOWN, why=_no_start(case), since=None)
    since, older = start
    between = [a for a in case.earlier() if a not in older and a.days is not None and a.days.last > since.last]
    sure = [a for a in between if a.days is not None and since.before(a.days)]
    against, doubtful = case.split(sure)
    if against:
        why = f"between {day_words(since)} and {_now_words(case)} there was {listed(against)}"
        return Finding(verdict=CONTRADICTED, why=why, for_it=older, against_it=against, since=since.last)
    loose = (*doubtful, *(a for a in between if a not in sure), *_at_the_end(case, since))
    loose = tuple(a for a in loose if not _retold(a, older))
    if loose:
        return Finding(verdict=UNKNOWN, why=_loose(case, loose), for_it=older, against_it=loose, since=since.last)
    return _nothing_between(case, since, older)


def _at_the_end(case: Case, since: Days) -> tuple[Act, ...]:
    return tuple(a for a in case.overlapping() if a.days is not None and a.days.last > since.last)


def _nothing_between(case: Case, since: Days, older: tuple[Act, ...]) -> Finding:
    """What the record's silence is worth."""
    if older:
        why = (
            f"{listed(older)}{_weaker(case, older)}; from {day_words(since)} to {_now_words(case)} "
            f"({distance_words(since, case.now)}) the record has none that counts"
        )
        return Finding(verdict=SUPPORTED, why=why, for_it=(*older, *case.own), since=since.last)
    register = case.watched(since.last)
    if register is not None:
        why = f"{register} and has none between {day_words(since)} and {_now_words(case)}"
        return Finding(verdict=SUPPORTED, why=why, for_it=case.own, since=since.last)
    why = f"the record knows of none dated {day_words(since)}, and of none that counts from then to {_now_words(case)}"
    return Finding(verdict=UNKNOWN, why=why, for_it=case.own, since=since.last)


def _start(case: Case) -> tuple[Days, tuple[Act, ...]] | None:
    """From when nothing may lie between, and the older acts that the claim names, where the record has them."""
    claim = case.claim
    name = predecessor(claim)
    earlier = case.earlier()
    since = since_days(claim)
    if since is not None:
        older = [a for a in earlier if a.days is not None and a.days.meets(since)]
        theirs = [a for a in older if name is None or not a.named() or any(same_name(n, name) for n in a.named())]
        exact = [
            a.days for a in theirs if a.days is not None and since.first <= a.days.first and a.days.last <= since.last
        ]
        if exact and name is not None:
            since = Days(max(since.first, min(d.first for d in exact)), max(d.last for d in exact))
        return since, tuple(theirs)
    if name is None:
        return None
    theirs = [a for a in earlier if any(same_name(n, name) for n in a.named())]
    if not theirs or theirs[-1].days is None:
        return None
    return theirs[-1].days, (theirs[-1],)


def _no_start(case: Case) -> str:
    name = predecessor(case.claim)
    if name is None:
        return "from when on the claim counts was not read from the text"
    return f"the record knows of no such act by {name}, from when the claim counts"


# --- first in N years -----------------------------------------------------------------------------------------


def _first_in(case: Case) -> Finding:
    """ "The first in nearly fifteen years": none nearer than that, and the one before as far back as is said."""
    claim = case.claim
    if claim.years is None:
        return _no_number(case)
    by_fit: dict[str, list[Act]] = {}
    for act in (*case.earlier(), *case.overlapping()):
        if act.days is not None:
            by_fit.setdefault(fits(act.days, case.now, claim.years, claim.approximate), []).append(act)
    since = back(case.now.first, claim.years)
    against, doubtful = case.split(by_fit.get("shorter", ()))
    if against:
        why = f"{listed(against)}: {_distances(against[-1:], case)} before, not {named(claim.years, claim.approximate)}"
        return Finding(
            verdict=CONTRADICTED, why=why, for_it=tuple(by_fit.get("holds", ())), against_it=against, since=since
        )
    older = tuple(by_fit.get("holds", ()))
    loose = tuple(a for a in (*doubtful, *by_fit.get("may be shorter", ())) if not _retold(a, older))
    if loose:
        return Finding(verdict=UNKNOWN, why=_loose(case, loose), for_it=older, against_it=loose, since=since)
    if older:
        last = older[-1:]
        why = (
            f"{listed(last)}{_weaker(case, last)}; {_arithmetic(last[0], case)}, and from then to "
            f"{_now_words(case)} the record has none that counts"
        )
        return Finding(verdict=SUPPORTED, why=why, for_it=(*last, *case.own), since=since)
    return _too_old(case, since, (*by_fit.get("longer", ()), *by_fit.get("may be longer", ())))


def _too_old(case: Case, since: date, older: tuple[Act, ...]) -> Finding:
    """None as far back as the claim says: either there was none, or the record does not know it."""
    claim = case.claim
    register = case.watched(since)
    words = named(claim.years or 0, claim.approximate)
    last = tuple(sorted(older, key=lambda a: a.key))[-1:]
    if register is not None:
        why = f"{register} and has none in the years claimed"
        if last:
            why += f"; the one before was {listed(last)}: {_distances(last, case)}"
        return Finding(verdict=SUPPORTED, why=why, for_it=(*last, *case.own), since=since)
    if last:
        why = f"the last that is known is {listed(last)}: {_distances(last, case)}, where the claim says {words}"
        return Finding(verdict=UNKNOWN, why=f"{why}; one nearer may be missing here", for_it=last, since=since)
    return Finding(verdict=UNKNOWN, why=f"the record knows of none before, neither {words} before nor nearer",
                   for_it=case.own, since=since)  # fmt: skip


def _no_number(case: Case) -> Finding:
    last = case.earlier()[-1:]
    why = "the claim names no number of years that was read"
    if last:
        why += f"; the last that is known is {listed(last)}: {_distances(last, case)} before"
    return Finding(verdict=UNKNOWN, why=why, for_it=last, since=last[0].days.last if last and last[0].days else None)


def _arithmetic(act: Act, case: Case) -> str:
    """ "February 2006 to October 2020: 14 years and 7 to 8 months: 'nearly 15 years' holds"."""
    assert act.days is not None
    assert case.claim.years is not None
    words = named(case.claim.years, case.claim.approximate)
    return f"{day_words(act.days)} to {day_words(case.now)}: {distance_words(act.days, case.now)}: '{words}' holds"


def _distances(acts: Sequence[Act], case: Case) -> str:
    return ", ".join(distance_words(a.days, case.now) for a in acts if a.days is not None)


# --- the last, the nth, the highest ---------------------------------------------------------------------------


def _last(case: Case) -> Finding:
    """ "Clinton is the last president to have gone": none that counts since."""
    if not case.own or case.own[-1].days is None:
        return Finding(verdict=UNKNOWN, why="the record does not know when the act was that is said to be the last")
    now = case.own[-1].days
    later = tuple(a for a in case.counted if a.days is not None and now.before(a.days))
    against, doubtful = case.split(later)
    if against:
        why = f"not the last: {listed(against)}"
        return Finding(verdict=CONTRADICTED, why=why, for_it=case.own, against_it=against, since=now.last)
    if doubtful:
        return Finding(
            verdict=UNKNOWN, why=_loose(case, doubtful), for_it=case.own, against_it=doubtful, since=now.last
        )
    if case.told is not None and (case.told - now.last).days <= SAME:
        why = f"{listed(case.own[-1:])}: told so soon that none can have followed"
        return Finding(verdict=UNKNOWN, why=why, for_it=case.own, since=now.last)
    if not case.scope.match(case.own[-1]).counts:
        why = "whom or what the claim counts was not read well enough to look for one after it"
        return Finding(verdict=UNKNOWN, why=why, for_it=case.own, since=now.last)
    why = f"{listed(case.own[-1:])}{_weaker(case, case.own[-1:])}; the record has none that counts after it"
    return Finding(verdict=SUPPORTED, why=why, for_it=case.own, since=now.last)


def _nth(case: Case) -> Finding:
    """ "The second time in a month": so many in that time, this one among them."""
    claim = case.claim
    if claim.ordinal is None:
        return Finding(verdict=UNKNOWN, why="which number the claim gives was not read from the text")
    since = _window(case)
    inside = tuple(a for a in case.earlier() if a.days is not None and a.days.first >= since)
    loose = tuple(a for a in (*case.earlier(), *case.overlapping())
                  if a not in inside and a.days is not None and a.days.last >= since)  # fmt: skip
    number, wanted = len(inside) + 1, claim.ordinal
    acts = (*inside, *case.own)
    said = f"{number} with this one" + (f": {listed(inside)}" if inside else "")
    if number > wanted:
        return Finding(verdict=CONTRADICTED, why=f"{said}, where the claim says {wanted}", against_it=acts, since=since)
    if loose:
        return Finding(verdict=UNKNOWN, why=f"{said}; {_loose(case, loose)}", for_it=acts, since=since)
    register = case.watched(since)
    sees = register is not None or _press_sees(case, since)
    if number == wanted and sees:
        return Finding(verdict=SUPPORTED, why=said, for_it=acts, since=since)
    if number < wanted and register is not None:
        why = f"{register} and has {said}, where the claim says {wanted}"
        return Finding(verdict=CONTRADICTED, why=why, against_it=acts, since=since)
    why = f"the record has {said}, where the claim says {wanted}; it may not have seen all"
    return Finding(verdict=UNKNOWN, why=why, for_it=acts, since=since)


def _window(case: Case) -> date:
    """The first day from which the claim counts."""
    if case.claim.years is not None:
        return back(case.now.first, case.claim.years)
    since = since_days(case.claim)
    return since.first if since is not None else date.min


def _press_sees(case: Case, since: date) -> bool:
    days = [(c.first, c.last) for c in case.coverage if c.kind == "press" and c.first and c.last]
    return bool(days) and min(d[0] for d in days) <= since and max(d[1] for d in days) >= case.now.first


def _highest(case: Case) -> Finding:
    """ "The highest official since X": none of higher rank where the claim says so; equal rank is no contradiction."""
    mine = case.scope.rank
    if mine is None:
        return Finding(verdict=UNKNOWN, why="the rank of the one it is about is not known")
    claim = replace(case.claim, kind=_as_first(case.claim))
    found = _RULES[claim.kind](replace(case, claim=claim))
    if found.verdict != CONTRADICTED:
        return found
    against = tuple(a for a in found.against_it if (best_rank(a) or mine) < mine)
    if against:
        return replace(found, against_it=against, why=f"of higher rank: {listed(against)}")
    why = f"of equal rank in our table of offices: {listed(found.against_it)}"
    return replace(found, verdict=UNKNOWN, why=why)


def _as_first(claim: Claim) -> str:
    if claim.years is not None:
        return "first-in"
    return "first-since" if claim.since is not None or claim.since_actor is not None else "first"


_RULES: dict[str, Callable[[Case], Finding]] = {
    "first": _first,
    "first-in": _first_in,
    "first-since": _first_since,
    "last": _last,
    "nth": _nth,
}


# --- words shared by the rules --------------------------------------------------------------------------------


def _now_words(case: Case) -> str:
    return day_words(case.now)


def _weaker(case: Case, acts: Sequence[Act]) -> str:
    """What to know of how the older act is known."""
    if acts and all(case.alone(a) for a in acts):
        return " (told by the same article: supported by the text's own account)"
    return f" (told by {tellers(acts)})" if acts and tellers(acts) else ""


def _loose(case: Case, acts: Sequence[Act]) -> str:
    """Why acts that count do not decide."""
    parts = []
    inexact = [a for a in acts if not case.alone(a)]
    alone = [a for a in acts if case.alone(a)]
    if inexact:
        parts.append(f"whether it lies before or after is not known, for want of an exact day: {listed(inexact)}")
    if alone:
        parts.append(
            f"only the article that claims tells of {listed(alone)}; it or our reading of it is at odds with itself"
        )
    return "; ".join(parts)


def _retold(act: Act, older: Sequence[Act]) -> bool:
    """Whether an act without exact day may be the older one, told less exactly by another."""
    names = act.named()
    return not act.day_known and any(
        act.days and one.days and act.days.meets(one.days)
        and (not names or not one.named() or any(same_name(n, m) for n in names for m in one.named()))
        for one in older
    )  # fmt: skip
