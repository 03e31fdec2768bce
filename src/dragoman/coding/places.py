"""Where: the place of an event, as written, with its country and coordinates."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.dates import find_mentions, happens_with_clause, in_time, plan_of, tells_of_noun
from dragoman.coding.tree import Tree
from dragoman.model import Document, Place, Reason, Span
from dragoman.pack import Pack
from dragoman.pack.places import PlaceWords, load_places

if TYPE_CHECKING:
    from dragoman.coding.actors import Cast
    from dragoman.world import Entry

__all__ = ["place_of"]

_PLACE_KINDS = frozenset({"city", "capital", "country", "territory", "region", "place", "seat"})
_STATES = frozenset({"country", "territory"})
_CLAUSAL = ("ccomp", "advcl", "acl", "csubj", "parataxis", "xcomp")
_KEPT = 64  # sentences whose places are remembered: one is asked about many times in a row
_SOMEBODY = frozenset({"person", "office", "role", "pronoun", "name", "group", "demonym"})
_BESIDE = frozenset({"ADP", "DET", "PUNCT"})

# What hangs on a place's noun and is no part of its name.
_BESIDES = ("punct", "acl", "appos", "conj", "cc", "advcl", "parataxis", "obl", "advmod", "ccomp", "cop", "nsubj")

# Where a place stands, as seen from the event; the surest first.
OWN, VERB, CLAUSE, PATIENT, ABOVE = "own", "verb", "clause", "patient", "above"


@dataclass(frozen=True, slots=True)
class _Locale:
    """A phrase that can be a place: its head, what the world knows of it, and how it is put."""

    head: int
    adposition: str
    entry: Entry | None
    how: str  # locative | source | destination | of | bare
    far: bool  # told after another place, to say where that is ("à Marcoussis, près de Paris"), or a noun without name


_memory: OrderedDict[int, tuple[Tree, tuple[_Locale, ...]]] = OrderedDict()


def place_of(
    tree: Tree,
    trigger: int,
    verb: int,
    *,
    cast: Cast,
    pack: Pack,
    document: Document,
    besides: frozenset[int] = frozenset(),
) -> tuple[Place, tuple[Reason, ...]] | None:
    """Where the event happened: stated in its clause, else inferred from the host or the dateline; None is unknown.

    A state headed by one of `besides` is a party of the act and not where it happened.
    """
    words = load_places(pack.folder)
    find_mentions(tree, pack.dates)  # `in_time` reads them
    locales = tuple(p for p in _locales(tree, cast, words) if p.head not in besides or not _is_state(p.entry))
    chosen = _stated(tree, trigger, verb, locales, cast, pack, words) if locales else None
    if chosen is not None:
        locale, where = chosen
        place = _place(tree, locale, pack, document)
        return place, (Reason(field="place", rule=f"{pack.lang}/place/{where}", span=place.span),)
    return _host(tree, verb, cast, pack, words) or _dateline(tree, pack, document)


# --- what can be a place ------------------------------------------------------------------------------------------


def _locales(tree: Tree, cast: Cast, words: PlaceWords) -> tuple[_Locale, ...]:
    known = _memory.get(id(tree))
    if known is not None and known[0] is tree:
        return known[1]
    found = tuple(_find(tree, cast, words))
    _memory[id(tree)] = tree, found
    if len(_memory) > _KEPT:
        _memory.popitem(last=False)
    return found


def _find(tree: Tree, cast: Cast, words: PlaceWords) -> list[_Locale]:
    """Named places with the place nouns that hold them, place nouns alone, and unknown names behind "at", "in"."""
    entries = _named(tree, cast)
    heads: dict[int, Entry | None] = {}
    for i, entry in entries.items():
        head = _holder(tree, i, words)
        if head not in heads or heads[head] is None:
            foreign = _is_state(entry) and tree.tokens[head].lemma.lower() in words.missions
            heads[head] = None if foreign else entry  # an embassy stands elsewhere than its country
    for i, token in enumerate(tree.tokens):
        noun = token.upos == "NOUN" and token.lemma.lower() in words.place
        if i not in heads and (noun or (token.upos == "PROPN" and _names_by_adposition(tree, i, cast, words))):
            heads[i] = None
    locales = (_locale(tree, head, entry, words) for head, entry in sorted(heads.items()))
    found = [locale for locale in locales if locale is not None]
    return [replace(p, far=p.far or _elaborates(tree, p, found)) for p in found]


def _is_state(entry: Entry | None) -> bool:
    return entry is not None and entry.kind in _STATES


def _elaborates(tree: Tree, locale: _Locale, others: list[_Locale]) -> bool:
    """Whether only a comma parts the place's adposition from another place."""
    first = min([locale.head, *tree.kids(locale.head, "case", "det")])
    while first and tree.tokens[first - 1].upos in {"ADV", "ADP"}:
        first -= 1
    if first < 2 or tree.tokens[first - 1].text not in {",", "("}:
        return False
    return any(other.head < first - 1 and max(_words(tree, other.head)) >= first - 2 for other in others)


def _named(tree: Tree, cast: Cast) -> dict[int, Entry]:
    """The places that the sentence names: the head token of each name, and what it most likely means."""
    found: dict[int, Entry] = {}
    seen: set[int] = set()
    for nucleus in cast.found(tree.sentence.number).nuclei:
        if nucleus is None or id(nucleus) in seen or not nucleus.entries:
            continue
        seen.add(id(nucleus))
        entry = nucleus.entries[0]
        if entry.kind in _PLACE_KINDS:
            inside = range(nucleus.start, nucleus.end)
            outer = [i for i in inside if tree.tokens[i].head not in inside and tree.tokens[i].upos not in _BESIDE]
            found[(outer or [nucleus.start])[0]] = entry
    return found


def _holder(tree: Tree, i: int, words: PlaceWords) -> int:
    """The place noun that a name belongs to ("le nord de la Syrie", "the Jabalia camp"), or the name itself."""
    head = tree.tokens[i].head
    while head != i and tree.is_rel(i, "nmod", "compound", "appos", "flat", "amod", "dep"):
        if tree.tokens[head].lemma.lower() not in words.place or tree.tokens[head].upos not in {"NOUN", "PROPN"}:
            break
        i, head = head, tree.tokens[head].head
    return i


def _names_by_adposition(tree: Tree, i: int, cast: Cast, words: PlaceWords) -> bool:
    """Whether an unknown capitalised name is a place because of what stands before it ("à Marcoussis")."""
    first = tree.case(i).split(" ")[0]
    if first not in words.naming or not tree.tokens[i].text[:1].isupper() or tree.tokens[i].text.isupper():
        return False
    nucleus = cast.found(tree.sentence.number).nuclei[i]
    if nucleus is not None and nucleus.entries:
        return False  # it means something else
    before = min(tree.kids(i, "case")) - 1
    if before > 0 and tree.tokens[before].text[:1].isupper() and not _floats(tree, before, cast):
        return False  # the end of a longer name: "République en Marche"
    return not tree.kids(i, "det", "amod") and not tree.is_rel(i, "nsubj", "obj", "flat", "conj")


def _locale(tree: Tree, head: int, entry: Entry | None, words: PlaceWords) -> _Locale | None:
    case = _case(tree, head)
    first = case.split(" ")[0]
    if not case:
        how = "bare"
    elif _governor(tree, head, words) != tree.tokens[head].head or (
        first in words.locative and not _to_whom(tree, head, first, entry, words)
    ):
        how = "locative"
    elif first in words.of:
        how = "of"
    elif first in words.source:
        how = "source"
    elif first in words.destination:
        how = "destination"
    else:
        return None
    lemma = tree.tokens[head].lemma.lower()
    if entry is None and lemma in words.idle and not _pointed_at(tree, head):
        return None
    return _Locale(head, case, entry, how, entry is None and tree.tokens[head].upos == "NOUN")


def _case(tree: Tree, head: int) -> str:
    """The adposition of a phrase, also where the parser hung it on an adjective before the noun."""
    return tree.case(head) or next((c for k in tree.kids(head, "amod", "det", "flat") if (c := tree.case(k))), "")


def _to_whom(tree: Tree, head: int, first: str, entry: Entry | None, words: PlaceWords) -> bool:
    """Whether a country behind "à", "on" is the one that gets or suffers something."""
    if first not in words.dative or entry is None or entry.kind not in _STATES | {"capital", "seat", "region"}:
        return False
    if first in words.against and entry.kind in _STATES | {"region"}:
        return True
    governor = tree.tokens[head].head
    lemma = tree.tokens[governor].lemma.lower()
    if lemma in words.going and (lemma not in words.giving or tree.kids(governor, "expl")):
        return False  # the goal of a journey: "s'est rendu à Tachkent"
    articles = tree.kids(head, "det")
    if entry.kind in _STATES and any(tree.feat(k, "Gender") == words.never_with_article for k in articles):
        return True
    lemmas = {lemma}
    if tree.is_rel(governor, "obj"):
        lemmas.add(tree.tokens[tree.tokens[governor].head].lemma.lower())  # "imposed sanctions on …"
    opens = min([head, *tree.kids(head, "case")])
    if opens and in_time(tree, opens - 1) and entry.kind in {"capital", "seat"}:
        return False  # "promised on Tuesday in Brussels"
    return bool(lemmas & words.giving) or tree.tokens[head].rel == "iobj"


def _pointed_at(tree: Tree, head: int) -> bool:
    """Whether a general noun ("zone", "pays") is told apart: by "this", "their", an adjective or a complement."""
    if tree.kids(head, "amod", "nmod", "compound", "acl"):
        return True
    return any(
        tree.feat(k, "PronType") == "Dem" or tree.feat(k, "Poss") == "Yes" for k in tree.kids(head, "det", "nmod")
    )


# --- which one ----------------------------------------------------------------------------------------------------


def _stated(
    tree: Tree, trigger: int, verb: int, locales: tuple[_Locale, ...], cast: Cast, pack: Pack, words: PlaceWords
) -> tuple[_Locale, str] | None:
    """The place that belongs to the event and where it stands: its own phrase, its verb's, its clause's, its object."""
    locales = tuple(p for p in locales if not _topic(tree, p, trigger))
    clause = _clause(tree, trigger)
    verbal = tree.tokens[trigger].upos in {"VERB", "AUX"}
    if verbal and (patient := _patient(tree, trigger, verb, locales, words)):
        return patient, PATIENT
    own = _phrase(tree, trigger)
    inside = [p for p in locales if p.head in own and p.head != trigger and _inside(tree, p, trigger, cast, words, own)]
    inside += [p for p in locales if _beside_participle(tree, p, trigger)]
    if inside:
        return min(inside, key=lambda p: _rank(p, trigger)), OWN
    if verb not in (trigger, clause) and (found := _of_predicate(tree, verb, locales, cast, words, trigger)):
        return found, VERB
    if not verbal:
        if patient := _patient(tree, trigger, clause if _agent(tree, trigger) else verb, locales, words):
            return patient, PATIENT
        if not happens_with_clause(tree, trigger, verb, pack.dates) or _subject(tree, trigger):
            return None
    seen: set[int] = set()
    while clause not in seen:
        found = _of_predicate(tree, clause, locales, cast, words, trigger)
        if found is not None:
            return found, ABOVE if seen else CLAUSE
        seen.add(clause)
        clause = _above(tree, clause)
    planned = plan_of(tree, trigger)  # "was due to meet … in Amman"
    expected = tree.tokens[trigger].upos == "ADJ" or tree.tokens[trigger].lemma.lower() in pack.dates.future_participles
    for below in planned if expected else []:
        if found := _patient(tree, below, below, locales, words) or _of_predicate(
            tree, below, locales, cast, words, below
        ):
            return found, CLAUSE
    return None


def _topic(tree: Tree, locale: _Locale, trigger: int) -> bool:
    """Whether a colon parts the place from the event, as in headlines: "Crash in Iran: Kyiv refuses…"."""
    between = tree.tokens[min(locale.head, trigger) : max(locale.head, trigger)]
    return any(t.text == ":" for t in between)


def _agent(tree: Tree, trigger: int) -> bool:
    """Whether a noun of action is what a passive verb is done by: "hit by airstrikes"."""
    return tree.is_rel(trigger, "obl") and bool(tree.kids(tree.tokens[trigger].head, "nsubj:pass"))


def _subject(tree: Tree, trigger: int) -> bool:
    """Whether a noun of action does something to something: then the verb's place is another act's."""
    i = trigger
    while tree.is_rel(i, "nmod", "conj", "appos"):
        i = tree.tokens[i].head
    return tree.tokens[i].rel == "nsubj" and bool(tree.kids(tree.tokens[i].head, "obj"))


def _beside_participle(tree: Tree, locale: _Locale, trigger: int) -> bool:
    """A place right behind a participle that the parser hung on its noun: "the tourists kidnapped in Egypt"."""
    if locale.how != "locative" or not tree.is_rel(trigger, "acl", "amod"):
        return False
    noun = tree.tokens[trigger].head
    return tree.tokens[locale.head].head == noun and noun < trigger < locale.head <= trigger + 4


def _rank(locale: _Locale, at: int) -> tuple[int, int]:
    order = {"locative": 0, "destination": 1, "source": 2, "of": 3, "bare": 3}
    return order[locale.how] + (2 if locale.far else 0), abs(locale.head - at)


def _inside(tree: Tree, locale: _Locale, trigger: int, cast: Cast, words: PlaceWords, own: set[int]) -> bool:
    """Whether a place in the trigger's phrase is where it happens, and not where somebody or something in it is."""
    if not _says_where(tree, locale, trigger, words) or _beyond_a_verb(tree, locale, trigger):
        return False
    verbal = tree.tokens[trigger].upos in {"VERB", "AUX"}
    governor = _governor(tree, locale.head, words)
    hops = 0
    while governor != trigger and governor in own:
        token = tree.tokens[governor]
        if token.upos in {"VERB", "AUX", "ADJ"} and tree.is_rel(governor, "acl", "amod"):
            if verbal or token.lemma.lower() in words.residing:
                return False
        elif not (not _speaks(tree, trigger, words) and _is_object(tree, governor, trigger, words)) and (
            hops > 1 or not _floats(tree, governor, cast) or (verbal and governor < trigger)
        ):
            return False
        hops += 1
        governor = token.head
    return not (verbal and _speaks(tree, trigger, words) and _topical(locale, trigger))


def _topical(locale: _Locale, trigger: int) -> bool:
    """Whether a place is what words are about: a region, or a country named before the act of words."""
    kind = locale.entry.kind if locale.entry is not None else None
    return kind == "region" or (kind in _STATES and locale.head < trigger)


def _beyond_a_verb(tree: Tree, locale: _Locale, trigger: int) -> bool:
    """Whether a verb with a clause of its own stands between the event and a place behind it."""
    clauses = (i for i in range(trigger + 1, locale.head) if tree.feat(i, "VerbForm") == "Fin")
    return any(tree.tokens[i].head not in {trigger, i} and not _tells_of(tree, i, trigger) for i in clauses)


def _tells_of(tree: Tree, i: int, noun: int) -> bool:
    """Whether verb i (or the verb it helps) is in a clause about the noun."""
    verb = tree.tokens[i].head if tree.is_rel(i, "aux", "cop") else i
    return tree.is_rel(verb, "acl") and tree.tokens[verb].head == noun


def _speaks(tree: Tree, trigger: int, words: PlaceWords) -> bool:
    """Whether the act is of words: then its object may lie elsewhere ("denounced the raids in the north")."""
    return tree.tokens[trigger].lemma.lower() in words.verbal


def _is_object(tree: Tree, i: int, trigger: int, words: PlaceWords) -> bool:
    """Whether a noun is what the act is done to: where it is, the act is too ("a raid on a convoy in the north")."""
    if tree.tokens[i].head != trigger:
        return False
    return tree.case(i) in words.against or tree.tokens[i].rel in {"obj", "nsubj:pass"}


def _governor(tree: Tree, head: int, words: PlaceWords) -> int:
    """What a place hangs on, past an adverb before it ("près de la frontière")."""
    governor = tree.tokens[head].head
    adverb = tree.tokens[governor].upos == "ADV" and tree.tokens[governor].lemma.lower() in words.locative
    return tree.tokens[governor].head if adverb else governor


def _floats(tree: Tree, i: int, cast: Cast) -> bool:
    """Whether a place behind this noun was only hung there by the parser: behind persons and times."""
    if in_time(tree, i) or tree.is_rel(i, "flat"):
        return True
    parties = cast.parties(tree.sentence.number, i)
    if parties:
        return any(p.kind in _SOMEBODY for p in parties)
    nucleus = cast.found(tree.sentence.number).nuclei[i]
    known = nucleus is not None and nucleus.kind in {"org", "place", "landmark"}
    return tree.tokens[i].upos == "PROPN" and not known


def _says_where(tree: Tree, locale: _Locale, governor: int, words: PlaceWords) -> bool:
    lemmas = {tree.tokens[governor].lemma.lower(), tree.tokens[tree.tokens[locale.head].head].lemma.lower()}
    if locale.how == "locative":
        return True
    if locale.how == "destination":
        return bool(lemmas & words.going)
    if locale.how == "source":
        return bool(lemmas & words.leaving) and not _is_state(locale.entry)
    if locale.how in {"of", "bare"}:
        named = locale.entry is not None and locale.entry.kind in {"city", "place", "capital"}
        if named and tree.tokens[governor].lemma.lower() in words.held:
            return locale.how == "of" or tree.is_rel(locale.head, "compound", "nmod:poss")
        if locale.how == "bare":
            return False
        if lemmas & words.leaving and locale.adposition.split(" ")[0] in words.source:
            return not _is_state(locale.entry)
        nominal = tree.tokens[governor].upos not in {"VERB", "AUX"}
        return nominal and tree.tokens[locale.head].lemma.lower() in words.target
    return False


def _phrase(tree: Tree, trigger: int) -> set[int]:
    """The tokens of the trigger's own phrase: of a noun with the participles on it, of a verb its direct dependents."""
    verbal = tree.tokens[trigger].upos in {"VERB", "AUX"}
    found, queue = {trigger}, [trigger]
    while queue:
        i = queue.pop()
        for k in tree.children[i]:
            told = not verbal and tree.is_rel(k, "acl") and (i == trigger or tree.tokens[k].rel != "acl:relcl")
            told = told and tells_of_noun(tree, k)
            joined = tree.is_rel(k, "conj") and (tree.tokens[k].upos in {"VERB", "AUX"} or i == trigger)
            if (tree.is_rel(k, *_CLAUSAL) and not told) or joined:
                continue
            found.add(k)
            queue.append(k)
    return found


def _of_predicate(
    tree: Tree, predicate: int, locales: tuple[_Locale, ...], cast: Cast, words: PlaceWords, trigger: int
) -> _Locale | None:
    """The nearest locative that hangs on a predicate, directly or by way of somebody named in between."""
    here = []
    verbal = _speaks(tree, trigger, words)
    for locale in locales:
        if locale.how not in {"locative", "destination"} or not _says_where(tree, locale, predicate, words):
            continue
        if _beyond_a_verb(tree, locale, predicate):
            continue
        if verbal and _topical(locale, predicate):
            continue
        governor = _governor(tree, locale.head, words)
        while governor != predicate and governor > predicate and _floats(tree, governor, cast):
            if tree.is_rel(governor, *_CLAUSAL) or tree.tokens[governor].head == governor:
                break
            governor = tree.tokens[governor].head
        if governor == predicate:
            here.append(locale)
    return min(here, key=lambda p: _rank(p, trigger)) if here else None


def _patient(tree: Tree, trigger: int, verb: int, locales: tuple[_Locale, ...], words: PlaceWords) -> _Locale | None:
    """The place that the act is done to: "they stormed the palace", "the camp was bombed"."""
    for locale in locales:
        token = tree.tokens[locale.head]
        if locale.how != "bare" or token.head not in (trigger, verb):
            continue
        subjects = tree.kids(token.head, "nsubj")
        stative = subjects[-1:] == [locale.head] and not tree.kids(token.head, "obj") and _stative(tree, trigger)
        passive = token.rel in {"nsubj:pass", "csubj:pass"} or (tree.is_rel(locale.head, "nsubj") and stative)
        if not passive and not tree.is_rel(locale.head, "obj"):
            continue
        lemma = tree.tokens[token.head].lemma.lower()
        state = locale.entry is not None and locale.entry.kind in _STATES | {"capital", "seat", "region"}
        noun = token.upos == "NOUN" and token.lemma.lower() in words.target
        if (
            lemma in words.visiting
            or noun
            or (lemma in words.into and locale.entry is not None and (not state or locale.entry.kind == "capital"))
        ):
            return locale
    return None


def _stative(tree: Tree, trigger: int) -> bool:
    return tree.tokens[trigger].upos == "ADJ" or tree.feat(trigger, "VerbForm") == "Part"


def _clause(tree: Tree, i: int) -> int:
    while tree.tokens[i].head != i and not tree.is_rel(i, *_CLAUSAL):
        if tree.is_rel(i, "conj") and tree.tokens[i].upos in {"VERB", "AUX"}:
            break
        i = tree.tokens[i].head
    return i


def _above(tree: Tree, clause: int) -> int:
    """The clause whose place is this one's too: over an infinitive, or the first of coordinated verbs."""
    up = tree.is_rel(clause, "conj") or (tree.is_rel(clause, "xcomp") and not _finite(tree, clause))
    return _clause(tree, tree.tokens[clause].head) if up else clause


def _finite(tree: Tree, clause: int) -> bool:
    return any(tree.feat(i, "VerbForm") == "Fin" for i in [clause, *tree.kids(clause, "aux", "cop")])


# --- what it is ---------------------------------------------------------------------------------------------------


def _place(tree: Tree, locale: _Locale, pack: Pack, document: Document) -> Place:
    """The phrase as a place: its words, and what the world knows of the name in it."""
    span = tree.span(_words(tree, locale.head))
    entry = locale.entry
    if entry is None:
        return Place(text=span.of(document.text), span=span)
    return Place(
        text=span.of(document.text),
        span=span,
        name=entry.name,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        geonames=entry.geonames,
    )


def _words(tree: Tree, head: int) -> list[int]:
    """The tokens of a place's phrase, without the adposition before it and what is told about it after it."""
    found, queue = {head}, [head]
    cases = set(tree.kids(head, "case"))
    named = tree.tokens[head].upos == "PROPN"  # what hangs behind a name is no part of the place
    hidden = {(tree.tokens[k].start, tree.tokens[k].end) for k in cases}  # "au": the article is in the adposition
    while queue:
        i = queue.pop()
        for k in tree.children[i]:
            token = tree.tokens[k]
            behind = named and i == head and k > head and tree.is_rel(k, "nmod") and tree.tokens[k].upos != "PROPN"
            shown = (token.start, token.end) not in hidden and not in_time(tree, k)
            if shown and k not in cases and not behind and not tree.is_rel(k, *_BESIDES):
                found.add(k)
                queue.append(k)
    run = sorted(found)
    start = end = run.index(head)
    while start and run[start - 1] == run[start] - 1:
        start -= 1
    while end + 1 < len(run) and run[end + 1] == run[end] + 1:
        end += 1
    return run[start : end + 1]


# --- inferred -----------------------------------------------------------------------------------------------------


def _host(tree: Tree, verb: int, cast: Cast, pack: Pack, words: PlaceWords) -> tuple[Place, tuple[Reason, ...]] | None:
    """The country of who receives, when one is received and no place is told."""
    if tree.tokens[verb].lemma.lower() not in words.hosting or not tree.kids(verb, "obj"):
        return None
    countries = {p.actor.country for k in tree.kids(verb, "nsubj") for p in cast.parties(tree.sentence.number, k)}
    code = next(iter(countries)) if len(countries) == 1 else None
    country = pack.world.country(code) if code else None
    if country is None:
        return None
    token = tree.tokens[verb]
    reason = Reason(field="place", rule=f"{pack.lang}/place/host", span=Span(token.start, token.end))
    place = Place(
        text=None,
        span=None,
        name=country.name,
        country=country.id,
        lat=country.lat,
        lon=country.lon,
        geonames=country.geonames,
        stated=False,
    )
    return place, (reason,)


def _dateline(tree: Tree, pack: Pack, document: Document) -> tuple[Place, tuple[Reason, ...]] | None:
    """The dateline's place, for the paragraph that stands behind it."""
    number = tree.sentence.paragraph - 1
    if not 0 <= number < len(document.blocks) or document.blocks[number].kind != "dateline":
        return None
    block = document.blocks[number]
    tokens = block.reading.replace("(", " ( ").replace(",", " , ").replace("/", " / ").replace("]", " ] ").split()
    for start, end, entries in pack.world.find(tokens, document.published):
        entry = entries[0]
        if entry.kind in _PLACE_KINDS:
            text = " ".join(tokens[start:end])
            at = block.reading.find(text)
            if at < 0 or block.offsets is not None:
                span = block.span
            else:
                span = Span(block.span.start + at, block.span.start + at + len(text))
            place = Place(
                text=span.of(document.text),
                span=span,
                name=entry.name,
                country=entry.country,
                lat=entry.lat,
                lon=entry.lon,
                geonames=entry.geonames,
                stated=False,
            )
            return place, (Reason(field="place", rule=f"{pack.lang}/place/dateline", span=span),)
    return None
