"""Standing ties that a sentence states (ally of, dispute with, dependent on …): `relations_of`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from dragoman.coding.dates import times
from dragoman.coding.status import is_denied, lowered, status_of
from dragoman.coding.tree import Tree
from dragoman.model import Document, Reason, Relation, Span, When

if TYPE_CHECKING:
    from dragoman.coding.actors import Cast, Party
    from dragoman.coding.voice import Voices
    from dragoman.pack import Pack
    from dragoman.pack.ties import Slot, Step, Tie

BREAKS = frozenset({"–", "—", "-", ",", "(", "»", "”", '"'})
NO_TIE = frozenset({"pronoun"})  # a party with no country is no party of a tie
STILL = frozenset({"negation", "hypothetical", "future"})


def relations_of(
    number: int, tree: Tree, *, cast: Cast, voices: Voices | None, pack: Pack, document: Document
) -> tuple[Relation, ...]:
    """The ties of one sentence, one for each pair of parties."""
    found: dict[tuple[str, str | None, str | None], Relation] = {}
    lemmas, texts = lowered(tree)
    by_lemma = pack.ties.by_lemma
    for i, lemma in enumerate(lemmas):
        for tie in by_lemma.get(lemma, ()) or by_lemma.get(texts[i], ()):
            reader = Reader(number, tree, i, tie, cast=cast, pack=pack)
            if not reader.fits(document):
                continue
            for relation in reader.read(voices, document):
                key = (relation.type, *_pair(relation, tie.symmetric))
                found.setdefault(key, relation)
    return tuple(found.values())


def _pair(relation: Relation, symmetric: bool) -> tuple[str | None, str | None]:
    a, b = relation.a.country or relation.a.name, relation.b.country or relation.b.name
    return (min(a or "", b or ""), max(a or "", b or "")) if symmetric else (a, b)


class Reader:
    """One pattern held against one token."""

    def __init__(self, number: int, tree: Tree, trigger: int, tie: Tie, *, cast: Cast, pack: Pack) -> None:
        self.number, self.tree, self.trigger, self.tie = number, tree, trigger, tie
        self.cast, self.pack = cast, pack
        self.lemmas = lowered(tree)[0]

    # --- does the pattern fit? ------------------------------------------------------------------------------

    def fits(self, document: Document) -> bool:
        """Whether the token is the pattern's trigger, with all that must be beside it and nothing that must not."""
        tie, tree = self.tie, self.tree
        if tree.tokens[self.trigger].upos not in tie.upos and not (
            "NOUN" in tie.upos and tree.kids(self.trigger, "det")
        ):
            return False
        if tie.case and tree.case(self.trigger) not in tie.case:
            return False
        beside, above = self._beside(), self._governors()
        if tie.without & (beside | above):
            return False
        has_beside = not tie.beside or bool(tie.beside & beside)
        has_governor = not tie.governor or bool(tie.governor & above)
        if not (has_beside and has_governor):
            return False
        predicate = self.predicate()
        if tie.negated != is_denied(tree, predicate, self.trigger, pack=self.pack):
            return False
        if tie.present and tree.tokens[self.trigger].upos == "VERB" and not self._present():
            return False
        if tie.negated or (
            predicate == self.trigger
            and tree.tokens[predicate].upos in {"NOUN", "PROPN"}
            and not tree.kids(predicate, "cop")
        ):
            return True
        given = any(tree.feat(k, "Definite") == "Def" or tree.feat(k, "Poss") for k in tree.kids(self.trigger, "det"))
        if predicate != self.trigger and (given or not tree.is_rel(self.trigger, "obj", "xcomp")):
            return True  # "le partenariat entre X et Y" is there, whatever shall be done with it
        status = status_of(tree, predicate, predicate, pack=self.pack, when=None, published=document.published)
        return status.value not in STILL

    def _beside(self) -> set[str]:
        """Lemmas that modify the trigger, that it governs, or that are said of it."""
        tree, found = self.tree, set()
        queue = [(self.trigger, 0)]
        while queue:
            node, depth = queue.pop()
            for k in tree.children[node]:
                if tree.is_rel(k, "punct", "det", "case", "conj") and not (tree.is_rel(k, "conj") and depth):
                    if not tree.is_rel(k, "conj"):
                        continue
                    if tree.tokens[k].upos not in {"ADJ", "NOUN"}:
                        continue
                found.add(self.lemmas[k])
                if depth < 2 and not tree.is_rel(k, "acl", "advcl", "ccomp"):
                    queue.append((k, depth + 1))
        if tree.is_rel(self.trigger, "nsubj", "obj"):
            head = tree.tokens[self.trigger].head
            found.add(self.lemmas[head])
            found.update(self.lemmas[k] for k in tree.kids(head, "xcomp", "advmod", "obl", "conj"))
        for i in (self.trigger - 1, self.trigger - 2):
            if i >= 0 and self.lemmas[i] in self.tie.beside:
                found.add(self.lemmas[i])
        if tree.is_rel(self.trigger, "acl", "amod"):
            found.add(self.lemmas[tree.tokens[self.trigger].head])
        return found

    def _governors(self) -> set[str]:
        tree, found, node = self.tree, set(), self.trigger
        for head in tree.ancestors(node):
            found.add(self.lemmas[head])
            if tree.tokens[head].upos in {"VERB", "AUX"} or len(found) > 3:
                break
        found.update(self.lemmas[k] for k in tree.kids(self.trigger, "cop"))
        return found

    def _present(self) -> bool:
        tree, verb = self.tree, self.trigger
        if tree.feat(verb, "VerbForm") == "Part" and not tree.kids(verb, "aux"):
            return tree.is_rel(verb, "acl", "amod", "advcl", "root")
        aux = [k for k in tree.kids(verb, "aux") if tree.tokens[k].rel != "aux:pass"]
        if aux and tree.feat(verb, "VerbForm") == "Part" and tree.feat(verb, "Tense") != "Pres":
            return False
        carrier = ([*aux, *tree.kids(verb, "aux:pass"), verb])[0]
        return tree.feat(carrier, "Tense") in {"Pres", None} and tree.feat(carrier, "VerbForm") != "Inf"

    def predicate(self) -> int:
        """The verb or predicate noun that carries tense and denial for the trigger."""
        tree, node = self.tree, self.trigger
        if tree.tokens[node].upos == "VERB" or tree.kids(node, "cop"):
            return node
        head = tree.tokens[node].head
        if (
            head != node
            and tree.is_rel(node, "obj", "nsubj", "xcomp", "obl")
            and tree.tokens[head].upos in {"VERB", "ADJ", "AUX"}
        ):
            return head
        return node

    # --- who are its parties? -------------------------------------------------------------------------------

    def read(self, voices: Voices | None, document: Document) -> Iterator[Relation]:
        """One relation for each pair of parties that the slots hold."""
        tie = self.tie
        left = self._first(tie.a, ())
        if not left:
            return
        right = self._first(tie.b, left)
        if left == right and len(left) >= 2:  # both sides from one coordination
            left, right = left[:1], left[1:]
        for a in left:
            for b in right:
                if _same(a, b):
                    continue
                yield self._relation(a, b, voices, document)

    def _first(self, slots: Iterable[Slot], taken: tuple[Party, ...]) -> tuple[Party, ...]:
        for slot in slots:
            parties = tuple(p for p in self._parties(slot, taken) if p.actor.country and p.political)
            if slot.special == "pair" and taken and parties == taken:
                return parties
            fresh = tuple(p for p in parties if not any(_same(p, t) for t in taken))
            if fresh:
                return fresh
        return ()

    def _parties(self, slot: Slot, taken: tuple[Party, ...]) -> tuple[Party, ...]:
        special = slot.special
        if special == "inside":
            return self._inside()
        if special == "joint":
            return self._joint()
        if special == "possessor":
            return self.cast.possessor(self.number, self.trigger)
        if special == "other":
            return self._other(taken)
        found: list[Party] = []
        for head in self._heads(slot):
            parties = self.cast.parties(self.number, head) or self.cast.inside(self.number, head)
            found += [p for p in parties if not any(_same(p, f) for f in found)]
        return tuple(self._joined(found)) if special == "pair" and len(found) == 1 else tuple(found)

    def _joined(self, found: list[Party]) -> list[Party]:
        """One party of a pair with the other behind "and", where the parser did not join them."""
        tree, end = self.tree, found[0].actor.span.end
        after = [i for i, t in enumerate(tree.tokens) if t.start >= end][:4]
        if not after or tree.tokens[after[0]].upos != "CCONJ":
            return found
        reach = tree.tokens[after[-1]].end
        for party in self.cast.mentions(self.number):
            if end <= party.actor.span.start < reach and not _same(party, found[0]):
                return [*found, party]
        return found

    def _heads(self, slot: Slot) -> list[int]:
        """The tokens at which a slot's parties stand."""
        places: dict[str | None, Callable[[], list[int]]] = {
            "holder": self._holder, "subject": self._subject, "whose": self._whose, "where": self._where,
            "pair": self._pair_heads, "self": lambda: [self.trigger], None: lambda: [self.trigger],
        }  # fmt: skip
        heads = places[slot.special]()
        for step in slot.steps:
            heads = [k for head in heads for k in self._step(head, step)]
        return [self._meant(h) for h in heads] if slot.steps else heads

    def _step(self, node: int, step: Step) -> list[int]:
        tree = self.tree
        if step.rel == "governed":
            head = tree.tokens[node].head
            return [head] if head != node and tree.is_rel(node, "nsubj", "obj", "obl", "xcomp") else []
        if step.rel in {"nsubj", "obj"} and tree.tokens[node].upos == "VERB":
            return self._argument(node, step.rel)
        kids = tree.kids(node, step.rel) or (self._infinitive(node) if step.rel == "acl" else [])
        if step.cases is not None:
            kids = [k for k in kids if tree.case(k) in step.cases or (not tree.case(k) and self._is_relative(k))]
            if not kids and step.rel == "nmod" and node == self.trigger:
                kids = self._deeper(node, step.cases - self.pack.ties.claims.owner_cases)
        return kids

    def _deeper(self, node: int, cases: frozenset[str]) -> list[int]:
        """A complement that the parser hung further down ("la coopération en matière de défense avec X")."""
        tree = self.tree
        for k in tree.subtree(node):
            if k > node and tree.is_rel(k, "nmod", "obl") and tree.case(k) in cases:
                return [k]
        return []

    def _argument(self, verb: int, rel: str) -> list[int]:
        """Subject or object of a verb; of two "subjects" the one behind the verb is its object."""
        tree = self.tree
        subjects = [k for k in tree.kids(verb, "nsubj") if tree.tokens[k].rel != "nsubj:pass"]
        objects = tree.kids(verb, "obj")
        if len(subjects) > 1 and not objects and subjects[0] < verb < subjects[-1]:
            subjects, objects = subjects[:1], subjects[-1:]
        return subjects if rel == "nsubj" else objects

    def _infinitive(self, node: int) -> list[int]:
        """An infinitive behind the noun that the parser hung on a noun above it ("le contexte de la réticence … à")."""
        tree, above = self.tree, set(self.tree.ancestors(node))
        for k in range(node + 1, min(node + 12, len(tree.tokens))):
            if tree.tokens[k].upos == "PUNCT":
                break
            if tree.feat(k, "VerbForm") == "Inf" and tree.tokens[k].head in above and tree.kids(k, "mark"):
                return [k]
        return []

    def _is_relative(self, i: int) -> bool:
        return self.tree.feat(i, "PronType") == "Rel"

    def _meant(self, i: int) -> int:
        """The antecedent of a relative pronoun; any other token itself."""
        tree = self.tree
        if self._is_relative(i):
            for head in (i, *tree.ancestors(i)):
                if tree.tokens[head].rel == "acl:relcl":
                    return tree.tokens[head].head
        return i

    def _holder(self) -> list[int]:
        """Whom the trigger is said of: the copula's subject, the noun it stands by, the party before a comma."""
        tree, node = self.tree, self.trigger
        while tree.is_rel(node, "conj") and tree.kids(node, "cc"):
            node = tree.tokens[node].head
        if tree.kids(node, "cop"):
            return [self._meant(k) for k in tree.kids(node, "nsubj")]
        head, rel = tree.tokens[node].head, tree.tokens[node].rel.partition(":")[0]
        if (
            head != node
            and rel in {"xcomp", "obl", "obj"}
            and tree.tokens[head].upos in {"VERB", "AUX"}
            and self._says_of(node, head)
        ):
            return [self._meant(k) for k in tree.kids(head, "nsubj")]
        before = self._before(node)
        if before is not None:
            return [before]
        if head != node and rel in {"appos", "acl", "amod", "nmod", "advcl", "parataxis", "dep", "conj"}:
            if tree.tokens[head].upos in {"VERB", "AUX", "ADJ"} and rel in {"advcl", "parataxis", "dep"}:
                return [self._meant(k) for k in tree.kids(head, "nsubj")]
            if rel != "nmod":
                return [head]
        return list(tree.kids(node, "appos"))

    def _says_of(self, node: int, head: int) -> bool:
        """Whether the trigger is a predicate of a linking verb ("reste un allié"), or of "as" ("seen as an ally")."""
        return self.tree.is_rel(node, "xcomp")

    def _before(self, node: int) -> int | None:
        """The head of the phrase that a comma, a dash or a closing quotation mark parts from the trigger's phrase."""
        tree = self.tree
        start = node
        while start > 0 and (tree.tokens[start - 1].upos in {"DET", "ADJ", "ADV"} or tree.is_rel(start - 1, "case")):
            start -= 1
        broke = False
        while start > 0 and tree.tokens[start - 1].text in BREAKS:
            start, broke = start - 1, True
        if not broke or start == 0:
            return None
        last = start - 1
        best: int | None = None
        for party in self.cast.mentions(self.number):
            if party.head <= last and max(tree.subtree(party.head)) >= last and min(tree.subtree(party.head)) <= last:
                inside = [i for i in tree.subtree(party.head) if i <= last]
                if inside and inside[-1] == last:
                    best = party.head if best is None else max(best, party.head)
        if best is None:
            ends = [
                p.head
                for p in self.cast.mentions(self.number)
                if p.head <= last and p.actor.span.end >= tree.tokens[last].end
            ]
            best = max(ends, default=None)
        return best

    def _subject(self) -> list[int]:
        """The subject of the verb whose object or complement the trigger is."""
        tree, node = self.tree, self.trigger
        head = tree.tokens[node].head
        if head == node or not tree.is_rel(node, "obj", "obl", "xcomp"):
            return []
        return [self._meant(k) for k in tree.kids(head, "nsubj")]

    def _whose(self) -> list[int]:
        """The antecedent of "dont", "whose" that owns the trigger."""
        return self._antecedent(self.pack.ties.rel_whose, 4)

    def _where(self) -> list[int]:
        """The antecedents of "où", "where", if the trigger stands in that clause."""
        return self._antecedent(self.pack.ties.rel_where, 10)

    def _antecedent(self, words: frozenset[str], reach: int) -> list[int]:
        """The noun right before a relative word that stands up to `reach` tokens before the trigger, by place: where a
        relative clause hangs is what parsers get wrong most."""
        tree = self.tree
        mark = next(
            (i for i in range(self.trigger - 1, max(-1, self.trigger - 1 - reach), -1) if self.lemmas[i] in words), None
        )
        if mark is None or any(tree.tokens[i].upos == "PUNCT" for i in range(mark + 1, self.trigger)):
            return []
        last = mark - 1
        while last >= 0 and tree.tokens[last].upos in {"PUNCT", "ADP"}:
            last -= 1
        noun = self._ending_at(last)
        if noun is None:
            return []
        while tree.is_rel(noun, "conj") and tree.tokens[tree.tokens[noun].head].upos in {"PROPN", "NOUN"}:
            noun = tree.tokens[noun].head
        return [noun]

    def _ending_at(self, last: int) -> int | None:
        """The head of the party whose mention ends at a token; of several, the innermost."""
        if last < 0:
            return None
        end = self.tree.tokens[last].end
        heads = [p.head for p in self.cast.mentions(self.number) if p.actor.span.end == end and p.head <= last]
        return max(heads, default=None)

    def _pair_heads(self) -> list[int]:
        """The coordination after "entre", "between"."""
        tree, cases = self.tree, self.pack.ties.pair_cases
        around = [self.trigger]
        if tree.is_rel(self.trigger, "nsubj", "obj"):
            around.append(tree.tokens[self.trigger].head)
        for node in around:
            for k in tree.kids(node, "nmod", "obl"):
                if tree.case(k) in cases:
                    return [k]
        for i in range(self.trigger + 1, min(self.trigger + 9, len(tree.tokens))):  # hung elsewhere by the parser
            finite = tree.tokens[i].upos == "VERB" and tree.feat(i, "VerbForm") != "Part"
            if finite or tree.tokens[i].upos in {"PUNCT", "AUX"}:
                break
            if self.lemmas[i] in cases:
                return [tree.tokens[i].head] if tree.tokens[i].head > i else []
        return []

    def _joint(self) -> tuple[Party, ...]:
        for k in self._pair_heads():
            parties = self.cast.parties(self.number, k)
            if parties:
                return parties
            return self.cast.joint(self.number, k)
        return ()

    def _inside(self) -> tuple[Party, ...]:
        """Demonyms on the trigger itself ("l'embargo américain"), not parties deeper in its phrase."""
        tree = self.tree
        near = set(tree.kids(self.trigger, "amod", "compound", "nmod:poss"))
        near |= {c for k in near for c in tree.kids(k, "conj")}
        parties = self.cast.inside(self.number, self.trigger) or self.cast.parties(self.number, self.trigger)
        spans = [(tree.tokens[k].start, tree.tokens[k].end) for k in near]
        return tuple(p for p in parties if any(s < p.actor.span.end and p.actor.span.start < e for s, e in spans))

    def _other(self, taken: tuple[Party, ...]) -> tuple[Party, ...]:
        """The other country that the sentence speaks of: the nearest one before the first, else the nearest behind."""
        others = [p for p in self.cast.mentions(self.number) if p.actor.country and not any(_same(p, t) for t in taken)]
        at = min((t.head for t in taken), default=self.trigger)
        before = [p for p in others if p.head < at]
        return tuple(before[-1:] or others[:1])

    # --- the relation ---------------------------------------------------------------------------------------

    def _relation(self, a: Party, b: Party, voices: Voices | None, document: Document) -> Relation:
        tie, tree = self.tie, self.tree
        evidence = self._evidence((a, b))
        told = voices.of(self.number, self.trigger) if voices is not None else None
        reasons = [Reason(field="type", rule=f"{self.pack.lang}/tie/{tie.id}", span=_token_span(tree, self.trigger))]
        reasons += [*a.reasons, *b.reasons, *(told[1] if told else ())]
        since = self._since(document)
        return Relation(
            id=_id(document.id, self.number, tie.type, a.actor.span, b.actor.span, a.actor.country, b.actor.country),
            document=document.id, sentence=self.number, type=tie.type, a=a.actor, b=b.actor, evidence=evidence,
            polarity=tie.polarity, since=since, said_by=told[0] if told else None, because=tuple(reasons),
        )  # fmt: skip

    def _evidence(self, parties: tuple[Party, ...]) -> Span:
        """The trigger with the words before it, up to the parties behind it and to what is said of it."""
        tree, first, last = self.tree, self.trigger, self.trigger
        words = self.pack.ties.rel_whose
        while first > 0 and (tree.tokens[first - 1].upos in {"DET", "ADJ"} or self.lemmas[first - 1] in words):
            first -= 1
        while (
            last + 1 < len(tree.tokens)
            and tree.tokens[last + 1].upos == "ADJ"
            and tree.tokens[last + 1].head == self.trigger
        ):
            last += 1
        ends = [p.actor.span.end for p in parties if p.actor.span.start >= tree.tokens[self.trigger].start]
        if tree.is_rel(self.trigger, "nsubj"):
            ends.append(tree.tokens[tree.tokens[self.trigger].head].end)
        for i in range(self.trigger, len(tree.tokens)):
            if ends and tree.tokens[i].end <= max(ends):
                last = i
        return tree.span(list(range(first, last + 1)))

    def _since(self, document: Document) -> When | None:
        """The date after "depuis", "since" in the same clause."""
        words = self.pack.ties.claims.since
        for time in times(self.tree, self.pack, document.published):
            before = self.lemmas[max(0, time.start_token - 2) : time.start_token + 1]
            if words & set(before) and time.start_token > self.trigger:
                return time.when
        return None


def _same(a: Party, b: Party) -> bool:
    """Whether two parties are of one country (or the same organisation)."""
    if a.actor.country != b.actor.country:
        return False
    return a.actor.country not in {"IGO", "NGO"} or a.actor.name == b.actor.name


def _token_span(tree: Tree, i: int) -> Span:
    return Span(tree.tokens[i].start, tree.tokens[i].end)


def _id(document: str, *parts: object) -> str:
    """A hash of what the relation says, the same for the same text."""
    return hashlib.sha256("\x1f".join([document, *map(str, parts)]).encode()).hexdigest()[:16]
