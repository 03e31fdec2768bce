"""When: the time expressions of a sentence, and the one that belongs to an event."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date

from dragoman.coding.tree import Tree
from dragoman.model import Reason, When
from dragoman.pack import Pack
from dragoman.pack.dates import DateWords, Expression, find_times, iso, lower, resolve

__all__ = ["TimeMention", "iso", "times", "when_of"]

PAST, FUTURE, PRESENT, OPEN = -1, 1, 2, 0
NEAR_AHEAD = 3  # days: a present tense with a weekday this near ahead announces it ("Le pape reçoit lundi…")
_CLAUSAL = ("ccomp", "advcl", "acl", "csubj", "parataxis", "xcomp")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "ADJ"})
_UNTIMED = frozenset({"clock", "for", "recent"})
_NAMING = frozenset({"PROPN", "ADP", "DET", "NOUN", "ADJ", "X"})  # what stands between "since" and a person's date
FORERUNNER = 9  # tokens from "since" to that date
_KEPT = 64  # trees whose expressions are remembered: one sentence is asked about many times in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time expression: its tokens `[start_token, end_token)`, its days if they can be told, what was matched."""

    start_token: int
    end_token: int
    when: When | None
    expression: Expression


_memory: OrderedDict[int, tuple[Tree, tuple[TimeMention, ...]]] = OrderedDict()


def times(tree: Tree, pack: Pack, published: date | None, precision: str | None = "day") -> tuple[TimeMention, ...]:
    """All time expressions of a sentence, in order, seen from the publication date (no verb considered)."""
    return tuple(replace(m, when=_dated(tree, m, published, precision, OPEN)) for m in find_mentions(tree, pack.dates))


def when_of(
    tree: Tree, trigger: int, verb: int, *, pack: Pack, published: date | None, precision: str | None = "day"
) -> tuple[When, tuple[Reason, ...]] | None:
    """When the event happened, if the sentence says so, with the reason; None is unknown."""
    words = pack.dates
    mentions = [
        m for m in find_mentions(tree, words) if m.expression.rule not in _UNTIMED and not _of_forerunner(tree, m, pack)
    ]
    if not mentions:
        return None
    mention = _belonging(tree, mentions, trigger, verb, words)
    if mention is None:
        return None
    when = _dated(tree, mention, published, precision, _direction(tree, trigger, verb, words))
    if when is None:
        return None
    rule = f"{pack.lang}/date/{mention.expression.rule}"
    return when, (Reason(field="when", rule=rule, span=when.span),)


def _of_forerunner(tree: Tree, mention: TimeMention, pack: Pack) -> bool:
    """Whether a date is that of an older act which a claim names: "the first visit since Ann Lee in March 2011"."""
    claiming = pack.ties.claims
    named = False
    for i in range(mention.start_token - 1, max(-1, mention.start_token - FORERUNNER), -1):
        token = tree.tokens[i]
        if token.lemma in claiming.since or token.text.lower() in claiming.since:
            firsts = claiming.first | claiming.last
            return named and any(t.lemma in firsts or t.text.lower() in firsts for t in tree.tokens[:i])
        if token.upos not in _NAMING:
            return False
        named = named or token.upos == "PROPN"
    return False


# --- finding ------------------------------------------------------------------------------------------------------


def find_mentions(tree: Tree, words: DateWords) -> tuple[TimeMention, ...]:
    """The sentence's time expressions as runs of tokens; looked for once a tree."""
    known = _memory.get(id(tree))
    if known is not None and known[0] is tree:
        return known[1]
    found = _find(tree, words)
    _memory[id(tree)] = tree, found
    if len(_memory) > _KEPT:
        _memory.popitem(last=False)
    return found


def in_time(tree: Tree, i: int) -> bool:
    """Whether a token is part of a time expression, once `find_mentions` has looked at the tree."""
    known = _memory.get(id(tree))
    return known is not None and known[0] is tree and any(m.start_token <= i < m.end_token for m in known[1])


def _find(tree: Tree, words: DateWords) -> tuple[TimeMention, ...]:
    parts: list[str] = []
    at: list[int] = []  # token of each character
    last = None
    for i, token in enumerate(tree.tokens):
        gap = " " if last is None or token.start != last.end or token.start == last.start else ""
        if last is not None and token.start == last.start and token.end == last.end:
            gap = " "
        piece = gap + lower(token.text)
        parts.append(piece)
        at += [i] * len(piece)
        last = token
    text = "".join(parts)
    return tuple(
        TimeMention(start_token=at[e.start], end_token=at[e.end - 1] + 1, when=None, expression=e)
        for e in find_times(text, words)
    )


def _dated(
    tree: Tree, mention: TimeMention, published: date | None, precision: str | None, direction: int
) -> When | None:
    """The mention's days; a bare weekday with a present tense looks a few days ahead, else back."""
    expression = mention.expression
    if direction == PRESENT:
        ahead = None
        if published is not None and "weekday" in expression.fields and "month" not in expression.fields:
            ahead = (int(expression.fields["weekday"]) - published.weekday()) % 7
        direction = FUTURE if ahead is not None and ahead <= NEAR_AHEAD else PAST if ahead is not None else OPEN
    when = resolve(expression, published, precision=precision, direction=direction)
    if when is None:
        return None
    if expression.relation == "since" and published is not None and when.first <= published:
        when = replace(when, last=max(published, when.last), precision="interval")
    return replace(when, span=tree.span(list(range(mention.start_token, mention.end_token))))


# --- which one ----------------------------------------------------------------------------------------------------


def _belonging(
    tree: Tree, mentions: list[TimeMention], trigger: int, verb: int, words: DateWords
) -> TimeMention | None:
    """The mention that dates the event: its own, else its clause's, else that of a clause it happens with."""
    heads = {m.start_token: _head(tree, m) for m in mentions}
    free: list[TimeMention] = []
    own: list[TimeMention] = []
    for mention in mentions:
        owner = _owner(tree, mention, heads[mention.start_token], words, trigger)
        if mention.expression.relation in {"until", "before", "after"}:
            continue
        if owner is None:
            free.append(mention)
        elif owner in {trigger, verb}:
            own.append(mention)
    inside = set(_phrase(tree, trigger))
    own = own or [m for m in free if heads[m.start_token] in inside and heads[m.start_token] != trigger]
    if own:
        return _nearest(own, trigger)
    clause = _clause(tree, trigger) if happens_with_clause(tree, trigger, verb, words) else None
    seen: set[int] = set()
    while clause is not None and clause not in seen:
        seen.add(clause)
        here = [m for m in free if _clause_of_time(tree, heads[m.start_token], m, words) == clause]
        if here:
            return _nearest(here, verb if _clause(tree, verb) == clause else trigger)
        if shared := _shared(tree, clause, free, heads, words):
            return shared
        clause = _same_time(tree, clause, words)
    plans = _lemma_in(tree, trigger, words.future_verbs | words.future_participles) and not _done(tree, trigger)
    planned = plan_of(tree, trigger) if plans else []
    below = [m for m in free if _clause_of_time(tree, heads[m.start_token], m, words) in planned]
    return _nearest(below, planned[0]) if below else None  # "was due to meet … on Friday"


def plan_of(tree: Tree, trigger: int) -> list[int]:
    """The infinitives right under a word of planning ("due to meet"), by whatever relation the parser chose."""
    return [k for k in tree.kids(trigger, "xcomp", "advcl", "ccomp") if not _finite(tree, k) and trigger < k]


def _nearest(mentions: list[TimeMention], at: int) -> TimeMention:
    """The mention nearest to a token; one that only points back ("the day before") when there is no other."""

    def distance(m: TimeMention) -> tuple[bool, int]:
        return m.expression.rule == "anaphoric", min(abs(m.start_token - at), abs(m.end_token - 1 - at))

    return min(mentions, key=distance)


def _head(tree: Tree, mention: TimeMention) -> int:
    """The mention's token that hangs outside of it; the first such."""
    inside = range(mention.start_token, mention.end_token)
    outer = [i for i in inside if tree.tokens[i].head not in inside or tree.tokens[i].head == i]
    solid = [i for i in outer if tree.tokens[i].upos not in {"ADP", "DET", "PUNCT", "ADV", "SCONJ"}]
    return (solid or outer or [mention.start_token])[0]


def _owner(tree: Tree, mention: TimeMention, head: int, words: DateWords, trigger: int) -> int | None:
    """The one noun that a mention dates ("the October 7th attack", "l'accord de 2015"); None for a free time."""
    token = tree.tokens[head]
    governor = token.head
    if (
        governor == head
        or tree.tokens[governor].upos not in _NOMINAL
        or not tree.is_rel(head, "nmod", "compound", "amod", "nummod", "appos", "obl", "flat", "dep")
    ):
        return None
    if mention.end_token - 1 < governor <= mention.end_token + 2 and tree.tokens[governor].upos in {"NOUN", "PROPN"}:
        return governor
    if (parted := _before_complement(tree, mention, words)) is not None:
        return parted
    first = tree.tokens[mention.start_token].lemma.lower()
    before = tree.tokens[mention.start_token - 1].lemma.lower() if mention.start_token else ""
    case = tree.case(head)
    if mention.expression.rule in {"range", "years"}:
        return None  # "du 3 au 5 mai" only begins like "l'accord du 3 mai"
    if first in words.of or before in words.of or case.split(" ")[0] in words.of:
        return governor
    # "the clashes in 2019" is the nouns' own; a bare weekday, or one hung on a name, was only hung there
    done_to = tree.is_rel(governor, "obj") and tree.tokens[governor].head == trigger
    own = case and tree.tokens[governor].upos == "NOUN" and tree.is_rel(head, "nmod") and not done_to
    return governor if own else None


def _before_complement(tree: Tree, mention: TimeMention, words: DateWords) -> int | None:
    """The noun that a time parts from its complement: "the death in 2014 of a colleague"."""
    before, after = mention.start_token - 1, mention.end_token
    if before < 0 or after >= len(tree.tokens) or tree.tokens[before].upos != "NOUN":
        return None
    return before if tree.tokens[after].lemma.lower() in words.of else None


def _phrase(tree: Tree, trigger: int) -> list[int]:
    """The tokens of a noun and of the clauses that tell of it ("held on…", "that killed…"); of a verb its own."""
    verbal = tree.tokens[trigger].upos in {"VERB", "AUX"}
    found, queue = [], [trigger]
    while queue:
        i = queue.pop()
        found.append(i)
        if verbal and i != trigger:
            continue
        for k in tree.children[i]:
            told = i == trigger and not verbal and tree.is_rel(k, "acl") and tells_of_noun(tree, k)
            clausal = tree.is_rel(k, *_CLAUSAL) or (tree.is_rel(k, "conj") and tree.tokens[k].upos in {"VERB", "AUX"})
            if told or not clausal:
                queue.append(k)
    return found


def tells_of_noun(tree: Tree, clause: int) -> bool:
    """Whether an adnominal clause says what its noun did or what was done with it: a participle, or "that …"."""
    if tree.tokens[clause].rel != "acl:relcl":
        return not tree.mark(clause)
    return any(tree.feat(k, "PronType") == "Rel" for k in tree.kids(clause, "nsubj"))


def happens_with_clause(tree: Tree, trigger: int, verb: int, words: DateWords) -> bool:
    """Whether a nominal trigger happens when its clause does: "ordered the raid", not "condemned", "after the raid"."""
    i = trigger
    while not _is_clause(tree, i):
        if tree.is_rel(i, "obl", "nmod") and (case := tree.case(i)) and case not in words.same_time_cases:
            return False
        i = tree.tokens[i].head
    return i == trigger or (i == verb and _lemma_in(tree, i, words.light)) or not _lemma_in(tree, i, words.speech)


def _clause(tree: Tree, i: int) -> int:
    """The head of the clause that token i stands in (i itself when it is a predicate)."""
    while not _is_clause(tree, i) and tree.tokens[i].head != i:
        i = tree.tokens[i].head
    return i


def _is_clause(tree: Tree, i: int) -> bool:
    if tree.tokens[i].head == i or tree.is_rel(i, *_CLAUSAL):
        return True
    if tree.is_rel(i, "conj"):
        token = tree.tokens[i]
        return token.upos in {"VERB", "AUX"} or bool(tree.kids(i, "cop", "nsubj"))
    return False


def _clause_of_time(tree: Tree, head: int, mention: TimeMention, words: DateWords) -> int:
    """The clause that a time stands in; one before its subordinator stands in the clause above ("In 1991, when …")."""
    governor = tree.tokens[head].head
    clause = _clause(tree, governor)
    if mention.start_token <= clause < mention.end_token:  # "il y a une semaine, …": the time's own verb tells nothing
        nexts = (i for i in range(mention.end_token, len(tree.tokens)) if _is_finite_verb(tree, i))
        clause = _clause(tree, next(nexts, clause))
    if (after := _after_that(tree, mention, words)) is not None:
        return after
    between = [i for i in range(governor + 1, mention.start_token) if _is_finite_verb(tree, i)]
    if between and tree.tokens[mention.start_token - 1].upos != "PUNCT":
        return _clause(tree, between[-1])  # hung over a verb, which parsers do and writers do not
    marks = [k for k in tree.kids(clause, "mark", "advmod") if _opens(tree, clause, k, words)]
    if marks and mention.end_token <= marks[0] and tree.tokens[clause].head != clause:
        return _clause(tree, tree.tokens[clause].head)
    return clause


def _after_that(tree: Tree, mention: TimeMention, words: DateWords) -> int | None:
    """The clause that "that" opens right before a time: "said that from Monday the border will be shut"."""
    before = tree.tokens[max(0, mention.start_token - 4) : mention.start_token]
    small = [t.lemma.lower() for t in reversed(before)]
    for lemma, token in zip(small, reversed(before), strict=True):
        if lemma in words.that:
            nexts = (i for i in range(mention.end_token, len(tree.tokens)) if _is_finite_verb(tree, i))
            following = next(nexts, None)
            return None if following is None else _clause(tree, following)
        if token.upos not in {"ADP", "DET", "PUNCT"} and token.rel != "fixed":
            return None
    return None


def _is_finite_verb(tree: Tree, i: int) -> bool:
    token = tree.tokens[i]
    return token.upos in {"VERB", "AUX"} and tree.feat(i, "VerbForm") == "Fin"


def _opens(tree: Tree, clause: int, k: int, words: DateWords) -> bool:
    return tree.is_rel(k, "mark") or tree.tokens[k].lemma.lower() in words.same_time


def _shared(
    tree: Tree, clause: int, free: list[TimeMention], heads: dict[int, int], words: DateWords
) -> TimeMention | None:
    """A time before the first of several coordinated verbs holds for them all, for one without its own."""
    if not tree.is_rel(clause, "conj"):
        return None
    first = tree.tokens[clause].head
    here = [
        m
        for m in free
        if _clause_of_time(tree, heads[m.start_token], m, words) == _clause(tree, first) and m.end_token <= first
    ]
    return _nearest(here, first) if here else None


def _same_time(tree: Tree, clause: int, words: DateWords) -> int | None:
    """The clause above that happens at the same time: over infinitives, participles and "when", not over "says"."""
    token = tree.tokens[clause]
    if token.head == clause:
        return None
    above = _clause(tree, token.head)
    speaks = tree.tokens[above].lemma.lower() in words.speech
    if not _finite(tree, clause):
        if tree.is_rel(clause, "conj"):
            return above if tree.feat(clause, "VerbForm") == "Ger" else None
        earlier = tree.is_rel(clause, "acl") and tree.feat(clause, "Tense") == "Past"  # "the man charged with…"
        return None if earlier or (speaks and not tree.is_rel(clause, "advcl")) else above
    if tree.is_rel(clause, "advcl") and any(
        tree.tokens[k].lemma.lower() in words.same_time for k in tree.kids(clause, "mark", "advmod")
    ):
        return above
    if token.rel == "acl:relcl" and tree.feat(clause, "Tense") == "Pres":
        return above  # "published on Monday a letter in which it calls on …"
    return None


def _finite(tree: Tree, clause: int) -> bool:
    forms = [clause, *tree.kids(clause, "aux", "cop")]
    return any(tree.feat(i, "VerbForm") == "Fin" or tree.feat(i, "Mood") in {"Ind", "Sub", "Cnd"} for i in forms)


# --- before or after ----------------------------------------------------------------------------------------------


def _direction(tree: Tree, trigger: int, verb: int, words: DateWords) -> int:
    """Whether the event lies after the publication (1), before (-1), in a present tense (2), or nothing tells (0)."""
    forms = [verb, *tree.kids(verb, "aux", "cop")]
    if any(tree.feat(i, "Tense") == "Fut" for i in forms):
        return FUTURE
    helpers = [k for k in tree.kids(verb, "aux") if tree.tokens[k].lemma.lower() in words.future_verbs]
    perfect = any(tree.tokens[k].lemma.lower() in words.perfect for k in tree.kids(verb, "aux:tense", "aux"))
    if helpers or (_lemma_in(tree, verb, words.future_participles) and _announced(tree, verb)):
        return FUTURE
    above = tree.tokens[verb].head
    if tree.is_rel(verb, "xcomp", "ccomp", "advcl", "acl") and not _finite(tree, verb):
        if _lemma_in(tree, above, words.future_verbs | words.future_participles) and not _done(tree, above):
            return FUTURE
        if above != verb and _direction(tree, above, above, words) == FUTURE:
            return FUTURE
        return _direction(tree, above, above, words) if above != verb else OPEN
    if not perfect and any(tree.feat(i, "Mood") == "Cnd" for i in forms):
        return FUTURE  # "said that he would go"
    if perfect or any(tree.feat(i, "Tense") in {"Past", "Imp"} for i in forms):
        return PAST
    if any(tree.feat(i, "Tense") == "Pres" and tree.feat(i, "VerbForm") == "Fin" for i in forms):
        return PRESENT if words.present_is_future else OPEN
    return OPEN


def _lemma_in(tree: Tree, i: int, lemmas: frozenset[str]) -> bool:
    return tree.tokens[i].lemma.lower() in lemmas


def _announced(tree: Tree, verb: int) -> bool:
    """Whether "attendu", "expected", "due" is a state ("est attendu"), and not an act ("a attendu")."""
    aux = [tree.tokens[k].rel for k in tree.kids(verb, "aux", "cop")]
    return any(rel in {"aux:pass", "cop"} for rel in aux) or (not aux and tree.tokens[verb].upos == "ADJ")


def _done(tree: Tree, verb: int) -> bool:
    """Whether an obligation was met ("a dû démissionner"): the perfect of a verb that is future otherwise."""
    return tree.feat(verb, "VerbForm") == "Part" and not _announced(tree, verb)
