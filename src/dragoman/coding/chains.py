"""Chains through a document: pronouns, "the two countries", and what the words around a phrase tell of its country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.coding.mentions import Found, Mention, Origin, Party, part_of, phrases, root_of
from dragoman.coding.tree import Tree
from dragoman.model import Actor, Reason
from dragoman.pack.agents import Agents, Pronoun, Role

if TYPE_CHECKING:
    from dragoman.coding.actors import Cast

# Sentences back in which an antecedent, and a namesake of an office, are looked for.
_NEAR, _FAR = 2, 12
# Points of a candidate: a subject, in the same clause chain, one sentence back. By hand; see tests/coding/test_actors.
_SUBJECT, _FIRST, _BACK = 2.0, 0.5, 1.0
_OWNERS_BACK = 3.5  # an owner ("son offensive") stands most often in the sentence itself
# Candidates nearer than this in points and different in country leave a pronoun unresolved.
_CLEAR = 0.6
_LOCAL = frozenset(
    {"GOV", "LEG", "JUD", "COP", "MIL", "SPY", "REB", "PTY", "OPP", "CVL", "LAB", "AGR", "UAF", "PRM", "SOC"}
)
# Sectors that a document on one country means as that country's ("the police").
_DOMESTIC = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "PTY", "OPP", "LAB"})
# Those of them who, also by name, are hardly ever a foreign guest: a senator, a judge, a union leader.
_LOCALS = frozenset({"LEG", "JUD", "COP", "PTY", "LAB"})
# Sectors of bodies that serve at home, and are not met by foreign guests as governments are.
_HOME = frozenset({"MIL", "COP", "OPP", "LEG"})
# Sectors of people who are at home where they march, strike or are attacked.
_PEOPLE = frozenset({"CVL", "LAB", "AGR", "COP"})
# Sectors of those who may stand for their country.
_STATE = frozenset({"GOV", "MIL", "LEG", "SPY"})
_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "MNC", "IMG", "ISM"})


# -- the two countries ----------------------------------------------------------------------------------------------


def count_of(tree: Tree, i: int, agents: Agents) -> str | None:
    """ "countries" or "persons" where token i is the noun of "les deux pays", "both men"; None elsewhere."""
    low, words = tree.tokens[i].text.lower(), agents.joint
    if low in words.alone and tree.tokens[i].upos in ("PRON", "DET", "NUM") and not _counts_noun(tree, i):
        return "countries"
    if low in agents.small.mutual and i and tree.tokens[i - 1].upos in ("DET", "PRON"):
        return None
    kind = "countries" if low in words.countries else "persons" if low in words.persons else None
    if kind is None:
        return None
    before = {tree.tokens[k].text.lower() for k in range(max(0, i - 3), i)}
    if not before & words.counts:
        return None
    return kind if _definite(tree, i, words.counts) and not _qualified(tree, i) else None


def _counts_noun(tree: Tree, i: int) -> bool:
    return tree.tokens[i].head > i and tree.is_rel(i, "det", "nummod", "amod")


def _definite(tree: Tree, i: int, counts: frozenset[str]) -> bool:
    """Whether the phrase has a definite article, or a word like "both" that needs none."""
    for k in range(max(0, i - 4), i):
        if tree.feat(k, "Definite") == "Def" or (
            tree.feat(k, "PronType") in ("Art", "Dem") and (tree.feat(k, "Definite") != "Ind")
        ):
            return True
        if tree.tokens[k].text.lower() in counts and tree.tokens[k].upos in ("DET", "PRON", "ADV", "CCONJ"):
            return True
    return False


def _qualified(tree: Tree, i: int) -> bool:
    """Whether the noun has a demonym or a complement of its own ("les deux ministres français")."""
    return any(tree.tokens[k].upos == "PROPN" for k in tree.kids(i, "nmod", "appos", "flat"))


def both(cast: Cast, number: int, i: int, kind: str, mention: Mention | None = None) -> tuple[Party, ...]:
    """The two parties of "les deux pays" at token i, each with these words; one unknown party if they are not told."""
    held = cast.found(number).at[i]
    if mention is None and held is not None:
        return cast.resolve(number, held)
    if held is not None and (held.demonyms or held.owners or held.names):
        return tuple(cast._role(number, held, False))
    parties = joint(cast, number, i, persons=kind == "persons")
    tree = cast.trees[number]
    tokens = [k for k in (*tree.kids(i, "det", "nummod", "amod"), i) if abs(k - i) < 4]
    span = tree.span(tokens)
    rule = f"{cast.pack.lang}/actor/joint"
    reason = Reason(field="actor", rule=rule, span=span)
    if not parties:
        return (_unknown(cast, number, i, "joint", sectors=("GOV",)),)
    return tuple(
        replace(
            p,
            actor=replace(p.actor, text=span.of(cast.document.text), span=span),
            head=i,
            kind=p.kind if kind == "persons" else "country",
            reasons=(reason, *p.reasons),
            certainty=0.7,
        )
        for p in parties
    )


def joint(cast: Cast, number: int, token: int | None = None, *, persons: bool = False) -> tuple[Party, ...]:
    """The two most salient countries (or persons) before the token: of this sentence first, then of those before."""
    chosen: dict[str, Party] = {}
    for k in _back(cast, number, _NEAR + 1):
        here: dict[str, Party] = {}
        for mention in phrases(cast.found(k)):
            if k == number and token is not None and mention.start <= token < mention.end:
                continue
            if k == number and token is not None and mention.start > token:
                break
            for party in _sided(cast, k, mention, persons):
                name = _side(party, persons)
                if name and (name not in here or here[name].kind == "place"):
                    here[name] = party
        for party in _standins(cast, k) if k != number else ():
            if (party.kind in ("person", "role")) == persons and (name := _side(party, persons)):
                here.setdefault(name, party)
        ranked = _pair(cast, k, here) or sorted(here.values(), key=lambda p: p.kind == "place")
        for party in ranked[: 2 - len(chosen)] if len(ranked) > 2 or chosen else ranked:
            chosen.setdefault(_side(party, persons), party)
        if len(chosen) >= 2:
            break
    if len(chosen) != 2:
        return ()
    parties = sorted(chosen.values(), key=lambda p: p.actor.span.start)
    return tuple(p if persons else _government(p) for p in parties)


def _side(party: Party, persons: bool) -> str:
    """What tells two sides apart: persons by name or by their country's office, countries by code."""
    actor = party.actor
    return (actor.name or f"{actor.country} {actor.text}" if persons else actor.country) or ""


def _standins(cast: Cast, number: int) -> tuple[Party, ...]:
    """Whom the subject pronouns of an earlier sentence stand for."""
    tree = cast.trees[number]
    return tuple(
        p
        for i, t in enumerate(tree.tokens)
        if t.upos == "PRON" and tree.is_rel(i, "nsubj") and (pronoun := cast.agents.pronouns.get(t.text.lower()))
        if not (pronoun.relative or pronoun.speaker or pronoun.nobody)
        for p in cast.parties(number, i)
        if p.kind != "pronoun"
    )


def _pair(cast: Cast, number: int, here: dict[str, Party]) -> list[Party]:
    """The last two of a sentence's parties that an "and" joins, where there are more than two; [] if none."""
    if len(here) < 3:
        return []
    tree, small = cast.trees[number], cast.agents.small
    parties = sorted(here.values(), key=lambda p: p.head)
    for left, right in reversed(list(pairwise(parties))):
        between = [t for t in tree.tokens[left.head + 1 : right.head] if t.upos not in ("DET", "ADP", "ADJ")]
        if len(between) == 1 and between[0].text.lower() in small.coordinators:
            return [left, right]
    return []


def _sided(cast: Cast, number: int, mention: Mention, persons: bool) -> tuple[Party, ...]:
    """The parties of a mention that may be one of two sides."""
    parties = cast.resolve(number, mention, strict=True) or ()
    if persons:
        return tuple(
            p for p in parties if p.kind == "person" or (p.kind == "role" and not p.plural and _personal(mention))
        )
    return tuple(p for p in parties if _is_state(p))


def _is_state(party: Party) -> bool:
    """Whether a party may stand for its country, as one of two sides."""
    code = party.actor.country
    if code is None or len(code) != 3 or code in _CODES - {"EUR"}:
        return False
    return not party.actor.sectors or party.actor.sectors[0] in _STATE


def _government(party: Party) -> Party:
    sectors = () if party.actor.country in _CODES else ("GOV",)
    return replace(party, actor=replace(party.actor, sectors=sectors, name=None, office=None, id=None), kind="country")


# -- pronouns -------------------------------------------------------------------------------------------------------


def antecedent(cast: Cast, number: int, i: int, pronoun: Pronoun) -> tuple[Party, ...]:
    """Whom a pronoun stands for, with the pronoun's own words; one party without country if that is unclear."""
    tree = cast.trees[number]
    if pronoun.nobody or tree.is_rel(i, "expl"):
        return ()
    if pronoun.relative:
        return _relative(cast, number, i)
    if pronoun.speaker:
        found, rule = _speaker(cast, number, i), "speaker"
    else:
        found, rule = _best(cast, number, i, pronoun), "pronoun"
    if not found:
        return (_unknown(cast, number, i, rule),)
    return tuple(_standing(cast, number, i, p, rule) for p in found)


def latter(cast: Cast, number: int, i: int) -> tuple[Party, ...]:
    """Whom "ce dernier", "the latter" stands for: the last one named."""
    plural = cast.trees[number].feat(i, "Number") == "Plur"
    gender = cast.trees[number].feat(i, "Gender")
    pronoun = Pronoun(number="Plur" if plural else "Sing", gender=gender, near=True)
    return antecedent(cast, number, i, pronoun)


def _relative(cast: Cast, number: int, i: int) -> tuple[Party, ...]:
    head = cast.trees[number].relative_head(i)
    return () if head is None else cast.parties(number, head)


def _speaker(cast: Cast, number: int, i: int) -> tuple[Party, ...]:
    """The subject of the verb outside the words that a first-person pronoun stands in."""
    tree = cast.trees[number]
    inside = i
    for k in tree.ancestors(i):
        for verb in (k, *tree.kids(k, "parataxis")):
            for subject in tree.kids(verb, "nsubj"):
                own = cast.agents.pronouns.get(tree.tokens[subject].text.lower())
                if subject in (i, inside) or (own is not None and own.speaker):
                    continue
                if (parties := cast.parties(number, subject)) and parties[0].kind != "pronoun":
                    return parties
        inside = k
    return ()


def _best(cast: Cast, number: int, i: int, pronoun: Pronoun) -> tuple[Party, ...]:
    """The candidate with the most points, if it is clearly ahead of those of other countries."""
    ranked: list[tuple[float, tuple[Party, ...]]] = []
    for points, k, mention in _candidates(cast, number, i, pronoun):
        found = cast.found(k)
        root = root_of(found.tree, mention)
        parties = cast.parties(k, root) if pronoun.number == "Plur" else cast.resolve(k, mention)
        if parties and _agrees(cast, k, mention, parties, pronoun):
            ranked.append((points, parties))
    if not ranked:
        return ()
    ranked.sort(key=lambda item: -item[0])
    best, parties = ranked[0]
    for points, others in ranked[1:]:
        if best - points >= _CLEAR:
            break
        if {p.actor.country for p in others} != {p.actor.country for p in parties}:
            return ()
    return parties


def _candidates(cast: Cast, number: int, i: int, pronoun: Pronoun) -> Iterator[tuple[float, int, Mention]]:
    """Mentions that a pronoun at token i may stand for, with points: subjects, near ones, this sentence."""
    tree_of_pronoun = cast.trees[number]
    for back, k in enumerate(_back(cast, number, _NEAR)):
        found = cast.found(k)
        tree = found.tree
        subject_of = _clauses(tree, i) if k == number else []
        mentions = [m for m in phrases(found) if k != number or m.end <= i]
        for rank, mention in enumerate(mentions):
            root = root_of(tree, mention)
            subject = tree.is_rel(root, "nsubj")
            if k == number and subject and tree.tokens[root].head in subject_of and not _owns(tree, i):
                continue
            points = (_SUBJECT if subject else 0.0) - back * (_OWNERS_BACK if _owns(tree_of_pronoun, i) else _BACK)
            points += _FIRST * (rank == 0) if not pronoun.near else 3.0 * (rank == len(mentions) - 1)
            if tree.kids(root, "case") and not subject:
                points -= 0.5
            if pronoun.number == "Sing" and (tree.is_rel(root, "conj") or tree.kids(root, "conj")):
                points -= 2 * _SUBJECT  # one of several
            yield points, k, mention


def _owns(tree: Tree, i: int) -> bool:
    """Whether token i is a possessive inside a phrase: its owner may be the clause's own subject."""
    return tree.is_rel(i, "det", "nmod:poss", "nmod")


def _clauses(tree: Tree, i: int) -> list[int]:
    """The predicate that a pronoun is an argument of, and those that share their subject with it.

    "X a suspendu Y et leur a imposé …", "X a critiqué Y, l'exhortant à …": the pronoun is never X.
    """
    head = tree.tokens[i].head
    if head == i or tree.is_rel(i, "det", "nmod"):
        return []
    found = [head]
    while not tree.kids(found[-1], "nsubj") and tree.is_rel(found[-1], "conj", "advcl", "xcomp"):
        above = tree.tokens[found[-1]].head
        if tree.is_rel(found[-1], "xcomp") and tree.kids(above, "obj", "iobj"):
            break  # "a invité Y à la rencontrer"
        found.append(above)
    return found


def _agrees(cast: Cast, number: int, mention: Mention, parties: tuple[Party, ...], pronoun: Pronoun) -> bool:
    """Whether number, gender and kind allow a pronoun to stand for a mention."""
    first = parties[0]
    if first.kind == "place" or (first.kind == "government" and cast.trees[number].kids(first.head, "case")):
        return False
    plural = len(parties) > 1 or first.plural
    person = first.kind == "person" or (first.kind == "role" and _personal(mention))
    collective = first.kind in ("group", "organisation", "role", "demonym") and not person
    if pronoun.number == "Plur" and not plural and not collective:
        return False
    if pronoun.number == "Sing" and plural:
        return False
    if pronoun.human and not person and first.kind != "name":
        return False
    if pronoun.thing and person:
        return False
    if pronoun.gender and not pronoun.human and not plural:
        gender = _gender(cast, number, mention)
        return gender is None or gender == pronoun.gender
    if pronoun.gender and pronoun.human:
        title = mention.title.gender if mention.title is not None else None
        return title is None or title == pronoun.gender
    return True


def _personal(mention: Mention) -> bool:
    role = mention.core.role
    return role is not None and role.kind in ("person", "envoy", "head", "kin", "counterpart")


def _gender(cast: Cast, number: int, mention: Mention) -> str | None:
    return cast.gender(number, mention)


def _standing(cast: Cast, number: int, i: int, party: Party, rule: str) -> Party:
    """The party under the words of the pronoun that stands for it."""
    tree = cast.trees[number]
    span = tree.span([i])
    reason = Reason(field="actor", rule=f"{cast.pack.lang}/actor/{rule}", span=party.actor.span)
    actor = replace(party.actor, text=span.of(cast.document.text), span=span)
    return replace(party, actor=actor, head=i, reasons=(reason, *party.reasons), certainty=min(0.6, party.certainty))


def _unknown(cast: Cast, number: int, i: int, rule: str, sectors: tuple[str, ...] = ()) -> Party:
    tree = cast.trees[number]
    tokens = [i] if rule != "joint" else [k for k in (*tree.kids(i, "det", "nummod", "amod"), i) if abs(k - i) < 4]
    span = tree.span(tokens)
    return Party(
        actor=Actor(text=span.of(cast.document.text), span=span, sectors=sectors),
        head=i,
        kind="pronoun",
        reasons=(Reason(field="actor", rule=f"{cast.pack.lang}/actor/{rule}-open", span=span),),
        certainty=0.3,
    )


# -- what is around -------------------------------------------------------------------------------------------------


def context(cast: Cast, number: int, mention: Mention, role: Role) -> list[Origin]:
    """The country that the words around a role phrase give it, the surest way first."""
    if role.kind == "state":
        return _owner(cast, number, mention) or _land(cast, number, mention)
    return (
        _owner(cast, number, mention)  # "son ministre" is as sure as the pronoun
        or _listed(cast, number, mention)  # "le président X et le Premier ministre"
        or _local(cast, number, mention, role)  # "En Irak, des manifestants"
        or _same_office(cast, number, mention, role)  # "le ministre" again
        or _compatriot(cast, number, mention, role)  # "l'armée" beside a president's name
        or _about(cast, number, mention, role)  # last: what the document is about
    )


def _origin(country: str, rule: str, start: int, end: int, party: Party | None = None) -> list[Origin]:
    return [Origin(country, rule, start, end, party=party)]


def _owner(cast: Cast, number: int, mention: Mention) -> list[Origin]:
    k = mention.possessive
    if k is None:
        return []
    pronoun = cast.agents.possessives[cast.trees[number].tokens[k].text.lower()]
    for party in antecedent(cast, number, k, pronoun):
        if party.actor.country is not None:
            keeps = mention.core.role is not None and mention.core.role.kind == "kin"
            return _origin(party.actor.country, "owner", k, k + 1, party if keeps else None)
    return []


def _land(cast: Cast, number: int, mention: Mention) -> list[Origin]:
    """Which country "le pays" is: the last one named, if the sentence that names it leaves no choice."""
    tree = cast.trees[number]
    if (
        mention.plural
        or not tree.tokens[mention.core.start].text[:1].islower()
        or mention.matter
        or mention.owners
        or tree.tokens[mention.core.start].lemma.lower() not in cast.agents.small.lands
    ):
        return []
    if not _is_definite(tree, mention):
        return []
    for k in _back(cast, number, _NEAR):
        here = [
            (place.kind == "place" and cast.is_locative(cast.found(k), place), place)
            for place in cast.found(k).mentions
            if place.kind in ("place", "role") and (k != number or place.end <= mention.start)
        ]
        codes = [(inside, c, m) for inside, m in here if (c := _land_of(cast, k, m)) is not None]
        tree = cast.trees[k]
        chosen = [item for item in codes if item[0]]
        chosen = chosen or [item for item in codes if tree.is_rel(root_of(tree, item[2]), "nsubj")]
        if chosen and len({c for _, c, _ in chosen}) == 1:
            return _origin(chosen[-1][1], "land", mention.start, mention.end)
        if chosen:
            break
    return []


def _land_of(cast: Cast, number: int, mention: Mention) -> str | None:
    """The country that a mention names by its own words."""
    parties = cast.resolve(number, mention, strict=True)
    code = parties[0].actor.country if len(parties) == 1 else None
    return None if code in _CODES or (code or "R-").startswith("R-") else code


def _listed(cast: Cast, number: int, mention: Mention) -> list[Origin]:
    """The country of the phrase that an "and" joins before this one; a person named by itself has its own."""
    if mention.names or mention.kind == "person":
        return []
    found, small = cast.found(number), cast.agents.small
    tree = found.tree
    j = mention.start - 1
    while j > 0 and tree.tokens[j].upos == "DET":
        j -= 1
    if j < 1 or tree.tokens[j].text.lower() not in small.coordinators:
        return []
    before = found.at[j - 1]
    while before is not None and before.into is not None:
        before = before.into
    if before is None or before is mention or before.kind not in ("role", "person"):
        return []
    parties = cast.resolve(number, before)
    country = parties[0].actor.country if len(parties) == 1 else None
    if country is None or country in _CODES:
        return []
    return _origin(country, "conjunct", before.start, before.end)


def _local(cast: Cast, number: int, mention: Mention, role: Role) -> list[Origin]:
    """The country where the sentence puts an army, a crowd, a government."""
    if not role.political or not set(role.sectors) & _LOCAL or mention.foreign:
        return []
    if any(m.kind in ("person", "name", "org", "group") for m in mention.owners):
        return []
    found = cast.found(number)
    guests = "MIL" in role.sectors  # soldiers "in X" may be anybody's
    places = [
        m
        for m in found.mentions
        if m.kind == "place"
        and m.core.entries[0].kind != "seat"
        and _is_in(cast, found, m)
        and _around(cast, found, m, mention)
    ]
    codes = {c for m in places if (c := cast._code(cast.placed(m, locative=True))) is not None}
    near = [
        m
        for m in places
        if m.topic
        or m.end <= mention.start
        or (m.start - mention.end <= 2 and not guests)
        or _same_scene(cast, found, m, mention, role)
    ]
    if not near or (len(codes) > 1 and not near[0].topic):
        return []
    code = cast._code(cast.placed(near[0], locative=True))
    if near[0].topic and (mention.names or mention.kind == "person"):
        return []  # a dateline says where the news was written, not whose president is named in it
    return _origin(code, "topic" if near[0].topic else "locative", near[0].start, near[0].end) if code else []


def _same_scene(cast: Cast, found: Found, place: Mention, mention: Mention, role: Role) -> bool:
    """Whether people of a place do or suffer something there ("des policiers ont été tués à Bagdad")."""
    tree = found.tree
    i, k = root_of(tree, mention), root_of(tree, place)
    verb, head = tree.tokens[i].head, tree.tokens[k].head
    if tree.tokens[head].text.lower() in cast.agents.small.parts:
        head = tree.tokens[head].head
    if head != verb or tree.tokens[verb].lemma.lower() in cast.agents.small.motion | cast.agents.small.moving:
        return False
    if tree.is_rel(i, "obj", "nsubj:pass"):
        return bool(set(role.sectors[:1]) & (_PEOPLE | {"MIL"}))
    return bool(set(role.sectors[:1]) & _PEOPLE) and tree.is_rel(i, "nsubj") and not tree.kids(verb, "obj")


def _around(cast: Cast, found: Found, place: Mention, mention: Mention) -> bool:
    """Whether a place opens the sentence, follows the phrase, or hangs on a predicate above it."""
    if place.topic or place.start <= 3 or 0 <= place.start - mention.end <= 2:
        return True
    tree = found.tree
    head = tree.tokens[root_of(tree, place)].head
    if tree.tokens[head].text.lower() in cast.agents.small.parts:
        head = tree.tokens[head].head
    return head in tree.ancestors(root_of(tree, mention))


def _is_in(cast: Cast, found: Found, place: Mention) -> bool:
    """Whether a place is where the sentence happens: a topic, or "in" it."""
    if place.topic:
        return True
    if not cast.is_locative(found, place):
        return False
    tree = found.tree
    k = part_of(tree, place, cast.agents)
    while k >= 0 and tree.tokens[k].upos == "DET":
        k -= 1
    if k < 0 or tree.tokens[k].upos != "ADP" or place.into is not None:
        return False
    low, lemma = tree.tokens[k].text.lower(), tree.tokens[k].lemma.lower()
    return low in cast.agents.small.bodies_in or lemma in cast.agents.small.bodies_in


def _same_office(cast: Cast, number: int, mention: Mention, role: Role) -> list[Origin]:
    """The last one who was called by the same noun ("le ministre") with a country."""
    if not role.political or role.kind in ("thing", "kin", "container") or not set(role.sectors) & _LOCAL:
        return []
    if mention.owners or mention.names or mention.plural != (role.kind == "body" and mention.plural):
        return []
    noun = cast._noun(number, mention)
    for k, start, other, party in reversed(cast._offices):
        if other == noun and (k, start) < (number, mention.start) and number - k <= _FAR and not party.plural:
            return [Origin(party.actor.country, "same-office", mention.start, mention.end, party=party)]
    return []


def _compatriot(cast: Cast, number: int, mention: Mention, role: Role) -> list[Origin]:
    """The country of the only persons that a sentence names, for an army or opposition that must be somebody's."""
    if role.kind not in ("body", "person") or mention.plural or not set(role.sectors) & _HOME or mention.foreign:
        return []
    if mention.owners or mention.names or not _is_definite(cast.trees[number], mention):
        return []
    near: Mention | None = None
    codes: set[str] = set()
    for other in cast.found(number).mentions:
        if other is mention or other.into is not None:
            continue
        for party in cast.resolve(number, other, strict=True):
            code = party.actor.country
            if code is None or code in _CODES or code.startswith("R-"):
                continue
            codes.add(code)
            if party.kind == "person":
                near = other
    if len(codes) != 1 or near is None or any(m.kind == "place" for m in cast.found(number).mentions):
        return []
    return _origin(codes.pop(), "compatriot", near.start, near.end)


def _is_definite(tree: Tree, mention: Mention) -> bool:
    return any(tree.feat(k, "Definite") == "Def" for k in range(max(0, mention.start - 2), mention.start))


def _about(cast: Cast, number: int, mention: Mention, role: Role) -> list[Origin]:
    if any(m.kind in ("person", "name", "org", "group") for m in mention.owners):
        return []
    if cast._dominant is None or not role.political or mention.foreign or mention.owners:
        return []
    if mention.names and not set(role.sectors[:1]) & _LOCALS:
        return []
    if role.kind not in ("body", "person", "head") or not set(role.sectors[:1]) & _DOMESTIC:
        return []
    if ("MIL" in role.sectors and (mention.plural or role.kind != "body")) or mention.matter:
        return []
    if not _is_definite(cast.trees[number], mention):
        return []
    return _origin(cast._dominant, "document", mention.start, mention.end)


def _back(cast: Cast, number: int, sentences: int) -> Iterator[int]:
    """This sentence's number and those just before it."""
    at = cast.order.index(number)
    return iter(cast.order[max(0, at - sentences) : at + 1][::-1])
