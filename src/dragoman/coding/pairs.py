"""What a given actor does to a given recipient in a text: the report that joins the two spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coding.actors import Cast, Party
from dragoman.coding.drafts import Draft, Scene, aimed_at, content_tokens
from dragoman.coding.events import finish
from dragoman.coding.match import Trigger
from dragoman.coding.settle import settle
from dragoman.coding.status import is_obligation
from dragoman.coding.tree import Tree
from dragoman.coding.voice import Voices
from dragoman.model import Actor, Document, Reason, Report, Sentence, Span
from dragoman.pack import Pack

# A slot that holds the given span is the surest sign; then a trigger on the path between the two spans; then one that
# stands between them. Weights were set by hand, looking at every sixth
# development pair (docs/evaluation.md).
IN_ACTOR_SLOT, IN_RECIPIENT_SLOT, SWAPPED, ON_PATH, BETWEEN, ABSORBED = 4.0, 4.0, 2.0, 2.0, 1.0, -6.0
ANY_NEED = frozenset({"", "any", "bare", "feat", "kind", "lemma", "participle", "passive", "active", "reflexive"})
INSIDE, PURPOSE, LACKING, WEAK = -5.0, -2.0, -1.0, 3.0


@dataclass(frozen=True, slots=True)
class Option:
    """A trigger with how well it joins the pair."""

    score: float
    trigger: Trigger


def between_in(
    document: Document,
    sentences: Sequence[Sentence],
    pack: Pack,
    actor: tuple[int, int] | None,
    recipient: tuple[int, int] | None,
) -> Report | None:
    """The report that joins two spans of one sentence; None when no unit joins them."""
    one = Span(*actor) if actor else None
    two = Span(*recipient) if recipient else None
    trees = [Tree(s) for s in sentences]
    cast = Cast(document, trees, pack)
    voices = Voices(document, trees, cast, pack)
    for number, tree in enumerate(trees):
        left, right = tokens_of(tree, one), tokens_of(tree, two)
        if not (left or right) or bool(left) != bool(one) or bool(right) != bool(two):
            continue
        scene = Scene(number, tree, cast, voices, pack, document)
        duty = bound(scene, left, right)
        options = [Option(0.0, duty)] if duty is not None else ranked(scene, left, right)
        if not options:
            return None
        best = options[0]
        draft = draft_for(scene, best.trigger, side(scene, left, one, document), side(scene, right, two, document))
        settle(scene, draft)
        return finish(scene, draft)
    return None


def bound(scene: Scene, left: list[int], right: list[int]) -> Trigger | None:
    """The duty that the actor lays on the recipient: "EU says Kenya must …" """
    tree = scene.tree
    for i, token in enumerate(tree.tokens):
        if not left or token.upos not in {"VERB", "AUX", "ADJ"} or not is_obligation(tree, i, scene.pack):
            continue
        if left[-1] < i and touches(tree, set(scene.matcher.surface_subjects(i)), right):
            return Trigger(unit=scene.pack.lexicon.duty, token=i, predicate=i)
    return None


def tokens_of(tree: Tree, span: Span | None) -> list[int]:
    """The tokens inside a span."""
    if span is None:
        return []
    return [i for i, t in enumerate(tree.tokens) if t.start < span.end and span.start < t.end]


def ranked(scene: Scene, left: list[int], right: list[int]) -> list[Option]:
    """The sentence's triggers, the one that joins the two sides best first.

    Somebody does something to somebody, we are told: where no trigger joins them well, units that lack a part of their
    company are tried too.
    """
    every = list(scene.matcher.triggers())
    triggers = [t for t in every if t.unit.concept.type is not None]
    options = weighed(scene, triggers, left, right)
    if not options or options[0].score < WEAK:
        near = weighed(scene, list(scene.matcher.near_misses(every, spare=ANY_NEED, usual=False)), left, right)
        options += [Option(o.score + LACKING, o.trigger) for o in near]
    return sorted(options, key=lambda o: (-o.score, -o.trigger.unit.specific, o.trigger.token))


def weighed(scene: Scene, triggers: list[Trigger], left: list[int], right: list[int]) -> list[Option]:
    """The triggers with their scores, best first."""
    absorbers: dict[int, set[int]] = {}
    for t in triggers:
        for head in (h for s in t.unit.frame.content for h in scene.matcher.fillers(t, s)):
            for k in content_tokens(scene, head):
                absorbers.setdefault(k, set()).add(t.token)
    options = [Option(joins(scene, t, left, right), t) for t in triggers]
    absorbed = {t.token for t in triggers if absorbers.get(t.token, set()) - {t.token}}
    options = [Option(o.score + ABSORBED, o.trigger) if o.trigger.token in absorbed else o for o in options]
    return sorted(options, key=lambda o: (-o.score, -o.trigger.unit.specific, o.trigger.token))


def joins(scene: Scene, t: Trigger, left: list[int], right: list[int]) -> float:
    """How well a trigger joins the two sides: by its slots, and by where it stands."""
    tree, frame = scene.tree, t.unit.frame
    path = path_between(tree, top(tree, left), top(tree, right)) if left and right else set()
    actors = {k for s in frame.actor for k in scene.matcher.fillers(t, s)}
    if t.support is not None:
        actors |= set(scene.matcher.subjects(t.support))
    recipients = {k for s in frame.recipient for k in scene.matcher.fillers(t, s)}
    score = 0.0
    for slot, side, other, weight in (
        (actors, left, right, IN_ACTOR_SLOT), (recipients, right, left, IN_RECIPIENT_SLOT)
    ):  # fmt: skip
        if touches(tree, slot, side):
            score += weight
        elif frame.reciprocal and touches(tree, slot, other):
            score += SWAPPED
    if t.token in path or t.predicate in path:
        score += ON_PATH
    if min([*left, *right]) < t.token < max([*left, *right]):
        score += BETWEEN
    if t.unit.pos != "N" and (t.token in left or t.token in right):
        score += INSIDE  # "a besieged town": what is said of a party, not done to it
    return score + PURPOSE if aimed_at(scene, t.predicate) else score


def touches(tree: Tree, heads: set[int], span: list[int]) -> bool:
    """Whether a filler is in the span, or the span's head hangs close below a filler."""
    if not span:
        return False
    if not heads.isdisjoint(span):
        return True
    head = top(tree, span)
    above = [head]
    for k in tree.ancestors(head):
        above.append(k)
        if len(above) > 3:
            break
    return not heads.isdisjoint(above)


def top(tree: Tree, span: list[int]) -> int:
    """The token of a span whose head lies outside it."""
    inside = set(span)
    return next((i for i in span if tree.tokens[i].head not in inside or tree.tokens[i].head == i), span[-1])


def path_between(tree: Tree, a: int, b: int) -> set[int]:
    """The tokens on the way from a to b in the tree."""
    up, down = [a, *tree.ancestors(a)], [b, *tree.ancestors(b)]
    common = next((k for k in up if k in set(down)), None)
    if common is None:
        return set()
    return {*up[: up.index(common) + 1], *down[: down.index(common) + 1]}


def side(scene: Scene, span: list[int], given: Span | None, document: Document) -> tuple[Party, ...]:
    """The parties of a given span; when nobody is recognised there, the span itself as an unknown actor."""
    if given is None:
        return ()
    head = top(scene.tree, span)
    found = scene.parties(head, inside=True)
    if found:
        return found
    actor = Actor(text=given.of(document.text), span=given)
    return (Party(actor=actor, head=head, kind="name", reasons=(Reason(field="actor", rule="given", span=given),)),)


def draft_for(scene: Scene, trigger: Trigger, left: tuple[Party, ...], right: tuple[Party, ...]) -> Draft:
    """The trigger with the given parties."""
    unit = trigger.unit
    assert unit.concept.type is not None
    draft = Draft(
        trigger=trigger,
        type=unit.concept.type,
        mode=unit.concept.mode,
        actors=left,
        recipients=right,
        reciprocal=unit.frame.reciprocal,
        content=tuple(k for s in unit.frame.content for k in scene.matcher.fillers(trigger, s)) or (trigger.token,),
    )
    draft.reasons.append(Reason(field="type", rule=unit.id, span=scene.tree.span([trigger.token])))
    return draft
