"""A claim about history held against the record: "the first visit in nearly fifteen years". docs/claims.md tells how.

A claim is *contradicted* by one act that counts and surely lies where the claim says that none does. It is *supported*
where the older act that it leans on is known and nothing stands against it. All else is *cannot tell*, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.model import Claim, ClaimCheck, Covered, Event, Visit
from dragoman.relations.ages import Days
from dragoman.relations.case import Case, case_of
from dragoman.relations.scope import Act, scoped
from dragoman.relations.sight import unseen
from dragoman.relations.verdicts import UNKNOWN, Finding, judge
from dragoman.relations.words import country_name, listed


def check(
    claim: Claim,
    *,
    told: date | None,
    quote: str,
    about: Event | None,
    visits: Sequence[Visit],
    events: Sequence[Event],
    coverage: Sequence[Covered],
) -> ClaimCheck:
    """The verdict on a claim that was `told` on a day in the words `quote`, with what it rests on.

    `about` is the record's event of which the claim speaks, where it is known. The order of visits and events is of no
    account.
    """
    read = scoped(claim, about)
    finding, case = _judged(read, told, about, tuple(visits), tuple(events), tuple(coverage))
    since = finding.since or date.min
    until = case.now.last if case else told or date.max
    blind = list(unseen(read, Days(min(since, until), until), tuple(coverage)))
    return ClaimCheck(
        claim=claim,
        verdict=finding.verdict,
        why=finding.why,
        for_it=tuple(act.thing for act in finding.for_it),
        against_it=tuple(act.thing for act in finding.against_it),
        coverage=tuple(coverage),
        unseen=(*blind, *(_uncounted(case, since) if case else ())),
    )


def _judged(
    claim: Claim, told: date | None, about: Event | None, visits: tuple[Visit, ...],
    events: tuple[Event, ...], coverage: tuple[Covered, ...],
) -> tuple[Finding, Case | None]:  # fmt: skip
    problem = _unreadable(claim, told, about)
    if problem is not None:
        return Finding(verdict=UNKNOWN, why=problem), None
    if not visits and not events and not coverage:
        return Finding(verdict=UNKNOWN, why="the record is empty"), None
    case = case_of(claim, told, about, visits, events, coverage)
    return judge(case), case


def _unreadable(claim: Claim, told: date | None, about: Event | None) -> str | None:
    """Why a claim cannot be checked at all, in words."""
    if claim.from_country is None or claim.to_country is None:
        side = "whose acts it counts" if claim.from_country is None else "towards which country"
        return f"the claim's scope is not known: the text was not read to say {side}"
    if claim.from_country == claim.to_country:
        return f"the claim is on affairs within {country_name(claim.to_country)}, not between two countries"
    if told is None and (about is None or about.when is None):
        return "the day of the claim is not known: give the article's date"
    if claim.kind == "unprecedented":
        return "what has no precedent is a matter of scale or manner, which the record does not compare"
    return None


def _uncounted(case: Case, since: date) -> Iterable[str]:
    """The acts that the verdict had to leave out, by why."""
    groups: dict[str, list[Act]] = {}
    for act, why in case.unsure:
        if act.days is None or (act.days.last > since and act.days.first <= case.now.last):
            groups.setdefault(why, []).append(act)
    for why in sorted(groups):
        yield f"not counted, {why}: {listed(groups[why])}"
