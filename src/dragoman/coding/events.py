"""Triggers and their parties become reports: who did what to whom, as one sentence says it."""

from __future__ import annotations

import hashlib

from dragoman import ontology
from dragoman.coding.absorb import (
    blame_doers,
    condition_of,
    obligations,
    with_claimers,
    with_instruments,
    without_absorbed,
)
from dragoman.coding.compatriots import compatriots
from dragoman.coding.contexts import contexts_of, topics_of
from dragoman.coding.drafts import Draft, Scene, political, trigger_span
from dragoman.coding.keep import keeps, off_topic
from dragoman.coding.match import Trigger
from dragoman.coding.parties import borrow_recipients, draft_of
from dragoman.coding.settle import settle
from dragoman.coding.twins import without_twins
from dragoman.model import Reason, Report


def reports_of(scene: Scene) -> tuple[Report, ...]:
    """The reports of one sentence."""
    triggers = list(scene.matcher.triggers())
    fitting = [t for t in triggers if t.unit.concept.type is not None]
    denials = [t for t in triggers if t.unit.concept.type is None]
    denied = {t.token for t in fitting if any(denies(scene, no, t) for no in denials)}
    drafts = [draft for t in fitting if t.token not in denied and (draft := draft_of(scene, t))]
    supports = {t.support for t in triggers}  # "expressed its support" is the noun's act
    near = [t for t in scene.matcher.near_misses(triggers) if t.token not in supports]
    near = [t for t in near if not helps(scene, t) and not says_plainly(scene, t)]
    drafts += [lacking(scene, d) for t in near if (d := draft_of(scene, t)) and sided(d)]
    drafts = with_claimers(scene, with_instruments(scene, drafts))
    blame_doers(scene, drafts)
    for draft in drafts:
        borrow_recipients(scene, draft, triggers)
    duties = obligations(scene, drafts)
    bound = {d.trigger.token for d in duties}
    drafts = [d for d in drafts if d.trigger.token not in bound] + duties
    drafts = without_absorbed(scene, drafts)
    for draft in drafts:
        settle(scene, draft)
        draft.actors, draft.recipients = compatriots(draft, scene.cast.agents.small.foreign)
    topics = topics_of(scene.tree, scene.matcher, scene.pack, scene.named()) if drafts else {}
    drafts = [d for d in drafts if not condition_of(scene, d, drafts)]
    drafts = [d for d in drafts if keeps(scene, d) and not off_topic(d, topics)]
    parts = {w for d in drafts for w in d.trigger.words}
    drafts = without_twins(scene, [d for d in drafts if d.trigger.token not in parts])
    return tuple(finish(scene, d) for d in drafts)


def lacking(scene: Scene, draft: Draft) -> Draft:
    """A draft of a unit that lacks a part of its company, with that said."""
    span = trigger_span(scene, draft.trigger)
    draft.reasons.append(Reason(field="type", rule=f"{scene.pack.lang}/near-miss", span=span))
    return draft


def sided(draft: Draft) -> bool:
    """Whether a verb whose unit lacks a part of its company stands between political parties of two countries."""
    one = {p.actor.country for p in draft.actors if political(p) and p.kind != "place"} - {None}
    two = {p.actor.country for p in draft.recipients if political(p) and p.kind != "place"} - {None}
    return draft.trigger.unit.pos == "V" and bool(one) and bool(two) and one.isdisjoint(two)


def helps(scene: Scene, trigger: Trigger) -> bool:
    """Whether a verb only lends its tense to the infinitive behind it: "vient de rappeler"."""
    words = scene.matcher.lemmas(trigger.token)
    return not scene.pack.status.raising.isdisjoint(words) and bool(scene.tree.kids(trigger.token, "xcomp"))


def says_plainly(scene: Scene, trigger: Trigger) -> bool:
    """Whether what is told is only what somebody else said: "affirme que le ministre lui a dit …" lays no wrong."""
    verbs, matcher = scene.pack.speech.verbs, scene.matcher
    told = (lemma for k in matcher.contents(trigger.token) for lemma in matcher.lemmas(k))
    return any(verb.kind == "neutral" for lemma in told for verb in verbs.get(lemma, ()))


def denies(scene: Scene, no: Trigger, trigger: Trigger) -> bool:
    """Whether a unit that says no silences a trigger: a part of its words, or the noun that it names under its verb."""
    if trigger.token in no.words:
        return True
    if trigger.support != no.token:
        return False
    named = {v for n in no.unit.needs if n.test == "lemma" and not n.negative for v in n.values}
    return not named.isdisjoint(scene.matcher.lemmas(trigger.token))


def finish(scene: Scene, draft: Draft) -> Report:
    """The report of a settled draft."""
    concept = draft.trigger.unit.concept
    span = trigger_span(scene, draft.trigger)
    found, reasons = contexts_of(scene.tree, scene.matcher, concept.contexts, scene.pack)
    hint = concept.cameo if draft.type == concept.type else None
    mode = draft.mode
    code = ontology.cameo(draft.type, mode, found, planned=draft.planned, hint=hint)
    reasons = (*draft.reasons, *(r for p in (*draft.actors, *draft.recipients) for r in p.reasons), *reasons)
    certainty = min([draft.certainty, *(p.certainty for p in (*draft.actors, *draft.recipients))])
    key = f"{scene.document.id}|{scene.number}|{span.start}|{span.end}|{draft.type}|{concept.id}"
    return Report(
        id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        document=scene.document.id,
        sentence=scene.number,
        type=draft.type,
        concept=concept.id,
        evidence=scene.tree.sentence.span,
        trigger=span,
        mode=mode,
        contexts=found,
        status=draft.status.value,
        actors=tuple(p.actor for p in draft.actors),
        recipients=tuple(p.actor for p in draft.recipients),
        reciprocal=draft.reciprocal and (len(draft.actors) + len(draft.recipients) > 1),
        hedged=draft.status.hedged,
        place=draft.place,
        when=draft.when,
        said_by=draft.said_by,
        planned=draft.planned,
        cameo=code.code if code else None,
        goldstein=code.goldstein if code else None,
        plover_score=ontology.plover_score(draft.type, mode),
        confidence=round(certainty, 3),
        because=tuple(dict.fromkeys(reasons)),
    )
