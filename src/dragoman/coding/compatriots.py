"""Parties without a country that are of the country of the other side, or of the ground."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.actors import Party
from dragoman.coding.drafts import Draft
from dragoman.model import Actor, Reason
from dragoman.world import NON_STATES

DOMESTIC = frozenset(
    {"PROTEST", "COERCE", "ACCUSE", "SANCTION", "REQUEST", "REJECT", "ASSAULT"}
)  # acts whose two sides are often of one country
OF_ENVOYS = frozenset({"expel-diplomats", "summon-ambassador", "recall-ambassador", "protest-officially"})
LOCAL = frozenset({"LEG", "JUD", "COP", "PTY", "LAB"})  # who also by name ("le sénateur X") is hardly ever a guest
OFFICIAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "SPY"})


def compatriots(draft: Draft, strangers: frozenset[str]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The sides, where a body or office without a country is of the country of the only other side.

    "Des milliers de Polonais ont protesté contre le gouvernement": the Polish one. Nobody called by a word of
    `strangers` ("troupes étrangères") is at home.
    """
    left, right = draft.actors, draft.recipients
    foreign = draft.type == "ACCUSE" and any(p.actor.sectors[:1] == ("GOV",) for p in left)
    if draft.type not in DOMESTIC or foreign or draft.trigger.unit.concept.id in OF_ENVOYS:
        return left, right

    def settled(parties: tuple[Party, ...], country: str, *, anybody: bool = False) -> tuple[Party, ...]:
        guests = [not strangers.isdisjoint(p.actor.text.lower().split()) for p in parties]
        return tuple(
            p if guest else at_home(p, country, anybody=anybody) for p, guest in zip(parties, guests, strict=True)
        )

    one = {p.actor.country for p in left if p.actor.country}
    two = {p.actor.country for p in right if p.actor.country}
    ground = struck_ground(draft)
    land = ground.actor.country if ground is not None else None
    if draft.type == "PROTEST" and not one and land is not None:
        left, one = settled(left, land, anybody=True), {land}  # a crowd is at home where it marches
    struck = draft.type == "ASSAULT" and one and not two and (right or land not in one)
    if struck and ground is not None and land is not None:
        return left, settled(right, land, anybody=True) or (ground,)
    if not one and not two and land is not None:
        return settled(left, land), settled(right, land)
    if len(one) == 1 and not two:
        return left, settled(right, *one)
    if len(two) == 1 and not one and draft.type != "ASSAULT":
        return settled(left, *two), right
    return left, right


def struck_ground(draft: Draft) -> Party | None:
    """The country on whose ground a blow fell, as the party that suffered it: "l'offensive turque en Syrie"."""
    place = draft.place
    if place is None or not place.stated or place.span is None or not place.country or place.country.startswith("R-"):
        return None
    actor = Actor(text=place.text or "", span=place.span, name=place.name, country=place.country)
    reason = Reason(field="actor", rule="document/struck-ground", span=place.span)
    return Party(actor=actor, head=-1, kind="place", reasons=(reason,), certainty=0.5)


def at_home(party: Party, country: str, *, anybody: bool = False) -> Party:
    """An official party (or anybody) without a country, in the given one."""
    ours = party.political and OFFICIAL.intersection(party.actor.sectors)  # "coalition troops" are anybody's
    local = party.kind == "person" and LOCAL.intersection(party.actor.sectors)
    official = local or (party.kind in {"role", "office"} and (anybody or ours))
    if party.actor.country is not None or not official or country in NON_STATES or country.startswith("R-"):
        return party
    reason = Reason(field="actor", rule="document/compatriot", span=party.actor.span)
    actor = replace(party.actor, country=country)
    return replace(party, actor=actor, certainty=min(party.certainty, 0.6), reasons=(*party.reasons, reason))
