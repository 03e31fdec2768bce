"""Who is meant: the parties that the noun phrases of a document stand for, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from dragoman.coding import chains, towns
from dragoman.coding.mentions import (
    QUALIFIERS,
    STATES,
    Found,
    Mention,
    Nucleus,
    Origin,
    Party,
    find_mentions,
    part_of,
    phrases,
    root_between,
    root_of,
    span_between,
)
from dragoman.coding.tree import Tree
from dragoman.model import Actor, Document, Reason, Span, Token
from dragoman.pack import Pack
from dragoman.pack.agents import Role
from dragoman.world import Entry, Holding, Office, World, fold

# Codes of organisations, whose organs have no sector but a court's.
_ORGANISED = frozenset({"IGO", "UNO", "EUR"})
# Sectors whose people are of the country where the sentence puts them; journalists or refugees may be of any.
_LOCAL = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "SPY", "REB", "PTY", "OPP", "CVL", "LAB", "AGR", "UAF", "PRM"})
# Role kinds of one human being.
PERSONS = frozenset({"person", "envoy", "head", "kin", "counterpart"})
# Sectors that a former holder loses.
_OFFICES = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP", ""})
# Sectors of those who hold an office.
_HELD = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP"})
# What a body that has a name of its own is, by its sector.
_NAMED_BODIES = {"GOV": "government", "REB": "group"}
# Weight above which the world says that a person holds office on the day.
_IN_OFFICE = 5e7
# How sure each way of finding a country is; set by hand, in the order in which the ways are tried.
SURE = {
    "named": 0.95, "demonym": 0.95, "complement": 0.9, "person": 0.9, "apposition": 0.9, "role": 0.9, "seat": 0.9,
    "organisation": 0.95, "group": 0.9, "title": 0.8, "same-name": 0.85, "owner": 0.75, "conjunct": 0.65,
    "locative": 0.65, "topic": 0.65, "same-office": 0.65, "joint": 0.7, "pronoun": 0.6, "relative": 0.85,
    "speaker": 0.6, "document": 0.4, "compatriot": 0.45, "land": 0.6, "foreign": 0.7, "usual": 0.5, "unknown": 0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What a document tells of a name."""

    name: str
    country: str | None
    sectors: tuple[str, ...]
    office: str | None
    id: str | None
    kind: str
    gender: str | None


class Cast:
    """The document's actors; built once per document."""

    def __init__(self, document: Document, trees: Sequence[Tree], pack: Pack) -> None:
        self.document = document
        self.pack = pack
        self.agents, self.world = pack.agents, pack.world
        self.day: date | None = document.published
        self.trees = {tree.sentence.number: tree for tree in trees}
        self.order = sorted(self.trees)
        self._founds: dict[int, Found] = {}
        self._parties: dict[tuple[int, int], tuple[Party, ...]] = {}
        self._resolved: dict[int, tuple[Party, ...]] = {}
        self._busy: set[int] = set()
        self._known: dict[str, Known] | None = None
        self._offices: list[tuple[int, int, str, Party]] = []
        self._dominant: str | None = None
        self._countries: Counter[str] | None = None
        self._spoken: set[str | None] | None = None

    # -- for the caller -----------------------------------------------------------------------------------------

    def parties(self, number: int, head: int) -> tuple[Party, ...]:
        """Who the phrase headed by token `head` of a sentence stands for, coordination included; () if nobody."""
        key = (number, head)
        if key not in self._parties:
            self._parties[key] = ()  # a phrase that refers to itself stands for nobody
            self._parties[key] = self._whole(self.found(number), head)
        return self._parties[key]

    def inside(self, number: int, head: int) -> tuple[Party, ...]:
        """Parties named inside a phrase that is itself no actor ("le raid israélien"), surest first."""
        found = self.found(number)
        return _distinct(self._within(found, head, 0))

    def mentions(self, number: int) -> tuple[Party, ...]:
        """All parties that a sentence names, in text order, without those that only qualify another one."""
        found = self.found(number)
        tree = found.tree
        return tuple(p for m in phrases(found) if not _qualifies(tree, found, m) for p in self.resolve(number, m))

    def joint(self, number: int, token: int | None = None, *, persons: bool = False) -> tuple[Party, ...]:
        """The two parties that "les deux pays" or "both sides" means in the sentence (before the token, if given)."""
        return chains.joint(self, number, token, persons=persons)

    def possessor(self, number: int, token: int) -> tuple[Party, ...]:
        """Whom "son", "their" at a token, or at a determiner of that token, stands for; () where there is none."""
        tree = self.trees[number]
        for i in (token, *tree.kids(token, "det", "nmod")):
            pronoun = self.agents.possessives.get(tree.tokens[i].text.lower())
            if pronoun is not None and tree.tokens[i].upos in ("DET", "PRON"):
                return chains.antecedent(self, number, i, pronoun)
        return ()

    def found(self, number: int) -> Found:
        """The mentions of a sentence."""
        if number not in self._founds:
            found = self._founds[number] = find_mentions(self.trees[number], self.agents, self.world, day=self.day)
            if towns.ambiguous(found):
                towns.settle(found, self._lands())
        return self._founds[number]

    def _lands(self) -> Counter[str]:
        """The countries that the document names, with how often."""
        if self._countries is None:
            self._countries = Counter()
            for number in self.order:
                found = self._founds.get(number)
                if found is None:
                    found = find_mentions(self.trees[number], self.agents, self.world, day=self.day)
                self._countries += towns.countries(towns.nuclei(found))
        return self._countries

    def set_phrases(self, number: int) -> frozenset[int]:
        """The tokens of names and roles of several words ("the armed forces", "Doctors Without Borders")."""
        nuclei = self.found(number).nuclei
        kinds = ("org", "group", "person", "name", "place", "role")
        return frozenset(i for i, n in enumerate(nuclei) if n is not None and n.kind in kinds and n.end - n.start > 1)

    def mention(self, number: int, token: int) -> Mention | None:
        """The mention that a token belongs to; for a name, the phrase that holds it ("le ministre X")."""
        return _top(self.found(number).at[token])

    # -- phrases ------------------------------------------------------------------------------------------------

    def _whole(self, found: Found, head: int) -> tuple[Party, ...]:
        """The parties of a phrase with all that is coordinated with it."""
        tree, number = found.tree, found.tree.sentence.number
        special = self._pronominal(found, head)
        if special is not None:
            return special
        mentions: list[Mention] = []
        parties: list[Party] = []
        for i in tree.conjuncts(head):
            if tree.tokens[i].upos in ("VERB", "AUX") and i != head:
                continue
            if i != head and not _in_list(tree, head, i):
                continue
            mention = _promoted(tree, _top(found.at[i]))
            if mention is None:
                parties += (self._pronominal(found, i) or ()) if i != head else ()
            elif mention not in mentions and (i == head or not _holds(mentions, mention)):
                mentions.append(mention)
        if mentions:
            mentions = self._neighbours(found, mentions)
        parties = [p for m in mentions for p in self.resolve(number, m)] + parties
        return _distinct(parties)

    def _pronominal(self, found: Found, i: int) -> tuple[Party, ...] | None:
        """The parties of a pronoun or of "the two countries"; None where token i is neither."""
        tree, number = found.tree, found.tree.sentence.number
        token = tree.tokens[i]
        low = token.text.lower()
        if (count := chains.count_of(tree, i, self.agents)) is not None:
            return chains.both(self, number, i, count)
        if token.upos == "PRON" and (pronoun := self.agents.pronouns.get(low)) is not None:
            return chains.antecedent(self, number, i, pronoun)
        if low in self.agents.latter_words and i and tree.tokens[i - 1].text.lower() in self.agents.latter_determiners:
            return chains.latter(self, number, i)
        return None

    def _neighbours(self, found: Found, mentions: list[Mention]) -> list[Mention]:
        """The mentions with those of the same list that the parser tied elsewhere ("Paris, Berlin et Londres")."""
        tree, small = found.tree, self.agents.small
        listed = list(mentions)
        first = listed[0]
        j = _skip_back(tree, first.start - 1)
        if j > 0 and tree.tokens[j].text.lower() in small.coordinators:
            before = _top(found.at[j - 1])
            if before is not None and before not in listed and self._same_list(found, before, first):
                begun = [_top(found.at[i]) for i in tree.conjuncts(_climb(tree, root_of(tree, before)))]
                listed = [m for m in begun if m is not None and m not in listed and m.start < first.start] + listed
        last = listed[-1]
        while (after := self._next_in_list(found, last)) is not None and after not in listed:
            listed.append(after)
            last = after
        return listed

    def _next_in_list(self, found: Found, last: Mention) -> Mention | None:
        tree, small, end = found.tree, self.agents.small, last.end
        if end + 1 >= len(tree.tokens) or tree.tokens[end].text.lower() not in small.coordinators | small.commas:
            return None
        k = end + 1
        while k < len(tree.tokens) and tree.tokens[k].upos == "DET":
            k += 1
        after = _top(found.at[k]) if k < len(tree.tokens) else None
        if after is None or after.start > k or after.kind != last.kind:
            return None
        root = root_of(tree, after)
        rels = ("conj",) if after.kind == "role" else ("conj", "appos", "flat", "list", "dep")
        loose = tree.is_rel(root, *rels) and not tree.kids(root, "case")
        own = _climb(tree, root_of(tree, last))
        if tree.is_rel(root, "nsubj") and tree.is_rel(own, "nsubj") and tree.tokens[root].head == tree.tokens[own].head:
            return after
        return after if loose and last.start <= tree.tokens[root].head < after.start else None

    def _same_list(self, found: Found, left: Mention, right: Mention) -> bool:
        """Whether the mention left of an "and" belongs with the right one though the tree does not say so."""
        tree = found.tree
        i, k = _climb(tree, root_of(tree, left)), root_of(tree, right)
        if left.kind == "role" and right.kind != "role" and left.core.role and left.core.role.kind == "container":
            return False
        if right.start <= tree.tokens[i].head < right.end and not tree.kids(i, "case"):
            return True
        if tree.is_rel(i, "dislocated", "parataxis", "vocative", "dep", "root") and tree.is_rel(k, "nsubj"):
            return True
        return tree.is_rel(i, "nsubj") and tree.is_rel(k, "nsubj") and tree.tokens[i].head == tree.tokens[k].head

    def _within(self, found: Found, head: int, depth: int) -> list[Party]:
        tree, number = found.tree, found.tree.sentence.number
        small = self.agents.small
        nucleus = found.nuclei[head]
        landmark = nucleus is not None and nucleus.landmark
        parties = [p for n in self._demonyms(found, head) for p in self._of_demonym(number, n, ("GOV",))]
        owned: list[Party] = []
        named: list[Party] = []
        for k in tree.children[head]:
            mention = _top(found.at[k])
            if tree.is_rel(k, "nmod", "compound", "flat", "appos", "obl") and not tree.is_rel(k, "nmod:desc"):
                if mention is not None and mention.core.kind != "demonym":
                    city = mention.kind == "place" and mention.core.entries[0].kind not in STATES
                    if not (landmark and city):
                        (owned if tree.is_rel(k, "nmod:poss") or tree.case(k) in small.of else named).extend(
                            p for p in self.parties(number, k) if p.kind != "place" or not landmark
                        )
                elif mention is None and depth < 2 and tree.is_rel(k, "nmod"):
                    named += self._pronominal(found, k) or self._within(found, k, depth + 1)
            elif tree.tokens[k].text.lower() in self.agents.possessives:
                owned += self.possessor(number, k)
        return parties + owned + named

    def _demonyms(self, found: Found, head: int) -> list[Nucleus]:
        """The demonyms that qualify a noun: by the tree, or standing right beside it."""
        tree = found.tree
        kids = [k for k in tree.kids(head, "amod", "compound", "nmod", "acl", "flat", "det") if k < len(found.nuclei)]
        nuclei = [
            n for k in kids if (n := found.nuclei[k]) is not None and n.kind == "demonym" and not tree.kids(k, "case")
        ]
        for k in [c for n in list(nuclei) for c in tree.kids(n.start, "conj")]:
            joined = found.nuclei[k]
            if joined is not None and joined.kind == "demonym":
                nuclei.append(joined)
        for k in (head + 1, head - 1):
            beside = found.nuclei[k] if 0 <= k < len(found.nuclei) else None
            if beside is not None and beside.kind == "demonym" and found.at[k] is None:
                nuclei.append(beside)
        unique = {n.start: n for n in nuclei}
        return [unique[k] for k in sorted(unique)]

    # -- who a mention is ---------------------------------------------------------------------------------------

    def resolve(self, number: int, mention: Mention, *, strict: bool = False) -> tuple[Party, ...]:
        """The parties of one mention alone; strict: only by its own words."""
        key = id(mention)
        if key in self._busy:
            return ()
        if not strict and key in self._resolved:
            return self._resolved[key]
        if not strict and self._known is None:
            self._learn()
        self._busy.add(key)
        try:
            parties = tuple(self._parties_of(number, mention, strict))
        finally:
            self._busy.discard(key)
        if not strict or (mention.kind not in ("person", "name") and all(p.actor.country for p in parties)):
            self._resolved[key] = parties  # what the words alone tell stays so
        return parties

    def _parties_of(self, number: int, mention: Mention, strict: bool) -> Iterable[Party]:
        if mention.kind == "place":
            return self._place(number, mention)
        if mention.kind in ("org", "group"):
            return self._organisation(number, mention)
        if mention.kind == "demonym":
            return self._of_demonym(number, mention.core, ("CVL",), plural=mention.plural)
        if mention.kind == "role":
            if (
                kind := chains.count_of(self.trees[number], mention.core.start, self.agents)
            ) is not None and not strict:
                return chains.both(self, number, mention.core.start, kind, mention)
            return self._role(number, mention, strict)
        return self._named(number, mention, strict)

    def _place(self, number: int, mention: Mention) -> Iterable[Party]:
        """A country, seat or town: a government where it acts, a place where something happens."""
        found = self.found(number)
        locative = mention.topic or self.is_locative(found, mention)
        entry = self.placed(mention, locative=locative)
        code = self._code(entry)
        if entry.kind == "capital" and not locative and not self._speaks_of(code):
            code = self.agents.metonyms.get(fold(entry_text(found.tree, mention)), code)
        if entry.kind == "region":
            yield self._party(number, mention, "region", Origin(code, "region", mention.start, mention.end))
            return
        acts = not locative and entry.kind not in ("city", "place")
        sectors = (entry.sectors or ("GOV",)) if acts and code not in _ORGANISED else ()
        kind = ("country" if entry.kind in STATES else "government") if acts else "place"
        rule = "named" if entry.kind in STATES else ("seat" if acts else "place")
        yield self._party(
            number, mention, kind, Origin(code, rule, mention.start, mention.end), sectors=sectors, name=entry.name,
            id=entry.wikidata,
        )  # fmt: skip
        if mention.core.also and (second := mention.core.also[0]).country is not None:
            origin = Origin(self._code(second), rule, mention.start, mention.end)
            yield self._party(number, mention, kind, origin, sectors=sectors, name=second.name, id=second.wikidata)

    def placed(self, mention: Mention, *, locative: bool) -> Entry:
        """Which of the places of one name is meant: the town where things happen, one of a country spoken of."""
        entries = mention.core.entries
        first = entries[0]
        if first.kind == "seat" and first.country in _ORGANISED:
            towns = [e for e in entries if e.kind == "capital"]
            if towns and (locative or self._speaks_of(towns[0].country)):
                return towns[0]
        if first.kind == "city" and len(entries) > 1 and not self._speaks_of(first.country):
            return next((e for e in entries if e.kind == "city" and self._speaks_of(e.country)), first)
        return first

    def _speaks_of(self, code: str | None) -> bool:
        """Whether the document names a country by its own name or demonym, not only its capital."""
        if self._spoken is None:
            self._spoken = {
                self._code(n.entries[0])
                for number in self.order
                for n in self.found(number).nuclei
                if n is not None and n.entries and n.entries[0].kind in STATES | QUALIFIERS
            }
        return code in self._spoken

    def is_locative(self, found: Found, mention: Mention) -> bool:
        """Whether an adposition makes the name a place: "en Irak", "in Paris", but not "répond à Paris"."""
        tree, small = found.tree, self.agents.small
        root = root_of(tree, mention)
        if tree.is_rel(root, "nmod:poss") or (
            tree.is_rel(root, "compound") and found.at[tree.tokens[root].head] is not None
        ):
            return False
        root = _climb(tree, root)
        k = part_of(tree, mention, self.agents)
        if k > 0 and tree.tokens[k].text in small.openers and (near := found.at[k - 1]) is not None:
            return near.kind == "place"
        if k < mention.start - 1 and tree.tokens[k + 1].text.lower() in small.locative:
            return True  # "près de Paris"
        while k >= 0 and tree.tokens[k].upos in ("DET", "ADJ"):
            k -= 1
        if k < 0 or tree.tokens[k].upos not in ("ADP", "SCONJ", "ADV", "NOUN"):
            return False
        if k > 0 and tree.tokens[k].text.lower() in small.of and mention.kind == "place":
            sight = found.nuclei[k - 1]  # "la mairie de Paris"
            return sight is not None and sight.landmark and mention.core.entries[0].kind not in STATES
        low = tree.tokens[k].text.lower()
        lemma = tree.tokens[k].lemma.lower()
        if low not in small.locative and lemma not in small.locative:
            return False
        if lemma in small.recipient or low in small.recipient:
            if k == 0 and mention.end < len(tree.tokens) and tree.tokens[mention.end].text in small.commas:
                return True  # "Au Niger, des milliers de manifestants réclament …"
            state = mention.kind == "place" and mention.core.entries[0].kind in STATES
            if state and tree.tokens[k + 1].text.lower() in small.receiving:
                return False  # "à la Suède" is never a place: that is "en Suède"
            head = tree.tokens[tree.tokens[root].head].lemma.lower()
            return head not in small.addressing and (head in small.motion or not small.recipient_acts)
        return True

    def _code(self, entry: Entry) -> str | None:
        """The code under which an entry acts: a dependency's is its state's."""
        if entry.country is None or entry.kind == "region":
            return entry.country
        country = self.world.country(entry.country)
        return country.actor if country is not None else entry.country

    def _organisation(self, number: int, mention: Mention) -> Iterable[Party]:
        entry = mention.core.entries[0]
        kind = "organisation" if mention.kind == "org" else "group"
        code = self._code(entry)
        sectors = tuple(s for s in entry.sectors if s == "JUD") if code in _ORGANISED else entry.sectors
        yield self._party(
            number, mention, kind, Origin(code, kind, mention.start, mention.end), sectors=sectors,
            name=entry.name, id=entry.wikidata,
        )  # fmt: skip

    def _of_demonym(
        self, number: int, nucleus: Nucleus, sectors: tuple[str, ...], *, plural: bool = False
    ) -> Iterable[Party]:
        """The countries of "israélien", "franco-allemand": one party each."""
        for entries in (nucleus.entries, nucleus.also):
            if entries:
                code = self._code(entries[0])
                own = () if code in _ORGANISED or (code or "").startswith("R-") else sectors
                yield self._span_party(
                    number, nucleus.start, nucleus.end, "demonym", Origin(code, "demonym", nucleus.start, nucleus.end),
                    sectors=own, plural=plural,
                )  # fmt: skip

    # -- persons ------------------------------------------------------------------------------------------------

    def _named(self, number: int, mention: Mention, strict: bool) -> Iterable[Party]:
        """A person or an unknown name, with the role that stands in apposition to it."""
        name = self.name_of(number, mention)
        known = None if strict else self._lookup(name)
        entry = self._bearer(mention, known.country if known else None)
        origin = Origin(None, "unknown", mention.start, mention.end)
        sectors: tuple[str, ...] = mention.title.sectors if mention.title else ()
        office, full, id, kind = None, name, None, mention.kind
        if entry is not None:
            origin, sectors = Origin(self._code(entry), "person", mention.start, mention.end), entry.sectors or sectors
            full, id, kind = entry.name, entry.wikidata, "person"
        elif mention.title is not None or (mention.into is not None and mention in mention.into.names):
            held = self._holder(name)
            if held is not None:
                origin = Origin(held.country, "person", mention.start, mention.end)
                sectors, full, id, kind = held.sectors, held.name, held.wikidata, "person"
        if entry is None and mention.core.hint and mention.core.hint[0].kind == "organisation":
            origin = Origin(self._code(mention.core.hint[0]), "organisation", mention.start, mention.end)
            sectors, kind = mention.core.hint[0].sectors, "organisation"
        if mention.owners and origin.country is None:
            land = mention.owners[0]
            origin = Origin(self._code(land.core.entries[0]), "complement", land.start, land.end)
        if mention.role is not None:
            told = self.resolve(number, mention.role, strict=strict)
            if told and told[0].actor.country is None and told[0].actor.sectors:
                sectors = told[0].actor.sectors
            if told and (told[0].actor.country is not None or origin.country is None):
                role = told[0]
                origin = Origin(role.actor.country, "apposition", mention.role.start, mention.role.end)
                sectors, office, kind = role.actor.sectors or sectors, role.actor.office, "person"
        elif known is not None and (entry is None or origin.country == known.country):
            origin = Origin(known.country, "same-name", mention.start, mention.end)
            sectors, office = known.sectors or sectors, known.office
            full, id, kind = known.name, known.id or id, known.kind
        if origin.country is not None and not sectors and entry is not None:
            sectors = ("GOV",) if entry.weight > _IN_OFFICE else ()
        yield self._party(number, mention, kind, origin, sectors=sectors, name=full, office=office, id=id)

    def _bearer(self, mention: Mention, country: str | None) -> Entry | None:
        """The person of a name: of several who bear a surname, one in office by then and of a country spoken of."""
        persons = [e for e in mention.core.entries if e.kind == "person"]
        if mention.core.end - mention.core.start > 1 or not persons:
            return _pick(tuple(persons), country)
        persons = [e for e in persons if not self._is_later(e)]
        if len({e.country for e in persons}) > 1 and country is None:
            spoken = [e for e in persons if self._speaks_of(self._code(e))]
            persons = spoken or [e for e in persons[:1] if e.weight > _IN_OFFICE]
        return _pick(tuple(persons), country)

    def _is_later(self, entry: Entry) -> bool:
        """Whether all that is known of a person lies after the document's day."""
        if self.day is None:
            return False
        held = [h for h in self.world.person(entry.name, self.day) if h.name == entry.name]
        return bool(held) and all(h.first is not None and h.first > self.day for h in held)

    def _holder(self, name: str) -> Holding | None:
        """The one known office-holder who may be called by a surname on the document's day."""
        found = self.world.person(name, self.day)
        if self.day is not None:
            found = tuple(h for h in found if h.first is None or h.first <= self.day)
            found = tuple(h for h in found if h.holds(self.day)) or found
        return found[0] if len({h.person for h in found}) == 1 else None

    def name_of(self, number: int, mention: Mention) -> str:
        """A name as it is written, without titles."""
        tokens = self.trees[number].tokens[mention.core.start : mention.core.end]
        return (
            self.document.text[tokens[0].start : tokens[-1].end]
            if _adjoining(tokens)
            else " ".join(t.text for t in tokens)
        )

    def _lookup(self, name: str) -> Known | None:
        """What the document tells elsewhere of a name, found by its full form or its last words."""
        if self._known is None:
            self._learn()
        assert self._known is not None
        return self._known.get(fold(name))

    def _learn(self) -> None:
        """Reads all mentions once: who bears which name, which country the document is about."""
        self._known = {}
        counts: dict[str, float] = {}
        for number in self.order:
            tree = self.trees[number]
            heavy = (
                3.0 if tree.sentence.block in ("headline", "dateline", "standfirst") or number == self.order[0] else 1.0
            )
            for mention in phrases(self.found(number)):
                for party in self.resolve(number, mention, strict=True):
                    self._note(number, mention, party)
                    code = party.actor.country
                    if code is not None and len(code) == 3 and code not in _ORGANISED:
                        counts[code] = counts.get(code, 0.0) + heavy
        ranked = sorted(counts.items(), key=lambda item: -item[1])
        if len(self.order) > 2 and ranked and ranked[0][1] >= 4:
            rest = ranked[1][1] if len(ranked) > 1 else 0.0
            if ranked[0][1] >= 2 * rest:
                self._dominant = ranked[0][0]

    def _note(self, number: int, mention: Mention, party: Party) -> None:
        """Remembers a named party under its name, its last words and its acronym."""
        assert self._known is not None
        actor = party.actor
        if mention.kind == "role" and mention.core.role is not None and actor.country is not None:
            self._offices.append((number, mention.start, self._noun(number, mention), party))
        bearer = mention.names[0] if mention.kind == "role" and mention.names else mention
        if actor.name is None or bearer.kind not in ("person", "name", "org", "group"):
            return
        if bearer.kind in ("org", "group") or (party.kind == "name" and actor.country is None and not actor.sectors):
            return
        words = fold(actor.name).split()
        known = Known(
            actor.name, actor.country, actor.sectors, actor.office, actor.id, party.kind, self.gender(number, mention)
        )
        written = fold(self.name_of(number, bearer)).split()
        for form in (words, words[-1:], words[-2:], written, written[-1:], written[-2:]):
            key = " ".join(form)
            held = self._known.get(key)
            if len(key) > 2 and (held is None or (held.country is None and actor.country is not None)):
                self._known[key] = known

    def _noun(self, number: int, mention: Mention) -> str:
        return self.trees[number].tokens[mention.core.start].lemma.lower()

    def gender(self, number: int, mention: Mention) -> str | None:
        """The gender of whom a mention names, where title, role noun or article tells."""
        tree = self.trees[number]
        if mention.title is not None and mention.title.gender is not None:
            return mention.title.gender
        if mention.kind in ("person", "name"):
            return None
        found = tree.feat(mention.core.start, "Gender")
        for k in tree.kids(root_of(tree, mention), "det"):
            found = tree.feat(k, "Gender") or found
        return found

    # -- roles --------------------------------------------------------------------------------------------------

    def _role(self, number: int, mention: Mention, strict: bool) -> Iterable[Party]:
        """The parties of a role phrase: one for each country or name it gives."""
        role = mention.core.role
        assert role is not None
        origins = self._origins(number, mention, role, strict)
        if role.kind == "mission" and not role.political and origins[0].country is None:
            return  # a task, as far as the words tell
        if role.kind == "container" and not origins:
            if not role.sectors:
                return
            origins = [Origin(None, "unknown", mention.start, mention.end)]
        if role.kind == "state" and origins[0].country is None:
            if mention.foreign:
                origins = [Origin("R-WORLD", "foreign", mention.start, mention.end)]
            elif not strict and role.kind == "state":
                origins = self._by_context(number, mention, role) or origins
        if len(mention.names) > 1:
            yield from self._paired(number, mention, role, origins, strict)
            return
        for origin in origins:
            yield self._role_party(number, mention, role, origin, mention.names[0] if mention.names else None, origins)

    def _paired(
        self, number: int, mention: Mention, role: Role, origins: list[Origin], strict: bool
    ) -> Iterable[Party]:
        """Several names for one plural role: each with its own country, in order."""
        for n, name in enumerate(mention.names):
            origin = origins[n] if len(origins) == len(mention.names) else origins[0]
            entry = _pick(name.core.entries, None)
            if len(origins) != len(mention.names) and entry is not None and entry.country is not None:
                origin = Origin(self._code(entry), "person", name.start, name.end)
            yield self._role_party(number, mention, role, origin, name, [origin, origin])

    def _role_party(
        self, number: int, mention: Mention, role: Role, origin: Origin, name: Mention | None, origins: list[Origin]
    ) -> Party:
        sectors = self._sectors(mention, role, origin)
        single = len(origins) == 1
        full = id = office = None
        kind = "country" if role.kind == "state" else "role"
        if role.country is not None and origin.country == role.country and role.phrase[0].isupper():
            kind, full = _NAMED_BODIES.get("".join(role.sectors[:1]), "role"), role.phrase
        if role.kind == "state" and self.is_locative(self.found(number), mention):
            kind, sectors = "place", ()
        if name is not None:
            full, kind = self.name_of(number, name), "person" if role.kind in PERSONS else "name"
            entry = _pick(name.core.entries, origin.country)
            if entry is not None and origin.country in (None, self._code(entry)):
                full, id = entry.name, entry.wikidata
                if entry.sectors[:1] == ("REB",) and sectors[:1] == ("MIL",):
                    sectors = entry.sectors  # a rebel's rank is his own
        if origin.party is not None and role.kind == "container":
            full, id = origin.party.actor.name, origin.party.actor.id
        elif (
            role.kind in ("person", "envoy", "head")
            and set(sectors[:1]) & _HELD
            and not mention.plural
            and not mention.former
        ):
            office, held = self._office(number, mention, origin.country)
            if name is None and held is not None and not self._indefinite(number, mention):
                full, id = held.name, held.wikidata
        span_of = (mention.start, mention.end) if single else (origin.start, origin.end)
        if name is not None and not single:
            span_of = (name.start, name.end)
        told = origin.party if role.kind == "container" else None
        return self._span_party(
            number,
            *span_of,
            kind,
            origin,
            sectors=sectors,
            name=full,
            office=office,
            id=id,
            plural=mention.plural,
            former=mention.former,
            political=role.political
            or role.kind == "mission"
            or origin.country in _ORGANISED
            or (told is not None and told.political),
            head=root_of(self.trees[number], mention),
            posted=next((self._code(m.core.entries[0]) for m in mention.posts if m.core.entries), None),
        )

    def _sectors(self, mention: Mention, role: Role, origin: Origin) -> tuple[str, ...]:
        """The sectors of a role: its own, its adjective's or its owner's."""
        sectors = role.sectors
        owner = origin.party.actor.sectors if origin.party is not None else ()
        if (
            (role.kind == "container" and origin.party is not None)
            or (role.kind == "head" and owner)
            or (role.kind in ("mission", "thing") and owner)
        ):
            sectors = owner
        elif role.kind == "kin":
            sectors = ("ELI",) if set(owner) & {"GOV", "ELI", "LEG"} else ("CVL",)
        elif origin.rule == "group" or (origin.party is not None and origin.party.kind == "group"):
            sectors = owner or sectors
        if mention.adjective is not None and (
            (role.kind in ("head", "mission") and "PTY" not in mention.adjective.sectors)
            or sectors[:1] in (("SOC",), ("CVL",), ())
            or role.kind == "thing"
        ):
            sectors = mention.adjective.sectors
        if role.kind == "head" and origin.country is None and mention.matter and not owner:
            sectors = ()  # "le directeur du musée", "the manager of a hotel"
        if mention.former and set(sectors[:1] or ("",)) <= _OFFICES and role.kind in PERSONS:
            sectors = ("ELI",)
        if origin.country in _ORGANISED:
            return tuple(s for s in sectors if s == "JUD")
        return sectors

    def _indefinite(self, number: int, mention: Mention) -> bool:
        """Whether a phrase means any holder of an office: "la première visite d'un ministre", "a minister"."""
        tree = self.trees[number]
        root = root_of(tree, mention)
        return any(tree.feat(k, "Definite") == "Ind" for k in tree.kids(root, "det"))

    def _office(self, number: int, mention: Mention, country: str | None) -> tuple[str | None, Holding | None]:
        """The office that a phrase names, and its holder on the document's day if that is one person."""
        tokens, found = self.trees[number].tokens, self.found(number)
        # An owner without a known name, or a body, may be the office's matter: "ministre kényan de la Défense".
        owners = [m for m in mention.owners if not _may_be_matter(m)]
        inner = {i for m in (*mention.names, *owners) for i in range(m.start, m.end)}
        words = tuple(
            tokens[i].lemma or tokens[i].text
            for i in range(mention.start, mention.end)
            if i not in inner and ((n := found.nuclei[i]) is None or n.kind != "demonym")
        )
        office = _office_named(self.world, words, country)
        if office is None:
            return None, None
        if country is None or self.day is None or office.many:
            return office.id, None
        holders = self.world.holders(office.id, country, self.day)
        return office.id, (holders[0] if holders else None)

    def _origins(self, number: int, mention: Mention, role: Role, strict: bool) -> list[Origin]:
        """Where a role's country comes from, the surest way first."""
        origins = self._own_origins(number, mention, role, strict)
        if origins:
            return origins
        if not strict and role.kind not in ("container", "state"):
            origins = self._by_context(number, mention, role)
        if not origins and role.usual is not None:
            return [Origin(role.usual, "usual", mention.core.start, mention.core.end)]
        return origins or ([] if role.kind == "container" else [Origin(None, "unknown", mention.start, mention.end)])

    def _own_origins(self, number: int, mention: Mention, role: Role, strict: bool) -> list[Origin]:
        """Countries that the phrase itself gives: its demonyms, its owners, its name."""
        found: list[Origin] = []
        for nucleus in mention.demonyms:
            for entries in (nucleus.entries, nucleus.also):
                if entries:
                    found.append(Origin(self._demonym_code(entries[0], role), "demonym", nucleus.start, nucleus.end))
        if not mention.owners and not found:
            found = [
                Origin(self._code(n.entries[0]), "demonym", n.start, n.end)
                for n in mention.loose
                if role.kind != "state"
            ]
        owned = [
            origin
            for m in mention.owners
            for p in self.resolve(number, m, strict=strict)
            if (origin := self._from_owner(m, p, role)) is not None
        ]
        if not mention.joined and len(mention.owners) > 1:  # "members of X of Y": the first one that is known
            owned = [o for o in owned if o.country is not None][:1] or owned[:1]
        if role.country is not None:
            told = [o for o in (*found, *owned) if o.country is not None and o.country != role.country]
            return told[:1] or [Origin(role.country, "role", mention.core.start, mention.core.end)]
        if found:
            group = next((o for o in owned if o.party is not None and o.party.actor.sectors), None)
            if (
                role.kind in ("head", "container", "mission", "person", "envoy")
                and len(found) == 1
                and group is not None
            ):
                return [replace_origin(found[0], group.party)]
            return found
        if owned:
            return owned if any(o.country for o in owned) or role.kind == "container" else owned[:1]
        for name in mention.names:
            known = self.resolve(number, name, strict=strict)
            if known and known[0].actor.country is not None:
                return [Origin(known[0].actor.country, "person", name.start, name.end)]
        return []

    def _demonym_code(self, entry: Entry, role: Role) -> str | None:
        """A demonym's country; "European countries" are a region, "the European government" is the Union."""
        code = self._code(entry)
        if code in ("EUR", "R-EUROPE"):
            return (
                "EUR" if role.kind in ("body", "person", "envoy", "mission") and "GOV" in role.sectors else "R-EUROPE"
            )
        return code

    def _from_owner(self, owner: Mention, party: Party, role: Role) -> Origin | None:
        """What a complement tells: a country, or the people, army, office that it names itself."""
        if role.kind == "counterpart" and not (
            owner.kind == "place" and owner.into and owner.into.core.start > owner.start
        ):
            return None
        country = party.actor.country
        if country is None and owner.core.hint:
            return Origin(self._code(owner.core.hint[0]), "complement", owner.start, owner.end)
        if country is None and role.kind not in ("container", "head"):
            return None
        if party.kind in ("country", "government", "place", "region") and role.kind not in ("container", "head"):
            return Origin(country, "complement", owner.start, owner.end)
        return Origin(country, "complement", owner.start, owner.end, party=party)

    def _by_context(self, number: int, mention: Mention, role: Role) -> list[Origin]:
        """Countries that the words around a phrase give, the surest way first."""
        if role.kind == "counterpart" or (role.kind == "state" and mention.plural):
            return []
        if (
            role.kind in ("body", "mission", "envoy")
            and (mention.names or role.kind == "envoy")
            and mention.possessive is None
        ):
            return []
        return chains.context(self, number, mention, role)

    # -- parties ------------------------------------------------------------------------------------------------

    def _party(
        self,
        number: int,
        mention: Mention,
        kind: str,
        origin: Origin,
        *,
        sectors: tuple[str, ...] = (),
        name: str | None = None,
        office: str | None = None,
        id: str | None = None,
    ) -> Party:
        return self._span_party(
            number, mention.start, mention.end, kind, origin, sectors=sectors, name=name, office=office, id=id
        )

    def _span_party(
        self,
        number: int,
        start: int,
        end: int,
        kind: str,
        origin: Origin,
        *,
        sectors: tuple[str, ...] = (),
        name: str | None = None,
        office: str | None = None,
        id: str | None = None,
        plural: bool = False,
        political: bool = True,
        former: bool = False,
        head: int | None = None,
        posted: str | None = None,
    ) -> Party:
        """A party of the tokens [start, end), with the reason for its country."""
        tree = self.trees[number]
        span = span_between(tree, start, end)
        basis = span_between(tree, origin.start, max(origin.end, origin.start + 1))
        rule = f"{self.pack.lang}/actor/{origin.rule}"
        return Party(
            actor=Actor(
                text=span.of(self.document.text),
                span=span,
                name=name,
                country=origin.country,
                sectors=sectors,
                office=office,
                id=id,
            ),
            head=root_between(tree, start, end) if head is None else head,
            kind=kind,
            reasons=(Reason(field="actor", rule=rule, span=basis),),
            certainty=SURE.get(origin.rule, 0.6),
            political=political,
            former=former,
            plural=plural,
            posted=posted,
        )


def _may_be_matter(owner: Mention) -> bool:
    """Whether an owner is one word that no person or country bears."""
    if owner.end - owner.start != 1:
        return False
    role = owner.core.role
    return not owner.core.entries and (role is None or role.kind == "body")


@lru_cache(maxsize=20_000)
def _office_named(world: World, words: tuple[str, ...], country: str | None) -> Office | None:
    """The office that words name; offices are asked for again and again."""
    return world.office(words, country)


def replace_origin(origin: Origin, party: Party | None) -> Origin:
    """The origin with the party whose sectors a role takes over."""
    return Origin(origin.country, origin.rule, origin.start, origin.end, party=party)


def entry_text(tree: Tree, mention: Mention) -> str:
    """The words of a name as the text has them."""
    return " ".join(t.text for t in tree.tokens[mention.core.start : mention.core.end])


def _top(mention: Mention | None) -> Mention | None:
    """A name's whole phrase: "le ministre X" for X; other parts ("de X") stay what they are."""
    while mention is not None and mention.into is not None:
        into = mention.into
        if mention not in into.names and mention is not into.role and mention not in into.titles:
            break
        mention = into
    return mention


def _qualifies(tree: Tree, found: Found, mention: Mention) -> bool:
    """Whether a role noun only qualifies a noun that is nobody ("refugee crisis")."""
    if mention.kind != "role":
        return False
    root = root_of(tree, mention)
    head = tree.tokens[root].head
    return tree.is_rel(root, "compound") and head > root and found.at[head] is None


def _in_list(tree: Tree, head: int, i: int) -> bool:
    """Whether a conjunct is one of a list with the head, not of a clause that the parser attached low."""
    if tree.kids(i, "cc"):
        return True
    low, high = sorted((head, i))
    return not any(t.upos in ("VERB", "AUX") for t in tree.tokens[low + 1 : high])


def _climb(tree: Tree, i: int) -> int:
    """The first member of the list that token i is coordinated with."""
    while tree.is_rel(i, "conj") and tree.tokens[i].head < i:
        i = tree.tokens[i].head
    return i


def _promoted(tree: Tree, mention: Mention | None) -> Mention | None:
    """The phrase that a mention owns where the parser took the owner for its head ("Israel's army")."""
    if mention is None or mention.into is None or mention not in mention.into.owners:
        return mention
    into = mention.into
    if mention.start < into.core.start and mention.start <= root_of(tree, into) < mention.end:
        return into
    return mention


def _holds(mentions: list[Mention], mention: Mention) -> bool:
    return any(m.start <= mention.start and mention.end <= m.end for m in mentions)


def _skip_back(tree: Tree, j: int) -> int:
    while j > 0 and tree.tokens[j].upos == "DET":
        j -= 1
    return j


def _adjoining(tokens: Sequence[Token]) -> bool:
    """Whether tokens follow each other in the original text, as torn-out words may not."""
    return all(0 <= b.start - a.end <= 2 for a, b in pairwise(tokens))


def _pick(entries: tuple[Entry, ...], country: str | None) -> Entry | None:
    """The person that a name most likely means, of the country if one is known."""
    persons = [e for e in entries if e.kind == "person"]
    if country is not None:
        persons.sort(key=lambda e: e.country != country)
    return persons[0] if persons else None


def _distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties without repeats of the same actor at the same words."""
    seen: set[tuple[Span, str | None, str | None]] = set()
    kept: list[Party] = []
    for party in parties:
        key = (party.actor.span, party.actor.country, party.actor.name)
        if key not in seen:
            seen.add(key)
            kept.append(party)
    return tuple(kept)


__all__ = ["Cast", "Party"]
