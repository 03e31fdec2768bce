"""Acts that are one: a blow and its means, a claim and its deed, a demand and what it asks."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.drafts import DEEDS, Draft, Scene, aimed_at, content_tokens, political, speaker_of
from dragoman.coding.match import Trigger
from dragoman.coding.status import is_obligation
from dragoman.model import Reason
from dragoman.pack.lexicon import BY_CONTENT

VOICED = frozenset({"ACCUSE", "REQUEST", "REJECT", "PROTEST", "SUPPORT"})  # what a crowd does by being there
ABOUT_OTHERS = frozenset({"AGREE", "REJECT", "THREATEN"})  # whose recipient is whoever their content is done to
CHARGING = frozenset({"COERCE", "SANCTION", "ACCUSE", "THREATEN"})
OPERATORS = frozenset({"THREATEN", "REQUEST", "AGREE", "REJECT"})


def with_instruments(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """A blow told of a blow ("hit by airstrikes", "des frappes ont tué", "killed in a raid") is one act."""
    by_token = {d.trigger.token: d for d in drafts}
    merged: set[int] = set()
    for draft in drafts:
        if draft.trigger.unit.pos != "V" or draft.type != "ASSAULT":
            continue
        verb = draft.trigger.token
        inside = [k for k in scene.tree.kids(verb, "obl") if scene.tree.case(k) not in scene.pack.lexicon.presupposing]
        for k in map(scene.matcher.antecedent, (*scene.matcher.subjects(verb), *inside)):
            means = by_token.get(k)
            if means is not None and means is not draft and means.type == draft.type:
                draft.mode = draft.mode or means.mode
                draft.actors = draft.actors or means.actors
                draft.instrument = True
                draft.reasons += means.reasons
                merged.add(k)
    return [d for d in drafts if d.trigger.token not in merged]


def blame_doers(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Who condemns a blow blames its doer, not who suffers it: "condemned Russia's invasion of Ukraine"."""
    deeds = {d.trigger.token: d for d in drafts if d.type in DEEDS and d.trigger.unit.pos == "N"}
    for draft in (d for d in drafts if d.type == "ACCUSE" and d.trigger.unit.pos == "V"):
        deed = next((deeds[k] for k in scene.matcher.objects(draft.trigger.token) if k in deeds), None)
        if deed is None:
            continue
        suffered = {p.head for p in deed.recipients} - {p.head for p in deed.actors}
        kept = tuple(p for p in draft.recipients if p.head not in suffered)
        if kept != draft.recipients:
            draft.recipients = kept or deed.actors


def with_claimers(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Who claims an attack did it: "a revendiqué l'attaque qui a tué sept soldats" is one act of the claimer."""
    claims = [d for d in drafts if d.trigger.unit.concept.id == "claim-attack"]
    dropped = []
    for claim in claims:
        below = {k for head in scene.matcher.objects(claim.trigger.token) for k in scene.tree.subtree(head)}
        claimed = [d for d in drafts if d.type == claim.type and d not in claims and d.trigger.token in below]
        for draft in claimed:
            draft.actors = claim.actors
            draft.reasons += claim.reasons
        if claimed:
            dropped.append(claim)
    return [d for d in drafts if d not in dropped]


def condition_of(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a draft is only the condition of a threat, a promise or a demand: "s'il attaque l'Ukraine"."""
    if draft.status.value != "hypothetical":
        return False
    above = set(scene.tree.ancestors(draft.trigger.token))
    return any(d.type in OPERATORS and d is not draft and d.trigger.token in above for d in drafts)


def obligations(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Requests told as a duty: "Israel must end the war, Safadi said" is a request of Jordan to Israel."""
    unit = scene.pack.lexicon.duty
    if scene.voices is None:
        return []
    found = []
    for i, token in enumerate(scene.tree.tokens):
        if token.upos not in {"VERB", "AUX"} or not is_obligation(scene.tree, i, scene.pack):
            continue
        voice = scene.voices.of(scene.number, i)
        if voice is None or voice[0].country is None:
            continue
        bound = tuple(p for k in scene.matcher.surface_subjects(i) for p in scene.parties(k) if political(p))
        if not bound or any(p.actor.country == voice[0].country for p in bound):
            continue
        speaker = (speaker_of(voice[0]),)
        trigger = Trigger(unit=unit, token=i, predicate=i)
        draft = Draft(trigger=trigger, type="REQUEST", mode=BY_CONTENT, actors=speaker, recipients=bound, content=(i,))
        draft.reasons.append(Reason(field="type", rule=unit.id, span=scene.tree.span([i])))
        found.append(draft)
    return found


def without_absorbed(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Without what is only asked, promised, threatened or alleged by another report of the sentence."""
    absorbed: dict[int, Draft] = charged(scene, drafts)
    for draft in drafts:
        if draft.trigger.unit.concept.id == "plan-meeting":  # "was due to meet": the talk itself is what is planned
            below = scene.tree.kids(draft.trigger.token, "xcomp", "csubj", "ccomp", "advcl")
            absorbed.update((k, draft) for k in below)
    absorbed |= clamoured(scene, drafts)
    for draft in drafts:
        for head in draft.content:
            for k in content_tokens(scene, head):
                if k != draft.trigger.token:
                    absorbed.setdefault(k, draft)
    kept = []
    for draft in drafts:
        owner = absorbed.get(draft.trigger.token)
        if owner is None or owner is draft or is_outer(draft, owner):
            kept.append(draft)
        else:
            lend(draft, owner)
    return kept


def lend(draft: Draft, owner: Draft) -> None:
    """Give a promise, refusal or threat the recipients of its content: "promet de lever les sanctions contre X"."""
    if owner.recipients or owner.type not in ABOUT_OTHERS or not owner.actors:
        return
    own = {p.actor.country for p in owner.actors}
    owner.recipients = tuple(p for p in draft.recipients if p.actor.country and p.actor.country not in own)


def clamoured(scene: Scene, drafts: Sequence[Draft]) -> dict[int, Draft]:
    """What a crowd takes to the streets for: "ont défilé pour dénoncer …" is one act, against those it denounces."""
    found: dict[int, Draft] = {}
    for draft in drafts:
        if draft.type != "PROTEST":
            continue
        aims = {k for k in scene.tree.kids(draft.trigger.predicate, "advcl", "xcomp") if aimed_at(scene, k)}
        aims.update(c for k in list(aims) for c in scene.tree.conjuncts(k))
        for other in drafts:
            if other is not draft and other.trigger.predicate in aims and other.type in VOICED:
                found[other.trigger.token] = draft
                draft.recipients = draft.recipients or other.recipients
    return found


def charged(scene: Scene, drafts: Sequence[Draft]) -> dict[int, Draft]:
    """The deeds for which somebody is arrested, charged or convicted: alleged, no events of their own."""
    found: dict[int, Draft] = {}
    for draft in drafts:
        if draft.type not in CHARGING or (draft.trigger.unit.pos == "N" and draft.type == "ACCUSE"):
            continue
        roots = {draft.trigger.token, draft.trigger.predicate}
        for other in drafts:
            k = other.trigger.token
            marks = {scene.tree.case(k), scene.tree.mark(k)} - {""}
            near = not marks.isdisjoint(scene.pack.lexicon.charging) and other is not draft
            bare = other.trigger.unit.pos == "N" or not scene.matcher.finite(k)
            if near and bare and not roots.isdisjoint(scene.tree.ancestors(k)):
                found[k] = draft
    return found


def is_outer(draft: Draft, owner: Draft) -> bool:
    """Whether two drafts stand in each other's content: the one whose head comes first in the text stays."""
    one, two = draft.trigger.token, owner.trigger.token
    return one in owner.content and two in draft.content and one < two
