"""Triggers and their parties become reports: who did what to whom, as one sentence says it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman import ontology
from dragoman.coding.actors import Cast, Party
from dragoman.coding.contexts import contexts_of, topics_of
from dragoman.coding.dates import when_of
from dragoman.coding.match import Matcher, Trigger
from dragoman.coding.places import place_of
from dragoman.coding.status import Status, is_obligation, status_of
from dragoman.coding.tree import Tree
from dragoman.coding.voice import Voices
from dragoman.model import Actor, Document, Place, Reason, Report, Span, Voice, When
from dragoman.pack import Pack
from dragoman.pack.lexicon import BY_CONTENT, Slot
from dragoman.world import NON_STATES

POLITICAL_KINDS = frozenset({"country", "government", "office", "organisation", "group", "demonym", "region"})
PRIVATE = frozenset({"CVL", "BUS", "MED", "EDU", "JRN", "REL", "AGR", "LAB", "REF", "CRM", "SOC", "UNK"})
STATE_TYPES = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE", "CONCEDE"})
VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "SANCTION", "ACCUSE"})
OFF_TOPIC_WORDS = 3  # words of sport, culture … beside which even an office-holder's act is none of politics
WRONGS = frozenset({"violate-rights", "violate-sovereignty", "misinform"})
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
EPOCH = date(1945, 9, 1)  # nothing before the end of the Second World War is coded
LINKS = frozenset({"CCONJ", "PUNCT", "DET", "ADJ", "ADP", "NOUN", "PROPN"})  # what may stand between joined parties
CHARGING = frozenset({"COERCE", "SANCTION", "ACCUSE", "THREATEN"})
FORCEFUL = frozenset(
    {"ASSAULT", "MOBILIZE", "COERCE"}
)  # acts whose subject may be a thing: "un missile russe a frappé"
ACTORS = frozenset({"actor"})
OPERATORS = frozenset({"THREATEN", "REQUEST", "AGREE", "REJECT"})
DUTY = "must"  # the concept of what somebody says that another must do
WARLIKE = frozenset({"aerial", "drone", "heavy-weapons", "explosives", "suicide-attack", "unconventional"})
CRIMINAL = frozenset({"COERCE", "SANCTION", "ACCUSE"})
# Contexts in whose words the arrest or trial of a private person is a political event.
GRAVE = frozenset(
    {"terrorism", "intelligence", "repression", "rights_freedoms", "corruption", "human_rights", "election", "military"}
    | {"territory", "pro_democracy", "pro_autocracy", "cyber", "misinformation", "trafficking", "migration"}
    | {"religion_ethnicity", "executive"}
)
MANY_SIDED = frozenset({"tour"})  # talks that need no named counterpart, beside those of many sides
OWN_FORCES = frozenset({"RETREAT", "CONCEDE", "MOBILIZE", "AGREE"})
NOTABLE = frozenset({"JRN", "SOC", "REL", "LAB", "REF", "OPP", "PTY"})  # whose arrest or death is political
MATERIAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "AID", "COOPERATE", "RETREAT", "SANCTION"})
RELATIONAL = frozenset({"SUPPORT", "AGREE"})
# Frames whose dative complement is a receiver.
ADDRESSING = frozenset(
    {"v.to", "v.refuse", "v.request-to", "v.accuse-to", "v.threaten", "v.against", "v.for"}
) | frozenset({"n.demand", "n.threat", "n.for", "n.refusal", "n.promise", "x.ready"})
DOMESTIC = frozenset(
    {"PROTEST", "COERCE", "ACCUSE", "SANCTION", "REQUEST", "REJECT", "ASSAULT"}
)  # acts whose two sides are often of one country
OF_ENVOYS = frozenset({"expel-diplomats", "summon-ambassador", "recall-ambassador", "protest-officially"})
REFUSED = {
    "CONCEDE": "yield", "RETREAT": "yield", "AID": "assist", "COOPERATE": "assist", "SUPPORT": None, "CONSULT": "meet",
}  # fmt: skip
ORGANISED = frozenset({"LAB", "SOC", "REL"})  # unions, associations, churches of a country act in politics
TO_SOMEBODY = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "COERCE", "ASSAULT", "SANCTION", "AID"})
HARMFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT"})
TRAITS = frozenset({"AID", "SUPPORT", "COOPERATE", "ASSAULT", "COERCE", "MOBILIZE"})  # "l'agence qui aide les réfugiés"
OFFICIAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "SPY"})
NEAR_TWIN = 8  # words between two triggers of one act ("se rend en visite à")
PLANNED = frozenset(ontology.BECOMES_AGREE)
CONTENT_MODES = {
    "REQUEST": ("assist", "change", "yield", "meet"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("violence", "restrict", "relations", "expel", "territory", "arrest"),
}


@dataclass(slots=True, kw_only=True)
class Draft:
    """A report in the making."""

    trigger: Trigger
    type: str
    mode: str | None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    reciprocal: bool = False
    status: Status = field(default_factory=lambda: Status(value=None, hedged=False, reasons=()))
    planned: str | None = None
    when: When | None = None
    place: Place | None = None
    said_by: Voice | None = None
    content: tuple[int, ...] = ()
    instrument: bool = False  # the subject is the means ("airstrikes"), and nobody need be named
    certainty: float = 0.8
    reasons: list[Reason] = field(default_factory=list)


class Scene:
    """One sentence with all that coding it needs."""

    def __init__(
        self, number: int, tree: Tree, cast: Cast, voices: Voices | None, pack: Pack, document: Document
    ) -> None:
        self.number, self.tree, self.cast, self.voices = number, tree, cast, voices
        self.pack, self.document = pack, document
        self.published: date | None = document.published
        self.precision = document.published_precision
        self._parties: dict[tuple[int, bool], tuple[Party, ...]] = {}
        self.matcher = Matcher(tree, pack.lexicon, self.is_kind, cast.set_phrases(number))

    def parties(self, head: int, *, inside: bool = False) -> tuple[Party, ...]:
        """Who the phrase headed by a token stands for; with `inside`, who is named in it when it is itself nobody."""
        key = (head, inside)
        if key not in self._parties:
            found = self.cast.parties(self.number, head)
            if not found and inside:
                found = tuple(p for p in self.cast.inside(self.number, head) if self.owns(p))
            self._parties[key] = found
        return self._parties[key]

    def named(self) -> frozenset[int]:
        """The tokens inside parties' names: "Ligue" in "Ligue arabe" is no word of sport."""
        spans = [p.actor.span for p in self.cast.mentions(self.number)]
        return frozenset(
            i for i, t in enumerate(self.tree.tokens) if any(s.start <= t.start and t.end <= s.end for s in spans)
        )

    def owns(self, party: Party) -> bool:
        """Whether a party inside a phrase is its owner or doer ("le raid israélien", "de Trump"), not its place."""
        if party.head >= 0 and self.tree.feat(party.head, "Poss") == "Yes":
            return False
        case = self.tree.case(party.head) if party.head >= 0 else ""
        lexicon = self.pack.lexicon
        return not case or case in lexicon.genitive or case in lexicon.agent or case in lexicon.linking

    def is_kind(self, token: int, kinds: frozenset[str]) -> bool:
        """Whether the phrase headed by a token is such a party (the tests after "@" in a unit's needs)."""
        found = self.parties(token) or (self.parties(token, inside=True) if kinds == ACTORS else ())
        if not found and self.tree.tokens[token].upos == "ADJ":
            head = self.tree.tokens[token].head
            found = tuple(p for p in self.cast.inside(self.number, head) if p.head == token)
        for kind in kinds:
            if kind == "place":
                if found and any(p.actor.country and p.kind != "person" for p in found):
                    return True
                if self.pack.world.place(self.tree.tokens[token].text) is not None:
                    return True
            elif kind == "actor":
                if any(p.kind != "place" or p.actor.country for p in found):
                    return True
            elif kind == "country":
                if any(p.kind in {"country", "government", "place"} and p.actor.country for p in found):
                    return True
            elif kind == "person":
                if any(p.kind in {"person", "office", "name", "role"} for p in found):
                    return True
            elif any(p.kind == kind for p in found):
                return True
        return False


def political(party: Party) -> bool:
    """Whether a party makes a happening political: a state, an organisation, an armed group, an office-holder."""
    if party.kind in {"pronoun", "name"}:
        return bool(party.actor.country or party.actor.sectors)
    if party.actor.sectors and party.actor.sectors[0] not in PRIVATE:
        return True
    if party.actor.country and ORGANISED.intersection(party.actor.sectors):
        return True
    plain = party.kind == "role" and not party.actor.sectors  # "a Chinese ship"
    return (plain or party.kind in POLITICAL_KINDS) and party.actor.country not in {None, "MNC"}


def reports_of(scene: Scene) -> tuple[Report, ...]:
    """The reports of one sentence."""
    triggers = list(scene.matcher.triggers())
    fitting = [t for t in triggers if t.unit.concept.type is not None]
    denials = [t for t in triggers if t.unit.concept.type is None]
    denied = {t.token for t in fitting if any(denies(scene, no, t) for no in denials)}
    drafts = [draft for t in fitting if t.token not in denied and (draft := draft_of(scene, t))]
    drafts += [d for t in scene.matcher.near_misses() if (d := draft_of(scene, t)) and sided(d)]
    drafts = with_claimers(scene, with_instruments(scene, drafts))
    for draft in drafts:
        borrow_recipients(scene, draft, triggers)
    duties = obligations(scene, drafts)
    bound = {d.trigger.token for d in duties}
    drafts = [d for d in drafts if d.trigger.token not in bound] + duties
    drafts = without_absorbed(scene, drafts)
    for draft in drafts:
        settle(scene, draft)
        draft.actors, draft.recipients = compatriots(draft)
    topics = topics_of(scene.tree, scene.matcher, scene.pack, scene.named()) if drafts else {}
    drafts = [d for d in drafts if not condition_of(scene, d, drafts)]
    drafts = [d for d in drafts if keeps(scene, d) and not off_topic(d, topics)]
    parts = {w for d in drafts for w in d.trigger.words}
    drafts = without_twins(scene, [d for d in drafts if d.trigger.token not in parts])
    return tuple(finish(scene, d) for d in drafts)


def sided(draft: Draft) -> bool:
    """Whether a verb whose unit lacks a part of its company stands between political parties of two countries."""
    one = {p.actor.country for p in draft.actors if political(p) and p.kind != "place"} - {None}
    two = {p.actor.country for p in draft.recipients if political(p) and p.kind != "place"} - {None}
    return draft.trigger.unit.pos == "V" and bool(one) and bool(two) and one.isdisjoint(two)


def denies(scene: Scene, no: Trigger, trigger: Trigger) -> bool:
    """Whether a unit that says no silences a trigger: a part of its words, or the noun that it names under its verb."""
    if trigger.token in no.words:
        return True
    if trigger.support != no.token:
        return False
    named = {v for n in no.unit.needs if n.test == "lemma" and not n.negative for v in n.values}
    return not named.isdisjoint(scene.matcher.lemmas(trigger.token))


# --- parties ---------------------------------------------------------------------------------------------------------
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
    if not draft.actors and draft.recipients and draft.type == "CONSULT" and unit.pos == "N":
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
                means = place.part == "subj" and trigger.support is None and trigger.unit.concept.type in FORCEFUL
                found = scene.parties(head, inside=place.inside or means)
            if place.part == "subj" and (one_of := said_of(scene, head)):
                found = one_of
            if place.part != "self":
                found = tuple(p for p in found if p.head not in used and p.head != trigger.token)
            if not trigger.unit.frame.place and trigger.unit.concept.type in VERBAL:
                found = tuple(p for p in found if p.kind != "place" or addressed(scene, trigger, p))
            if found and not lexicon.joining.isdisjoint(place.cases):
                found = joined(scene, found)
            elif found and place.part in {"subj", "obj"}:
                found = listed(scene, found)
            if found:
                return found, place.part + (":" + "|".join(sorted(place.cases)) if place.cases else "")
    return (), None


def by_circumstance(scene: Scene, trigger: Trigger, others: tuple[Party, ...]) -> tuple[Party, ...]:
    """Who visits or meets where the talk is a circumstance: "lors d'une visite à Pékin, Macron a appelé…"."""
    top = trigger.token
    while scene.tree.tokens[top].head != top and scene.tree.tokens[top].head != trigger.predicate:
        top = scene.tree.tokens[top].head
    if not scene.tree.is_rel(top, "obl", "advmod", "advcl", "nmod"):
        return ()
    known = {p.actor.country for p in others}
    found = [p for k in scene.matcher.subjects(trigger.predicate) for p in scene.parties(k)]
    return tuple(p for p in found if political(p) and p.actor.country not in known)


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
    if trigger.unit.frame.id not in ADDRESSING:
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


def trigger_span(scene: Scene, trigger: Trigger) -> Span:
    """The words of a trigger; its far-off parts are left out."""
    near = [trigger.token, *(w for w in trigger.words if abs(w - trigger.token) <= NEAR_TWIN)]
    return scene.tree.span(near)


def with_instruments(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """A blow whose subject is itself a blow ("hit by airstrikes", "des frappes ont tué") is one act with its means."""
    by_token = {d.trigger.token: d for d in drafts}
    merged: set[int] = set()
    for draft in drafts:
        if draft.trigger.unit.pos != "V" or draft.type != "ASSAULT":
            continue
        for k in map(scene.matcher.antecedent, scene.matcher.subjects(draft.trigger.token)):
            means = by_token.get(k)
            if means is not None and means is not draft and means.type == draft.type:
                draft.mode = draft.mode or means.mode
                draft.actors = draft.actors or means.actors
                draft.instrument = True
                draft.reasons += means.reasons
                merged.add(k)
    return [d for d in drafts if d.trigger.token not in merged]


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


def borrow_recipients(scene: Scene, draft: Draft, triggers: Sequence[Trigger]) -> None:
    """A verb that governs an act takes the act's recipients: "a reporté sa visite en Chine" concerns China."""
    if draft.recipients or draft.trigger.unit.pos != "V":
        return
    governed = {*draft.trigger.words, *scene.matcher.objects(draft.trigger.token)}
    used = {p.head for p in draft.actors}
    for trigger in triggers:
        if trigger.token in governed and trigger.unit.concept.type is not None and trigger.unit.pos == "N":
            draft.recipients, slot = fill(scene, trigger, trigger.unit.frame.recipient, set(used))
            if draft.recipients:
                rule = f"{scene.pack.lang}/frame/{trigger.unit.frame.id}/{slot}"
                draft.reasons.append(Reason(field="recipients", rule=rule, span=trigger_span(scene, trigger)))
                return


def compatriots(draft: Draft) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The sides, where a body or office without a country is of the country of the only other side.

    "Des milliers de Polonais ont protesté contre le gouvernement": the Polish one.
    """
    left, right = draft.actors, draft.recipients
    foreign = draft.type == "ACCUSE" and any(p.actor.sectors[:1] == ("GOV",) for p in left)
    if draft.type not in DOMESTIC or foreign or draft.trigger.unit.concept.id in OF_ENVOYS:
        return left, right
    one = {p.actor.country for p in left if p.actor.country}
    two = {p.actor.country for p in right if p.actor.country}
    ground = struck_ground(draft)
    if draft.type == "ASSAULT" and one and not two and ground is not None and ground.actor.country not in one:
        assert ground.actor.country is not None
        return left, tuple(at_home(p, ground.actor.country, anybody=True) for p in right) or (ground,)
    if not one and not two and ground is not None and ground.actor.country is not None:
        return tuple(at_home(p, ground.actor.country) for p in left), tuple(
            at_home(p, ground.actor.country) for p in right
        )
    if len(one) == 1 and not two:
        return left, tuple(at_home(p, *one) for p in right)
    if len(two) == 1 and not one and draft.type != "ASSAULT":
        return tuple(at_home(p, *two) for p in left), right
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
    official = party.kind in {"role", "office"} and (anybody or OFFICIAL.intersection(party.actor.sectors))
    if party.actor.country is not None or not official or country in NON_STATES or country.startswith("R-"):
        return party
    reason = Reason(field="actor", rule="document/compatriot", span=party.actor.span)
    actor = replace(party.actor, country=country)
    return replace(party, actor=actor, certainty=min(party.certainty, 0.6), reasons=(*party.reasons, reason))


# --- obligations -----------------------------------------------------------------------------------------------------
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


def speaker_of(voice: Voice) -> Party:
    """The speaker as a party."""
    actor = Actor(text=voice.text, span=voice.span, name=voice.name, country=voice.country, sectors=voice.sectors)
    return Party(actor=actor, head=-1, kind="person", reasons=())


# --- absorption ------------------------------------------------------------------------------------------------------
def without_absorbed(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Without what is only asked, promised, threatened or alleged by another report of the sentence."""
    absorbed: dict[int, Draft] = charged(scene, drafts)
    for draft in drafts:
        if draft.trigger.unit.concept.id == "plan-meeting":  # "was due to meet": the talk itself is what is planned
            below = scene.tree.kids(draft.trigger.token, "xcomp", "csubj", "ccomp", "advcl")
            absorbed.update((k, draft) for k in below)
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
    return kept


def charged(scene: Scene, drafts: Sequence[Draft]) -> dict[int, Draft]:
    """The deeds for which somebody is arrested, charged or convicted: alleged, no events of their own."""
    found: dict[int, Draft] = {}
    for draft in drafts:
        if draft.type not in CHARGING or (draft.trigger.unit.pos == "N" and draft.type == "ACCUSE"):
            continue
        roots = {draft.trigger.token, draft.trigger.predicate}
        for other in drafts:
            k = other.trigger.token
            near = scene.tree.case(k) in scene.pack.lexicon.charging and other is not draft
            if near and not roots.isdisjoint(scene.tree.ancestors(k)) and other.trigger.unit.pos == "N":
                found[k] = draft
    return found


def is_outer(draft: Draft, owner: Draft) -> bool:
    """Whether two drafts stand in each other's content: the one whose head comes first in the text stays."""
    one, two = draft.trigger.token, owner.trigger.token
    return one in owner.content and two in draft.content and one < two


def content_tokens(scene: Scene, head: int) -> list[int]:
    """The tokens of a content, without what it takes for granted (relative clauses, "après …")."""
    tree, given = scene.tree, scene.pack.lexicon.presupposing
    found, queue = [head], [head]
    while queue:
        for k in tree.children[queue.pop()]:
            if tree.tokens[k].rel == "acl:relcl" or tree.case(k) in given or tree.mark(k) in given:
                continue
            found.append(k)
            queue.append(k)
    return found


def content_classes(scene: Scene, draft: Draft) -> tuple[str, ...]:
    """The classes of what is asked, promised or threatened, nearest to the content's head first."""
    known = scene.pack.lexicon.content
    found: dict[str, None] = {}
    for head in draft.content:
        level = [head]
        while level:
            for k in level:
                for lemma in scene.matcher.lemmas(k):
                    found.update(dict.fromkeys(known.get(lemma, ())))
            level = [c for k in level for c in scene.tree.children[k] if scene.tree.tokens[c].rel != "acl:relcl"]
    return tuple(found)


# --- type, mode, status ----------------------------------------------------------------------------------------------
def settle(scene: Scene, draft: Draft) -> None:
    """Decide type, mode, status, planned, when, place and voice of a draft."""
    trigger, tree, pack = draft.trigger, scene.tree, scene.pack
    voice = scene.voices.of(scene.number, trigger.token) if scene.voices is not None else None
    if voice and not speaks_itself(draft, voice[0]):
        draft.said_by = voice[0]
        draft.reasons += voice[1]
    found_when = when_of(
        tree, trigger.token, trigger.predicate, pack=pack, published=scene.published, precision=scene.precision
    )
    if found_when and not since_then(scene, found_when[0]):
        draft.when = found_when[0]
        draft.reasons += found_when[1]
    if trigger.unit.concept.id != DUTY:
        draft.status = status_of(
            tree, trigger.token, trigger.predicate, pack=pack, when=draft.when, published=scene.published
        )
    else:
        draft.said_by = None  # the speaker is the actor
    if trigger.effect == "future" and draft.status.value is None:
        announced(scene, draft)
    draft.reasons += draft.status.reasons
    classes = content_classes(scene, draft) if draft.content else ()
    rule = f"{pack.lang}/content"
    if draft.mode == BY_CONTENT:
        allowed = CONTENT_MODES.get(draft.type, ())
        draft.mode = next((c for c in classes if c in allowed), None)
        if draft.mode:
            draft.reasons.append(Reason(field="mode", rule=f"{rule}/{draft.mode}", span=None))
    if draft.type == "COERCE" and draft.trigger.unit.concept.id in WRONGS:
        alleged(draft)
    refused(scene, draft)
    by_doer = bool(draft.actors) and trigger.unit.pos == "V" and not scene.matcher.passive(trigger.predicate)
    if draft.type == "RETREAT" and draft.status.value == "future" and by_doer:
        draft.type, draft.mode = "CONCEDE", None
        draft.status = Status(value=None, hedged=draft.status.hedged, reasons=draft.status.reasons)
        draft.reasons.append(Reason(field="type", rule="plover/announced-by-its-doer", span=None))
    if draft.type in PLANNED and draft.status.value == "future":
        draft.planned, draft.type, draft.mode = draft.type, "AGREE", None
        draft.reasons.append(Reason(field="type", rule="plover/future-is-agree", span=None))
    elif draft.type == "AGREE" and draft.planned is None and draft.content:
        draft.planned = planned_type(scene, draft)
    found_place = place_of(tree, trigger.token, trigger.predicate, cast=scene.cast, pack=pack, document=scene.document)
    if found_place:
        draft.place = found_place[0]
        draft.reasons += found_place[1]
    meeting_place(draft)


def since_then(scene: Scene, when: When) -> bool:
    """Whether a date only bounds a stretch of time: "la première depuis X en 2006" was not in 2006."""
    if when.span is None:
        return False
    tree, since = scene.tree, scene.pack.ties.claims.since
    first = next((i for i, t in enumerate(tree.tokens) if t.start <= when.span.start < t.end), None)
    if first is None:
        return False
    chain = [first, *list(tree.ancestors(first))[:3]]
    return any(not since.isdisjoint(tree.case(k).split()) for k in chain)


def speaks_itself(draft: Draft, voice: Voice) -> bool:
    """Whether the voice is only the doer of the verbal act itself: "Kiev a accusé …" is not said by Kiev."""
    return draft.type in VERBAL and any(p.actor.span.overlaps(voice.span) for p in draft.actors)


def alleged(draft: Draft) -> None:
    """A wrong told by somebody else than its doer is an accusation: "Safadi said Israel violated the law"."""
    voice, doers = draft.said_by, draft.actors
    if voice is None or not doers or any(p.actor.country == voice.country for p in doers):
        return
    draft.type, draft.mode = "ACCUSE", "allege"
    draft.actors, draft.recipients = (speaker_of(voice),), doers
    draft.reasons.append(Reason(field="type", rule="plover/told-wrong-is-allegation", span=voice.span))
    draft.said_by = None


def refused(scene: Scene, draft: Draft) -> None:
    """A named doer that will not give, yield or meet refuses: "France will not lift the ban" is REJECT."""
    if draft.status.value != "negation" or draft.type not in REFUSED or not draft.actors:
        return
    joint = draft.type == "CONSULT" and not draft.recipients  # "the two will not meet": who refuses?
    if joint or not is_future(scene.tree, draft.trigger.predicate, scene.pack):
        return
    draft.reciprocal = False
    span = scene.tree.span([draft.trigger.predicate])
    draft.type, draft.mode = "REJECT", REFUSED[draft.type]
    draft.status = Status(value=None, hedged=draft.status.hedged, reasons=())
    draft.reasons.append(Reason(field="type", rule=f"{scene.pack.lang}/will-not", span=span))


def is_future(tree: Tree, verb: int, pack: Pack) -> bool:
    """Whether a verb stands in the future tense or with an auxiliary of the future."""
    if tree.feat(verb, "Tense") == "Fut":
        return True
    words = pack.status.future_auxiliaries
    return any(
        tree.tokens[k].lemma.lower() in words or tree.tokens[k].text.lower() in words for k in tree.kids(verb, "aux")
    ) or any(tree.feat(k, "Tense") == "Fut" for k in tree.kids(verb, "aux", "cop"))


def announced(scene: Scene, draft: Draft) -> None:
    """What a report becomes under "annonce": future cooperation AGREE, a withdrawal CONCEDE; a measure is taken."""
    rule = f"{scene.pack.lang}/announced"
    span = scene.tree.span([draft.trigger.predicate])
    if draft.type == "RETREAT":
        draft.type, draft.mode = "CONCEDE", None
        draft.reasons.append(Reason(field="type", rule=rule, span=span))
    elif draft.type in PLANNED or draft.type in {"MOBILIZE", "PROTEST", "ASSAULT"}:
        draft.status = Status(value="future", hedged=False, reasons=(Reason(field="status", rule=rule, span=span),))


def planned_type(scene: Scene, draft: Draft) -> str | None:
    """The type of what an AGREE promises, by the unit that stands in its content."""
    for head in draft.content:
        for k in content_tokens(scene, head):
            for lemma in scene.matcher.lemmas(k):
                for unit in scene.pack.lexicon.units.get(lemma, ()):
                    if unit.concept.type and not unit.words and scene.matcher.pos_fits(k, unit):
                        return unit.concept.type
    return None


def meeting_place(draft: Draft) -> None:
    """Talks on the ground of neither party are third-party."""
    if draft.type != "CONSULT" or draft.mode is not None or draft.place is None or not draft.place.stated:
        return
    known = {p.actor.country for p in (*draft.actors, *draft.recipients)} - {None}
    abroad = draft.place.country or ""
    if len(known) > 1 and abroad and not abroad.startswith("R-") and draft.place.country not in known:
        draft.mode = "third-party"
        draft.reasons.append(Reason(field="mode", rule="plover/third-party-ground", span=draft.place.span))


# --- what stays ------------------------------------------------------------------------------------------------------
def keeps(scene: Scene, draft: Draft) -> bool:
    """Whether a draft is a political happening told by the sentence."""
    parties = (*draft.actors, *draft.recipients)
    if not_told(scene, draft):
        return False
    if draft.trigger.unit.concept.type in MATERIAL and aimed_at(scene, draft.trigger.predicate):
        return False
    if draft.trigger.unit.concept.id == DUTY:
        return True
    if draft.said_by is None and is_obligation(scene.tree, draft.trigger.predicate, scene.pack):
        return False  # a duty in general is no event
    if draft.status.value == "habitual" or (draft.when is not None and draft.when.last < EPOCH):
        return False
    if draft.type in CRIMINAL and plain_crime(scene, draft):
        return False
    if draft.type == "PROTEST" and not draft.actors and draft.place is not None and draft.place.country:
        return draft.place.stated
    if draft.type == "PROTEST" and any(p.actor.country for p in draft.actors):
        return True
    if not any(political(p) for p in parties):
        if draft.mode in WARLIKE and any(p.actor.country for p in draft.recipients):
            return True
        if draft.mode in {"abduct", "release"} and draft.recipients:
            return True
        notable = [p for p in parties if p.actor.country and NOTABLE.intersection(p.actor.sectors)]
        if draft.type in VIOLENT and notable:
            return True
        return draft.type == "PROTEST" and bool(draft.actors) and draft.trigger.unit.pos != "N"
    subjects = scene.matcher.subjects(draft.trigger.predicate) if draft.trigger.unit.pos == "V" else []
    if not draft.actors and subjects and not draft.instrument and draft.type != "CONSULT":
        return False  # done by something that is nobody: "la tempête menace l'Espagne"
    if draft.type in STATE_TYPES and not draft.actors:
        return False
    if draft.trigger.unit.concept.type == "CONSULT" and not draft.recipients and len(draft.actors) < 2:
        concept = draft.trigger.unit.concept
        if concept.mode == "multilateral" or concept.id in MANY_SIDED:
            return True
        return draft.status.value == "negation" or any(
            p.head >= 0 and scene.tree.feat(p.head, "Number") == "Plur" for p in draft.actors
        )
    return draft.trigger.unit.pos == "V" or draft.type in VIOLENT or bool(draft.actors)


def not_told(scene: Scene, draft: Draft) -> bool:
    """Whether the sentence only brushes the act: by nobody known, a bare noun to nobody, a street demand, a trait.

    On the development sets such reports were wrong three times out of four (docs/evaluation.md).
    """
    known = any(p.actor.country for p in draft.actors)
    named = draft.actors and all(p.kind not in {"pronoun", "name"} for p in draft.actors)
    located = draft.place is not None and draft.place.stated and draft.place.country and draft.recipients
    harmed = draft.type in HARMFUL and named and (located or any(p.actor.country for p in draft.recipients))
    if draft.actors and not known and not harmed and draft.type != "PROTEST" and draft.status.value != "future":
        return True
    above = scene.tree.tokens[scene.tree.tokens[draft.trigger.predicate].head].lemma.lower()
    if draft.status.value == "hypothetical" and draft.said_by is None and above in scene.pack.status.obligation_verbs:
        return True  # "il faut que la France reconnaisse": a duty in general
    bare = draft.trigger.unit.pos == "N" and draft.trigger.support is None and not draft.recipients
    core = draft.type in HARMFUL and scene.tree.is_rel(draft.trigger.token, "nsubj", "obj", "root")
    if bare and draft.type in TO_SOMEBODY and len(draft.actors) < 2 and not core:
        return True
    people = draft.type == "REQUEST" and draft.actors and all(p.actor.sectors[:1] == ("CVL",) for p in draft.actors)
    foreign = {p.actor.country for p in draft.recipients} - {None, *(p.actor.country for p in draft.actors)}
    if people and not foreign:
        return True  # a demand of the street
    verb = draft.trigger.predicate
    trait = scene.tree.tokens[verb].rel == "acl:relcl" and scene.tree.feat(verb, "Tense") == "Pres"
    return trait and draft.type in TRAITS and scene.matcher.finite(verb) and not scene.tree.kids(verb, "aux")


def aimed_at(scene: Scene, verb: int) -> bool:
    """Whether a verb only tells the purpose of another act: "déployés pour combattre les rebelles"."""
    tree = scene.tree
    return (
        tree.is_rel(verb, "advcl") and tree.mark(verb) in scene.pack.lexicon.purpose and not scene.matcher.finite(verb)
    )


def plain_crime(scene: Scene, draft: Draft) -> bool:
    """Whether police or a court deals with private persons of its own country, and nothing makes it political."""
    at_home = {None, *(p.actor.country for p in draft.actors)}
    official = [p for p in draft.actors if p.actor.sectors and p.actor.sectors[0] not in {"COP", "JUD"}]
    if official or not draft.recipients:
        return False
    for party in draft.recipients:
        sectors = party.actor.sectors
        private = not sectors or sectors[0] in {"CVL", "BUS", "CRM", "UNK"}
        if not private or party.kind not in {"name", "role", "person", "pronoun"} or party.actor.country not in at_home:
            return False
    found, _ = contexts_of(scene.tree, scene.matcher, (), scene.pack)
    return GRAVE.isdisjoint(found)


def off_topic(draft: Draft, topics: dict[str, int]) -> bool:
    """Whether the act belongs to sport, culture, business or private life: its words say so, and no official acts."""
    if not topics:
        return False
    parties = (*draft.actors, *draft.recipients)
    official = any(
        p.kind in {"government", "office", "group"}
        or (p.kind in {"person", "role", "organisation"} and p.actor.sectors and p.actor.sectors[0] not in PRIVATE)
        for p in parties
    )
    if official:
        return sum(topics.values()) >= OFF_TOPIC_WORDS
    return bool(topics.get("sport") or sum(topics.values()) >= 2)


def without_twins(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """One report an act: of two triggers of one act ("se rend en visite à") the better filled stays."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-weight(d), d.trigger.token)):
        if not any(twins(scene, draft, other) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.trigger.token)


def weight(draft: Draft) -> int:
    """How much of a report is known."""
    return 2 * bool(draft.actors) + 2 * bool(draft.recipients) + bool(draft.mode) + (draft.trigger.unit.pos == "V")


def twins(scene: Scene, a: Draft, b: Draft) -> bool:
    """Whether two drafts tell one act."""
    if a.type != b.type or (a.mode and b.mode and a.mode != b.mode):
        return False
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


def countries(draft: Draft, *, joint: bool) -> set[tuple[str, str | None]]:
    """The sides and countries of a draft; `joint` throws the sides together."""
    sides = [("a", p) for p in draft.actors] + [("a" if joint else "r", p) for p in draft.recipients]
    return {(side, p.actor.country) for side, p in sides}


# --- the report ------------------------------------------------------------------------------------------------------
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
