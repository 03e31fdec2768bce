"""Events that break a silence: a quarrel after years of calm, a visit after years, a return, a first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dragoman.model import Alert
from dragoman.record.cells import Cell, DyadEvent
from dragoman.relations.past import Past, long, strength, weighed
from dragoman.relations.series import Pair

# Months that the record must cover before it may call something new: in three years a silence leaves a rate of at most
# one in a year (3/36 a month, at 95 %). Below that nearly everything is a first.
FIRST_MONTHS = 36
FIRST_PAST = 10  # events between the two before which a first of its type tells only that the record is thin
VISIT_MONTHS = 36
CALM_MONTHS = 36
RETURN_MONTHS = 12
RETURN_CHANCE = 0.05  # of so long a silence, had the rate before it gone on: above, the silence itself was ordinary
RULES = ("calm", "visit", "return", "first.contact", "first.type")
SEVERE = {("SANCTION", mode) for mode in (None, "expel", "withdraw", "discontinue")}
SEVERE_WORDS = "expulsion, recall, sanction, break or attack"


def breaks(past: Past, since: date) -> Iterator[Alert]:
    """For each event the weightiest of: a break of calm, a visit after years, a return, a first."""
    for pair, events in past.events.items():
        for event in events:
            if since <= event.first <= past.until:
                rules = (_calm, _visit, _return, _contact, _first)
                found = next((a for rule in rules if (a := rule(past, pair, event)) is not None), None)
                if found is not None:
                    yield weighed(found, [event])


def _calm(past: Past, pair: Pair, event: DyadEvent) -> Alert | None:
    if not _is_severe(event):
        return None
    here, back = (past.before(p, event.first, _is_severe) for p in (pair, pair[::-1]))
    last = max((d for d in (here, back) if d), default=None)
    months = past.silent(last, event.first)
    if months < CALM_MONTHS:
        return None
    kind = "expulsion" if event.mode == "expel" else "rupture"
    why = f"{_what(event)}: no {SEVERE_WORDS} between the two {_since(past, last, months)}"
    return _alert(kind, "calm", pair, event, why, _chance_after(months))


def _visit(past: Past, pair: Pair, event: DyadEvent) -> Alert | None:
    if not _is_visit(event):
        return None
    last = past.before(pair, event.first, _is_visit)
    months = past.silent(last, event.first)
    if months < VISIT_MONTHS:
        return None
    why = f"{_what(event)}: no visit from {pair[0]} to {pair[1]} {_since(past, last, months)}"
    return _alert("visit", "visit", pair, event, why, _chance_after(months))


def _return(past: Past, pair: Pair, event: DyadEvent) -> Alert | None:
    last = past.before(pair, event.first, _any)
    if last is None:
        return None
    months, earlier = past.silent(last, event.first), past.silent(None, last)
    if months < RETURN_MONTHS or earlier < RETURN_MONTHS:
        return None
    number = past.count(pair, event.first)
    # the chance of so long a silence under the rate before it, that rate being known only as well as its count tells
    if (earlier / (earlier + months)) ** (number + 0.5) > RETURN_CHANCE:
        return None
    why = (
        f"{_what(event)}: the first event of any kind from {pair[0]} to {pair[1]} {_since(past, last, months)}; "
        f"before that silence there were {number} in {long(earlier)}"
    )
    return _alert("return", "return", pair, event, why, _chance_after(months))


def _contact(past: Past, pair: Pair, event: DyadEvent) -> Alert | None:
    months = past.silent(None, event.first)
    if months < FIRST_MONTHS or any(past.before(p, event.first, _any) for p in (pair, pair[::-1])):
        return None
    why = f"{_what(event)}: the first event of any kind between the two {_since(past, None, months)}"
    return _alert("first", "first.contact", pair, event, why, _chance_after(months))


def _first(past: Past, pair: Pair, event: DyadEvent) -> Alert | None:
    months = past.silent(None, event.first)
    if months < FIRST_MONTHS:
        return None
    number = past.count(pair, event.first)
    if number < FIRST_PAST or past.before(pair, event.first, lambda one: one.type == event.type):
        return None
    why = (
        f"{_what(event)}: the first {event.type} from {pair[0]} to {pair[1]} {_since(past, None, months)}, "
        f"after {number} events of other types"
    )
    return _alert("first", "first.type", pair, event, why, _chance_after(months))


def _chance_after(months: int) -> float:
    """The chance of an event in the month after so many silent ones, where nothing else is known of its rate.

    From Jeffreys' prior of a Poisson rate: 1 - (m / (m + 1)) ** 0.5, near 1 / 2m.
    """
    return float(1 - (months / (months + 1)) ** 0.5)


def _what(event: DyadEvent) -> str:
    name = f"{event.type}/{event.mode}" if event.mode else event.type
    return f"{name} on {event.first.isoformat()}"


def _since(past: Past, last: date | None, months: int) -> str:
    """How long it was calm, and what that rests on."""
    if last is not None:
        return f"since {last.isoformat()} (of which the record covers {long(months)})"
    return f"in all the record covers ({long(months)}, from {past.months[0]:%B %Y} on)"


def _any(one: Cell | DyadEvent) -> bool:
    return True


def _is_visit(one: Cell | DyadEvent) -> bool:
    return (one.type, one.mode) == ("CONSULT", "visit")


def _is_severe(one: Cell | DyadEvent) -> bool:
    return one.type == "ASSAULT" or (one.type, one.mode) in SEVERE


def _alert(kind: str, rule: str, pair: Pair, event: DyadEvent, why: str, chance: float) -> Alert:
    return Alert(
        kind=kind,
        source=pair[0],
        target=pair[1],
        day=event.first,
        why=why,
        strength=strength(chance),
        events=(event.id,),
        rule=rule,
    )
