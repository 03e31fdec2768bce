"""Type, mode, status, time, place and voice of a draft."""

from __future__ import annotations

from dragoman import ontology
from dragoman.coding.actors import Party
from dragoman.coding.dates import when_of
from dragoman.coding.drafts import DUTY, VERBAL, Draft, Scene, content_tokens, speaker_of
from dragoman.coding.places import place_of
from dragoman.coding.status import Status, status_of
from dragoman.coding.tree import Tree
from dragoman.model import Reason, Voice, When
from dragoman.pack import Pack
from dragoman.pack.lexicon import BY_CONTENT
from dragoman.pack.places import load_places

WRONGS = frozenset({"violate-rights", "violate-sovereignty", "misinform"})
REFUSED = {
    "CONCEDE": "yield", "RETREAT": "yield", "AID": "assist", "COOPERATE": "assist", "SUPPORT": None, "CONSULT": "meet",
}  # fmt: skip
# acts told of another country that are done at home or anywhere
ANYWHERE = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN"})
PLANNED = frozenset(ontology.BECOMES_AGREE)
SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST"})  # acts that the deed told to be for them already does
CONTENT_MODES = {
    "REQUEST": ("assist", "change", "yield", "meet"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("violence", "restrict", "relations", "expel", "territory", "arrest"),
}


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


def settle(scene: Scene, draft: Draft) -> None:
    """Decide type, mode, status, planned, when, place and voice of a draft."""
    trigger, tree, pack = draft.trigger, scene.tree, scene.pack
    voice = scene.voices.of(scene.number, trigger.token) if scene.voices is not None else None
    if voice and not speaks_itself(scene, draft, voice[0]):
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
        if draft.type in SPOKEN and any(r.rule == f"{pack.lang}/status/purpose" for r in draft.status.reasons):
            above = tree.tokens[trigger.predicate].head  # "voted to condemn": it is done as the vote is
            draft.status = status_of(tree, above, above, pack=pack, when=draft.when, published=scene.published)
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
        if draft.said_by is not None and speaks_itself(scene, draft, draft.said_by):
            draft.said_by = None  # "said it would send aid" is its own promise
    elif draft.type == "AGREE" and draft.planned is None and draft.content:
        draft.planned = planned_type(scene, draft)
    found_place = place_of(
        tree,
        trigger.token,
        trigger.predicate,
        cast=scene.cast,
        pack=pack,
        document=scene.document,
        besides=addressees(scene, draft),
    )
    if found_place:
        draft.place = found_place[0]
        draft.reasons += found_place[1]
    meeting_place(draft)


def addressees(scene: Scene, draft: Draft) -> frozenset[int]:
    """The heads of recipients whose ground is not where it happened: an apology to Norway is made anywhere."""
    verb = scene.tree.tokens[draft.trigger.predicate].lemma.lower()
    sent = draft.type == "MOBILIZE" and verb in load_places(scene.pack.folder).giving
    told = draft.type in ANYWHERE and draft.trigger.unit.concept.type != "CONSULT"  # a visit to come has a goal
    return frozenset(p.head for p in draft.recipients) if sent or told else frozenset()


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


def speaks_itself(scene: Scene, draft: Draft, voice: Voice) -> bool:
    """Whether the voice is only the doer of the verbal act itself: "Kiev a accusé …" is not said by Kiev."""
    return draft.type in VERBAL and any(
        p.actor.span.overlaps(voice.span) or (is_pronoun(scene, p) and (p.actor.country, p.actor.sectors) == whose)
        for whose in ((voice.country, voice.sectors),)
        for p in draft.actors
    )


def is_pronoun(scene: Scene, party: Party) -> bool:
    """Whether a party is told by a pronoun: "said that it will sign"."""
    return party.head >= 0 and scene.tree.tokens[party.head].upos == "PRON"


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
    """The type of what an AGREE promises: of the first unit that fits in its content, or of a word with one meaning."""
    fitting = {t.token: t.unit.concept.type for t in scene.matcher.triggers()}
    for head in draft.content:
        for k in content_tokens(scene, head):
            if k == draft.trigger.token:
                continue
            found = fitting[k] if k in fitting else only_type(scene, k)
            if found is not None and found != draft.type:  # a promise to promise is none
                return found
    return None


def only_type(scene: Scene, k: int) -> str | None:
    """The type of a word all of whose units mean the same."""
    units = [u for lemma in scene.matcher.lemmas(k) for u in scene.pack.lexicon.units.get(lemma, ())]
    types = {u.concept.type for u in units if scene.matcher.pos_fits(k, u) and u.concept.type}
    return types.pop() if len(types) == 1 else None


def meeting_place(draft: Draft) -> None:
    """Talks on the ground of neither party are third-party."""
    if draft.type != "CONSULT" or draft.mode is not None or draft.place is None or not draft.place.stated:
        return
    known = {p.actor.country for p in (*draft.actors, *draft.recipients)} - {None}
    abroad = draft.place.country or ""
    if len(known) > 1 and abroad and not abroad.startswith("R-") and draft.place.country not in known:
        draft.mode = "third-party"
        draft.reasons.append(Reason(field="mode", rule="plover/third-party-ground", span=draft.place.span))
