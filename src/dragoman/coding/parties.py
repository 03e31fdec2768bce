"""Who stands in the slots of a trigger: a draft with its actors and recipients."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.coding.actors import Party
from dragoman.coding.drafts import DEEDS, VERBAL, Draft, Scene, political, speaker_of, trigger_span
from dragoman.coding.match import Trigger
from dragoman.model import Reason
from dragoman.pack.lexicon import Slot
from dragoman.pack.places import load_places

LINKS = frozenset({"CCONJ", "PUNCT", "DET", "ADJ", "ADP", "NOUN", "PROPN"})  # what may stand between joined parties
IMPERSONAL = frozenset(
    {"ASSAULT", "MOBILIZE", "COERCE", "ACCUSE", "REQUEST"}
)  # acts whose subject may be a thing: "un missile russe a frappé"
OWN_FORCES = frozenset({"RETREAT", "CONCEDE", "MOBILIZE", "AGREE"})
RELATIONAL = frozenset({"SUPPORT", "AGREE"})


def draft_of(scene: Scene, trigger: Trigger) -> Draft | None:
    """A trigger with its parties and content; None when a party that its frame needs is missing."""
    unit, frame = trigger.unit, trigger.unit.frame
    if trigger.effect == "end" and unit.pos == "N":
        return None
    assert unit.concept.type is not None
    draft = Draft(trigger=trigger, type=unit.concept.type, mode=unit.concept.mode, reciprocal=frame.reciprocal)
    draft.reasons.append(Reason(field="type", rule=unit.id, span=trigger_span(scene, trigger)))
    actor_slots = frame.actor
    predicative = bool(scene.tree.kids(trigger.token, "cop") and scene.tree.case(trigger.token))  # "is in touch with"
    supported = trigger.support is not None and trigger.effect != "undergo" and frame.id != "n.host"
    if unit.pos != "V" and (supported or predicative):
        first = frame.actor[:1]
        between = tuple(s for s in first if s.cases)
        actor_slots = (*between, Slot("by"), Slot("subj"), *frame.actor)
    used: set[int] = set()
    draft.actors, actor_slot = fill(scene, trigger, actor_slots, used)
    used |= {p.head for p in draft.actors}
    draft.recipients, recipient_slot = fill(scene, trigger, frame.recipient, used)
    for name, slot in (("actors", actor_slot), ("recipients", recipient_slot)):
        if slot:
            draft.reasons.append(Reason(field=name, rule=f"{scene.pack.lang}/frame/{frame.id}/{slot}", span=None))
    if trigger.effect == "undergo" and trigger.support is not None:
        sufferers = [p for k in scene.matcher.surface_subjects(trigger.support) for p in scene.parties(k)]
        if sufferers:
            draft.recipients = tuple(sufferers)
    if draft.type == "ASSAULT" and unit.pos == "N" and not draft.recipients:
        draft.recipients = struck_by(scene, trigger)
    aside = unit.pos == "N" or scene.tree.tokens[trigger.token].rel == "acl"
    if not draft.actors and draft.recipients and draft.type == "CONSULT" and aside:
        draft.actors = by_circumstance(scene, trigger, draft.recipients)
    if not draft.recipients and draft.type in RELATIONAL and draft.actors:
        draft.recipients = other_side(scene, draft)
    draft.recipients = tuple(sent_to(scene, draft, p) for p in draft.recipients)
    if draft.type in OWN_FORCES:
        draft.recipients = without_own_forces(draft)
    if frame.reciprocal:  # "ont relancé leur coopération … à Luanda": the ground is no third side
        sides = {p.actor.country for p in draft.actors}
        draft.recipients = tuple(p for p in draft.recipients if p.kind != "place" or p.actor.country not in sides)
    if frame.reciprocal and not draft.actors:
        draft.actors, draft.recipients = draft.recipients, ()
    draft.content = tuple(k for s in frame.content for k in scene.matcher.fillers(trigger, s))
    if any(not getattr(draft, f"{need}s") for need in frame.needs):
        return None
    return draft


def fill(scene: Scene, trigger: Trigger, slots: Iterable[Slot], used: set[int]) -> tuple[tuple[Party, ...], str | None]:
    """The parties of the first slot that has any, and the slot's name."""
    lexicon = scene.pack.lexicon
    for place in slots:
        if place.part == "voice":
            voice = scene.voices.of(scene.number, trigger.token) if scene.voices else None
            if voice and voice[0].country:
                return (speaker_of(voice[0]),), "voice"
            continue
        for head in scene.matcher.fillers(trigger, place):
            if (head == trigger.token and place.part != "self") or head in used:
                continue
            if scene.tree.feat(head, "Poss") == "Yes" and scene.tree.tokens[head].upos in {"DET", "PRON"}:
                found = scene.cast.possessor(scene.number, head)
            elif place.part == "adj":
                found = scene.parties(head) or tuple(
                    p for p in scene.cast.inside(scene.number, trigger.token) if p.head == head
                )
            else:
                means = place.part == "subj" and trigger.support is None and trigger.unit.concept.type in IMPERSONAL
                found = scene.parties(head, inside=place.inside or means)
            if place.part == "subj" and (one_of := said_of(scene, head)):
                found = one_of
            if place.part != "self":
                found = tuple(p for p in found if p.head not in used and p.head != trigger.token)
            found = tuple(p for p in found if not is_channel(scene, head, p))
            if not trigger.unit.frame.place and trigger.unit.concept.type in VERBAL:
                found = tuple(p for p in found if p.kind != "place" or addressed(scene, trigger, p))
            if found and scene.tree.case(head) in lexicon.joining and scene.tree.case(head) in place.cases:
                found = joined(scene, found)
            elif found and place.part in {"subj", "obj"}:
                found = listed(scene, found)
            if found:
                return found, place.part + (":" + "|".join(sorted(place.cases)) if place.cases else "")
    return (), None


def is_channel(scene: Scene, head: int, party: Party) -> bool:
    """Whether a party tells by what channel something was said: "a ironisé sur Twitter" does nothing to Twitter."""
    if scene.tree.case(head) not in load_places(scene.pack.folder).locative:
        return False
    return (party.actor.name or party.actor.text).lower() in scene.pack.speech.channel_names


def by_circumstance(scene: Scene, trigger: Trigger, others: tuple[Party, ...]) -> tuple[Party, ...]:
    """Who visits or meets where the talk is a circumstance: "lors d'une visite à Pékin, Macron a appelé…"."""
    top, verb = trigger.token, trigger.predicate
    if verb == top:
        verb = next((k for k in scene.tree.ancestors(top) if scene.tree.tokens[k].upos == "VERB"), top)
    while scene.tree.tokens[top].head != top and scene.tree.tokens[top].head != verb:
        top = scene.tree.tokens[top].head
    if not scene.tree.is_rel(top, "obl", "advmod", "advcl", "nmod", "obj"):
        return ()
    known = {p.actor.country for p in others}
    found = [p for k in scene.matcher.subjects(verb) for p in scene.parties(k)]
    return tuple(p for p in found if political(p) and p.actor.country not in known)


def struck_by(scene: Scene, trigger: Trigger) -> tuple[Party, ...]:
    """Who a passive verb says was struck by the blow: "X a été frappé par une attaque"."""
    tree, token = scene.tree, scene.tree.tokens[trigger.token]
    agent = token.rel == "obl:agent" or tree.case(trigger.token) in scene.pack.lexicon.agent
    if not agent or not scene.matcher.passive(token.head):
        return ()
    found = [p for k in scene.matcher.surface_subjects(token.head) for p in scene.parties(k)]
    return tuple(p for p in found if p.actor.country)


def other_side(scene: Scene, draft: Draft) -> tuple[Party, ...]:
    """The counterpart of unnamed "relations": "soutient le renforcement des liens" means those of the two countries."""
    own = {p.actor.country for p in draft.actors}
    heads = scene.matcher.objects(draft.trigger.token) + list(draft.trigger.words) + [draft.trigger.token]
    for head in heads:
        for k in scene.tree.subtree(head):
            named = scene.cast.inside(scene.number, k) or scene.parties(k)
            if not scene.pack.lexicon.relational.isdisjoint(scene.matcher.lemmas(k)) and not named:
                both = scene.cast.joint(scene.number, k)
                others = tuple(p for p in both if p.actor.country not in own)
                return others if len(both) > len(others) else ()
    return ()


def sent_to(scene: Scene, draft: Draft, party: Party) -> Party:
    """A recalled envoy of the actor's own stands for the country that he was sent to."""
    own = {p.actor.country for p in draft.actors}
    if party.posted is None or party.actor.country not in own:
        return party
    country = scene.pack.world.country(party.posted)
    actor = replace(party.actor, country=party.posted, name=country.name if country else None, sectors=("GOV",))
    reason = Reason(field="actor", rule=f"{scene.pack.lang}/actor/posted", span=party.actor.span)
    return replace(party, actor=actor, kind="country", reasons=(*party.reasons, reason))


def said_of(scene: Scene, head: int) -> tuple[Party, ...]:
    """Whom "X was one of eight states that voted" is about: the subject of the copula, not the class."""
    tree, above = scene.tree, scene.matcher.antecedent(head)
    if above == head:
        return ()
    for k in (above, *tree.ancestors(above)):
        if tree.kids(k, "cop"):
            return tuple(p for s in tree.kids(k, "nsubj") for p in scene.parties(s) if political(p))
        if not tree.is_rel(k, "nmod"):
            return ()
    return ()


def addressed(scene: Scene, trigger: Trigger, party: Party) -> bool:
    """Whether a capital under "à" is spoken to, not where it happened: "tend la main à Pyongyang"."""
    if not trigger.unit.frame.spoken_to:
        return False
    words = [scene.tree.tokens[party.head].text]
    return any(e.kind in {"capital", "country", "seat"} for _, _, found in scene.pack.world.find(words) for e in found)


def listed(scene: Scene, found: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties with those of the same list that the parser cut off: "Paris, Berlin et Londres ont …"."""
    tree, heads = scene.tree, {p.head for p in found}
    mentions = [p for p in scene.cast.mentions(scene.number) if p.head >= 0]
    left = min(heads)
    lost: list[Party] = []
    for party in reversed([p for p in mentions if p.head < left]):
        between = [tree.tokens[k] for k in range(party.head + 1, left)]
        if not between or tree.case(party.head) or any(t.upos not in {"PUNCT", "CCONJ", "DET"} for t in between):
            break
        if not any(t.text == "," or t.upos == "CCONJ" for t in between):
            break
        lost.insert(0, party)
        left = party.head
    links = {tree.tokens[k].upos for k in range(left, max(heads))} if lost else set()
    return (*lost, *found) if "CCONJ" in links else found


def without_own_forces(draft: Draft) -> tuple[Party, ...]:
    """The recipients without the actor's own soldiers: "retire ses troupes" does nothing to the troops."""
    own = {None, *(p.actor.country for p in draft.actors)}
    return tuple(
        p
        for p in draft.recipients
        if not (p.kind == "role" and p.actor.sectors[:1] == ("MIL",) and p.actor.country in own)
    )


def joined(scene: Scene, found: tuple[Party, ...]) -> tuple[Party, ...]:
    """All parties of "entre X et Y", also those that the parser did not coordinate."""
    tree, all_found = scene.tree, list(found)
    for party in scene.cast.mentions(scene.number):
        last = max(p.head for p in all_found)
        if party.head > last and all(tree.tokens[k].upos in LINKS for k in range(last + 1, party.head)):
            all_found += [p for p in scene.parties(party.head) if p.head not in {q.head for q in all_found}]
    return tuple(all_found)


def borrow_recipients(scene: Scene, draft: Draft, triggers: Sequence[Trigger]) -> None:
    """A verb that governs an act takes the act's recipients: "a reporté sa visite en Chine" concerns China."""
    if draft.recipients or draft.trigger.unit.pos != "V":
        return
    governed = {*draft.trigger.words, *scene.matcher.objects(draft.trigger.token)}
    used = {p.head for p in draft.actors}
    for trigger in triggers:
        if draft.type == "ACCUSE" and trigger.unit.concept.type in DEEDS:
            continue  # "condemned the invasion of Ukraine" does not blame Ukraine
        if trigger.token in governed and trigger.unit.concept.type is not None and trigger.unit.pos == "N":
            draft.recipients, slot = fill(scene, trigger, trigger.unit.frame.recipient, set(used))
            if draft.recipients:
                rule = f"{scene.pack.lang}/frame/{trigger.unit.frame.id}/{slot}"
                draft.reasons.append(Reason(field="recipients", rule=rule, span=trigger_span(scene, trigger)))
                return
