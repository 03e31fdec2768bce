"""The event that several reports of one happening make: what they agree on, what they do not, how sure it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.model import Actor, Difference, Event, Party, Place, Reason, Report, When
from dragoman.record.alike import COPY, likeness, signs
from dragoman.record.sides import country_names
from dragoman.record.traits import Traits
from dragoman.world.names import fold

SUREST = 0.99  # no number of reports makes a happening certain
SAME_OUTLET = 0.5  # what a second text of one outlet adds, against one of another outlet
_NEVER = "9999"


def unite(members: Sequence[Traits], doubts: bool = False) -> Event:
    """One event of reports that tell of one happening. `doubts`: its report would fit several others as well."""
    if len(members) == 1:
        return _alone(members[0], doubts)
    best = max(members, key=_telling)
    reports = [_turned(one, best) for one in members]
    chosen = _voted(members)
    together = 2 * sum(r.confidence for r in reports if r.reciprocal) > sum(r.confidence for r in reports)
    if chosen.mode == "visit" and not chosen.reciprocal:
        together = False  # however many tell of the talks, somebody came to somebody
    if not together:
        reports = _directed(reports)
    actors, recipients = _parties([r.actors for r in reports]), _parties([r.recipients for r in reports])
    return Event(
        id=event_id(members),
        type=chosen.type,
        concept=chosen.concept,
        mode=chosen.mode,
        contexts=tuple(dict.fromkeys(c for r in _by_weight(members) for c in r.contexts)),
        status=chosen.status,
        actors=actors,
        recipients=recipients,
        reciprocal=together,
        hedged=all(r.hedged for r in reports),
        place=_place(members),
        when=_when(members),
        planned=chosen.planned,
        cameo=chosen.cameo,
        goldstein=chosen.goldstein,
        plover_score=chosen.plover_score,
        confidence=_confidence(members),
        reports=tuple(sorted(one.id for one in members)),
        documents=len({one.doc for one in members}),
        outlets=_outlets(members),
        lineages=len({one.lineage for one in members}),
        reported_first=min((o.told.published for o in members if o.told.published), default=None),
        reported_last=max((o.told.published for o in members if o.told.published), default=None),
        said_by=_said_by(members),
        coder=best.coder,
        evidence=best.told.evidence,
        differences=_differences(members, reports),
        because=_because(members),
    )


def event_id(members: Iterable[Traits]) -> str:
    """A hash of the founding report's id: the earliest published one, then the smallest id."""
    founder = min((one.told.published.isoformat() if one.told.published else _NEVER, one.id) for one in members)
    return hashlib.blake2b(founder[1].encode(), digest_size=8).hexdigest()


def _alone(one: Traits, doubts: bool) -> Event:
    report, told = one.told.report, one.told
    return Event(
        id=event_id((one,)),
        type=report.type,
        concept=report.concept,
        mode=report.mode,
        contexts=report.contexts,
        status=report.status,
        actors=_parties([report.actors]),
        recipients=_parties([report.recipients]),
        reciprocal=report.reciprocal,
        hedged=report.hedged,
        place=_placed(report.place),
        when=_when((one,)),
        planned=report.planned,
        cameo=report.cameo,
        goldstein=report.goldstein,
        plover_score=report.plover_score,
        confidence=min(report.confidence, SUREST),
        reports=(report.id,),
        reported_first=told.published,
        reported_last=told.published,
        said_by=_said_by((one,)),
        coder=told.coder,
        evidence=told.evidence,
        because=(Reason(field="reports", rule="merge/fits-several"),) if doubts else (),
    )


# --- what was done ------------------------------------------------------------------------------------------------


def _telling(one: Traits) -> tuple[float, int, str]:
    """Which report tells it best: the surest, then the one that names most, then the smallest id."""
    report = one.told.report
    named = sum(1 for a in (*report.actors, *report.recipients) if a.country or a.name)
    return report.confidence, named, one.id


def _by_weight(members: Sequence[Traits]) -> list[Report]:
    return [one.told.report for one in sorted(members, key=_telling, reverse=True)]


def _voted(members: Sequence[Traits]) -> Report:
    """The report whose kind wins the vote; copies of one text have one voice, that of their surest report."""
    votes: dict[tuple[str, str | None, str, str | None], dict[str, float]] = {}
    for one in members:
        r = one.told.report
        voice = votes.setdefault((r.type, r.mode, r.concept, r.planned), {})
        voice[one.lineage] = max(r.confidence, voice.get(one.lineage, 0.0))
    won = max(votes, key=lambda kind: (round(sum(votes[kind].values()), 6), kind[1] is not None, str(kind)))
    return next(r for r in _by_weight(members) if (r.type, r.mode, r.concept, r.planned) == won)


# --- who ----------------------------------------------------------------------------------------------------------


def _turned(one: Traits, best: Traits) -> Report:
    """The report with its sides as the best report has them."""
    report = one.told.report
    if not one.sides.flips or one is best:
        return report
    a, r, best_a, best_r = (s.countries for s in (one.actors, one.recipients, best.actors, best.recipients))
    if len(a & best_r) + len(r & best_a) > len(a & best_a) + len(r & best_r):
        return replace(report, actors=report.recipients, recipients=report.actors)
    return report


def _directed(reports: Sequence[Report]) -> list[Report]:
    """The reports with one direction: whom the others have on the other side does not act in "A and B talked" either.

    A visit is also told as talks of visitor and host; the host remains the one who receives.
    """
    one_way = [r for r in reports if not r.reciprocal]
    acting = {a.country for r in one_way for a in r.actors if a.country}
    receiving = {a.country for r in one_way for a in r.recipients if a.country} - acting
    turned: list[Report] = []
    for report in reports:
        if report.reciprocal and receiving:
            sides = (*report.actors, *report.recipients)
            here = tuple(a for a in sides if a.country in acting or (not a.country and not acting))
            report = replace(report, actors=here, recipients=tuple(a for a in sides if a not in here))
        turned.append(report)
    return turned


def _parties(sides: Sequence[tuple[Actor, ...]]) -> tuple[Party, ...]:
    """Everybody on a side, most often named first; what is less specific is not repeated beside what is more so."""
    if len(sides) == 1:
        return tuple(_party(actor, 1) for actor in sides[0])
    groups: dict[str, list[Actor]] = {}
    for side in sides:
        for key, actor in {_identity(a): a for a in side}.items():
            groups.setdefault(key, []).append(actor)
    _by_surname(groups)
    found = [_party_of(group) for group in groups.values()]
    kept = [p for p in found if not any(_says_more(other, p) for other in found if other is not p)]
    return tuple(sorted(kept, key=lambda p: (-p.reports, p.country or "~", p.name or "~", p.text)))


def _by_surname(groups: dict[str, list[Actor]]) -> None:
    """Who is named by the last name alone is the one of that name, where only one is named in full."""
    named = [key for key in groups if key.startswith("=")]
    for key in sorted(named):
        if " " in key:
            continue
        countries = {a.country for a in groups[key] if a.country}
        full = [
            k for k in named
            if k in groups and " " in k and k.rsplit(" ", 1)[-1] == key[1:]
            and not countries - {a.country for a in groups[k]}
        ]  # fmt: skip
        if len(full) == 1:
            groups[full[0]] += groups.pop(key)


def _identity(actor: Actor) -> str:
    if actor.name:
        return "=" + fold(actor.name)
    if actor.country or actor.office:
        return f"{actor.country}:{actor.office}:{actor.sectors[0] if actor.sectors else ''}"
    return "~" + fold(actor.text)


def _party(actor: Actor, reports: int) -> Party:
    return Party(
        text=actor.text,
        name=actor.name,
        country=actor.country,
        sectors=actor.sectors,
        office=actor.office,
        id=actor.id,
        reports=reports,
    )


def _party_of(group: list[Actor]) -> Party:
    def best(values: Iterable[str | None]) -> str | None:
        counts: dict[str, int] = {}
        for value in values:
            if value:
                counts[value] = counts.get(value, 0) + 1
        return min(counts, key=lambda v: (-counts[v], v)) if counts else None

    sectors: dict[tuple[str, ...], int] = {}
    for actor in group:
        sectors[actor.sectors] = sectors.get(actor.sectors, 0) + 1
    return Party(
        text=best(a.text for a in group) or "",
        name=max((a.name for a in group if a.name), key=lambda name: (name.count(" "), name), default=None),
        country=best(a.country for a in group),
        sectors=min(sectors, key=lambda s: (not s, -sectors[s], s)),
        office=best(a.office for a in group),
        id=best(a.id for a in group),
        reports=len(group),
    )


def _says_more(other: Party, party: Party) -> bool:
    """Whether a party is told more exactly by another: a person against their country, a name against a pronoun."""
    if not party.country and not party.name:
        return bool(other.country or other.name) and not party.sectors
    if other.country != party.country or (party.name and not _names_country(party)):
        return False
    if party.sectors and other.sectors and party.sectors[0] != other.sectors[0]:
        return False
    if party.office:
        return other.office == party.office and bool(other.name)
    return bool(other.office or (other.name and not _names_country(other)))


def _names_country(party: Party) -> bool:
    return fold(party.name or "") in country_names()


def _said_by(members: Sequence[Traits]) -> tuple[str, ...]:
    voices = (one.told.report.said_by for one in members)
    return tuple(sorted({voice.name or voice.text for voice in voices if voice is not None}))


# --- where and when -----------------------------------------------------------------------------------------------


def _placed(place: Place | None) -> Place | None:
    return replace(place, span=None) if place is not None else None


def _place(members: Sequence[Traits]) -> Place | None:
    """The most exact place that is told most often."""
    counts: dict[tuple[bool, bool, str], list[Traits]] = {}
    for one in members:
        if one.told.report.place is not None:
            counts.setdefault((one.town is None, one.land is None, one.town or one.land or ""), []).append(one)
    if not counts:
        return None
    best = min(counts, key=lambda key: (key[0], key[1], -len(counts[key]), key[2]))
    return _placed(max(counts[best], key=_telling).told.report.place)


def _when(members: Sequence[Traits]) -> When | None:
    """The most precise day that is told most often; where none is told, the day of the earliest news of it."""
    told = [one for one in members if one.told.report.when is not None]
    if told:
        counts: dict[tuple[int, int, int], list[Traits]] = {}
        for one in told:
            counts.setdefault((one.last - one.first, one.first, one.last), []).append(one)
        shortest = min(length for length, _, _ in counts)
        best = min((key for key in counts if key[0] == shortest), key=lambda key: (-len(counts[key]), key))
        when = max(counts[best], key=_telling).told.report.when
        return replace(when, span=None) if when is not None else None
    days = [one.told.published for one in members if one.told.published]
    if not days or members[0].state not in {"actual"}:
        return None
    return When(first=min(days), last=min(days), precision="day", basis="published")


# --- how sure -----------------------------------------------------------------------------------------------------


def _confidence(members: Sequence[Traits]) -> float:
    """1 − Π (1 − c·w) over the lineages: c the surest report of each, w = 1 for the first text of an outlet, ½ for its
    others; at most SUREST. Copies and further sentences of one text add nothing."""
    texts: dict[str, tuple[float, str]] = {}
    for one in members:
        c, outlet = one.told.report.confidence, one.told.outlet or one.doc
        texts[one.lineage] = max((c, outlet), texts.get(one.lineage, (0.0, "")))
    doubt = 1.0
    heard: set[str] = set()
    for c, outlet in sorted(texts.values(), reverse=True):
        doubt *= 1 - c * (SAME_OUTLET if outlet in heard else 1.0)
        heard.add(outlet)
    return round(min(1 - doubt, SUREST), 4)


def _outlets(members: Sequence[Traits]) -> int:
    return len({one.told.outlet or one.doc for one in members})


# --- what they do not agree on ------------------------------------------------------------------------------------


def _differences(members: Sequence[Traits], reports: Sequence[Report]) -> tuple[Difference, ...]:
    days = {one.id: _day_words(one.told.report.when) for one in members if one.sure == 2}
    towns = {one.id: p.name for one in members if one.town and (p := one.told.report.place)}
    found = [("when", days), ("place", towns)]
    for field in ("actors", "recipients"):
        found.append((field, {r.id: _people(getattr(r, field)) for r in reports}))
    return tuple(d for field, values in found if (d := _difference(field, values)) is not None)


def _day_words(when: When | None) -> str | None:
    if when is None:
        return None
    return when.first.isoformat() if when.first == when.last else f"{when.first.isoformat()}/{when.last.isoformat()}"


def _people(actors: tuple[Actor, ...]) -> str | None:
    """The people whom a report names on a side, where it names any."""
    names = sorted({a.name for a in actors if a.name and (a.office or a.id)})
    return "; ".join(names) or None


def _difference(field: str, values: dict[str, str | None]) -> Difference | None:
    by_value: dict[str, list[str]] = {}
    for report, value in values.items():
        if value is not None:
            by_value.setdefault(value, []).append(report)
    if len(by_value) < 2:
        return None
    ordered = sorted(by_value.items(), key=lambda item: (-len(item[1]), item[0]))
    return Difference(field=field, values=tuple((value, tuple(sorted(ids))) for value, ids in ordered))


# --- why ----------------------------------------------------------------------------------------------------------


def _because(members: Sequence[Traits]) -> tuple[Reason, ...]:
    """The signs by which each report is most like one before it (in the order of ids)."""
    found: set[str] = set()
    for k in range(1, len(members)):
        points, _, nearest = max((likeness(members[i], members[k]), -i, i) for i in range(max(0, k - 20), k))
        found |= {"copy"} if points == COPY else signs(members[nearest], members[k])
    return tuple(Reason(field="reports", rule=f"merge/{sign}") for sign in sorted(found))
