"""What a record could see of a claim's past, and what it could not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from dragoman.model import Claim, Covered, Visit
from dragoman.relations.ages import Days
from dragoman.relations.scope import answering
from dragoman.relations.words import country_name, office_title

# A register with fewer visits of an office than this lists some, not all, of them: its silence then proves nothing.
LISTS = 10


def watched(
    claim: Claim, offices: frozenset[str], days: Days, visits: tuple[Visit, ...], coverage: tuple[Covered, ...]
) -> str | None:
    """A register that lists all visits of the office counted, over all the days, in words; None: there is none."""
    if not offices or claim.mode != "visit":
        return None
    for one in sorted(coverage, key=lambda c: c.name):
        if one.kind != "register" or one.first is None or one.last is None:
            continue
        begins = days.first == date.min or one.first <= days.first  # ever: as far as the register sees
        if begins and one.last >= days.last and _number(one.name, claim, offices, visits) >= LISTS:
            return f"the register {one.name} lists such visits from {one.first}"
    return None


def _number(name: str, claim: Claim, offices: frozenset[str], visits: tuple[Visit, ...]) -> int:
    """The register's visits, wherever to, by holders of the offices."""
    return sum(
        v.visitor.country == claim.from_country and v.visitor.office in offices and _in_register(v, name)
        for v in visits
    )


def _in_register(visit: Visit, name: str) -> bool:
    return any(b.kind == "register" and b.name == name for b in visit.backing)


def unseen(claim: Claim, days: Days, visits: tuple[Visit, ...], coverage: tuple[Covered, ...]) -> Iterator[str]:
    """What the record could not have seen of the days from which the claim speaks to its own day, in words."""
    yield from _press(days, [c for c in coverage if c.kind == "press"])
    registers = [c for c in coverage if c.kind == "register"]
    if claim.mode != "visit":
        return
    for one in sorted(registers, key=lambda c: c.name):
        yield from _register(claim, days, one, visits)
    if not registers:
        yield "the record has no register of visits"


def _press(days: Days, press: Iterable[Covered]) -> Iterator[str]:
    dated = [(c.first, c.last) for c in press if c.first is not None and c.last is not None]
    if not dated:
        yield "the record has no press"
        return
    first, last = min(d[0] for d in dated), max(d[1] for d in dated)
    if days.first < first:
        yield f"before {first} the record has no press: it knows only what later texts recall"
    if days.last > last:
        yield f"after {last} the record has no press"


def _register(claim: Claim, days: Days, one: Covered, visits: tuple[Visit, ...]) -> Iterator[str]:
    """Whether the register lists visits of the claim's sort, and its period."""
    scope = f" ({one.scope})" if one.scope else ""
    offices = answering(claim.office) if claim.office else frozenset()
    if offices and not _number(one.name, claim, offices, visits):
        whose = f"{office_title(claim.office or '')}, {country_name(claim.from_country)}"
        yield f"the register {one.name}{scope} lists {_lists(one.name, visits)}, and no visit of: {whose}"
        return
    if one.first is not None and days.first < one.first:
        yield f"the register {one.name}{scope} begins in {one.first}"
    if one.last is not None and days.last > one.last:
        yield f"the register {one.name}{scope} ends in {one.last}"


def _lists(name: str, visits: tuple[Visit, ...]) -> str:
    """Whose visits a register has, most first."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for visit in visits:
        if _in_register(visit, name):
            counts[visit.visitor.country or "", visit.visitor.office or ""] += 1
    ordered = sorted(counts, key=lambda key: (-counts[key], key))[:4]
    words = [f"{office_title(o) if o else 'people of unknown office'} of {country_name(c or None)}" for c, o in ordered]
    return ", ".join(words) or "nothing"
