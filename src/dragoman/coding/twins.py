"""One report an act."""

from __future__ import annotations

from dragoman.coding.compatriots import compatriots
from dragoman.coding.drafts import NEAR_TWIN, Draft, Scene
from dragoman.coding.parties import RELATIONAL


def without_twins(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """One report an act: of two triggers of one act ("se rend en visite à") the better filled stays."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-weight(d), d.trigger.token)):
        same = next((other for other in kept if twins(scene, draft, other)), None)
        if same is None:
            kept.append(draft)
        elif draft.type == same.type == "ASSAULT":
            complete(scene, same, draft)
    return sorted(kept, key=lambda d: d.trigger.token)


def complete(scene: Scene, kept: Draft, other: Draft) -> None:
    """Give a report what only its twin tells: by what means, where, by whom and to whom."""
    kept.mode, kept.place = kept.mode or other.mode, kept.place or other.place
    kept.actors = kept.actors or other.actors
    if not any(p.actor.country for p in kept.recipients) and any(p.actor.country for p in other.recipients):
        kept.recipients = other.recipients
    kept.actors, kept.recipients = compatriots(kept, scene.cast.agents.small.foreign)


def weight(draft: Draft) -> int:
    """How much of a report is known."""
    return 2 * bool(draft.actors) + 2 * bool(draft.recipients) + bool(draft.mode) + (draft.trigger.unit.pos == "V")


def twins(scene: Scene, a: Draft, b: Draft) -> bool:
    """Whether two drafts tell one act."""
    if {a.type, b.type} == RELATIONAL and signs(scene, a, b):
        return True
    if a.type != b.type or (a.mode and b.mode and a.mode != b.mode):
        return False
    if ordered(scene, a, b) or ordered(scene, b, a) or outcome(scene, a, b) or outcome(scene, b, a):
        return True
    joint = a.reciprocal or b.reciprocal
    one, two = countries(a, joint=joint), countries(b, joint=joint)
    if not (one <= two or two <= one):
        return False
    if a.type == "CONSULT" and (a.mode == "visit") != (b.mode == "visit"):
        return False  # a visit, and the talks in it
    bare = next((d for d in (a, b) if d.trigger.unit.pos == "N" and not d.recipients and d.actors), None)
    if bare is not None and {p.actor.country for p in a.actors} == {p.actor.country for p in b.actors}:
        return True
    i, k = a.trigger.token, b.trigger.token
    related = abs(i - k) <= NEAR_TWIN or i in scene.tree.ancestors(k) or k in scene.tree.ancestors(i)
    coordinated = i in scene.tree.conjuncts(k) or k in scene.tree.conjuncts(i)
    return related and not (coordinated and one == two and a.trigger.unit.concept is not b.trigger.unit.concept)


def ordered(scene: Scene, a: Draft, b: Draft) -> bool:
    """Whether one act is the infinitive of another of its type: "ordered to suspend publication" is one measure."""
    k = b.trigger.token
    return a.type == "COERCE" and scene.tree.is_rel(k, "xcomp") and scene.tree.tokens[k].head == a.trigger.token


def outcome(scene: Scene, blow: Draft, harm: Draft) -> bool:
    """Whether two blows are one: "launched a raid, killing ten", "were killed when gunmen fired on a convoy"."""
    tree, k = scene.tree, harm.trigger.token
    if blow.type != "ASSAULT" or not tree.is_rel(k, "advcl"):
        return False
    if tree.tokens[k].head not in (blow.trigger.token, blow.trigger.predicate):
        return False
    told = {p.actor.country for p in blow.actors}, {p.actor.country for p in harm.actors}
    if not scene.matcher.finite(k):
        return not tree.kids(k, "mark") and (not told[1] or told[0] == told[1])
    return not blow.actors and scene.matcher.passive(blow.trigger.token)


def signs(scene: Scene, a: Draft, b: Draft) -> bool:
    """Whether one draft's noun is the object of the other's verb: "signed an agreement to …" is one act."""
    verb, noun = (a, b) if a.trigger.unit.pos == "V" else (b, a)
    return noun.trigger.unit.pos == "N" and noun.trigger.token in scene.matcher.objects(verb.trigger.token)


def countries(draft: Draft, *, joint: bool) -> set[tuple[str, str | None]]:
    """The sides and countries of a draft; `joint` throws the sides together."""
    sides = [("a", p) for p in draft.actors] + [("a" if joint else "r", p) for p in draft.recipients]
    return {(side, p.actor.country) for side, p in sides}
