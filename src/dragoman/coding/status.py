"""Whether an event happened, will, might, did not, used to, or is only rumoured: `status_of`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.coding.dates import times
from dragoman.coding.tree import Tree
from dragoman.model import Reason, When

if TYPE_CHECKING:
    from dragoman.pack import Pack
    from dragoman.pack.status import StatusWords

OLD = timedelta(days=90)  # PLOVER: older than this before publication is historical
CLAUSAL = ("xcomp", "ccomp", "csubj")
OWN_CLAUSE = ("ccomp", "advcl", "acl", "parataxis", "csubj")
SENTENCE_ENDS = frozenset(".?!;")


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """PLOVER's auxiliary mode (None: actual), whether it is told as rumour, and why."""

    value: str | None = None
    hedged: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's verdict: the status, the rule's name, the tokens it rests on."""

    value: str | None
    rule: str
    tokens: tuple[int, ...]


def status_of(tree: Tree, trigger: int, verb: int, *, pack: Pack, when: When | None, published: date | None) -> Status:
    """The status of the event that `trigger` names and whose tense and negation `verb` carries."""
    look = Look(tree, pack.status)
    found = _decide(look, trigger, verb)
    if found is None or found.value is None:
        since = pack.ties.claims.since
        found = (
            _dated(look, trigger, verb, when, published, since) or _shared_past(look, verb, pack, published) or found
        )
    rumour = _hedge(look, trigger, verb, found)
    reasons = [_reason(look, pack, "status", f) for f in (found,) if f is not None]
    reasons += [_reason(look, pack, "hedged", f) for f in (rumour,) if f is not None]
    return Status(value=found.value if found else None, hedged=rumour is not None, reasons=tuple(reasons))


def is_obligation(tree: Tree, verb: int, pack: Pack) -> bool:
    """Whether the verb tells a duty of its subject ("must withdraw"), not a schedule ("must arrive on Friday")."""
    look = Look(tree, pack.status)
    found = _modal(look, verb)
    return found is not None and found.rule.startswith("obligation")


def _reason(look: Look, pack: Pack, field: str, found: Finding) -> Reason:
    span = look.tree.span(list(found.tokens)) if found.tokens else None
    return Reason(field=field, rule=f"{pack.lang}/status/{found.rule}", span=span)


class Look:
    """One sentence seen with one language's status words."""

    __slots__ = ("lemmas", "texts", "tokens", "tree", "words")

    def __init__(self, tree: Tree, words: StatusWords) -> None:
        self.tree, self.words, self.tokens = tree, words, tree.tokens
        self.lemmas, self.texts = lowered(tree)

    def finite(self, verb: int) -> int | None:
        """The token that carries the verb's tense and mood: an auxiliary, the copula or the verb itself."""
        for k in self.tree.kids(verb, "aux", "cop"):
            if self.tree.feat(k, "Mood") or self.tree.feat(k, "VerbForm") == "Fin":
                return k
        if self.tree.feat(verb, "Mood") or self.tree.feat(verb, "VerbForm") == "Fin":
            return verb
        return None

    def inflected(self, verb: int) -> str | None:
        """What the ending on an infinitive tells, whatever the tagger says: future or conditional."""
        text, stem = self.texts[verb], self.lemmas[verb].removesuffix(self.words.stem_suffix)
        if not stem or not text.startswith(stem) or self.words.stem_suffix == "":
            return None
        ending = text[len(stem) :]
        if ending in self.words.conditional_endings:
            return "conditional"
        return "future" if ending in self.words.future_endings else None

    def shared(self, verb: int) -> int:
        """The first verb of a coordination whose later verb has no tense of its own ("a rencontré X et signé Y")."""
        while self.tree.is_rel(verb, "conj") and self.finite(verb) is None:
            head = self.tokens[verb].head
            if self.tokens[head].upos not in {"VERB", "AUX", "ADJ"}:
                break
            verb = head
        return verb

    def complex(self, verb: int) -> list[int]:
        """The verb and the modal and aspect verbs above it, the lowest first."""
        found = [verb]
        node = self.shared(verb)
        if node != verb:
            found.append(node)
        raising = self.words.raising | self.words.hypothetical_auxiliaries | self.words.obligation_verbs
        for _ in range(3):
            head = self.tokens[node].head
            if head == node or not self.tree.is_rel(node, "xcomp", "ccomp") or self.finite(node) is not None:
                break
            if self.lemmas[head] not in raising:
                break
            node = self.shared(head)
            found.append(head)
            if node != head:
                found.append(node)
        return found

    def past(self, verb: int) -> bool:
        """Whether the verb is finite and told in a past tense (compound or simple)."""
        f = self.finite(verb)
        if f is None:
            return False
        if self.tree.feat(f, "Tense") in {"Past", "Imp", "Pqp"}:
            return True
        tense_aux = f != verb and self.tokens[f].rel not in {"aux:pass", "cop"}
        return (
            tense_aux
            and self.tree.feat(verb, "VerbForm") == "Part"
            and self.tree.feat(f, "Mood") == "Ind"
            and (self.tree.feat(verb, "Tense") == "Past")
        )

    def clause(self, verb: int) -> list[int]:
        """The tokens of the verb's own clause, embedded clauses left out."""
        found, queue = [verb], [verb]
        while queue:
            for k in self.tree.children[queue.pop()]:
                own = self.tree.is_rel(k, *OWN_CLAUSE) and self.tokens[k].upos in {"VERB", "AUX"}
                if own or (self.tree.is_rel(k, "conj") and self.finite(k) is not None):
                    continue
                found.append(k)
                queue.append(k)
        return sorted(found)

    def has_phrase(self, indices: list[int], phrases: tuple[str, ...]) -> bool:
        """Whether one of the phrases stands in the given tokens (as written, or as lemmas)."""
        texts = f" {' '.join(self.texts[i] for i in indices)} "
        lemmas = f" {' '.join(self.lemmas[i] for i in indices)} "
        return any(f" {p} " in texts or f" {p} " in lemmas for p in phrases)


_LOWERED: dict[int, tuple[Tree, list[str], list[str]]] = {}


def lowered(tree: Tree) -> tuple[list[str], list[str]]:
    """Lemmas and texts in lower case with a plain apostrophe; kept for the last few trees."""
    kept = _LOWERED.get(id(tree))
    if kept is not None and kept[0] is tree:
        return kept[1], kept[2]
    lemmas = [t.lemma.lower().replace("’", "'") for t in tree.tokens]
    texts = [t.text.lower().replace("’", "'") for t in tree.tokens]
    if len(_LOWERED) > 64:
        _LOWERED.clear()
    _LOWERED[id(tree)] = (tree, lemmas, texts)
    return lemmas, texts


# --- the order of the rules ---------------------------------------------------------------------------------


def _decide(look: Look, trigger: int, verb: int) -> Finding | None:
    """The first rule that speaks; negation before conditions, conditions before time, habits last."""
    noun = look.tokens[trigger].upos in {"NOUN", "PROPN"}
    rules: list[Callable[[], Finding | None]] = []
    if trigger == verb and not noun:
        rules.append(lambda: _foretelling(look, verb))
    if noun:
        rules.append(lambda: _noun_negated(look, trigger))
    if verb != trigger or not noun:
        rules += [lambda: _verbal(look, verb), lambda: _governed(look, verb)]
    if noun:
        rules += [lambda: _noun_condition(look, trigger), lambda: _noun_adjective(look, trigger)]
        if verb == trigger:
            rules.append(lambda: _noun_governed(look, trigger))
        else:
            rules.append(lambda: _noun_of_noun(look, trigger))
    rules += [lambda: _condition_above(look, verb), lambda: _question(look, verb), lambda: _habit(look, trigger, verb)]
    for rule in rules:
        found = rule()
        if found is not None:
            return found
    return None


def _foretelling(look: Look, verb: int) -> Finding | None:
    """A trigger that itself foretells: "est attendu à", "is due in", "prévoit de"."""
    if look.lemmas[verb] not in look.words.foretelling or _negator(look, verb):
        return None
    if (
        look.tokens[verb].upos == "ADJ"
        or look.tree.feat(verb, "VerbForm") == "Part"
        or look.tree.kids(verb, "xcomp", "ccomp")
    ):
        return Finding("future", "foretold", (verb,))
    return None


def _verbal(look: Look, verb: int) -> Finding | None:
    """What negation, conditions, modal verbs and tense say of a predicate."""
    for rule in (_rule_of_law, _negated, _condition_below, _condition_above, _modal, _conditional, _tense):
        found = rule(look, verb)
        if found is not None:
            return found
    return None


# --- negation -----------------------------------------------------------------------------------------------


def _negated(look: Look, verb: int) -> Finding | None:
    """Negation on any verb of the complex, on its subject or object, or by a negative subordinator."""
    for c in look.complex(verb):
        found = _negator(look, c) or _negative_argument(look, c)
        if found is not None:
            return found
        if look.tree.mark(c) in look.words.negative_adpositions or look.tree.case(c) in look.words.negative_adpositions:
            return Finding("negation", "without", tuple(look.tree.kids(c, "mark", "case")))
    return None


def _negator(look: Look, verb: int) -> Finding | None:
    words, tree = look.words, look.tree
    below = [
        k for k in tree.children[verb] if not tree.is_rel(k, "conj", "punct", "ccomp", "advcl", "acl", "parataxis")
    ]
    below += [k for a in tree.kids(verb, "aux", "cop") for k in tree.children[a]]
    particle = any(look.lemmas[k] in words.particles or look.texts[k] in words.particles for k in below)
    exceptive = particle and any(look.lemmas[k] in words.exceptive for k in below)
    for k in sorted(below):
        forms = {look.lemmas[k], look.texts[k]}
        strong = bool(forms & words.negators)
        weak = particle and not exceptive and bool(forms & words.negators_with_particle)
        if (strong or weak) and not _only_next(look, k):
            return Finding("negation", "negator", (k,))
    return None


def _only_next(look: Look, i: int) -> bool:
    """Whether "only" follows, so that "not" does not deny ("not only")."""
    after = range(i + 1, min(i + 3, len(look.tokens)))
    return any(
        look.lemmas[k] in look.words.not_only or look.lemmas[k] in look.words.exceptive - {""} for k in after[:1]
    ) or any(look.lemmas[k] in look.words.not_only for k in after)


def _negative_argument(look: Look, verb: int) -> Finding | None:
    tree, words = look.tree, look.words
    for a in tree.kids(verb, "nsubj", "obj", "iobj"):
        for k in (a, *tree.kids(a, "det", "cc", "advmod", "amod")):
            if look.lemmas[k] in words.negative_determiners and not _only_next(look, k):
                return Finding("negation", "negative-argument", (k,))
    return None


def _noun_negated(look: Look, noun: int) -> Finding | None:
    """A negative determiner, adposition or phrase before the noun."""
    tree, words = look.tree, look.words
    for k in tree.kids(noun, "det", "cc", "advmod", "amod"):
        if (look.lemmas[k] in words.negative_determiners or look.lemmas[k] in words.negators) and not _only_next(
            look, k
        ):
            return Finding("negation", "negative-noun", (k,))
    if tree.case(noun) in words.negative_adpositions:
        return Finding("negation", "without", tuple(tree.kids(noun, "case")))
    return _before(look, noun, words.negative_noun_phrases, "negation", "negative-phrase")


def _before(look: Look, noun: int, phrases: tuple[str, ...], value: str, rule: str) -> Finding | None:
    """A phrase that ends right before the noun, determiners and adjectives left aside."""
    start = noun
    while start > 0 and look.tokens[start - 1].upos in {"DET", "ADJ", "NUM"} and look.tokens[start - 1].head == noun:
        start -= 1
    for first in range(max(0, start - 5), start):
        for end in range(start, noun + 1):
            text = " ".join(look.texts[first:end])
            if text in phrases:
                return Finding(value, rule, tuple(range(first, end)))
    return None


# --- conditions and questions -------------------------------------------------------------------------------


def _climb(look: Look, node: int) -> Iterator[int]:
    """The predicates above a node whose condition it shares; relative clauses and asides are facts of their own."""
    for _ in range(12):
        yield node
        head = look.tokens[node].head
        if head == node or look.tree.is_rel(node, "parataxis", "appos") or look.tokens[node].rel == "acl:relcl":
            return
        node = head


def _condition_above(look: Look, verb: int) -> Finding | None:
    """The event stands in an if-clause, or in an indirect question."""
    tree, words = look.tree, look.words
    for node in _climb(look, verb):
        mark = tree.mark(node)
        if mark not in words.conditional_marks:
            continue
        marks = tuple(tree.kids(node, "mark"))
        if mark in words.interrogative_marks and tree.is_rel(node, "ccomp", "csubj"):
            return Finding("hypothetical", "indirect-question", marks)
        if tree.is_rel(node, "ccomp") and mark not in words.interrogative_marks:
            continue
        if _concessive(look, node, mark):
            return None
        return Finding("hypothetical", "condition", marks)
    return None


def _concessive(look: Look, node: int, mark: str) -> bool:
    """Whether an if-clause only sets a fact against another ("Si Paris a signé, Rome hésite")."""
    if mark not in look.words.concessive_marks:
        return False
    main = look.tokens[node].head
    own, above = look.finite(node), look.finite(main)
    if own is None or above is None or look.tree.feat(own, "Tense") == "Imp":
        return False
    if look.tree.feat(above, "Mood") != "Ind" or look.tree.feat(above, "Tense") == "Fut":
        return False
    return _modal(look, main) is None


def _condition_below(look: Look, verb: int) -> Finding | None:
    """The event hangs on a condition told in the same sentence ("will answer if attacked")."""
    tree = look.tree
    for c in look.complex(verb):
        for k in tree.kids(c, "advcl"):
            mark = tree.mark(k)
            if mark in look.words.conditional_marks and not _concessive(look, k, mark) and not look.past(c):
                return Finding("hypothetical", "on-condition", tuple(tree.kids(k, "mark")))
    return None


def _rule_of_law(look: Look, verb: int) -> Finding | None:
    """What a party never does on principle: a denied present tense over all of its own people."""
    f = look.finite(verb)
    if look.tree.kids(verb, "aux") or (f is not None and look.tree.feat(f, "Tense") not in {"Pres", None}):
        return None
    for k in look.tree.kids(verb, "obj"):
        owned = any(look.tree.feat(d, "Poss") == "Yes" for d in look.tree.kids(k, "det", "nmod"))
        if look.lemmas[k] in look.words.generic_nouns and owned and look.tree.feat(k, "Number") == "Plur":
            return Finding("habitual", "generic", (k,)) if _negator(look, verb) else None
    return None


def _noun_condition(look: Look, noun: int) -> Finding | None:
    if look.tree.case(noun) in look.words.conditional_phrases:
        return Finding("hypothetical", "in-case", tuple(look.tree.kids(noun, "case")))
    return _before(look, noun, look.words.conditional_phrases, "hypothetical", "in-case")


def _question(look: Look, verb: int) -> Finding | None:
    for i in range(verb + 1, len(look.tokens)):
        if look.texts[i] == "?":
            return Finding("hypothetical", "question", (i,))
        if look.texts[i] in SENTENCE_ENDS:
            return None
    return None


# --- modal verbs, mood and tense ----------------------------------------------------------------------------


def _modal(look: Look, verb: int) -> Finding | None:
    """Auxiliaries and modal verbs of the complex: will, may, must, aller, pouvoir, devoir."""
    members = look.complex(verb)
    tops = members[1:] if len(members) > 1 else []
    for m in members:
        for k in look.tree.kids(m, "aux"):
            found = _auxiliary(look, k, m)
            if found is not None:
                return found
    for m in tops:
        governs = any(k in members for k in look.tree.kids(m, "xcomp", "ccomp"))  # not the head of a coordination
        found = _modal_verb(look, m, members[0]) if governs else None
        if found is not None:
            return found
    return _copula_to(look, members[0])


def _auxiliary(look: Look, aux: int, verb: int) -> Finding | None:
    words, lemma, text = look.words, look.lemmas[aux], look.texts[aux]
    if lemma in words.future_auxiliaries or text in words.future_auxiliaries:
        return Finding("future", "will", (aux,))
    if text in words.conditional_auxiliaries or lemma in words.conditional_auxiliaries:
        return _would(look, aux, verb)
    if text in words.obligation_auxiliaries or (lemma in words.obligation_auxiliaries):
        return _must(look, aux, verb)
    if text in words.hypothetical_auxiliaries or lemma in words.hypothetical_auxiliaries:
        return Finding("hypothetical", "may", (aux,))
    return None


def _would(look: Look, aux: int, verb: int) -> Finding | None:
    """ "would": the future of a past report ("said it would sign"), else a supposition."""
    if _reported_past(look, verb):
        return Finding("future", "future-in-past", (aux,))
    return Finding("hypothetical", "would", (aux,))


def _reported_past(look: Look, verb: int) -> bool:
    """Whether the clause is what somebody said, promised or planned in the past."""
    node = look.complex(verb)[-1]
    while look.tree.is_rel(node, "conj"):
        node = look.tokens[node].head
    head = reporting_head(look.tree, node)
    if head is None:
        return False
    past = look.past(head) or look.tokens[head].upos == "NOUN" or look.tree.feat(head, "Tense") == "Past"
    words = look.words
    return past and (look.lemmas[head] in words.speech_frame or words.verb_outcome.get(look.lemmas[head]) == "future")


def reporting_head(tree: Tree, node: int) -> int | None:
    """What governs a that-clause, also where the parser hung it on the verb's object ("told X last month that …")."""
    head = tree.tokens[node].head
    if tree.is_rel(node, "ccomp", "xcomp"):
        return head
    if (
        tree.is_rel(node, "acl")
        and tree.kids(node, "mark")
        and (tree.feat(node, "VerbForm") != "Inf" or tree.kids(node, "aux"))
    ):
        above = tree.tokens[head].head
        return above if tree.tokens[above].upos == "VERB" and tree.is_rel(head, "obj", "iobj", "obl") else head
    return None


def _modal_verb(look: Look, modal: int, verb: int) -> Finding | None:
    words, lemma = look.words, look.lemmas[modal]
    f = look.finite(modal)
    mood, tense = (look.tree.feat(f, "Mood"), look.tree.feat(f, "Tense")) if f is not None else (None, None)
    if lemma in words.motion_futures and (
        tense in {"Pres", "Imp"} or look.tree.feat(modal, "VerbForm") in words.motion_forms
    ):
        return Finding("future", "going-to", (modal,))
    if lemma in words.obligation_auxiliaries or lemma in words.obligation_verbs:
        return _must(look, modal, verb)
    if lemma in words.hypothetical_auxiliaries and not (look.past(modal) and mood == "Ind" and tense != "Imp"):
        return Finding("hypothetical", "may", (modal,))
    return None


def _must(look: Look, modal: int, verb: int) -> Finding:
    """Duty or schedule: "doit arriver vendredi" is planned, "must withdraw" is asked."""
    words = look.words
    if look.lemmas[modal] in words.expectation_lemmas:
        f = look.finite(modal)
        foretold = f is not None and look.tree.feat(f, "Mood") == "Cnd"
        compound = f is not None and f != modal
        if compound and foretold:
            return Finding("hypothetical", "unfulfilled", (modal,))
        if compound:
            return Finding(None, "had-to", (modal,))
        if foretold:
            return Finding("future", "expected", (modal,))
        if look.lemmas[verb] in words.scheduled_verbs or look.tree.kids(verb, "aux:pass"):
            return Finding("future", "scheduled", (modal,))
    return Finding("hypothetical", "obligation", (modal,))


def _copula_to(look: Look, verb: int) -> Finding | None:
    """ "is to visit", and the infinitive of headlines ("Minister to visit Oslo")."""
    tree, words = look.tree, look.words
    if tree.mark(verb) not in words.infinitive_marks or tree.feat(verb, "VerbForm") not in {"Inf", None}:
        return None
    if any(look.lemmas[k] in words.schedule_copula for k in tree.kids(verb, "cop", "aux")):
        return Finding("future", "is-to", tuple(tree.kids(verb, "cop", "aux")))
    head = look.tokens[verb].head
    if head != verb and look.lemmas[head] in words.schedule_copula and tree.is_rel(verb, "xcomp", "ccomp"):
        return Finding("future", "is-to", (head,))
    subject = tree.kids(verb, "nsubj")
    if head == verb and subject and look.finite(verb) is None:
        return Finding("future", "headline-infinitive", tuple(tree.kids(verb, "mark")))
    untold = not any(tree.feat(i, "VerbForm") == "Fin" for i in range(len(look.tokens)))
    if tree.is_rel(verb, "acl") and look.tokens[head].head == head and untold and look.texts[-1] not in SENTENCE_ENDS:
        return Finding("future", "headline-infinitive", tuple(tree.kids(verb, "mark")))
    return None


def _conditional(look: Look, verb: int) -> Finding | None:
    """The French conditional without "si": future in the past, supposition; the rumour is left to `_hedge`."""
    top = look.complex(verb)[-1]
    f = look.finite(top)
    if f is None or (look.tree.feat(f, "Mood") != "Cnd" and look.inflected(f) != "conditional"):
        return None
    if _reported_past(look, verb):
        return Finding("future", "future-in-past", (f,))
    if f != top and look.tokens[f].rel != "cop":  # compound or passive: rumour
        return None
    return Finding("hypothetical", "conditional", (f,))


def _tense(look: Look, verb: int) -> Finding | None:
    top = look.complex(verb)[-1]
    f = look.finite(look.shared(top))
    if f is not None and (look.tree.feat(f, "Tense") == "Fut" or look.inflected(f) == "future"):
        return Finding("future", "future-tense", (f,))
    for k in look.tree.kids(verb, "advmod"):
        if look.lemmas[k] in look.words.future_adverbs and not look.past(verb):
            return Finding("future", "future-adverb", (k,))
    return None


# --- what stands above --------------------------------------------------------------------------------------


def _governed(look: Look, verb: int) -> Finding | None:
    """The verb, noun or adjective that governs the clause: hopes, plans, refuses, the threat to, ready to."""
    tree, node = look.tree, look.complex(verb)[-1]
    for _ in range(4):
        head, nonfinite = look.tokens[node].head, look.finite(node) is None
        if head == node:
            return None
        if tree.is_rel(node, "conj"):
            if not nonfinite and look.finite(head) is None:
                return None
            node = head
            continue
        asked = tree.mark(node) in look.words.infinitive_marks and _outcome(look, head) not in {None, "fact"}
        if tree.is_rel(node, "advcl") and nonfinite and tree.mark(node) in look.words.purpose_marks and not asked:
            if tree.kids(node, "aux"):
                return None
            return Finding("future", "purpose", tuple(tree.kids(node, "mark")))
        clausal = tree.is_rel(node, *CLAUSAL) or (
            tree.is_rel(node, "advcl", "obl", "obj", "acl")
            and nonfinite
            and (tree.feat(node, "VerbForm") in {"Inf", "Ger"} and look.tokens[node].rel != "acl:relcl")
        )
        if not clausal:
            return None
        outcome = _outcome(look, head)
        if outcome in {None, "fact"}:
            if not nonfinite:
                return None
            if outcome is None and look.tokens[head].upos not in {"VERB", "AUX", "ADJ"}:
                return None
            if outcome == "fact" and _negator(look, head):
                return Finding("negation", "negated-governor", (head,))
            above = _verbal(look, head)
            if above is not None and outcome == "fact":
                return above
            node = look.complex(head)[-1]
            continue
        return _turned(look, head, outcome, nonfinite)
    return None


def _outcome(look: Look, head: int) -> str | None:
    upos, lemma, words = look.tokens[head].upos, look.lemmas[head], look.words
    if upos in {"NOUN", "PROPN"}:
        return words.noun_outcome.get(lemma)
    if upos == "ADJ":
        return words.adjective_outcome.get(lemma) or words.verb_outcome.get(lemma)
    if lemma in words.verb_outcome:
        return words.verb_outcome[lemma]
    return words.adjective_outcome.get(lemma) or words.adjective_outcome.get(look.texts[head])


def _turned(look: Look, head: int, outcome: str, nonfinite: bool) -> Finding | None:
    """The governor's outcome, turned round where the governor itself is denied."""
    denied = _negator(look, head)
    if denied is None:
        return Finding(outcome, f"governor-{outcome}", (head,))
    if outcome == "negation":
        return Finding(None, "denied-denial", (*denied.tokens, head))
    if nonfinite:
        return Finding("negation", "negated-governor", (*denied.tokens, head))
    return Finding("hypothetical", "negated-governor", (*denied.tokens, head))


def _noun_adjective(look: Look, noun: int) -> Finding | None:
    """An adjective or participle on the noun: prochaine visite, possible strike, attaque déjouée."""
    words, tree = look.words, look.tree
    for k in tree.kids(noun, "amod", "acl", "nummod"):
        if look.tokens[k].rel == "acl:relcl":
            continue
        if words.adjective_outcome.get(look.lemmas[k], "fact") != "fact":
            return Finding(words.adjective_outcome[look.lemmas[k]], "adjective", (k,))
        if look.lemmas[k] in words.historical_adjectives:
            return Finding("historical", "adjective", (k,))
        passive = tree.is_rel(k, "acl") and tree.feat(k, "Tense") == "Past"
        if passive and words.object_outcome.get(look.lemmas[k], "fact") != "fact":
            return Finding(words.object_outcome[look.lemmas[k]], "participle", (k,))
    after = list(range(noun + 1, min(noun + 6, len(look.tokens))))
    if look.has_phrase(after, words.coming_phrases):
        return Finding("future", "to-come", tuple(after[:2]))
    return None


def _noun_of_noun(look: Look, noun: int) -> Finding | None:
    """A noun above the noun: projet de visite, threat of war, absence d'accord."""
    node = noun
    for _ in range(3):
        head = look.tokens[node].head
        if head == node:
            return None
        if look.tree.is_rel(node, "conj"):
            node = head
            continue
        if not look.tree.is_rel(node, "nmod", "compound"):
            return None
        outcome = look.words.noun_outcome.get(look.lemmas[head])
        if outcome == "fact":
            return None
        if outcome is not None:
            return Finding(outcome, f"noun-{outcome}", (head,))
        node = head
    return None


def _noun_governed(look: Look, noun: int) -> Finding | None:
    """What stands above an event noun: the noun it modifies, the predicate it is subject or object of."""
    found = _noun_of_noun(look, noun)
    if found is not None:
        return found
    tree, words, node = look.tree, look.words, noun
    while tree.is_rel(node, "nmod", "conj", "compound", "flat") and look.tokens[node].head != node:
        if words.noun_outcome.get(look.lemmas[look.tokens[node].head]) == "fact":
            return None
        node = look.tokens[node].head
    head = look.tokens[node].head
    if head == node:
        return _copula_noun(look, node)
    direct = look.tokens[noun].rel.partition(":")[0] == look.tokens[node].rel.partition(":")[0] or node != noun
    if tree.is_rel(node, "nsubj"):
        return _subject_of(look, node, head)
    if tree.is_rel(node, "obj", "obl", "xcomp", "ccomp", "iobj", "dep") and direct:
        return _object_of(look, noun, node, head)
    return None


def _copula_noun(look: Look, noun: int) -> Finding | None:
    return _verbal(look, noun) if look.tree.kids(noun, "cop", "aux") else None


def _subject_of(look: Look, noun: int, head: int) -> Finding | None:
    words = look.words
    outcome = words.adjective_outcome.get(look.lemmas[head])
    passive = look.tokens[noun].rel == "nsubj:pass" or bool(look.tree.kids(head, "aux:pass"))
    if (outcome is None or outcome == "fact") and passive:
        outcome = words.object_outcome.get(look.lemmas[head])
    if outcome is not None and outcome != "fact":
        return _turned(look, head, outcome, True)
    if passive and look.lemmas[head] in words.announcing and look.lemmas[noun] in words.announced_nouns:
        return Finding("future", "announced", (head,))
    if look.lemmas[head] in words.occurrence or passive or look.tokens[head].upos == "NOUN":
        return _verbal(look, head) or _governed(look, head)
    for member in look.complex(head)[1:]:
        found = _modal_verb(look, member, head)
        if found is not None and found.value is not None:
            return found
    return None


def _object_of(look: Look, noun: int, node: int, head: int) -> Finding | None:
    words, tree = look.words, look.tree
    case = tree.case(node)
    oblique = tree.is_rel(node, "obl")
    argument = not oblique or look.tokens[node].rel in {"obl:arg", "obl:agent"} or case in words.argument_cases
    lemma = look.lemmas[head]
    if argument:
        outcome = words.object_outcome.get(lemma) or (
            words.adjective_outcome.get(lemma) if look.tokens[head].upos == "ADJ" else None
        )
        if outcome == "fact":
            return None
        if outcome is not None:
            return _turned(look, head, outcome, True)
        if lemma in words.announcing and look.lemmas[noun] in words.announced_nouns:
            return Finding("future", "announced", (head,))
        if lemma in words.achieving:
            return _verbal(look, head) or _governed(look, head)
    if oblique and case in words.future_cases:
        above = _verbal(look, head)
        if above is not None and above.value in {"future", "hypothetical"}:
            return above
    return None


# --- habit, time, rumour ------------------------------------------------------------------------------------


def _habit(look: Look, trigger: int, verb: int) -> Finding | None:
    words, tree = look.words, look.tree
    for c in {*look.complex(verb), trigger}:
        for k in tree.kids(c, "advmod", "amod"):
            if look.lemmas[k] in words.habitual_adverbs and (
                look.lemmas[k] not in words.lasting_adverbs or not look.past(verb)
            ):
                return Finding("habitual", "adverb", (k,))
        if look.lemmas[c] in words.habitual_verbs and c != trigger:
            return Finding("habitual", "verb", (c,))
    head = look.tokens[verb].head
    if head != verb and tree.is_rel(verb, "xcomp", "acl") and look.lemmas[head] in words.habitual_verbs:
        return Finding("habitual", "verb", (head,))
    clause = look.clause(verb)
    if look.has_phrase(clause, words.habitual_phrases):
        return Finding("habitual", "phrase", (verb,))
    return None


def _since(look: Look, when: When, since: frozenset[str]) -> bool:
    """Whether a date only bounds the event from below ("la première depuis 1994")."""
    if when.span is None:
        return False
    for i, token in enumerate(look.tokens):
        if token.start >= when.span.start:
            return any(look.lemmas[k] in since for k in range(max(0, i - 2), min(i + 1, len(look.lemmas))))
    return False


def _dated(
    look: Look, trigger: int, verb: int, when: When | None, published: date | None, since: frozenset[str]
) -> Finding | None:
    """What the event's date says, against the day of publication, or alone if it is plainly old."""
    words = look.words
    past = look.past(verb)
    if when is not None and _since(look, when, since):
        when = None
    if when is not None and published is not None and when.basis != "published":
        ahead = look.tokens[trigger].upos == "NOUN" or (look.finite(verb) is not None and not past)
        if when.first > published and ahead:
            return Finding("future", "date-ahead", ())
        if when.last < published - OLD:
            return Finding("historical", "old-date", ())
        return None
    clause = look.clause(verb)
    if look.has_phrase(clause, words.historical_phrases):
        return Finding("historical", "closed-past", (verb,))
    closed = when is not None and when.basis == "stated" and when.precision in {"year", "decade", "century", "interval"}
    told = past or look.tokens[trigger].upos == "NOUN" or look.tree.feat(verb, "Tense") == "Past"
    if closed and published is None and told:
        return Finding("historical", "past-year", ())
    if when is None and not past and look.has_phrase(clause, words.future_phrases):
        return Finding("future", "future-phrase", (verb,))
    return None


def _shared_past(look: Look, verb: int, pack: Pack, published: date | None) -> Finding | None:
    """The old date of the clause that a noun or participle depends on ("après son offensive" in a sentence on 2009)."""
    tree, node = look.tree, verb
    if look.finite(verb) is not None:
        return None
    for _ in range(5):
        head = look.tokens[node].head
        if head == node or tree.is_rel(node, "ccomp", "parataxis") or look.tokens[node].rel == "acl:relcl":
            return None
        node = head
        if look.tokens[node].upos == "VERB" and look.finite(node) is not None:
            break
    else:
        return None
    if not look.past(node):
        return None
    clause = set(look.clause(node))
    inside = [t.when for t in times(tree, pack, published) if t.when is not None and t.start_token in clause]
    for when in [*inside, None]:
        found = _dated(look, node, node, when, published, pack.ties.claims.since)
        if found is not None and found.value == "historical":
            return Finding("historical", "shared-" + found.rule, (node,))
    return None


def _hedge(look: Look, trigger: int, verb: int, found: Finding | None) -> Finding | None:
    """Rumour: the compound conditional, adverbs and adjectives of doubt, formulas."""
    words, tree = look.words, look.tree
    top = look.complex(verb)[-1]
    f = look.finite(top)
    if (
        f is not None
        and f != top
        and tree.feat(f, "Mood") == "Cnd"
        and (found is None or found.value in {None, "historical", "negation"})
    ):
        return Finding(None, "rumour-conditional", (f,))
    for c in {trigger, verb}:
        for k in tree.kids(c, "advmod", "amod", "acl"):
            if look.lemmas[k] in words.hedging_adverbs or look.lemmas[k] in words.hedging_adjectives:
                return Finding(None, "rumour-word", (k,))
    if look.has_phrase(look.clause(verb), words.hedging_phrases):
        return Finding(None, "rumour-phrase", (verb,))
    return None


def is_denied(tree: Tree, verb: int, trigger: int, *, pack: Pack) -> bool:
    """Whether a predicate, or the noun that stands for its event, is denied."""
    look = Look(tree, pack.status)
    return _negated(look, verb) is not None or (trigger != verb and _noun_negated(look, trigger) is not None)
