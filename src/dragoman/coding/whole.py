"""What only the whole document tells of its reports: a visit's day holds for the talks in it; ties are no events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.model import Reason, Relation, Report

WITHIN_VISIT = frozenset({"CONSULT", "SUPPORT", "COOPERATE"})
STANDING = frozenset({"COOPERATE", "SUPPORT", "AID", "SANCTION", "AGREE"})  # types that a standing tie may look like


def settled(reports: Sequence[Report], relations: Sequence[Relation]) -> tuple[Report, ...]:
    """The reports without those that only name a standing tie, each dated by the visit it belongs to."""
    kept = [r for r in reports if not names_tie(r, relations)]
    visits = [r for r in kept if r.mode == "visit" and r.status is None and r.when and r.when.precision == "day"]
    return tuple(during(r, visits) for r in kept)


def names_tie(report: Report, relations: Sequence[Relation]) -> bool:
    """Whether a report's words are those of a standing tie between the same countries."""
    if report.type not in STANDING:
        return False
    known = parties(report)
    return any(
        relation.evidence.overlaps(report.trigger) and known <= {relation.a.country, relation.b.country}
        for relation in relations
    )


def during(report: Report, visits: Sequence[Report]) -> Report:
    """The report with the day (and ground) of the visit between the same countries, when it tells none itself."""
    if report.when is not None or report.status is not None or report.type not in WITHIN_VISIT:
        return report
    known = parties(report)
    of_visit = next((v for v in visits if v is not report and len(known) > 1 and parties(v) == known), None)
    if of_visit is None:
        return report
    reasons = [Reason(field="when", rule="document/during-the-visit", span=of_visit.trigger)]
    place = report.place
    if report.type == "CONSULT" and place is None and of_visit.place is not None:
        place = replace(of_visit.place, stated=False)
        reasons.append(Reason(field="place", rule="document/during-the-visit", span=of_visit.trigger))
    assert of_visit.when is not None
    when = replace(of_visit.when, basis="relative")
    return replace(report, when=when, place=place, because=(*report.because, *reasons))


def parties(report: Report) -> set[str | None]:
    """The countries of a report, both sides."""
    return {a.country for a in (*report.actors, *report.recipients)} - {None}
