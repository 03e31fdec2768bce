"""What a record could see of a claim's past, and what it could not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dragoman.model import Claim, Covered
from dragoman.relations.ages import Days
from dragoman.relations.scope import answering
from dragoman.relations.words import country_name, office_title

# A register with fewer visits by holders of an office lists some, not all, of them: its silence then proves nothing.
LISTS = 10
THIN = 7  # days for each document: a press read less than weekly misses most of what happens
SHOWN = 4  # of what a register lists


def watched(claim: Claim, offices: frozenset[str], days: Days, coverage: Iterable[Covered]) -> str | None:
    """A register that lists all visits of the offices counted, over all the days, in words; None: there is none."""
    if not offices or claim.mode != "visit":
        return None
    for one in sorted(coverage, key=lambda c: c.name):
        if one.kind != "register" or one.first is None or one.last is None:
            continue
        begins = days.first == date.min or one.first <= days.first  # ever: as far as the register sees
        if begins and one.last >= days.last and _number(one, claim, offices) >= LISTS:
            return f"the register {one.name} lists such visits from {one.first}"
    return None


def _number(register: Covered, claim: Claim, offices: frozenset[str]) -> int:
    """The register's visits, wherever to, by holders of the offices."""
    return sum(n for country, office, n in register.lists if country == claim.from_country and office in offices)


def unseen(claim: Claim, days: Days, coverage: tuple[Covered, ...]) -> Iterator[str]:
    """What the record could not have seen of the days from which the claim speaks to its own day, in words."""
    yield from _press(days, [c for c in coverage if c.kind == "press"])
    registers = [c for c in coverage if c.kind == "register"]
    if claim.mode != "visit":
        return
    for one in sorted(registers, key=lambda c: c.name):
        yield from _register(claim, days, one)
    if not registers:
        yield "the record has no register of visits"


def _press(days: Days, press: Iterable[Covered]) -> Iterator[str]:
    dated = [(c.first, c.last, c.entries) for c in press if c.first is not None and c.last is not None]
    if not dated:
        yield "the record has no press"
        return
    first, last = min(d[0] for d in dated), max(d[1] for d in dated)
    if days.first < first:
        yield f"before {first} the record has no press: it knows only what later texts recall"
    if days.last > last:
        yield f"after {last} the record has no press"
    number = sum(d[2] for d in dated)
    if (last - first).days > number * THIN:
        yield f"its press is thin: {number} documents from {first} to {last}"


def _register(claim: Claim, days: Days, one: Covered) -> Iterator[str]:
    """Whether the register lists visits of the claim's sort, and its period."""
    offices = answering(claim.office) if claim.office else frozenset()
    if offices and not _number(one, claim, offices):
        whose = f"{office_title(claim.office or '')} of {country_name(claim.from_country)}"
        yield f"the register {one.name} lists {_lists(one)}, and none of the {whose}"
        return
    if one.first is not None and days.first < one.first:
        yield f"the register {one.name} begins in {one.first}"
    if one.last is not None and days.last > one.last:
        yield f"the register {one.name} ends in {one.last}"


def _lists(register: Covered) -> str:
    """Which visits a register has, those of most people first."""
    if register.scope:
        return register.scope
    words = [f"the {office_title(o) if o else 'people'} of {country_name(c)}" for c, o, _ in register.lists[:SHOWN]]
    return f"visits of {', '.join(words)}" if words else "nothing"
