"""Lexical units in a tree: which words are triggers, and which words fill the slots of their frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dragoman.coding.tree import Tree
from dragoman.pack.lexicon import POS, Lexicon, Need, Slot, Unit

CLAUSES = {"acl:relcl", "ccomp", "advcl", "parataxis", "csubj"}
NEAR = 6  # words: how far from its head a part of an expression may stand outside the head's subtree
DEEP = 4  # levels: how far down a complement may hang through wrong attachments
FAR = 16  # words: how far to the right of a noun a complement that hangs elsewhere is looked for
CLAUSE_MARKS = frozenset({";", ":", "«", "»", "“", "”", "–", "—", "(", ")"})
STOPS = frozenset(".;:?!")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "ADJ")

LISTED = frozenset({"lemma", "kind"})  # needs that list words or parties, which no list has all of
SUPPORTED = {"obj", "nsubj", "obl", "xcomp", "iobj", "dislocated"}  # how a noun hangs on its supporting verb

Kind = Callable[[int, frozenset[str]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A matched unit: its head token, the predicate that carries tense, and the supporting verb if there is one."""

    unit: Unit
    token: int
    predicate: int
    support: int | None = None
    effect: str | None = None  # of the supporting verb: actual | future | cause | end
    words: tuple[int, ...] = ()  # the other tokens of the expression


@dataclass(slots=True)
class Matcher:
    """Finds triggers and slot fillers in one tree. `kind(token, kinds)` tells whether a token is such a party."""

    tree: Tree
    lexicon: Lexicon
    kind: Kind
    named: frozenset[int] = frozenset()  # tokens inside names and set phrases, which tell no act: "the armed forces"
    _lower: list[str] = field(default_factory=list)
    _all: frozenset[str] = frozenset()
    _as_reflexive: set[int] = field(default_factory=set)  # verbs read as reflexive units: "se sont rencontrés"
    _lost: dict[int, list[int]] = field(default_factory=dict)
    _lemmas: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        forms = self.lexicon.forms
        for token in self.tree.tokens:
            lower = token.text.lower()
            self._lower.append(lower)
            found = dict.fromkeys((token.lemma.lower(), lower, *forms.get(lower, ())))
            self._lemmas.append(tuple(found))
        self._all = frozenset(word for words in self._lemmas for word in words)

    # --- triggers ------------------------------------------------------------------------------------------------
    def triggers(self) -> Iterator[Trigger]:
        """Every token at which a unit fits, with the most demanding unit that does; units that say no are given too."""
        for i in range(len(self.tree.tokens)):
            options = [
                unit
                for lemma in self._lemmas[i]
                for unit in self.lexicon.units.get(lemma, ())
                if not unit.pos or self.pos_fits(i, unit)
            ]
            options.sort(key=lambda unit: -unit.specific)
            for unit in options:
                trigger = self._fits(i, unit)
                if trigger:
                    yield trigger
                    break

    def near_misses(
        self, triggers: Iterable[Trigger], *, spare: frozenset[str] = LISTED, usual: bool = True
    ) -> Iterator[Trigger]:
        """At each token without a trigger, the unit that lacks least of its company; nothing that it forbids is there.

        Only needs of the tests in `spare` may be lacking, and with `usual` the word must mean such an act in most of
        its units: "go" is no war without "to war".
        """
        taken = {trigger.token for trigger in triggers}
        for i in range(len(self.tree.tokens)):
            lemmas = self._lemmas[i] if i not in taken else ()
            units = [unit for lemma in lemmas for unit in self.lexicon.units.get(lemma, ())]
            types = Counter(unit.concept.type for unit in units if unit.concept.type is not None)
            found = [
                (self._lacks(trigger), unit.id, trigger)
                for unit in units
                if unit.concept.type is not None and (not unit.pos or self.pos_fits(i, unit))
                if not usual or 2 * types[unit.concept.type] >= types.total()
                if (trigger := self._fits(i, unit, spare=spare)) is not None
            ]
            if found:
                yield min(found, key=lambda option: option[:2])[2]

    def _lacks(self, trigger: Trigger) -> int:
        return sum(not self._holds(trigger, need) for need in trigger.unit.needs)

    def pos_fits(self, i: int, unit: Unit) -> bool:
        if i in self.named and (unit.pos != "N" or self.tree.tokens[i].upos == "PROPN") and unit.concept.type:
            return False
        allowed = POS[unit.pos]
        upos = self.tree.tokens[i].upos
        if allowed and upos not in allowed:
            misread = {"V": self._verb_read_as_noun, "N": self._noun_read_as_verb}.get(unit.pos)
            return misread is not None and misread(i, unit)
        if unit.pos == "V" and upos == "ADJ":
            return self._lower[i] != unit.head and unit.head in self.lexicon.forms.get(self._lower[i], ())
        return not (unit.pos == "N" and upos == "PROPN" and self.tree.is_rel(i, "flat", "compound"))

    def _verb_read_as_noun(self, i: int, unit: Unit) -> bool:
        """A finite verb that the tagger took for a noun: it has a subject and no determiner."""
        if self.tree.tokens[i].upos not in {"NOUN", "PROPN"} or self.tree.kids(i, "det", "case", "cop"):
            return False
        return bool(self.tree.kids(i, "nsubj")) and unit.head in self.lexicon.forms.get(self._lower[i], ())

    def _noun_read_as_verb(self, i: int, unit: Unit) -> bool:
        """A noun that the tagger took for a verb: it is an object or complement, and has what only nouns have."""
        token = self.tree.tokens[i]
        if token.upos != "VERB" or token.rel not in {"obj", "nsubj", "nsubj:pass", "obl", "nmod"}:
            return False
        if unit.head not in (self._lower[i], *self.lexicon.forms.get(self._lower[i], ())):
            return False
        return bool(self.tree.kids(i, "compound", "amod", "det", "nummod")) and not self.tree.kids(i, "nsubj", "obj")

    def _fits(self, i: int, unit: Unit, *, spare: frozenset[str] = frozenset()) -> Trigger | None:
        if unit.pos == "V" and unit.reflexive != self.reflexive(i) and (unit.reflexive or self._true_reflexive(i)):
            return None
        if unit.reflexive:
            self._as_reflexive.add(i)
        else:
            self._as_reflexive.discard(i)
        words: list[int] = []
        for word in unit.words:
            k = self._word_near(i, word)
            if k is None:
                return None
            words.append(k)
        support, effect = self._support(i) if unit.pos in {"N", "X", "A"} else (None, None)
        predicate = support if support is not None else self._predicate(i)
        trigger = Trigger(unit=unit, token=i, predicate=predicate, support=support, effect=effect, words=tuple(words))
        needs = (n for n in unit.needs if n.negative or n.test not in spare)
        return trigger if all(self._holds(trigger, need) for need in needs) else None

    def reflexive(self, i: int) -> bool:
        """Whether verb i has a reflexive pronoun."""
        return any(
            self.tree.feat(k, "Reflex") == "Yes" or self.tree.tokens[k].rel.startswith("expl")
            for k in self.tree.children[i]
            if self.tree.tokens[k].upos == "PRON" and k < i and self.tree.tokens[k].rel not in {"expl:subj"}
        )

    def _true_reflexive(self, i: int) -> bool:
        """A reflexive verb is another verb than the plain one, unless the pronoun is a dative or passive marker."""
        return self.reflexive(i) and not any(self.tree.tokens[k].rel == "expl:pass" for k in self.tree.children[i])

    def _word_near(self, i: int, word: str) -> int | None:
        below = self._below(i)
        options = [
            k
            for k, lemmas in enumerate(self._lemmas)
            if k != i and word in lemmas and (k in below or abs(k - i) <= NEAR)
        ]
        return min(options, key=lambda k: (k not in below, abs(k - i))) if options else None

    def _below(self, i: int) -> set[int]:
        found, queue = {i}, [(i, 0)]
        while queue:
            k, depth = queue.pop()
            if depth < DEEP:
                for child in self.tree.children[k]:
                    if self.tree.tokens[child].rel not in CLAUSES:
                        found.add(child)
                        queue.append((child, depth + 1))
        return found

    def _support(self, i: int) -> tuple[int | None, str | None]:
        """The supporting verb of a noun, adjective or expression: "a mené des frappes", "est en visite"."""
        top = self._first_conjunct(i)
        while (above := self.tree.tokens[top].head) != top and self.tree.case(top) in self.lexicon.genitive:
            if self.lexicon.measures.isdisjoint(self._lemmas[above]):
                break
            top = self._first_conjunct(above)
        token = self.tree.tokens[top]
        head = token.head
        if head == top:
            return None, None
        rel = token.rel.partition(":")[0]
        if self.tree.tokens[head].upos in {"VERB", "AUX"} and rel in SUPPORTED:
            if rel == "nsubj" and not self.passive(head) and not self.reflexive(head):
                return None, None
            for lemma in self._lemmas[head]:
                effect = self.lexicon.light.get(lemma)
                fact = rel == "obl" and (effect != "actual" or self.tree.case(top) in self.lexicon.presupposing)
                if effect and not fact:
                    return head, effect
        return None, None

    def _first_conjunct(self, i: int) -> int:
        while self.tree.tokens[i].rel == "conj":
            i = self.tree.tokens[i].head
        return i

    def _predicate(self, i: int) -> int:
        """The word that carries tense for a trigger: itself, or the verb above a noun's phrase."""
        if self.tree.tokens[i].upos in {"VERB", "AUX"} or self.tree.kids(i, "cop", "aux"):
            return i
        for k in self.tree.ancestors(i):
            if self.tree.tokens[k].upos in {"VERB", "AUX"} or self.tree.kids(k, "cop"):
                return k
        return i

    # --- needs ---------------------------------------------------------------------------------------------------
    def _holds(self, trigger: Trigger, need: Need) -> bool:
        return self._test(trigger, need) != need.negative

    def _test(self, trigger: Trigger, need: Need) -> bool:
        i = trigger.token
        if need.test == "any":
            return not self._all.isdisjoint(need.values)
        if need.test == "feat":
            return all(pair in self.tree.tokens[i].feats for pair in need.values)
        if need.test == "participle":
            return self.tree.feat(i, "VerbForm") == "Part" or self.tree.tokens[i].upos == "ADJ"
        if need.test in {"passive", "active"}:
            return self.passive(i) == (need.test == "passive")
        if need.test == "bare":
            return not self.tree.kids(i, "det")
        fillers = [k for place in need.slots for k in self.fillers(trigger, place)]
        if need.test == "lemma":
            return any(not need.values.isdisjoint(self._lemmas[self.antecedent(k)]) for k in fillers)
        if need.test == "kind":
            return any(self.kind(k, need.values) for k in fillers)
        return bool(fillers)

    # --- slots ---------------------------------------------------------------------------------------------------
    def fillers(self, trigger: Trigger, place: Slot) -> list[int]:
        """Heads of the phrases that fill a slot, nearest first."""
        i, verb = trigger.token, trigger.support if trigger.support is not None else trigger.token
        part = place.part
        if part == "subj":
            said = trigger.unit.pos != "N" or trigger.support is not None or self.tree.kids(i, "cop")
            if trigger.unit.pos in {"A", "X"} and trigger.support is None:
                return self.surface_subjects(i)
            return self.subjects(verb) if said else []
        if part == "obj":
            if trigger.unit.pos == "V":
                return self.objects(i) or self._objects_of_particles(trigger) or self._partitive(trigger)
            return [] if trigger.unit.pos == "N" else self.objects(verb)
        if part == "iobj":
            return self.datives(verb)
        if part == "obl":
            return self.complements(trigger, place.cases)
        if part == "gen":
            return self.genitives(trigger)
        if part == "poss":
            return self.tree.kids(i, "nmod:poss", "det:poss")
        if part == "adj":
            return self.tree.kids(i, "amod", "compound", "nmod:unmarked")
        if part == "by":
            return self.agents(trigger)
        if part == "inf":
            return self.infinitives(verb, place.cases) or (self.infinitives(i, place.cases) if verb != i else [])
        if part == "that":
            return self.clauses(verb) or (self.clauses_of_noun(i) if trigger.unit.pos == "N" else [])
        if part == "comp.subj":
            return [s for c in (self.contents(verb) or self.clauses_of_noun(i)) for s in self.subjects(c)]
        if part == "comp.obj":
            return [s for c in self.contents(verb) for s in (*self.objects(c), *self._obliques(c))]
        if part == "self":
            return [i]
        return self.heads(i)

    def _partitive(self, trigger: Trigger) -> list[int]:
        """The object of a verb that takes one, read as a complement: "a arrêté des militants" is not "of the"."""
        tree, v = self.tree, trigger.token
        if not any(slot.part == "obj" for slot in trigger.unit.frame.recipient[:1]) or self.passive(v):
            return []
        behind = [k for k in tree.kids(v, "obl") if tree.case(k) in self.lexicon.genitive and k > v]
        return [k for k in behind if self._contracted(k) and min([k, *tree.kids(k, "case")]) == v + 1][:1]

    def _contracted(self, k: int) -> bool:
        """Whether a plural noun's adposition and article are one word, which can also be the bare article."""
        tokens = self.tree.tokens
        spans = {(tokens[c].start, tokens[c].end) for c in self.tree.kids(k, "case")}
        return any(
            (tokens[d].start, tokens[d].end) in spans and self.tree.feat(d, "Number") == "Plur"
            for d in self.tree.kids(k, "det")
        )

    def passive(self, v: int) -> bool:
        """Whether verb v is passive: an auxiliary, a passive subject, or a bare past participle beside a noun."""
        tree = self.tree
        if v in self._as_reflexive:
            return False
        if any(tree.tokens[k].rel == "aux:pass" for k in tree.children[v]):
            return True
        if tree.kids(v, "nsubj:pass"):  # "s'est engagé", "est parvenu": an active verb with être
            return not any(tree.tokens[k].rel in {"aux:tense", "expl:pv", "cop"} for k in tree.children[v])
        if self._misread(v) is not None:
            return False
        token = tree.tokens[v]
        if token.rel.startswith("xcomp") and not self.lexicon.passivizing.isdisjoint(self._lemmas[token.head]):
            return self.reflexive(token.head)
        if token.upos not in {"VERB", "ADJ"} or tree.kids(v, "aux"):
            return False
        if token.rel in {"acl", "amod", "conj", "advcl", "root", "parataxis", "appos", "ROOT", "xcomp"}:
            part = tree.feat(v, "VerbForm") == "Part" or token.upos == "ADJ"
            past = part and tree.feat(v, "Tense") != "Pres"
            if past and token.rel == "conj" and self._stolen_object(v):
                return False
            return past and (bool(self._by(v)) or not tree.kids(v, "obj", "nsubj"))
        return False

    def subjects(self, v: int) -> list[int]:
        """Logical subjects of predicate v (agents of a passive)."""
        if self.passive(v):
            return self._by(v) or self._lost_agent(v)
        return self.surface_subjects(v) or self._lost_subject(v) or self._lost_subject(self._governor(v))

    def _governor(self, v: int) -> int:
        """The predicate whose subject an infinitive shares ("was due to visit"), or v itself."""
        head = self.tree.tokens[v].head
        shares = self.tree.is_rel(v, "xcomp", "advcl", "csubj") and self.tree.mark(v) and not self.finite(v)
        return head if shares and self.tree.tokens[head].upos in {"VERB", "AUX", "ADJ"} else v

    def objects(self, v: int) -> list[int]:
        """Logical objects of verb v (the subject of a passive)."""
        if self.passive(v):
            return self.surface_subjects(v) or self._lost_subject(v)
        found = self._nearest(v, self.tree.kids(v, "obj")) or self._stolen_object(v) or self._relative_object(v)
        both = self.tree.kids(v, "nsubj")
        if not found and len(both) > 1 and both[0] < v < both[-1]:
            found = [k for k in both if k > v]
        if not found:
            found = [k for k in self.tree.kids(v, "xcomp") if self._is_object(k)]
        if not found:  # "a condamné à mort trois membres …", hung on "mort"
            low = [k for n in self.tree.kids(v, "obl") if n > v for k in self.tree.kids(n, "nmod")]
            found = [k for k in low if self.tree.tokens[k].rel == "nmod" and self._is_object(k)]
        above = self._misread(v)
        if not found and above is not None and above > v:
            found = [above]
        if not found:
            asked = bool(self.tree.kids(v, "xcomp", "ccomp"))  # "asked Russia to stop" has its object for a dative
            found = [k for k in self.tree.kids(v, "iobj") if self._accusative(k, asked=asked)]
        relative = self.tree.tokens[v].rel == "acl:relcl" and self.tree.kids(v, "nsubj")
        if not found and relative and self._bare_relative(v):
            found = [self.tree.tokens[v].head]
        return found

    def _nearest(self, v: int, found: list[int]) -> list[int]:
        """The objects of a verb without a second one behind the first, which another verb has lost."""
        behind = [k for k in found if k > v]
        return [k for k in found if k < v or k == behind[0]] if len(behind) > 1 else found

    def _stolen_object(self, v: int) -> list[int]:
        """The noun right behind a verb that the parser gave as an object to a verb before it."""
        tree = self.tree
        for k in range(v + 1, min(len(tree.tokens), v + 4)):
            token = tree.tokens[k]
            if token.upos in {"NOUN", "PROPN"}:
                other = token.head < v and tree.is_rel(k, "obj") and tree.tokens[token.head].upos == "VERB"
                return [k] if other else []
            if token.upos not in {"DET", "NUM", "ADJ"}:
                return []
        return []

    def _is_object(self, k: int) -> bool:
        """A noun with a determiner that the parser took for a complement clause: "a appelé l'armée à …"."""
        tree = self.tree
        bare = not tree.kids(k, "case", "mark", "cop", "nsubj")
        return tree.tokens[k].upos in {"NOUN", "PROPN"} and bool(tree.kids(k, "det", "nummod")) and bare

    def _relative_object(self, v: int) -> list[int]:
        """A relative pronoun before the verb and its subject, without adposition: "whom it accuses of …"."""
        tree, subjects = self.tree, self.tree.kids(v, "nsubj")
        return [
            k
            for k in tree.kids(v, "obl", "iobj", "advmod")
            if subjects and k < subjects[0] and tree.feat(k, "PronType") == "Rel" and not tree.case(k)
        ]

    def _accusative(self, k: int, *, asked: bool) -> bool:
        if self.tree.tokens[k].upos == "PRON":
            return self.tree.feat(k, "Case") == "Acc"
        return asked and not self.tree.case(k)

    def _objects_of_particles(self, trigger: Trigger) -> list[int]:
        """Objects whose particle the parser took for an adposition: "broke off talks"."""
        tree = self.tree
        above = [tree.tokens[w].head for w in trigger.words if tree.tokens[w].rel == "case"]
        return [k for k in above if tree.tokens[k].head == trigger.token]

    def _misread(self, v: int) -> int | None:
        """The noun under which the parser hung a finite verb as its participle, or None.

        "The president relinquished power." has its object above it; "The minister travelled to Kyiv." its subject.
        """
        tree, token = self.tree, self.tree.tokens[v]
        if token.upos != "VERB" or not token.rel.startswith(("amod", "acl")) or token.rel == "acl:relcl":
            return None
        if tree.kids(v, "aux", "mark") or tree.feat(v, "VerbForm") != "Part" or tree.feat(v, "Tense") == "Pres":
            return None
        if token.rel.startswith("amod") and token.head > v and tree.kids(v, "nsubj"):
            return token.head
        whole = tree.tokens[-1].text in STOPS and tree.tokens[token.head].head == token.head and token.head < v
        if whole and not self._by(v) and not any(self.finite(k) for k in range(len(tree.tokens))):
            return token.head
        return None

    def _bare_relative(self, v: int) -> bool:
        """A relative clause without its pronoun ("the raid Israel launched")."""
        tree = self.tree
        return not any(
            tree.feat(k, "PronType") == "Rel"
            or (tree.tokens[k].upos == "PRON" and k < v and tree.is_rel(k, "obj", "obl", "mark"))
            for k in tree.children[v]
        )

    def _lost_subject(self, v: int) -> list[int]:
        """The party left of a finite verb whose subject the parser lost: the first one without an adposition."""
        if v not in self._lost:
            self._lost[v] = self._look_left(v) if self.finite(v) else []
        return self._lost[v]

    def _look_left(self, v: int) -> list[int]:
        tree, tokens = self.tree, self.tree.tokens
        start = max((k for k in range(v) if tokens[k].upos == "VERB" or tokens[k].text in CLAUSE_MARKS), default=-1)
        near = [k for k in range(start + 1, v) if tokens[k].upos in {"NOUN", "PROPN"}]
        bare = [k for k in near if not tree.case(k)] or [k for k in near if tree.case(k) in self.lexicon.genitive]
        return [k for k in bare if self.kind(k, frozenset({"actor", "person"}))][:1]

    def surface_subjects(self, v: int, depth: int = 0) -> list[int]:
        """Grammatical subjects of v, inherited through coordination, control and participles."""
        tree = self.tree
        found = tree.kids(v, "nsubj")
        if len(found) > 1 and found[0] < v < found[-1]:  # a second one behind the verb is its object
            found = [k for k in found if k < v]
        found = found or [k for a in tree.kids(v, "aux", "cop") for k in tree.kids(a, "nsubj")]
        if found or depth > 6:
            return found
        token = tree.tokens[v]
        rel, head = token.rel, token.head
        if head == v:
            return []
        shared = self._joined_participle(v)
        if shared is not None:
            return self.surface_subjects(shared, depth + 1)
        if rel == "acl:relcl":
            return []
        if rel.startswith("acl") and self._loose_participle(v):
            above = next((k for k in tree.ancestors(head) if tree.tokens[k].upos == "VERB"), None)
            return self.surface_subjects(above, depth + 1) if above is not None else [head]
        if rel.startswith("acl") and tree.feat(v, "VerbForm") == "Inf":
            return self._deciders(head)
        if rel.startswith("acl"):
            return [head]
        if rel.startswith("amod") and (token.upos in {"VERB", "ADJ"} or tree.kids(v, "cop")):
            return [head]
        if rel.startswith("ccomp") and head < v and self.finite(v):
            lost = [k for k in self._lost_subject(v) if k > head]  # "said that Iran, which is near, had promised"
            if lost:
                return lost
        if rel.startswith(("conj", "xcomp", "advcl", "parataxis", "aux", "ccomp", "cop")):
            if tree.tokens[head].upos in {"NOUN", "PROPN", "PRON"} and not tree.kids(head, "cop", "nsubj"):
                return [head] if rel.startswith(("advcl", "xcomp")) else []
            if rel.startswith("conj") and tree.tokens[head].rel.startswith("acl") and not tree.kids(head, "nsubj"):
                return self.surface_subjects(head, depth + 1)
            if rel.startswith("parataxis") and tree.tokens[v].upos not in {"VERB", "AUX"}:
                return []
            if rel.startswith("conj") and self.passive(head) and not self.passive(v) and not tree.kids(head, "nsubj"):
                return self._by(head)
            controllers = [k for k in tree.kids(head, "obj") if k < v and tree.tokens[k].upos in {"NOUN", "PROPN"}]
            if rel.startswith("xcomp") and tree.mark(v) and controllers:
                return controllers
            return self.surface_subjects(head, depth + 1)
        if rel.startswith(("obl", "csubj")) and token.upos in {"VERB", "AUX"}:
            return self.surface_subjects(head, depth + 1)
        return []

    def _deciders(self, noun: int) -> list[int]:
        """Who does what a noun's infinitive tells: "la décision de Paris d'expulser …", "sa promesse de livrer …"."""
        tree, of = self.tree, self.lexicon.genitive
        owners = [k for k in tree.kids(noun, "nmod", "obl", "nmod:poss") if tree.case(k) in of or not tree.case(k)]
        return owners + [k for k in tree.kids(noun, "det") if tree.feat(k, "Poss") == "Yes"] or [noun]

    def _joined_participle(self, v: int) -> int | None:
        """The verb whose auxiliary an active participle shares: "a répété que … et menacé Y"."""
        tree, token = self.tree, self.tree.tokens[v]
        loose = token.rel == "conj" and tree.feat(v, "VerbForm") == "Part" and not tree.kids(v, "aux", "nsubj")
        if not loose or self.passive(v) or tree.kids(token.head, "aux"):
            return None
        for k in tree.ancestors(token.head):
            if tree.tokens[k].upos == "VERB" and tree.kids(k, "aux") and not self.passive(k):
                return k
        return None

    def _loose_participle(self, v: int) -> bool:
        """A present participle behind a comma tells of the clause's subject: "…, exhortant Kiev à négocier"."""
        present = self.tree.feat(v, "VerbForm") in {"Part", "Ger"} and self.tree.feat(v, "Tense") in {"Pres", None}
        return present and v > 0 and self.tree.tokens[v - 1].text == ","

    def finite(self, v: int) -> bool:
        """Whether v is a finite verb, by itself or by its auxiliary."""
        return any(
            self.tree.feat(k, "VerbForm") == "Fin" or self.tree.feat(k, "Mood")
            for k in (v, *self.tree.kids(v, "aux", "cop"))
        )

    def antecedent(self, k: int) -> int:
        """The noun that a relative pronoun stands for; k itself when it is none."""
        if self.tree.feat(k, "PronType") != "Rel":
            return k
        above = self.tree.relative_head(k)
        return k if above is None else above

    def _by(self, v: int) -> list[int]:
        tree, agents = self.tree, self.lexicon.agent
        return [k for k in tree.kids(v, "obl", "nmod") if tree.tokens[k].rel == "obl:agent" or tree.case(k) in agents]

    def _lost_agent(self, v: int) -> list[int]:
        """The agent of a passive that the parser hung on a noun between: "condamné à mort par la justice X"."""
        near = [k for k in self._to_the_right(v, self.lexicon.agent) if self.kind(k, frozenset({"actor"}))]
        return near[:1] or self._agent_of_asked(v)

    def _agent_of_asked(self, v: int) -> list[int]:
        """The agent of a passive behind what was asked for, where the parser hung it: "exhorté à négocier par X"."""
        asked = [k for k in self.tree.kids(v, "xcomp", "advcl", "ccomp") if self.tree.feat(k, "VerbForm") == "Inf"]
        below = sorted(k for c in asked if not self.passive(c) for k in self.tree.subtree(c) if k > c)
        found = [k for k in below if self.tree.case(k) in self.lexicon.agent and self.kind(k, frozenset({"actor"}))]
        return found[:1]

    def agents(self, trigger: Trigger) -> list[int]:
        """ "par X" / "by X" under the trigger or its support."""
        found = self._by(trigger.token)
        for k in self.tree.kids(trigger.token, "nmod"):
            if self.tree.case(k) in self.lexicon.genitive:
                found += self._by(k)
        if not found and trigger.support is not None and self.passive(trigger.support):
            found = self._by(trigger.support)
        if not found and trigger.unit.pos == "N":
            found = [k for m in self.tree.conjuncts(trigger.token) for k in self._by(m)][:1]
        if not found and trigger.unit.pos == "N":
            found = self._to_the_right(trigger.token, self.lexicon.agent)[:1]
        return found

    def datives(self, v: int) -> list[int]:
        """Indirect objects."""
        return [k for k in self.tree.kids(v, "iobj") if self.tree.feat(k, "Case") != "Acc"] + [
            k for k in self.tree.kids(v, "obj") if self.tree.feat(k, "Case") == "Dat"
        ]

    def genitives(self, trigger: Trigger) -> list[int]:
        """Complements with the genitive adposition, possessors."""
        tree, i = self.tree, trigger.token
        found = tree.kids(i, "nmod:poss", "det:poss")
        found += [
            k for k in tree.kids(i, "nmod", "obl", "appos") if k not in found and tree.case(k) in self.lexicon.genitive
        ]
        found += [k for k in tree.kids(i, "det") if k not in found and tree.feat(k, "Poss") == "Yes"]
        for word in trigger.words:  # "la grève de la faim de X", "le mandat d'arrêt de Paris"
            found += [k for k in tree.kids(word, "nmod") if tree.case(k) in self.lexicon.genitive and k not in found]
        for k in tree.kids(i, "nmod", "appos"):  # "la demande d'extradition de X": one level down
            found += [m for m in tree.kids(k, "nmod") if tree.case(m) in self.lexicon.genitive]
        if trigger.unit.pos == "N" and not any(
            k > i for k in found
        ):  # "l'acquittement par un tribunal de deux soldats"
            below = [m for k in self._by(i) for m in tree.kids(k, "nmod") if tree.case(m) in self.lexicon.genitive]
            found += [m for m in below if self.kind(m, frozenset({"person"}))]
        return found

    def complements(self, trigger: Trigger, cases: frozenset[str]) -> list[int]:
        """Phrases with one of the adpositions, under the trigger, its words or its support, nearest first."""
        tree = self.tree
        roots = [trigger.token, *trigger.words]
        if trigger.support is not None:
            roots.append(trigger.support)
        if trigger.unit.pos == "V":
            roots += self.objects(trigger.token)
        scored: dict[int, tuple[int, int]] = {}
        for root in roots:
            queue = [(root, 0)]
            while queue:
                k, depth = queue.pop()
                for child in tree.children[k]:
                    token = tree.tokens[child]
                    if token.rel in CLAUSES or (token.rel.startswith("conj") and token.upos in {"VERB", "AUX"}):
                        continue
                    if token.rel.startswith("acl") and depth == 0 and root != trigger.support:
                        if not self.lexicon.aiming.isdisjoint(self._lemmas[child]):
                            scored.update((k, (1, abs(k - trigger.token))) for k in tree.kids(child, "obj"))
                        continue
                    if token.upos in NOMINAL and depth < DEEP:
                        case = tree.case(child)
                        wanted = case in cases if cases else bool(case)
                        near = case not in self.lexicon.genitive and (depth < 2 or case not in self.lexicon.joining)
                        shallow = depth == 0 or near
                        if wanted and shallow and token.rel not in {"conj"}:
                            best = scored.get(child)
                            rank = (depth, abs(child - trigger.token))
                            if best is None or rank < best:
                                scored[child] = rank
                    if depth < DEEP and not token.rel.startswith("punct"):
                        queue.append((child, depth + 1))
        if not scored and trigger.unit.pos != "V" and cases:
            return self._to_the_right(trigger.token, cases - self.lexicon.genitive - self.lexicon.agent)
        return sorted(scored, key=lambda k: scored[k])

    def _to_the_right(self, i: int, cases: frozenset[str]) -> list[int]:
        """Complements of noun i that the parser hung above it: "lors de la visite de X à Alger" under the verb."""
        tree, found = self.tree, []
        for k in range(i + 1, min(len(tree.tokens), i + FAR)):
            if tree.tokens[k].upos in {"VERB", "AUX"} or tree.tokens[k].text in STOPS:
                break
            if tree.tokens[k].upos in NOMINAL and tree.case(k) in cases and not self._of_another(i, k, cases):
                found.append(k)
        return found

    def _of_another(self, i: int, k: int, cases: frozenset[str]) -> bool:
        """Whether an agent is that of a noun between: "les manifestations contre l'occupation de X par Y"."""
        tree, head = self.tree, self.tree.tokens[k].head
        if tree.tokens[i].upos != "NOUN" or cases.isdisjoint(self.lexicon.agent) or not i < head < k:
            return False
        return any(tree.case(m) in self.lexicon.genitive for m in tree.kids(head, "nmod"))

    def infinitives(self, v: int, cases: frozenset[str]) -> list[int]:
        """Infinitive (or -ing) complements of v, with one of the marks where marks are given.

        One that the parser hung on v's object or complement counts too ("accusée par Kiev d'avoir bombardé").
        """
        tree = self.tree
        found = [k for k in tree.kids(v, "xcomp", "advcl", "ccomp", "obl", "acl", "csubj") if self._infinite(k, cases)]
        if not found:
            low = [k for n in tree.kids(v, "obj", "iobj", "obl") for k in tree.kids(n, "acl", "advcl") if k > v]
            found = [k for k in low if tree.mark(k) and self._infinite(k, cases)]
        return found

    def _infinite(self, k: int, cases: frozenset[str]) -> bool:
        tree, token = self.tree, self.tree.tokens[k]
        if token.upos not in {"VERB", "AUX", "NOUN", "ADJ"} or token.rel == "acl:relcl":
            return False
        mark = tree.mark(k) or tree.case(k)
        infinite = (
            tree.feat(k, "VerbForm") in {"Inf", "Ger"}
            or (token.upos in {"VERB", "AUX"} and token.rel.startswith("xcomp"))
            or any(tree.feat(c, "VerbForm") == "Inf" for c in tree.kids(k, "aux", "cop"))
            or (bool(mark) and tree.feat(k, "VerbForm") == "Part" and not tree.kids(k, "nsubj"))
        )
        return infinite and (not cases or mark in cases)

    def clauses(self, v: int) -> list[int]:
        """Finite complement clauses."""
        return [k for k in self.tree.kids(v, "ccomp") if self.tree.feat(k, "VerbForm") != "Inf"]

    def clauses_of_noun(self, i: int) -> list[int]:
        """Finite clauses that tell what a noun is about ("the demand that X leave"), which only look like relatives."""
        tree = self.tree
        return [
            k
            for k in tree.kids(i, "acl", "ccomp")
            if tree.kids(k, "nsubj")
            and any(tree.tokens[m].upos == "SCONJ" for m in tree.kids(k, "mark"))
            and tree.feat(k, "VerbForm") not in {"Inf", "Ger"}
        ]

    def contents(self, v: int) -> list[int]:
        """All complement clauses, finite or not."""
        return [*self.clauses(v), *self.infinitives(v, frozenset())]

    def _obliques(self, v: int) -> list[int]:
        return [k for k in self.tree.kids(v, "obl") if self.tree.case(k)]

    def heads(self, i: int) -> list[int]:
        """What a participle, adjective or appositive phrase says something of."""
        token = self.tree.tokens[i]
        if token.head != i and self.tree.is_rel(i, "acl", "amod", "nmod", "appos"):
            return [token.head]
        return self.surface_subjects(i)

    def lemmas(self, k: int) -> tuple[str, ...]:
        """All lemmas that token k may have."""
        return self._lemmas[k]
