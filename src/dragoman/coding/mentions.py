"""A sentence's noun phrases that may be somebody: found in the words, then joined to mentions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from dragoman.coding.tree import Tree
from dragoman.model import Actor, Reason, Span
from dragoman.pack.agents import Agents, Role, Small, Title
from dragoman.world import Entry, World

PLACES = frozenset({"country", "territory", "capital", "city", "seat", "region", "place"})
STATES = frozenset({"country", "territory"})
QUALIFIERS = frozenset({"adjective", "inhabitant"})
# Classes that a role phrase may be read in; others (verbs, articles) never name a role.
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X", "NUM", "SYM", "INTJ"})
# Role kinds that may carry a person's name.
_NAMED = frozenset({"person", "envoy", "head", "kin", "counterpart"})
# Kinds that are sent somewhere: a place that follows is where they go.
_SENT = frozenset({"envoy", "mission"})
# Inhabitants from which a town's name alone is trusted, and from which it is after any adposition.
_BIG, _MIDDLE = 400_000.0, 200_000.0
_WIDE = 60
# Words within which a dateline's town stands.
_DATELINE = 8  # words beyond which no phrase is followed


@dataclass(slots=True, eq=False)
class Nucleus:
    """The words that a mention is built on: a name, a role noun, a demonym, a title."""

    start: int
    end: int
    kind: str  # place | org | group | person | demonym | role | adjective | former | landmark | name | title
    entries: tuple[Entry, ...] = ()
    role: Role | None = None
    adjective: Role | None = None
    title: Title | None = None
    former: bool = False
    landmark: bool = False
    also: tuple[Entry, ...] = ()  # the second part of "franco-allemand"
    hint: tuple[Entry, ...] = ()  # the place or organisation inside an unknown name ("Copenhagen City Court")


@dataclass(slots=True, eq=False)
class Mention:
    """A noun phrase of one sentence, `[start, end)` in its tokens."""

    start: int
    end: int
    core: Nucleus
    kind: str  # role | person | name | place | org | group | demonym
    demonyms: list[Nucleus] = field(default_factory=list)
    loose: list[Nucleus] = field(default_factory=list)  # demonyms of a complement: "la crise ivoirienne"
    owners: list[Mention] = field(default_factory=list)  # complements: of whom, of what
    names: list[Mention] = field(default_factory=list)
    posts: list[Mention] = field(default_factory=list)  # where an envoy is sent
    adjective: Role | None = None
    title: Title | None = None
    former: bool = False
    foreign: bool = False
    plural: bool = False
    matter: bool = False  # "of" something that is nobody
    joined: bool = False  # several owners: "de la Russie et de la Turquie"
    possessive: int | None = None  # token of "his"
    role: Mention | None = None  # of a name: the role phrase in apposition
    titles: list[Mention] = field(default_factory=list)  # further role phrases of the same person
    into: Mention | None = None  # the mention that holds this one as a part
    topic: bool = False  # "Ukraine: …", "TUNIS (AFP) -": the place that a headline or dateline names


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody whom a phrase stands for."""

    actor: Actor
    head: int  # token of the phrase's head
    kind: str  # country | government | place | person | organisation | group | role | demonym | region | pronoun | name
    reasons: tuple[Reason, ...] = ()
    certainty: float = 0.5
    political: bool = True  # False: a private person, a firm, a thing
    former: bool = False
    plural: bool = False
    posted: str | None = None  # of an envoy, an embassy: the country or organisation where they are


@dataclass(frozen=True, slots=True)
class Origin:
    """A country that a phrase gives: how it was found, and on which words it rests."""

    country: str | None
    rule: str
    start: int
    end: int
    sectors: tuple[str, ...] = ()
    party: Party | None = None


class Found:
    """What one sentence mentions: `at[i]` is the mention that token i belongs to, `nuclei[i]` its nucleus."""

    __slots__ = ("at", "mentions", "nuclei", "tree")

    def __init__(self, tree: Tree, nuclei: list[Nucleus | None], at: list[Mention | None], mentions: list[Mention]):
        self.tree = tree
        self.nuclei = nuclei
        self.at = at
        self.mentions = mentions


def find_mentions(tree: Tree, agents: Agents, world: World, *, day: date | None) -> Found:
    """The mentions of a sentence, in text order."""
    nuclei = _scan(tree, agents, world, day)
    return _Builder(tree, nuclei, agents).build()


# -- nuclei ---------------------------------------------------------------------------------------------------------


def _scan(tree: Tree, agents: Agents, world: World, day: date | None) -> list[Nucleus | None]:
    tokens = tree.tokens
    texts = [t.text for t in tokens]
    at: list[Nucleus | None] = [None] * len(tokens)
    for start, end, entries in world.find(texts, day):
        _put_name(tree, at, start, end, entries, agents)
    lemmas = [t.lemma for t in tokens]
    bare = [_without(text, agents.small.former_prefixes) for text in texts]
    i = 0
    while i < len(tokens):
        i = _put_role(tree, agents, at, texts, bare, lemmas, i)
    _put_unknown(tree, agents, world, at)
    _join_names(at)
    return at


def _without(text: str, prefixes: tuple[str, ...]) -> str:
    low = text.lower()
    for prefix in prefixes:
        if low.startswith(prefix) and len(text) > len(prefix) + 2:
            return text[len(prefix) :]
    return text


def _put_name(
    tree: Tree, at: list[Nucleus | None], start: int, end: int, entries: tuple[Entry, ...], agents: Agents
) -> None:
    """Marks a name of the world; the second part of a compound joins the first."""
    small, last = agents.small, tree.tokens[end - 1].text
    if entries[0].kind == "region" and last.islower() and last in small.parts:
        return  # "the west African bloc"
    known = at[start]
    states = [e for e in entries if e.kind in STATES]
    if states and entries[0].kind in QUALIFIERS and tree.tokens[start].upos != "ADJ":
        entries = (*states, *entries)  # one form for a country and its women: the country is the commoner
    groups = [e for e in entries if e.kind == "group"]
    before = tree.tokens[start - 1].upos if start else ""
    several = sum(e.kind == "person" for e in entries) > 1
    if groups and entries[0].kind == "person" and (several or before in ("DET", "NOUN", "ADJ")):
        entries = (*groups, *entries)  # a family's name and its movement's: who is not named further is the movement
    if (
        entries[0].kind == "city"
        and end == start + 1
        and not (_is_town(tree, start, entries[0], agents) or _listed(tree, at, start, small))
    ):
        return
    if known is not None:
        known.also = entries
        return
    kind = entries[0].kind
    if kind in PLACES:
        kind = "demonym" if kind == "region" and tree.tokens[start].upos == "ADJ" and end == start + 1 else "place"
    elif kind in QUALIFIERS:
        kind = "demonym"
    elif kind == "organisation":
        kind = "org"
    nucleus = Nucleus(start, end, kind, entries)
    at[start:end] = [nucleus] * (end - start)


def _listed(tree: Tree, at: list[Nucleus | None], i: int, small: Small) -> bool:
    """Whether a word goes on a list of places."""
    before = at[i - 2] if i > 1 else None
    mark = tree.tokens[i - 1].text.lower() if i else ""
    return before is not None and before.kind == "place" and mark in small.commas | small.coordinators


def _is_town(tree: Tree, i: int, entry: Entry, agents: Agents) -> bool:
    """Whether a word is its town, not a person's name or a common word that a small town shares."""
    token, small = tree.tokens[i], agents.small
    if token.upos not in ("PROPN", "NOUN", "X"):
        return False
    if (
        token.rel.startswith("compound")
        or entry.weight >= _BIG
        or any(s <= i < e and label == "LOC" for s, e, label in tree.sentence.entities)
    ):
        return True
    before = tree.tokens[i - 1].text.lower() if i else ""
    if before in small.of and any(t.text.lower() in small.parts for t in tree.tokens[max(0, i - 3) : i - 1]):
        return True  # "la ville universitaire d'Oxford"
    people = tree.tokens[i - 2] if i > 1 and small.nouns_before else None
    if before in small.of and people is not None and agents.starts(people.text, people.lemma):
        return people.text[:1].islower()  # "residents of Rafah"
    return before in small.locative | small.openers or (
        entry.weight >= _MIDDLE and i > 0 and tree.tokens[i - 1].upos == "ADP"
    )


def _put_role(
    tree: Tree,
    agents: Agents,
    at: list[Nucleus | None],
    texts: list[str],
    bare: list[str],
    lemmas: list[str],
    i: int,
) -> int:
    """Marks the title or role phrase that begins at token i, and gives the token to go on with."""
    token = tree.tokens[i]
    known = at[i]
    if known is not None and known.start != i:
        return i + 1
    for width in (2, 1):
        title = agents.titles.get(" ".join(texts[i : i + width]))
        if title is not None and i + width < len(texts) and texts[i + width][:1].isupper():
            if known is None or known.end <= i + width:
                at[i : i + width] = [Nucleus(i, i + width, "title", title=title)] * width
                return i + width
            break
    if token.upos not in _NOMINAL | {"VERB"} or not agents.starts(bare[i], lemmas[i]):
        return known.end if known is not None else i + 1
    stop = next((k for k in range(i + 1, len(texts)) if _is_finite(tree, k)), len(texts))
    for end, roles in agents.longest(bare[:stop], lemmas[:stop], i):
        if known is not None and (end < known.end or (end == known.end and not _is_role_word(known, texts[i], roles))):
            continue
        if any(n is not None and n.end > end for n in at[i:end]) or (token.upos == "VERB" and end == i + 1):
            continue
        nucleus = _role_nucleus(tree, i, end, roles, agents.small)
        if nucleus is None:
            continue
        nucleus.former = nucleus.former or bare[i] != texts[i]
        at[i:end] = [nucleus] * (end - i)
        return end
    return known.end if known is not None else i + 1


def _is_finite(tree: Tree, i: int) -> bool:
    """Whether a token is a finite verb, which no phrase holds: "rebels attacked" is no "rebel attack"."""
    return tree.tokens[i].upos == "VERB" and tree.feat(i, "VerbForm") == "Fin"


def _is_role_word(known: Nucleus, text: str, roles: dict[str, Role]) -> bool:
    """Whether a word that is a name of the world and a role of one country is better read as the role."""
    noun = roles.get("noun")
    if noun is None:
        return False
    if noun.kind == "none":
        return True
    if noun.country is not None and noun.country == known.entries[0].country and noun.sectors:
        return True
    return known.kind in ("person", "place") and text[0].islower()


def _role_nucleus(tree: Tree, start: int, end: int, roles: dict[str, Role], small: Small) -> Nucleus | None:
    """The nucleus of a role phrase in the family that the words' class allows."""
    noun, adjective = roles.get("noun"), roles.get("adjective")
    former, landmark = "former" in roles, "landmark" in roles
    if noun is not None and noun.kind == "none":
        return Nucleus(start, end, "none")
    upos = tree.tokens[start].upos
    if _hyphen(tree, end) and tree.tokens[end + 1].upos in ("VERB", "ADJ", "ADV"):
        return None  # "women-led"
    if end == start + 1 and upos in ("ADJ", "X") and noun is not None and not former:
        before = tree.tokens[start - 1].upos if start else ""
        after = tree.tokens[end].upos if end < len(tree.tokens) else ""
        alone = before in ("DET", "NUM", "PART") and after not in ("NOUN", "PROPN")
        alone = alone and not (after == "ADJ" and small.nouns_before)
        noun = noun if alone and (before == "PART" or not _modifies(tree, start)) else None
    if former and (upos == "ADJ" or noun is None):
        return Nucleus(start, end, "former", former=True)
    if noun is not None:
        return Nucleus(start, end, "role", role=noun, adjective=adjective, landmark=landmark)
    if adjective is not None and (upos != "NOUN" or end > start + 1):
        return Nucleus(start, end, "adjective", adjective=adjective, landmark=landmark)
    if landmark:
        return Nucleus(start, end, "landmark", landmark=True)
    return Nucleus(start, end, "adjective", adjective=adjective) if adjective is not None else None


def _modifies(tree: Tree, i: int) -> bool:
    return tree.is_rel(i, "amod") and tree.tokens[i].head > i


def _put_unknown(tree: Tree, agents: Agents, world: World, at: list[Nucleus | None]) -> None:
    """Marks runs of proper nouns that nobody knows; a place's or person's name beside them is a part of theirs."""
    tokens, n = tree.tokens, len(tree.tokens)
    shout = sum(t.text[:1].isupper() for t in tokens) > 0.6 * n
    entity = {i: label for start, end, label in tree.sentence.entities for i in range(start, end)}
    i = 0
    while i < n:
        if at[i] is not None or not _nameish(tree, i, entity):
            i += 1
            continue
        start, end = i, i + 1
        while end < n:
            nucleus = at[end]
            if nucleus is None and (_nameish(tree, end, entity) or _capital(tree, end)):
                end += 1
            elif _particle(tree, agents, end) and _free(tree, at, end + 1, entity):
                end += 2
            elif _particle(tree, agents, end) and _hyphen(tree, end + 1) and _free(tree, at, end + 2, entity):
                end += 3
            elif _hyphen(tree, end) and _free(tree, at, end + 1, entity):
                end += 2
            elif nucleus is not None and not shout and _swallowed(tree, nucleus, end):
                end = nucleus.end
            else:
                break
        start = _over_particles(tree, agents, at, start)
        before = at[start - 1] if start else None
        if (
            before is not None
            and not shout
            and (_swallowed(tree, before, before.start) or (before.kind == "org" and agents.small.nouns_before))
        ):
            start = before.start
        hint = next((n.entries for n in at[start:end] if n is not None and n.kind in ("place", "org")), ())
        nucleus = Nucleus(start, end, "name", hint=hint)
        if end == start + 1 and (state := _state_named(tree, world, start)):
            nucleus = Nucleus(start, end, "place", state)
        at[start:end] = [nucleus] * (end - start)
        i = end


def _join_names(at: list[Nucleus | None]) -> None:
    """Makes one unknown name of two surnames in a row: who bears both is neither of those known."""
    for i in range(1, len(at)):
        left, right = at[i - 1], at[i]
        if left is None or right is None or left is right or left.end != right.start:
            continue
        short = [n for n in (left, right) if n.kind == "person" and n.end - n.start == 1]
        if (
            short
            and {left.kind, right.kind} <= {"person", "name"}
            and (len(short) == 2 or "name" in (left.kind, right.kind))
        ):
            joined = Nucleus(left.start, right.end, "name", hint=left.hint or right.hint)
            at[left.start : right.end] = [joined] * (right.end - left.start)


def _state_named(tree: Tree, world: World, i: int) -> tuple[Entry, ...]:
    """The country that a proper noun names, where the look-up in context took it for a common word."""
    found = world.lookup(tree.tokens[i].text)
    return found if found and found[0].kind in STATES | {"capital"} else ()


def _hyphen(tree: Tree, i: int) -> bool:
    """Whether token i is a hyphen that touches both its neighbours."""
    tokens = tree.tokens
    if not 0 < i < len(tokens) - 1 or tokens[i].text != "-":
        return False
    return tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start


def _over_particles(tree: Tree, agents: Agents, at: list[Nucleus | None], start: int) -> int:
    """Back over particles to a known name that they tie to an unknown one ("Riyadh al Azzawi")."""
    k = start - 1
    while k > 0 and at[k] is None and tree.tokens[k].text in agents.small.particles - agents.small.of:
        if tree.tokens[k].upos in ("DET", "ADP"):
            return start
        k -= 1
    known = at[k] if k >= 0 else None
    return k + 1 if k < start - 1 and known is not None and known.kind in ("place", "person") else start


def _capital(tree: Tree, i: int) -> bool:
    """Whether a word inside a sentence has a capital though the parser took it for a common one."""
    token = tree.tokens[i]
    return token.text[:1].isupper() and token.upos in ("NOUN", "ADJ", "X", "VERB") and not token.text.isupper()


def _free(tree: Tree, at: list[Nucleus | None], i: int, entity: dict[int, str]) -> bool:
    return i < len(at) and at[i] is None and _nameish(tree, i, entity)


def _nameish(tree: Tree, i: int, entity: dict[int, str]) -> bool:
    token = tree.tokens[i]
    if not token.text[:1].isupper():
        return False
    return token.upos == "PROPN" or (i in entity and token.upos in ("NOUN", "ADJ", "X"))


def _particle(tree: Tree, agents: Agents, i: int) -> bool:
    token = tree.tokens[i]
    return (
        token.text.lower() in agents.small.particles
        and token.upos in ("PROPN", "X", "DET", "NOUN")
        and (token.text not in agents.small.of)
    )


def _swallowed(tree: Tree, nucleus: Nucleus, first: int) -> bool:
    """Whether a known name beside an unknown one is only a part of it ("Washington" in a newspaper's name)."""
    if nucleus.kind == "place":
        return nucleus.entries[0].kind != "seat" and not (
            nucleus.entries[0].kind in STATES and "." in tree.tokens[nucleus.start].text
        )
    return nucleus.kind == "person" and nucleus.end - nucleus.start == 1


# -- mentions -------------------------------------------------------------------------------------------------------


class _Builder:
    """Joins nuclei to mentions, left to right."""

    def __init__(self, tree: Tree, nuclei: list[Nucleus | None], agents: Agents) -> None:
        self.tree = tree
        self.tokens = tree.tokens
        self.low = [t.text.lower() for t in tree.tokens]
        self.nuclei = nuclei
        self.agents = agents
        self.small = agents.small
        self.at: list[Mention | None] = [None] * len(nuclei)
        self.found: list[Mention] = []

    def build(self) -> Found:
        i, n = 0, len(self.nuclei)
        while i < n:
            nucleus = self.nuclei[i]
            if nucleus is None or self.at[i] is not None:
                i += 1
                continue
            mention = self.mention_at(nucleus)
            i = max(i + 1, nucleus.end if mention is None else mention.end)
        self.topics()
        found = sorted(self.found, key=lambda m: m.start)
        return Found(self.tree, self.nuclei, self.at, found)

    def mention_at(self, nucleus: Nucleus) -> Mention | None:
        """The mention that a nucleus begins, put on its tokens."""
        kind = nucleus.kind
        if kind == "role":
            return self.role(nucleus)
        if kind in ("person", "name", "title"):
            return self.named(nucleus)
        if kind in ("place", "org", "group"):
            return self.put(Mention(nucleus.start, nucleus.end, nucleus, kind))
        if kind == "demonym" and self.is_noun(nucleus):
            mention = Mention(nucleus.start, nucleus.end, nucleus, "demonym")
            mention.plural = self.is_plural(nucleus)
            self.before(mention)
            return self.put(mention)
        return None

    def put(self, mention: Mention) -> Mention:
        self.found.append(mention)
        for i in range(mention.start, mention.end):
            held = self.at[i]
            if held is None or held is mention:
                self.at[i] = mention
        return mention

    def is_noun(self, nucleus: Nucleus) -> bool:
        """Whether a demonym stands for persons ("les Tunisiens") and qualifies nothing."""
        token = self.tokens[nucleus.end - 1]
        noun = token.upos in ("NOUN", "PROPN") or self.stands_alone(nucleus.end - 1)
        if not noun or all(e.kind == "adjective" for e in nucleus.entries):
            return False
        after = self.nuclei[nucleus.end] if nucleus.end < len(self.nuclei) else None
        if after is not None and after.kind in ("role", "person", "name", "org", "adjective"):
            return False
        return not self.tree.is_rel(nucleus.end - 1, "amod", "compound")

    def stands_alone(self, i: int) -> bool:
        """Whether an adjective stands where a noun does: "sentenced a Canadian", "hundreds of Lebanese"."""
        if self.tokens[i].upos != "ADJ" or (i + 1 < len(self.tokens) and self.tokens[i + 1].upos in ("NOUN", "PROPN")):
            return False
        of = self.tree.is_rel(i, "nmod", "obl") and bool(self.tree.kids(i, "case"))
        return of or (self.tree.is_rel(i, "obj", "iobj") and bool(self.tree.kids(i, "det")))

    def is_plural(self, nucleus: Nucleus) -> bool:
        if any(self.tree.feat(i, "Number") == "Plur" for i in range(nucleus.start, nucleus.end)):
            return self.tree.feat(nucleus.start, "Number") != "Sing" or self.small.nouns_before
        return any(self.tokens[k].upos == "NUM" for k in self.tree.children[nucleus.start])

    # -- names --------------------------------------------------------------------------------------------------

    def named(self, nucleus: Nucleus) -> Mention | None:
        """A person or unknown name, with the titles before it."""
        first, title = nucleus.start, nucleus.title
        while nucleus.kind == "title":
            title = title or nucleus.title
            after = self.nuclei[nucleus.end] if nucleus.end < len(self.nuclei) else None
            if after is None or after.start != nucleus.end:
                return self.bare_name(first, nucleus, title)
            nucleus = after
        if nucleus.kind not in ("person", "name"):
            if title is None or nucleus.kind not in ("place", "role", "landmark"):
                return None
            nucleus = Nucleus(nucleus.start, nucleus.end, "name")
        kind = "person" if nucleus.kind == "person" or title is not None else "name"
        mention = Mention(first, nucleus.end, nucleus, kind, title=title)
        self.put(mention)
        self.reign(mention)
        return mention

    def reign(self, mention: Mention) -> None:
        """Takes in the country after a name: "Mohammed VI du Maroc", "Bashir of Sudan"."""
        j = mention.end
        if j + 1 >= len(self.low) or self.low[j] not in self.small.of:
            return
        k = self.skip_articles(j + 1)
        nucleus = self.nuclei[k] if k < len(self.nuclei) else None
        if nucleus is not None and nucleus.kind == "place" and nucleus.entries[0].kind in STATES:
            owner = self.mention_at(nucleus)
            if owner is not None:
                mention.owners.append(owner)
                owner.into = mention

    def bare_name(self, first: int, nucleus: Nucleus, title: Title | None) -> Mention | None:
        """A title with a word that the parser did not see as a name."""
        end = nucleus.end
        if end >= len(self.tokens) or not self.tokens[end].text[:1].isupper():
            return None
        return self.put(Mention(first, end + 1, Nucleus(end, end + 1, "name"), "person", title=title))

    # -- roles --------------------------------------------------------------------------------------------------

    def role(self, nucleus: Nucleus) -> Mention:
        """A role noun with what qualifies it: demonyms, owners, names."""
        mention = Mention(nucleus.start, nucleus.end, nucleus, "role", former=nucleus.former)
        mention.plural = self.is_plural(nucleus)
        self.before(mention)
        self.after(mention)
        if self.is_mass(mention):
            return mention
        self.put(mention)
        self.apposition(mention)
        return mention

    def is_mass(self, mention: Mention) -> bool:
        """Whether a body's noun without article means no body: "capable de justice", "service de presse"."""
        role, start = mention.core.role, mention.start
        if self.small.nouns_before or role is None or role.kind != "body" or role.country is not None or start < 1:
            return False
        bare = self.tokens[start - 1].upos == "ADP" and self.low[start - 1] in self.small.of
        named = mention.demonyms or mention.owners or mention.names or self.tokens[start].text[:1].isupper()
        return bare and not named and not mention.plural

    def before(self, mention: Mention) -> None:
        """Takes in what stands before the noun: adjectives, owners, and the nouns that qualify it."""
        j = mention.start - 1
        role = mention.core.role
        nouns = self.small.nouns_before and (role is None or role.kind != "container")
        if not nouns and mention.core.role is not None and mention.core.role.country is not None:
            return  # "la force française Barkhane": the demonym is of the noun before
        while j >= 0 and mention.start - j < 12:
            nucleus, token = self.nuclei[j], self.tokens[j]
            if self.low[j] in self.small.possessive_marks and token.upos in ("PART", "PUNCT", "ADP"):
                self.own(mention, self.at[j - 1] if j else None)
                self.own_both(mention)
                break
            if nucleus is not None:
                if not self.take_before(mention, nucleus, nouns):
                    break
                j = nucleus.start - 1
            elif (
                token.upos in ("ADJ", "NUM")
                or (nouns and token.upos in ("NOUN", "PROPN", "ADV"))
                or (token.text == "-" and nouns)
            ):
                mention.foreign = mention.foreign or self.low[j] in self.small.foreign
                j -= 1
            elif mention.demonyms and mention.demonyms[0].start == j + 1 and self.joins(j):
                other = self.nuclei[j - 1] if j else None
                if other is None or not (other.kind == "demonym" or (nouns and other.kind in ("place", "org"))):
                    break
                j -= 1
            else:
                if token.upos in ("DET", "PRON") and self.low[j] in self.agents.possessives:
                    mention.possessive = j
                break

    def own_both(self, mention: Mention) -> None:
        """Adds the first owner of "Russia and Turkey's foreign ministers"."""
        if not mention.owners or not mention.plural or mention.owners[0].kind != "place":
            return
        j = mention.owners[0].start - 1
        if j > 0 and self.low[j] in self.small.coordinators:
            before = self.at[j - 1]
            if before is not None and before.kind == "place":
                self.own(mention, before)
                mention.joined = True

    def take_before(self, mention: Mention, nucleus: Nucleus, nouns: bool) -> bool:
        """Takes in one nucleus before the noun; False where the phrase begins after it."""
        if nucleus.kind == "former":
            mention.former = True
        elif nucleus.kind == "adjective":
            mention.adjective = mention.adjective or nucleus.adjective
        elif nucleus.kind == "demonym" and (nouns or nucleus.end == mention.start):
            if not nouns and self.tokens[nucleus.start].upos != "ADJ":
                return False
            mention.demonyms.insert(0, nucleus)
            held = self.at[nucleus.start]
            if held is not None and held.kind == "demonym":
                held.into = mention
        elif nouns and nucleus.kind in ("none", "landmark"):
            return True
        elif self.small.nouns_before and not nouns and nucleus.kind in ("org", "group"):  # "Hamas members"
            if nucleus.end != mention.start:
                return False
            self.own(mention, self.at[nucleus.start])
        elif nouns and nucleus.kind in ("place", "org", "group", "name", "person", "role"):
            if nucleus.kind == "role" and nucleus.role is not None and nucleus.role.kind == "container":
                return False
            self.own(mention, self.at[nucleus.start])
            held = self.at[nucleus.start]
            if held is not None:
                mention.start = min(mention.start, held.start)
                return held.kind != "role"
        else:
            return False
        mention.start = nucleus.start
        return True

    def joins(self, j: int) -> bool:
        return self.low[j] in self.small.coordinators or self.low[j] in self.small.commas

    def own(self, mention: Mention, owner: Mention | None) -> None:
        """Makes one mention the complement of another."""
        if owner is None or owner is mention:
            return
        mention.owners.insert(0, owner)
        owner.into = owner.into or mention

    def after(self, mention: Mention) -> None:
        """Takes in what follows the noun: demonyms, "of …", the matter of an office, names."""
        j, n, last = mention.end, len(self.tokens), ""
        while j < n and j - mention.start < _WIDE:
            nucleus, low = self.nuclei[j], self.low[j]
            if nucleus is not None and nucleus.start == j and nucleus.kind in ("demonym", "adjective", "former"):
                if self.small.nouns_before or not self.take_after(mention, nucleus, j, last):
                    if not self.small.nouns_before:
                        j = nucleus.end
                        continue
                    break
                j, last = nucleus.end, nucleus.kind
            elif nucleus is not None and nucleus.kind in ("person", "name", "title") and not self.led(mention, nucleus):
                self.take_names(mention, j)
                return
            elif nucleus is not None and nucleus.start == j and self.sorted_as(mention, nucleus):
                mention.adjective = mention.adjective or nucleus.adjective or nucleus.role
                j = mention.end = nucleus.end
            elif (
                nucleus is not None
                and nucleus.start == j
                and (self.carries(mention, nucleus) or self.led(mention, nucleus))
            ):
                other = self.mention_at(nucleus)
                if other is not None:
                    self.own(mention, other)
                    mention.end = other.end
                return
            elif low in self.small.identity or low in self.small.portfolio or low in self.small.posted:
                if mention.posts and low in self.small.posted:
                    return  # "its ambassador to Israel in protest at …"
                end = self.complement(mention, j, plain=last == "matter")
                if end is None:
                    return
                mention.joined = mention.joined or (self.joins(j - 1) and len(mention.owners) > 1)
                last = "complement" if mention.owners and mention.owners[-1].end == end else "matter"
                j = end
            elif self.joins(j) and (
                (last == "demonym" and self.demonym_next(j))
                or (last in ("complement", "matter") and self.complement_next(mention, j))
            ):
                j += 1
            elif self.tokens[j].upos == "ADJ" and not self.small.nouns_before and nucleus is None:
                mention.foreign = mention.foreign or low in self.small.foreign
                j += 1
                mention.end = j
            elif low in self.small.commas and self.apposed_name(mention, j):
                self.take_names(mention, j + 1)
                return
            else:
                return

    def take_after(self, mention: Mention, nucleus: Nucleus, j: int, last: str) -> bool:
        """A demonym or adjective after the noun; False if it qualifies the complement's noun, not the role."""
        if nucleus.kind == "former":
            mention.former = True
        elif nucleus.kind == "adjective":
            if last not in ("complement", "matter"):
                mention.adjective = mention.adjective or nucleus.adjective
        else:
            if last in ("complement", "matter") and self.agrees_less(mention, nucleus):
                mention.loose.append(nucleus)
                return False
            if mention.demonyms and nucleus.start == mention.demonyms[-1].end:
                return False
            mention.demonyms.append(nucleus)
            held = self.at[nucleus.start]
            if held is not None and held is not mention:
                held.into = mention
        mention.end = max(mention.end, nucleus.end)
        return True

    def agrees_less(self, mention: Mention, nucleus: Nucleus) -> bool:
        """Whether a demonym agrees in number with the noun just before it and not with the role."""
        j = nucleus.end
        if mention.plural and (mention.demonyms or (j < len(self.low) and self.joins(j) and self.demonym_next(j))):
            return False  # "les ministres de l'Économie française et japonaise"
        number = self.tree.feat(nucleus.start, "Number")
        role = self.tree.feat(mention.core.start, "Number")
        return number is not None and role is not None and number != role

    def sorted_as(self, mention: Mention, nucleus: Nucleus) -> bool:
        """Whether a role noun right after a vague one says what sort it is ("le groupe militant islamiste")."""
        role = mention.core.role
        return (
            nucleus.kind == "role"
            and role is not None
            and role.kind in ("container", "body")
            and role.sectors[:1] in ((), ("SOC",))
            and not self.small.nouns_before
        )

    def led(self, mention: Mention, nucleus: Nucleus) -> bool:
        """Whether a body's noun is followed by the name of who leads it: "le gouvernement Merkel"."""
        role = mention.core.role
        bare = nucleus.start == mention.core.end and not mention.plural and not self.small.nouns_before
        return role is not None and role.kind == "body" and nucleus.kind == "person" and bare

    def carries(self, mention: Mention, nucleus: Nucleus) -> bool:
        """Whether a body's noun is followed by the body's own name."""
        role = mention.core.role
        if role is not None and role.kind == "state" and nucleus.kind == "place":
            return True
        return (
            role is not None
            and role.kind in ("body", "mission", "thing", "state", "container")
            and nucleus.kind in ("org", "group")
            and (not self.small.nouns_before or (not mention.plural and not mention.demonyms))
        )

    def demonym_next(self, j: int) -> bool:
        after = self.nuclei[j + 1] if j + 1 < len(self.nuclei) else None
        return after is not None and after.kind == "demonym" and self.tokens[j + 1].upos in ("ADJ", "PROPN", "NOUN")

    def complement_next(self, mention: Mention, j: int) -> bool:
        """Whether "and" joins a second complement: "de la Russie et de la Turquie", "de l'Industrie et de la Pêche"."""
        k = j + 1
        if k >= len(self.low) or self.low[k] not in self.small.identity | self.small.portfolio:
            return False
        if self.low[j] in self.small.commas and self.low[k] not in self.small.identity:
            return False
        k = self.skip_articles(k + 1)
        nucleus = self.nuclei[k] if k < len(self.nuclei) else None
        if nucleus is not None and nucleus.kind in ("place", "org", "group", "person", "name"):
            return mention.plural
        return nucleus is None

    def skip_articles(self, k: int) -> int:
        while k < len(self.tokens) and (self.tokens[k].upos == "DET" or self.low[k] in self.small.articles):
            k += 1
        return k

    def complement(self, mention: Mention, j: int, *, plain: bool) -> int | None:
        """Reads "of X" at token j; the end of what was read, None where the phrase ends before it.

        `plain`: after an office's matter only a name can still belong to the role.
        """
        k = self.skip_articles(j + 1)
        while k < len(self.tokens) and self.tokens[k].upos in ("NUM", "ADJ") and self.nuclei[k] is None:
            k += 1
        if k >= len(self.tokens):
            return None
        k = self.noun_behind(k)
        nucleus = self.nuclei[k]
        if nucleus is not None and self.is_post(mention, j, nucleus):
            held = self.at[nucleus.start] or self.mention_at(nucleus)
            if held is not None:
                held.into = held.into or mention
                mention.posts.append(held)
            mention.end = nucleus.end
            return nucleus.end
        role = mention.core.role
        if self.low[j] in self.small.origin and role is not None and ("MIL" in role.sectors or role.country):
            return None  # "troops from X" may leave it
        house = self.low[j] in self.small.portfolio and _is_house(nucleus)
        if (house or self.low[j] in self.small.identity) and nucleus is not None and nucleus.start == k:
            if nucleus.kind == "former" and nucleus.end < len(self.tokens):
                nucleus = self.nuclei[nucleus.end] or nucleus
            body = role is not None and role.kind == "body" and bool(mention.demonyms)
            if nucleus.kind == "role" and body:
                return None  # "par l'armée française de quatre otages"
            if plain and nucleus.kind not in ("place", "org"):
                return None
            if nucleus.kind in ("place", "org", "group", "person", "name", "role", "title") or (
                nucleus.kind == "demonym" and self.is_noun(nucleus)
            ):
                other = self.possessed(self.at[nucleus.start] or self.mention_at(nucleus))
                if other is not None:
                    if other.possessive is None and self.low[k - 1] in self.agents.possessives:
                        other.possessive = k - 1
                    self.own(mention, other)
                    mention.owners.sort(key=lambda m: m.start)
                    mention.end = other.end
                    return other.end
        return self.matter(mention, j, k)

    def noun_behind(self, k: int) -> int:
        """The role noun that demonyms and adjectives from token k on qualify ("of Chadian army officers"), or k."""
        i, first = k, self.nuclei[k]
        if not self.small.nouns_before or first is None or first.kind not in ("demonym", "adjective", "former"):
            return k
        while i < len(self.tokens) and i - k < 6:
            nucleus = self.nuclei[i]
            if nucleus is not None and nucleus.kind == "role":
                return i
            qualifies = nucleus is not None and nucleus.kind in ("demonym", "adjective", "former", "place", "org")
            if not qualifies and self.tokens[i].upos not in ("ADJ", "NUM") and self.tokens[i].text != "-":
                return k
            i = nucleus.end if nucleus is not None else i + 1
        return k

    def possessed(self, owner: Mention | None) -> Mention | None:
        """The role phrase that a mention owns by the mark right after it ("of China's government"), or itself."""
        if owner is None or owner.end >= len(self.low) or self.low[owner.end] not in self.small.possessive_marks:
            return owner
        for k in range(owner.end + 1, min(owner.end + 5, len(self.nuclei))):
            nucleus = self.nuclei[k]
            if nucleus is not None and nucleus.kind == "role":
                return self.at[k] or self.role(nucleus)
            if nucleus is None and self.tokens[k].upos not in ("ADJ", "NOUN", "PROPN", "NUM"):
                break
        return owner

    def is_post(self, mention: Mention, j: int, nucleus: Nucleus) -> bool:
        """Whether "to X" tells where an envoy is sent, not who sends him."""
        role = mention.core.role
        if role is None or role.kind not in _SENT or self.low[j] not in self.small.posted:
            return False
        return nucleus.kind in ("place", "org")

    def matter(self, mention: Mention, j: int, k: int) -> int | None:
        """The end of an office's matter ("de la Défense", "of defence"), None where there is none."""
        role = mention.core.role
        tied = self.low[j] in self.small.identity
        sent = role is not None and role.kind in _SENT and self.low[j] in self.small.posted
        if not tied and not sent and self.low[j] not in self.small.portfolio:
            return None
        if not tied and role is not None and role.kind == "head" and mention.plural:
            return None
        if role is None or role.country is not None:
            return None
        if role.kind in ("container", "thing", "state") or self.tokens[k].upos not in ("NOUN", "PROPN", "ADJ"):
            return None
        first = k
        while k < len(self.tokens) and self.tokens[k].upos in ("NOUN", "PROPN", "ADJ"):
            nucleus = self.nuclei[k]
            sort = nucleus.kind if nucleus is not None else ""
            if sort and sort not in ("adjective", "landmark") and not (sort == "name" and k == first):
                break
            k += 1
        if k == first:
            return None
        mention.end = max(mention.end, k)
        mention.matter = mention.matter or tied
        return k

    def apposed_name(self, mention: Mention, j: int) -> bool:
        """Whether the name after a comma names the role before it ("le ministre russe, Sergueï X, …")."""
        role = mention.core.role
        nucleus = self.nuclei[j + 1] if j + 1 < len(self.nuclei) else None
        if role is None or role.kind not in _NAMED or nucleus is None:
            return False
        if nucleus.kind not in ("person", "name", "title"):
            return False
        end = nucleus.end
        if nucleus.kind == "title" and end < len(self.nuclei) and self.nuclei[end] is not None:
            end = self.nuclei[end].end  # type: ignore[union-attr]
        if mention.plural and end + 1 < len(self.low) and self.joins(end):
            other = self.nuclei[end + 1]
            return other is not None and other.kind in ("person", "name", "title")
        return self.closes(end) or any(self.tree.is_rel(i, "appos") for i in range(j + 1, end))

    def closes(self, end: int) -> bool:
        """Whether a phrase may end before token `end`: punctuation, the sentence's end."""
        return end >= len(self.tokens) or self.tokens[end].upos == "PUNCT"

    def take_names(self, mention: Mention, j: int) -> None:
        """Takes in the name at token j, and those joined to it where the role is plural."""
        role = mention.core.role
        while j < len(self.nuclei):
            nucleus = self.nuclei[j]
            if nucleus is None or role is None or role.kind in ("container", "state", "thing"):
                return
            if nucleus.kind == "person" and role.kind in ("body", "mission"):
                return
            held = self.at[nucleus.start] or self.mention_at(nucleus)
            if held is None or held.kind not in ("person", "name"):
                return
            mention.names.append(held)
            held.into = mention
            mention.end = held.end
            j = held.end
            if not mention.plural or j + 1 >= len(self.low) or not self.joins(j):
                return
            j += 1
            if self.low[j] in self.small.coordinators and j + 1 < len(self.low):
                j += 1
            j = self.skip_articles(j)
            after = self.nuclei[j] if j < len(self.nuclei) else None
            if after is not None and after.kind == "demonym" and mention.demonyms:
                mention.demonyms.append(after)  # "les présidents français X et iranien Y"
                j = after.end

    def apposition(self, mention: Mention) -> None:
        """Ties a role phrase to the name before it: "Sergueï X, ministre russe de la Défense, …"."""
        role = mention.core.role
        j = mention.start - 1
        while j >= 0 and self.tokens[j].upos in ("DET", "NUM", "ADV"):
            j -= 1
        if j < 1 or role is None or role.kind not in _NAMED or mention.plural:
            return
        before = self.at[j - 1]
        if mention.names:
            self.same_person(mention, self.at[j])
            return
        if before is not None and before.kind == "role" and self.low[j] in self.small.coordinators:
            name = before.into
            if name is not None and (
                before is name.role or before in name.titles
            ):  # "aussi chef de X et ministre de Y"
                name.titles.append(mention)
                mention.into = name
            return
        if self.low[j] not in self.small.commas and self.low[j] not in self.small.openers:
            return
        name = before
        if name is not None and name.into is not None and name in name.into.names and len(name.into.names) == 1:
            if mention.start == j + 1 or self.tokens[j + 1].upos == "ADV":
                name.into.titles.append(mention)  # "le président X, aussi chef des armées"
                mention.into = name.into
            return
        if name is None or name.kind not in ("person", "name") or name.into is not None or name.role is not None:
            return
        bare = mention.start == j + 1
        if bare or self.closes(mention.end) or self.tree.is_rel(mention.core.start, "appos"):
            name.role = mention
            mention.into = name

    def same_person(self, mention: Mention, before: Mention | None) -> None:
        """Ties "le chef d'état-major" to "le général X" right after it."""
        role = before.core.role if before is not None and before.kind == "role" else None
        if before is None or role is None or role.kind not in _NAMED or before.names or before.into is not None:
            return
        if not before.plural and self.tokens[before.end - 1].upos != "PUNCT":
            mention.titles.append(before)
            before.into = mention

    # -- topics -------------------------------------------------------------------------------------------------

    def topics(self) -> None:
        """Marks the places that open a sentence as its topic or dateline."""
        for mention in self.found[:6]:
            if mention.start > 8:
                break
            if mention.kind == "place" and mention.into is None and self.opens(mention):
                mention.topic = True

    def opens(self, mention: Mention) -> bool:
        end, small = mention.end, self.small
        if end >= len(self.low) or any(t.upos in ("VERB", "AUX") for t in self.tokens[: mention.end]):
            return False
        mark = self.low[end]
        if mark in small.openers:
            close = next((k for k in range(end, min(end + 5, len(self.low))) if self.low[k] in small.closers), None)
            mark = self.low[close + 1] if close is not None and close + 1 < len(self.low) else ""
        return mark in small.dashes or mark in small.colons or (mark == "/" and mention.start <= 4)


def _is_house(nucleus: Nucleus | None) -> bool:
    """Whether a nucleus is a parliament, in which one is "au Sénat"."""
    return (
        nucleus is not None
        and nucleus.role is not None
        and nucleus.role.sectors == ("LEG",)
        and nucleus.role.kind == "body"
    )


def phrases(found: Found) -> Iterator[Mention]:
    """The mentions that are no part of another one."""
    return (m for m in found.mentions if m.into is None)


def span_between(tree: Tree, start: int, end: int) -> Span:
    """The characters of the tokens [start, end)."""
    first, last, home = tree.tokens[start], tree.tokens[end - 1], tree.sentence.span
    if home.start <= first.start <= last.start and last.end <= home.end:
        return Span(first.start, last.end)
    return tree.span(list(range(start, end)))  # torn-out words put back


def root_of(tree: Tree, mention: Mention) -> int:
    """The token of a mention that the tree hangs on others."""
    return root_between(tree, mention.start, mention.end)


def root_between(tree: Tree, start: int, end: int) -> int:
    """The first token of [start, end) whose head lies outside, or that is the sentence's root."""
    for i in range(start, end):
        head = tree.tokens[i].head
        if (
            (not start <= head < end or head == i)
            and tree.tokens[i].upos != "PUNCT"
            and not tree.is_rel(i, "case", "det")
        ):
            return i
    return start


def part_of(tree: Tree, mention: Mention, agents: Agents) -> int:
    """The token before a place's name, or before "the north of" it."""
    k = mention.start - 1
    while k >= 0 and tree.tokens[k].upos == "DET":
        k -= 1
    if (
        k > 0
        and tree.tokens[k].text.lower() in agents.small.of
        and tree.tokens[k - 1].text.lower() in agents.small.parts
    ):
        return k - 2
    return mention.start - 1
