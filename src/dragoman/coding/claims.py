"""Claims about history ("the first visit in fifteen years"), with the older events that they imply: `claims_of`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.dates import times
from dragoman.coding.status import lowered
from dragoman.coding.tree import Tree
from dragoman.model import Actor, Claim, Document, Reason, Report, Span, When

if TYPE_CHECKING:
    from dragoman.coding.actors import Cast, Party
    from dragoman.coding.voice import Voices
    from dragoman.pack import Pack
    from dragoman.pack.ties import ClaimWords
    from dragoman.world import Holding

REACH = 9  # tokens from "since" to the date or person it names
UNBOUNDED = frozenset(
    {"first-elliptical", "nth-elliptical", "never-since", "none-since", "last-event", "highest-event"}
)  # say nothing alone
BREAK = frozenset({".", ";", "?", "!"})
RANKED = frozenset({"first", "nth", "highest", "unprecedented"})  # what "not" before it denies
BEFORE = 4  # tokens before the claiming word in which "not" denies it


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """What bounds a claim: "since …", "in N years"; `first` is its first token, `last` the one after its last."""

    first: int
    last: int
    since: When | None = None
    actor: Party | None = None
    years: float | None = None
    approximate: str | None = None
    bounded: bool = False  # "since" or "in … years" was said, even where what follows could not be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The words that claim: their kind, what is counted, who is counted."""

    kind: str
    at: int
    last: int  # token after the core
    noun: int | None = None  # the counted noun: an event ("visite") or a role ("ministre")
    verb: int | None = None  # the counted act, as a verb
    role: bool = False  # the noun is who acts, not the act
    ordinal: int | None = None
    rule: str = ""


def claims_of(
    number: int,
    tree: Tree,
    *,
    cast: Cast,
    voices: Voices | None,
    reports: Sequence[Report],
    pack: Pack,
    document: Document,
) -> tuple[tuple[Claim, ...], tuple[Report, ...]]:
    """The claims of one sentence, and the historical reports they imply."""
    words = pack.ties.claims
    lemmas, texts = lowered(tree)
    negative = pack.status.negative_determiners
    if not _worth(words, lemmas, negative):
        return (), ()
    reader = Reader(number, tree, cast=cast, voices=voices, reports=reports, pack=pack, document=document)
    claims, implied = [], []
    taken: set[int] = set()
    for core in _cores(tree, words, lemmas, texts, negative):
        if core.at in taken or _denied(tree, core, pack):
            continue
        made = reader.claim(core)
        if made is None:
            continue
        taken.update(range(core.at, core.last))
        claims.append(made[0])
        if made[1] is not None:
            implied.append(made[1])
    return tuple(claims), tuple(implied)


def _denied(tree: Tree, core: Core, pack: Pack) -> bool:
    """Whether a text says that it is not so: "ce n'est pas la première fois", "not the first visit"."""
    no = pack.status.negators | pack.status.negators_with_particle
    for i in range(core.at - 1, max(-1, core.at - BEFORE), -1):
        token = tree.tokens[i]
        if token.lemma.lower() in no or token.text.lower() in no:
            return core.kind in RANKED
        if token.upos not in {"DET", "ADP", "ADV"}:
            return False
    return False


def _worth(words: ClaimWords, lemmas: list[str], negative: frozenset[str]) -> bool:
    """A quick look: most sentences claim nothing."""
    found = set(lemmas)
    if found & negative and found & words.since:
        return True
    return (
        bool(found & (words.first | words.last | words.never | words.unprecedented | words.ordinals.keys()))
        or bool(found & words.highest and found & words.highest_after)
        or any(p.split()[-1] in found for p in words.unprecedented_phrases)
    )


# --- what claims --------------------------------------------------------------------------------------------


def _cores(
    tree: Tree, words: ClaimWords, lemmas: list[str], texts: list[str], negative: frozenset[str]
) -> Iterator[Core]:
    """The claiming words of a sentence, the surest form first."""
    for i, lemma in enumerate(lemmas):
        if lemma in words.first or texts[i] in words.first:
            yield from _ranked(tree, words, lemmas, i, "first", None)
        elif lemma in words.last and lemma not in words.first:
            yield from _ranked(tree, words, lemmas, i, "last", None)
        elif lemma in words.ordinals:
            yield from _ranked(tree, words, lemmas, i, "nth", words.ordinals[lemma])
        elif (
            lemma in negative and tree.is_rel(tree.tokens[i].head, "nsubj") and tree.is_rel(i, "det", "amod", "advmod")
        ):
            above = tree.tokens[tree.tokens[i].head].head
            yield Core(kind="last", at=i, last=i + 1, verb=above, rule="none-since")
        elif lemma in words.never or texts[i] in words.never:
            verb = _clause_verb(tree, i)
            if verb is not None:
                yield Core(kind="last", at=i, last=i + 1, verb=verb, rule="never-since")
        elif lemma in words.unprecedented:
            yield Core(
                kind="unprecedented", at=i, last=i + 1, noun=_event_noun(tree, words, lemmas, i), rule="unprecedented"
            )
        elif lemma in words.highest or texts[i] in words.highest:
            yield from _highest(tree, words, lemmas, texts, i)
        for phrase in words.unprecedented_phrases:
            parts = phrase.split()
            if texts[i : i + len(parts)] == parts:
                noun = _event_noun(tree, words, lemmas, i + len(parts) - 1)
                yield Core(kind="unprecedented", at=i, last=i + len(parts), noun=noun, rule="unprecedented")


def _ranked(tree: Tree, words: ClaimWords, lemmas: list[str], i: int, kind: str, ordinal: int | None) -> Iterator[Core]:
    """ "la première visite", "pour la première fois", "le premier ministre … à se rendre", "la première en dix ans"."""
    noun = _ranked_noun(tree, words, lemmas, i)
    after = lemmas[i + 1] if i + 1 < len(lemmas) else ""
    if after in words.not_after and not (noun is not None and _infinitive(tree, noun, i) is not None):
        return
    if noun is not None and lemmas[noun] in words.time_nouns:
        act = _clause_verb(tree, noun) or _main_verb(tree, noun)
        if kind != "last" and act is not None:
            yield Core(kind=kind, at=i, last=noun + 1, verb=act, ordinal=ordinal, rule=f"{kind}-time")
        return
    if noun is not None and lemmas[noun] in words.sport:
        return
    if noun is not None and lemmas[noun] in words.events:
        yield Core(kind=kind, at=i, last=noun + 1, noun=noun, ordinal=ordinal, rule=f"{kind}-event")
        return
    verb = _infinitive(tree, noun if noun is not None else i, i)
    if verb is not None:
        yield Core(
            kind=kind, at=i, last=(noun or i) + 1, noun=noun, verb=verb, role=True, ordinal=ordinal, rule=f"{kind}-to"
        )
        return
    if noun is None and kind != "last":
        event = _event_before(tree, words, lemmas, i)
        if event is not None:
            yield Core(kind=kind, at=i, last=i + 1, noun=event, ordinal=ordinal, rule=f"{kind}-elliptical")


def _ranked_noun(tree: Tree, words: ClaimWords, lemmas: list[str], i: int) -> int | None:
    """The noun that "first" counts; None where the word stands alone."""
    head = tree.tokens[i].head
    if (
        lemmas[head] in words.units
        and i + 1 < len(lemmas)
        and (lemmas[i + 1] in words.within or lemmas[i + 1] in words.since)
    ):
        return None  # "la première en quinze ans", where the parser counts the years
    if (
        tree.is_rel(i, "amod", "nummod", "advmod", "compound")
        and head > i
        and tree.tokens[head].upos in {"NOUN", "PROPN"}
    ):
        return head
    if i + 1 < len(lemmas) and (lemmas[i + 1] in words.time_nouns or lemmas[i + 1] in words.events):
        return i + 1
    for k in range(i + 1, min(i + 5, len(lemmas))):  # "first-ever meeting", "première grande visite"
        if tree.tokens[k].upos in {"ADP", "VERB", "AUX", "CCONJ"} or tree.tokens[k].text == ",":
            break
        if lemmas[k] in words.events:
            return k
    if tree.is_rel(i, "amod", "nummod") and head < i and tree.tokens[head].upos == "NOUN" and not tree.kids(i, "det"):
        return head
    return None


def _infinitive(tree: Tree, noun: int, at: int) -> int | None:
    """The act in "the first X to do", "le premier X à faire": an infinitive (or relative clause) on the noun."""
    for node in dict.fromkeys((noun, at)):
        for k in tree.kids(node, "acl", "xcomp", "advcl", "ccomp"):
            between = range(noun + 1, k)
            told = any(tree.feat(i, "VerbForm") == "Fin" and tree.tokens[i].head not in {k, i} for i in between)
            if k > at and not told and tree.tokens[k].upos in {"VERB", "AUX"} and _is_infinitive(tree, k):
                return k
    for k in range(noun + 1, min(noun + 12, len(tree.tokens))):  # attached elsewhere by the parser
        finite = tree.tokens[k].upos in {"VERB", "AUX"} and tree.feat(k, "VerbForm") == "Fin"
        if tree.tokens[k].text in BREAK | {","} or finite:
            break
        infinitive = tree.tokens[k].upos == "VERB" and _is_infinitive(tree, k) and tree.kids(k, "mark")
        if infinitive and tree.tokens[k].head in {noun, at, tree.tokens[noun].head}:
            return k
    return None


def _is_infinitive(tree: Tree, k: int) -> bool:
    """Whether a verb is an infinitive, simple or compound ("à s'être rendu")."""
    return any(tree.feat(v, "VerbForm") == "Inf" for v in (k, *tree.kids(k, "aux")))


def _highest(tree: Tree, words: ClaimWords, lemmas: list[str], texts: list[str], i: int) -> Iterator[Core]:
    """ "la plus haute responsable à …", "the highest-level visit since"."""
    if not any(lemmas[k] in words.highest_after for k in range(i + 1, min(i + 4, len(lemmas)))):
        return
    noun = i
    for _ in range(4):
        if tree.tokens[noun].upos in {"NOUN", "PROPN"} and noun > i:
            break
        head = tree.tokens[noun].head
        if head == noun:
            return
        noun = head
    if tree.tokens[noun].upos not in {"NOUN", "PROPN"}:
        return
    while tree.is_rel(noun, "compound") and tree.tokens[tree.tokens[noun].head].upos == "NOUN":
        noun = tree.tokens[noun].head
    if lemmas[noun] in words.events:
        yield Core(kind="highest", at=i, last=noun + 1, noun=noun, rule="highest-event")
        return
    verb = _infinitive(tree, noun, i)
    if verb is not None:
        yield Core(kind="highest", at=i, last=noun + 1, noun=noun, verb=verb, role=True, rule="highest-to")


def _clause_verb(tree: Tree, i: int) -> int | None:
    """The predicate of the clause that holds token i."""
    for node in (i, *tree.ancestors(i)):
        if tree.tokens[node].upos in {"VERB", "AUX"} and not tree.is_rel(node, "aux", "cop"):
            return node
        if tree.kids(node, "cop"):
            return node
    return None


def _main_verb(tree: Tree, i: int) -> int | None:
    """The first finite verb behind token i, where the parser made the phrase the sentence's root."""
    return next(
        (k for k in range(i + 1, len(tree.tokens)) if tree.tokens[k].upos == "VERB" and tree.feat(k, "Mood")), None
    )


def _event_noun(tree: Tree, words: ClaimWords, lemmas: list[str], i: int) -> int | None:
    for node in (i, *tree.ancestors(i)):
        if lemmas[node] in words.events:
            return node
    return None


def _event_before(tree: Tree, words: ClaimWords, lemmas: list[str], i: int) -> int | None:
    """The event noun that a bare "la première …" stands beside: the one it is put to, else the last one before it."""
    head = tree.tokens[i].head
    if head != i and lemmas[head] in words.events:
        return head
    gender = tree.feat(i, "Gender")
    for k in range(i - 1, -1, -1):
        if tree.tokens[k].text in BREAK:
            return None
        if lemmas[k] in words.events and tree.feat(k, "Gender") in {gender, None}:
            return k
    return None


# --- from words to a claim ----------------------------------------------------------------------------------


class Reader:
    """Claims of one sentence, made from their cores."""

    def __init__(
        self, number: int, tree: Tree, *, cast: Cast, voices: Voices | None, reports: Sequence[Report], pack: Pack,
        document: Document,
    ) -> None:  # fmt: skip
        self.number, self.tree, self.cast, self.voices = number, tree, cast, voices
        self.reports, self.pack, self.document = reports, pack, document
        self.words = pack.ties.claims
        self.lemmas, self.texts = lowered(tree)
        self.times = times(tree, pack, document.published)

    def claim(self, core: Core) -> tuple[Claim, Report | None] | None:
        """The claim that a core makes, with the report it implies; None if it is about no political act."""
        tail = self._tail(core)
        if tail is None and (core.rule in UNBOUNDED or core.kind in {"unprecedented", "nth"}):
            return None
        about = self._about(core)
        kind, mode = self._typed(core, about)
        if kind is None:
            return None
        subject, to = self._sides(core, about)
        if not any(p.actor.country for p in (*subject, *to)) and about is None:
            return None
        claim = self._claim(core, tail, about, kind, mode, subject, to)
        implied = self._implied(core, tail, claim, subject, to)
        return (claim if implied is None else replace(claim, implies=implied.id)), implied

    def _claim(
        self, core: Core, tail: Tail | None, about: Report | None, kind: str, mode: str | None,
        subject: tuple[Party, ...], to: tuple[Party, ...],
    ) -> Claim:  # fmt: skip
        told = self.voices.of(self.number, core.at) if self.voices is not None else None
        evidence = self._evidence(core, tail)
        name = _kind(core, tail)
        who = self._who(core, subject)
        home = next(
            (p.actor.country for p in subject if p.actor.country),
            about.actors[0].country if about and about.actors else None,
        )
        host = next((p.actor.country for p in to if p.actor.country), None)
        if host is None and about is not None:
            host = next((r.country for r in about.recipients if r.country), None)
        if home == host and about is not None:  # "the first visit to Peru by a minister": the parser lost the minister
            home = next((a.country for a in about.actors if a.country and a.country != host), home)
        office = self._office(core, home) if core.role else self._office_of(subject, home)
        reasons = [Reason(field="kind", rule=f"{self.pack.lang}/claim/{core.rule}", span=evidence)]
        if tail is not None:
            reasons.append(
                Reason(field="since", rule=f"{self.pack.lang}/claim/bounded", span=self._span(tail.first, tail.last))
            )
        reasons += told[1] if told else ()
        return Claim(
            id=_hash(self.document.id, self.number, name, evidence.start, evidence.end), document=self.document.id,
            sentence=self.number, kind=name, evidence=evidence, about=about.id if about else None, type=kind, mode=mode,
            who=who, office=office,
            from_country=home, to_country=host, since=tail.since if tail else None,
            since_actor=self._since_actor(tail, home, office),
            years=tail.years if tail else None, approximate=tail.approximate if tail else None, ordinal=core.ordinal,
            said_by=told[0] if told else None, because=tuple(reasons),
        )  # fmt: skip

    # --- since when -----------------------------------------------------------------------------------------

    def _tail(self, core: Core) -> Tail | None:
        """The bound after the core, asides stepped over; before it, only at the sentence's start."""
        best: Tail | None = None
        for i in [*range(core.last, len(self.lemmas)), *range(min(2, core.at))]:
            if i >= core.last and self.tree.tokens[i].text in BREAK:
                break
            if self.lemmas[i] in self.words.since or self.texts[i] in self.words.since:
                found = self._since(i)
                if found is not None:
                    return found
            elif self.texts[i] in self.words.within and i >= core.last and best is None:
                best = self._within(i)
        return best

    def _since(self, i: int) -> Tail | None:
        length = self._duration(i + 1)
        if length is not None:
            return length
        when = next((t for t in self.times if i <= t.start_token <= i + REACH and t.when is not None), None)
        actor: Party | None = None
        limit = self.tree.tokens[min(i + REACH, len(self.lemmas) - 1)].end
        start = self.tree.tokens[i].end
        for party in self.cast.mentions(self.number):
            if (
                start <= party.actor.span.start <= limit
                and party.head > i
                and party.kind in {"person", "office", "role", "name"}
            ):
                actor = party
                break
        last = max(
            [i + 1, *([when.end_token] if when else []), *([max(self._phrase(actor.head)) + 1] if actor else [])]
        )
        return Tail(first=i, last=last, since=when.when if when else None, actor=actor, bounded=True)

    def _within(self, i: int) -> Tail | None:
        return self._duration(i + 1, first=i)

    def _duration(self, start: int, *, first: int | None = None) -> Tail | None:
        """A length of time that starts at token `start`: "presque quinze ans", "more than two decades"."""
        words = self.words
        number: float | None = None
        vague = False
        for k in range(start, min(start + 7, len(self.lemmas))):
            text = self.texts[k]
            value = self._number(k)
            if value is not None:
                number = (
                    value
                    if number is None
                    else number * value
                    if value >= 100 > number
                    else number + value
                    if value < number
                    else number * value
                )
                continue
            unit = words.units.get(self.lemmas[k], words.units.get(text))
            pair = " ".join(self.texts[k : k + 3])
            if pair in words.units:
                unit = words.units[pair]
            if unit is not None:
                if number is None and self.tree.feat(k, "Number") != "Plur" and not vague:
                    return None
                years = None if number is None else round(number * unit, 2)
                approx = self._approximate(start, k)
                return Tail(
                    first=first if first is not None else start - 1,
                    last=k + 1,
                    years=years,
                    approximate=approx,
                    bounded=True,
                )
            if self.tree.tokens[k].upos in {"VERB", "PUNCT", "AUX"}:
                return None
            vague = True
        return None

    def _number(self, k: int) -> float | None:
        text = self.texts[k]
        if text.replace(",", ".").replace(".", "", 1).isdigit():
            value = float(text.replace(",", "."))
            return value if value < 1000 else None
        return self.words.numbers.get(text, self.words.numbers.get(self.lemmas[k]))

    def _approximate(self, start: int, end: int) -> str | None:
        text = f" {' '.join(self.texts[max(0, start - 3) : end])} ".replace(" d' ", " de ")
        for name, phrases in (("less", self.words.less), ("more", self.words.more), ("about", self.words.about)):
            if any(f" {p} " in text for p in phrases):
                return name
        return None

    # --- about what -----------------------------------------------------------------------------------------

    def _about(self, core: Core) -> Report | None:
        """The report whose words are counted; else, for an act told again, the document's report of the same kind."""
        here = [r for r in self.reports if r.sentence == self.number]
        for at in (core.noun, core.verb):
            if at is None:
                continue
            token = self.tree.tokens[at]
            for report in here:
                if report.trigger.start < token.end and token.start < report.trigger.end:
                    return self._first_told(report)
        if core.verb is not None and core.rule.endswith("-time"):
            inside = {self.tree.tokens[k].start for k in self.tree.subtree(core.verb)}
            for report in here:
                if report.trigger.start in inside:
                    return self._first_told(report)
        kind, mode = self._typed(core, None)
        if kind is None:
            return None
        alike = [r for r in here if r.type == kind and (r.mode == mode or mode is None or r.mode is None)]
        if len(alike) == 1 and not core.role:
            return alike[0]
        if not (core.role or core.rule.endswith("-elliptical")):
            return None
        subject, to = self._sides(core, None)
        sides = {p.actor.country for p in (*subject, *to)} - {None}
        for report in self.reports:
            same = {a.country for a in (*report.actors, *report.recipients)} - {None}
            if report.type == kind and report.mode == mode and report.status is None and sides and sides <= same:
                return report
        return None

    def _first_told(self, report: Report) -> Report:
        """A report told by "le premier … à se rendre" is the visit already told: the first of the same act."""
        return report

    def _typed(self, core: Core, about: Report | None) -> tuple[str | None, str | None]:
        if about is not None:
            return about.type, about.mode
        if core.noun is not None and not core.role and self.lemmas[core.noun] in self.words.events:
            return self.words.events[self.lemmas[core.noun]]
        if core.verb is not None and self.lemmas[core.verb] in self.words.verbs:
            return self.words.verbs[self.lemmas[core.verb]]
        return None, None

    def _sides(self, core: Core, about: Report | None) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """Who is counted, and to whom or where the act goes."""
        tree = self.tree
        to: tuple[Party, ...] = ()
        at = core.verb if core.verb is not None else core.noun
        if at is not None:
            for k in tree.kids(at, "obj", "obl", "nmod"):
                if (k < core.at and core.verb is None) or (
                    tree.is_rel(k, "obl", "nmod") and tree.case(k) not in self.words.to_cases
                ):
                    continue
                found = self._countries(k)
                if found:
                    to = found
                    break
            to = to or self._goal(at)
            if not to and core.verb is None:
                to = self._goal_above(core, at)
        subject: tuple[Party, ...] = ()
        for head in self._subject_heads(core):
            subject = tuple(
                p
                for p in self.cast.parties(self.number, head) or self.cast.inside(self.number, head)
                if p.actor.country and p.kind != "place"
            )
            if subject:
                break
        return subject, to

    def _goal_above(self, core: Core, noun: int) -> tuple[Party, ...]:
        """The goal told with the verb above the noun ("made a visit to Peru"), or with the act the noun is put to."""
        tree = self.tree
        verbs = [
            tree.tokens[noun].head,
            *(i for i in range(core.at) if self.words.verbs.get(self.lemmas[i]) == self._kind_of(noun)),
        ]
        for verb in verbs:
            if tree.tokens[verb].upos != "VERB":
                continue
            for k in tree.kids(verb, "obl", "obj"):
                if tree.case(k) in self.words.to_cases or (not tree.case(k) and k != noun):
                    found = self._countries(k)
                    if found:
                        return found
        return ()

    def _kind_of(self, noun: int) -> tuple[str, str | None] | None:
        return self.words.events.get(self.lemmas[noun])

    def _goal(self, at: int) -> tuple[Party, ...]:
        """A country that a goal's adposition leads to, deeper in the phrase ("la visite d'un ministre au Pérou")."""
        tree = self.tree
        for k in tree.subtree(at):
            if k > at and tree.is_rel(k, "nmod", "obl") and tree.case(k) in self.words.to_cases:
                found = self._countries(k)
                if found:
                    return found
        return ()

    def _countries(self, k: int) -> tuple[Party, ...]:
        return tuple(p for p in self.cast.parties(self.number, k) or self._place(k) if p.actor.country)

    def _place(self, k: int) -> tuple[Party, ...]:
        """A country or town that the cast holds for no actor, as the goal of a journey."""
        name = self.tree.tokens[k].text
        entry = self.pack.world.place(name)
        if entry is None or entry.country is None or not name[:1].isupper():
            return ()
        from dragoman.coding.actors import Party

        span = Span(self.tree.tokens[k].start, self.tree.tokens[k].end)
        return (Party(actor=Actor(text=name, span=span, name=entry.name, country=entry.country), head=k, kind="place"),)

    def _subject_heads(self, core: Core) -> Iterator[int]:
        """Where the one who acts stands: the subject of the copula or verb, the role noun itself, the event's owner."""
        tree = self.tree
        if core.role and core.noun is not None:
            yield from tree.kids(core.noun, "nsubj")
            head = tree.tokens[core.noun].head
            if tree.is_rel(core.noun, "xcomp", "obl", "appos", "obj") and head != core.noun:
                yield from (tree.kids(head, "nsubj") or [head])
            yield core.noun
        elif core.role:
            yield from tree.kids(core.at, "nsubj")
            yield from tree.kids(tree.tokens[core.at].head, "nsubj")
        elif core.verb is not None:
            yield from tree.kids(core.verb, "nsubj")
            yield from tree.kids(core.verb, "obl:agent")
            if tree.is_rel(core.verb, "acl"):
                yield tree.tokens[core.verb].head
            if tree.is_rel(core.verb, "xcomp", "conj", "advcl"):
                yield from tree.kids(tree.tokens[core.verb].head, "nsubj")
        elif core.noun is not None:
            owners = tree.kids(core.noun, "nmod", "nmod:poss", "amod")
            yield from (
                k
                for k in owners
                if tree.case(k) in self.words.owner_cases or not tree.case(k) or tree.is_rel(k, "nmod:poss")
            )
            yield from tree.kids(tree.tokens[core.noun].head, "nsubj", "obl:agent")
            yield core.noun

    # --- who ------------------------------------------------------------------------------------------------

    def _who(self, core: Core, subject: tuple[Party, ...]) -> str | None:
        """The role or person counted, in the text's words."""
        if core.role and core.noun is not None:
            return self._words(core, core.noun)
        if subject:
            return subject[0].actor.text
        return None

    def _words(self, core: Core, noun: int) -> str:
        end = (
            min([core.verb, *self.tree.kids(core.verb, "mark", "expl", "aux")])
            if core.verb is not None
            else len(self.lemmas)
        )
        kept = [k for k in self._phrase(noun) if core.at < k < end]
        while kept and self.lemmas[kept[0]] in self.words.highest_after and kept[0] != noun:
            kept.pop(0)
        kept = kept or [noun]
        return self._span(min(kept), max(kept) + 1).of(self.document.text)

    def _phrase(self, head: int) -> list[int]:
        """The head's phrase without clauses on it."""
        tree = self.tree
        found, queue = [head], [head]
        while queue:
            for k in tree.children[queue.pop()]:
                if tree.is_rel(k, "acl", "nsubj", "cop", "advcl", "punct", "parataxis", "appos", "conj", "obl", "mark"):
                    continue
                found.append(k)
                queue.append(k)
        return sorted(found)

    def _office(self, core: Core, country: str | None) -> str | None:
        if core.noun is None:
            return None
        office = self.pack.world.office([self.lemmas[k] for k in self._phrase(core.noun) if k > core.at], country)
        return office.id if office else None

    def _office_of(self, subject: tuple[Party, ...], home: str | None) -> str | None:
        """The office of whose act is counted: as the phrase words it, else as the party is known."""
        if not subject:
            return None
        phrase = [self.lemmas[k] for k in self._phrase(subject[0].head)]
        office = self.pack.world.office(phrase, subject[0].actor.country or home)
        return office.id if office else subject[0].actor.office

    def _since_actor(self, tail: Tail | None, home: str | None, counted: str | None) -> Actor | None:
        """The predecessor, as the register has him on that date; else in the office whose holders are counted."""
        if tail is None or tail.actor is None:
            return None
        actor = tail.actor.actor
        holding = self._holding(actor, tail)
        if holding is None:
            actor = replace(actor, country=actor.country or home)
            office = self.pack.world.office_by_id(counted or "")
            if office is None or actor.office is not None:
                return actor
            return replace(actor, office=office.id, sectors=actor.sectors or office.sectors)
        return replace(
            actor,
            name=holding.name,
            country=holding.country,
            sectors=holding.sectors,
            office=holding.office,
            id=holding.wikidata or actor.id,
        )

    def _holding(self, actor: Actor, tail: Tail) -> Holding | None:
        day = tail.since.first if tail.since else None
        for holding in self.pack.world.person(actor.name or actor.text, day):
            if day is None or holding.holds(day):
                return holding
        return None

    # --- the older event ------------------------------------------------------------------------------------

    def _implied(
        self, core: Core, tail: Tail | None, claim: Claim, subject: tuple[Party, ...], to: tuple[Party, ...]
    ) -> Report | None:
        """The last such act, which "since X in 2006" implies: done by X on that date."""
        actor = claim.since_actor
        if tail is None or actor is None or claim.kind != "first-since" or claim.type is None:
            return None
        if not core.role and core.verb is None and claim.about is None:
            return None
        host = self._host(claim, to)
        span = self.tree.tokens[core.verb] if core.verb is not None else self.tree.tokens[core.noun or core.at]
        evidence = self._evidence(core, tail)
        country = actor.country or claim.from_country
        actor = replace(actor, country=country, sectors=actor.sectors or (subject[0].actor.sectors if subject else ()))
        rule = f"{self.pack.lang}/claim/implied-by-since"
        reasons = [
            Reason(field=f, rule=rule, span=self._span(tail.first, tail.last)) for f in ("actor", "status", "when")
        ]
        about = next((r for r in self.reports if r.id == claim.about), None)
        return Report(
            id=_hash(self.document.id, self.number, "implied", claim.id), document=self.document.id,
            sentence=self.number,
            type=claim.type, mode=claim.mode, concept=about.concept if about else _concept(claim), evidence=evidence,
            trigger=Span(span.start, span.end), status="historical", actors=(actor,), recipients=host,
            contexts=about.contexts if about else (), when=tail.since, said_by=claim.said_by,
            cameo=about.cameo if about else None,
            goldstein=about.goldstein if about else None, plover_score=about.plover_score if about else None,
            place=about.place if about and about.place and about.place.country == claim.to_country else None,
            confidence=0.6, because=tuple(reasons),
        )  # fmt: skip

    def _host(self, claim: Claim, to: tuple[Party, ...]) -> tuple[Actor, ...]:
        """Whom the older visit went to: the country of today's, as its government."""
        for party in to:
            if party.actor.country == claim.to_country:
                return (replace(party.actor, sectors=party.actor.sectors or ("GOV",)),)
        about = next((r for r in self.reports if r.id == claim.about), None)
        return about.recipients if about else ()

    def _evidence(self, core: Core, tail: Tail | None) -> Span:
        first, last = core.at, core.last
        while (
            first > 0
            and self.tree.tokens[first - 1].upos in {"DET", "ADP"}
            and self.tree.tokens[first - 1].head in {core.noun, core.at}
        ):
            first -= 1
        if core.verb is not None and core.role:
            last = max(last, core.verb + 1)
        if tail is not None:
            first, last = min(first, tail.first), max(last, tail.last)
        return self._span(first, last)

    def _span(self, first: int, last: int) -> Span:
        return self.tree.span(list(range(first, last)))


def _kind(core: Core, tail: Tail | None) -> str:
    if core.kind != "first" or tail is None:
        return core.kind
    return (
        "first-in"
        if tail.years is not None or (tail.since is None and tail.actor is None and tail.approximate)
        else "first-since"
    )


def _concept(claim: Claim) -> str:
    return claim.mode or (claim.type or "").lower()


def _hash(document: str, *parts: object) -> str:
    return hashlib.sha256("\x1f".join([document, *map(str, parts)]).encode("utf-8", "surrogatepass")).hexdigest()[:16]
