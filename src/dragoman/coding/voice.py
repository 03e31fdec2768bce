"""Who says it: the speaker of the words that hold a token, and by what channel; `Voices(...).of(number, token)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.dates import times
from dragoman.coding.status import is_denied, lowered
from dragoman.coding.tree import Tree
from dragoman.model import Actor, Document, Reason, Span, Voice
from dragoman.pack.speech import WRITTEN

if TYPE_CHECKING:
    from dragoman.coding.actors import Cast, Party
    from dragoman.pack import Pack
    from dragoman.pack.speech import Speech, SpeechVerb
    from dragoman.world import World

OPEN, CLOSE, STRAIGHT = frozenset("«“‹„"), frozenset("»”›"), frozenset('"＂')
DASHES = frozenset({"-", "–", "—", "--"})
INSIDE_NOUN = ("det", "amod", "nummod", "case", "compound", "flat", "advmod", "punct", "fixed", "nmod:poss", "cc")
BODIES = frozenset({"seat", "organisation", "group", "country", "territory"})
PLACES = frozenset({"country", "territory", "capital", "city", "region", "place"})
LONGEST_TAIL = 7  # tokens of a speaker put after a headline ("… - Kremlin", "…: minister")
REPORTING = frozenset({"neutral", "announce", "reveal", "confirm", "assert", "opinion"})
NEAR = 3  # sentences back in which the issuer of "un communiqué", or the speaker of a running quotation, is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One act of saying in a sentence: who speaks (None: unnamed), what is in its scope, which rule saw it."""

    speaker: int
    scope: frozenset[int]
    rule: str
    verb: int | None = None
    kind: str = "neutral"
    only: tuple[int, ...] = ()  # the speaker's tokens where they are fewer than the phrase
    glued: Span | None = None  # the speaker's characters where they are a part of a token


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks: the tokens of each sentence they run over, as (number, first, last + 1)."""

    parts: tuple[tuple[int, int, int], ...]


class Voices:
    """The speakers of one document; asked per token, found per sentence when first asked."""

    def __init__(self, document: Document, trees: Sequence[Tree], cast: Cast, pack: Pack) -> None:
        self.document, self.cast, self.pack = document, cast, pack
        self.trees = {tree.sentence.number: tree for tree in trees}
        self.order = [tree.sentence.number for tree in trees]
        self._frames: dict[int, tuple[Frame, ...]] = {}
        self._voices: dict[tuple[int, int], Voice] = {}
        self._quotes: dict[int, list[tuple[Quote, int, int]]] | None = None

    def of(self, number: int, token: int) -> tuple[Voice, tuple[Reason, ...]] | None:
        """The voice that tells the token, outer voices holding inner ones, and why; None: the outlet itself."""
        frames = sorted((f for f in self.frames(number) if token in f.scope), key=lambda f: (-len(f.scope), f.speaker))
        told = [(self._voice(number, f), f, number) for f in frames]
        if not frames:
            found = self._running(number, token)
            if found is None:
                return None
            told = [found]
        return self._nested(told)

    def frames(self, number: int) -> tuple[Frame, ...]:
        """Every act of saying of a sentence."""
        if number not in self._frames:
            tree = self.trees.get(number)
            self._frames[number] = (
                tuple(_frames(tree, self.pack, self.cast.world)) if tree is not None and tree.tokens else ()
            )
        return self._frames[number]

    def _nested(self, told: list[tuple[Voice, Frame, int]]) -> tuple[Voice, tuple[Reason, ...]]:
        voice: Voice | None = None
        reasons: list[Reason] = []
        for outer, frame, _ in reversed(told):
            if voice is not None and voice.span == outer.span:
                continue
            voice = outer if voice is None else replace(outer, says=(voice,))
            reasons.insert(0, Reason(field="said_by", rule=f"{self.pack.lang}/voice/{frame.rule}", span=outer.span))
        assert voice is not None
        return voice, tuple(reasons)

    # --- quotations that run on -----------------------------------------------------------------------------

    def _running(self, number: int, token: int) -> tuple[Voice, Frame, int] | None:
        """The speaker of a quotation whose sentence does not name one: named beside another of its parts, or before."""
        if self._quotes is None:
            self._quotes = _quotes([self.trees[n] for n in self.order])
        for quote, first, last in self._quotes.get(number, ()):
            if not first <= token < last:
                continue
            for part, a, b in quote.parts:
                for frame in self.frames(part):
                    outside = frame.verb is None or part != number or not a <= frame.verb < b
                    if outside and _touches(frame, a, b):
                        return self._voice(part, frame), replace(frame, rule="quotation-runs-on"), part
            if _covers(self.trees[number], first, last):
                return self._before(number)
        return None

    def _before(self, number: int) -> tuple[Voice, Frame, int] | None:
        """The last speaker of the sentences just before, for a quotation that stands alone."""
        at = self.order.index(number)
        for back in self.order[max(0, at - 2) : at][::-1]:
            if self.trees[back].sentence.block != self.trees[number].sentence.block:
                continue
            frames = self.frames(back)
            if frames:
                frame = max(frames, key=lambda f: len(f.scope))
                return self._voice(back, frame), replace(frame, rule="quotation-after-speaker"), back
        return None

    # --- from a frame to a voice ----------------------------------------------------------------------------

    def _voice(self, number: int, frame: Frame) -> Voice:
        key = (number, frame.speaker)
        if key not in self._voices:
            self._voices[key] = self._make(number, frame)
        return self._voices[key]

    def _make(self, number: int, frame: Frame) -> Voice:
        tree, words = self.trees[number], phrase(self.trees[number], frame.speaker)
        span = frame.glued or tree.span(list(frame.only) or words)
        head = _solid(tree, frame.speaker, words, self.pack.speech)
        frame = replace(frame, speaker=head)
        channel = _channel(tree, frame, self.pack.speech)
        actor = self._named(span) if frame.glued else self._actor(number, head)
        return Voice(
            text=span.of(self.document.text),
            span=span,
            name=actor.name if actor else None,
            country=actor.country if actor else None,
            sectors=actor.sectors if actor else (),
            channel=channel,
        )

    def _actor(self, number: int, head: int) -> Actor | None:
        """The party that speaks: the phrase itself, the issuer it names, or the issuer named before."""
        tree, speech = self.trees[number], self.pack.speech
        lemma, text = lowered(tree)[0][head], lowered(tree)[1][head]
        channel = speech.channel_nouns.get(lemma) or speech.channel_nouns.get(text)
        if channel in WRITTEN:
            return self._within(number, head) or self._issuer(number, head, text)
        for part in (head, *tree.kids(head, "appos")):
            parties = self.cast.parties(number, part)
            if parties and parties[0].actor.country:
                return parties[0].actor
        inside = self.cast.inside(number, head) or self.cast.parties(number, head)
        return self._known(number, head) or (inside[0].actor if inside else None)

    def _known(self, number: int, head: int) -> Actor | None:
        """A seat or body by its bare name, where the cast saw nobody act ("… - Kremlin")."""
        token = self.trees[number].tokens[head]
        for entry in self.cast.world.lookup(token.text) if token.upos == "PROPN" else ():
            if entry.kind in BODIES:
                span = Span(token.start, token.end)
                return Actor(text=token.text, span=span, name=entry.name, country=entry.country, sectors=entry.sectors)
        return None

    def _within(self, number: int, head: int) -> Actor | None:
        """Whom a text's own phrase names: "un communiqué diffusé par l'ambassade", "a Kremlin statement"."""
        tree = self.trees[number]
        words = set(phrase(tree, head)) - {head}
        for party in self.cast.mentions(number):
            if party.head in words and party.kind != "pronoun":
                return party.actor
        inside = self.cast.inside(number, head)
        return inside[0].actor if inside else None

    def _named(self, span: Span) -> Actor | None:
        """A known person by the name that stands at a span."""
        name = span.of(self.document.text)
        for holding in self.cast.world.person(name, self.document.published):
            return Actor(text=name, span=span, name=holding.name, country=holding.country, sectors=holding.sectors)
        return None

    def _is_body(self, number: int, party: Party) -> bool:
        """Whether a party is an institution that puts out statements: a ministry, a presidency, an organisation."""
        if party.kind in {"government", "organisation"}:
            return True
        lemmas, texts = lowered(self.trees[number])
        found = next(self.cast.agents.longest(texts, lemmas, party.head), None) if party.kind == "role" else None
        return found is not None and any(role.kind == "body" and "GOV" in role.sectors for role in found[1].values())

    def _issuer(self, number: int, head: int, word: str) -> Actor | None:
        """Whose communiqué: the one spoken of before ("le communiqué"), or the last body that spoke or acted."""
        tree, at = self.trees[number], self.order.index(number)
        definite = any(tree.feat(k, "Definite") == "Def" for k in tree.kids(head, "det"))
        for back in self.order[: at + 1][::-1] if definite else ():
            for frame in self.frames(back):
                same = lowered(self.trees[back])[1][frame.speaker] == word
                if same and (back, frame.speaker) != (number, head):
                    voice = self._voice(back, frame)
                    if voice.country or voice.name:
                        return Actor(
                            text=voice.text,
                            span=voice.span,
                            name=voice.name,
                            country=voice.country,
                            sectors=voice.sectors,
                        )
        for back in self.order[max(0, at - NEAR) : at][::-1]:
            if self.trees[back].sentence.block != tree.sentence.block:
                continue
            bodies = [p for p in self.cast.mentions(back) if self._is_body(back, p)]
            if bodies:
                return bodies[-1].actor
        return None


# --- acts of saying in one sentence -------------------------------------------------------------------------


def _frames(tree: Tree, pack: Pack, world: World) -> list[Frame]:
    """Speech verbs, "according to", and the forms of headlines."""
    speech = pack.speech
    lemmas, texts = lowered(tree)
    verbs = [i for i, lemma in enumerate(lemmas) if lemma in speech.verbs and tree.tokens[i].upos in {"VERB", "AUX"}]
    timed = {k for t in times(tree, pack, None) for k in range(t.start_token, t.end_token)} if verbs else set()
    found: list[Frame] = []
    for i in verbs:
        entry = None if _unsaid(tree, i, pack) else _entry(tree, i, speech.verbs[lemmas[i]], lemmas)
        frame = _verb_frame(tree, i, entry, speech, timed) if entry is not None else None
        if frame is not None:
            found.append(frame)
    for i, text in enumerate(texts):
        for formula, is_self in speech.formulas.get(text, ()):
            if tuple(texts[i : i + len(formula)]) == formula:
                frame = _formula_frame(tree, i, len(formula), is_self, speech)
                if frame is not None:
                    found.append(frame)
                break
    return found or _headline_frames(tree, world)


def _unsaid(tree: Tree, verb: int, pack: Pack) -> bool:
    """Whether nothing is said after all: "n'a pas confirmé", "declined to say"."""
    head = tree.tokens[verb].head
    if head != verb and tree.is_rel(verb, "xcomp", "advcl") and tree.feat(verb, "VerbForm") == "Inf":
        return pack.status.verb_outcome.get(lowered(tree)[0][head]) in {"negation", "hypothetical"}
    return is_denied(tree, verb, verb, pack=pack)


def _entry(tree: Tree, verb: int, entries: tuple[SpeechVerb, ...], lemmas: list[str]) -> SpeechVerb | None:
    for entry in entries:
        if entry.needs is None:
            return entry
        around = [*tree.children[verb], tree.tokens[verb].head]
        if any(lemmas[k] == entry.needs for k in around):
            return entry
    return None


def _verb_frame(tree: Tree, verb: int, entry: SpeechVerb, speech: Speech, timed: set[int]) -> Frame | None:
    speaker = _subject(tree, verb)
    if speaker is None and entry.inverted and (entry.kind in REPORTING | {"deny"} or _after_quote(tree, verb)):
        speaker = _behind(tree, verb, timed)
    elif entry.inverted and entry.kind in REPORTING and tree.tokens[max(0, _start(tree, verb) - 1)].text == ",":
        speaker = _interrupting(tree, verb, timed) or speaker
    if speaker is None:
        return None
    scope: set[int] = set()
    rule = "said-that"
    for k in _contents(tree, verb, speech):
        if entry.kind != "manner" or _quoted(tree, k):
            scope.update(tree.subtree(k))
    scope -= _background(tree, scope)
    if entry.infinitive:
        for k in tree.kids(verb, "xcomp"):
            if tree.tokens[k].upos in {"VERB", "AUX"} or tree.kids(k, "cop"):
                scope.update(tree.subtree(k))
    if entry.nominal:
        for k in tree.kids(verb, "obj", "obl", "nsubj:pass"):
            if k != speaker and (tree.is_rel(k, "obj") or tree.tokens[k].rel in {"obl:arg", "nsubj:pass"}):
                scope.update(tree.subtree(k))
                rule = "claims" if entry.kind == "claim" else "tells-of"
    if entry.inverted:
        aside = _aside(tree, verb, speaker)
        if aside:
            scope, rule = scope | aside, "inverted"
    if not scope and entry.kind in REPORTING:
        scope, rule = _as_said(tree, verb, speech), "as-said"
    if not scope and entry.inverted:
        scope = _after_colon(tree, verb)
        rule = "colon"
    scope -= set(tree.subtree(speaker)) | {verb}
    if not scope:
        return None
    if rule == "inverted":
        scope.add(verb)
    return Frame(speaker=speaker, scope=frozenset(scope), rule=rule, verb=verb, kind=entry.kind)


def _contents(tree: Tree, verb: int, speech: Speech) -> list[int]:
    """The clauses that tell what is said, also where the parser hung them on another complement of the verb."""
    found = tree.kids(verb, "ccomp")
    for k in tree.kids(verb, "obj", "iobj", "obl", "advmod", "xcomp"):
        if lowered(tree)[0][k] in speech.channel_nouns:  # "reports that …" are said by others
            continue
        for c in tree.kids(k, "acl", "ccomp"):
            if c > verb and tree.kids(c, "mark"):
                found.append(c)
    return found


def _background(tree: Tree, scope: set[int]) -> set[int]:
    """Relative clauses behind a comma in what is told: the outlet's own words, unless they are quoted."""
    found: set[int] = set()
    for k in scope:
        if tree.tokens[k].rel == "acl:relcl":
            below = tree.subtree(k)
            if below[0] > 0 and (tree.tokens[below[0]].text == "," or tree.tokens[below[0] - 1].text == ","):
                open_quote = any(tree.tokens[i].text in OPEN | STRAIGHT for i in range(below[0]))
                if not open_quote:
                    found.update(below)
    return found


def _as_said(tree: Tree, verb: int, speech: Speech) -> set[int]:
    """ "comme l'a déclaré X", "as X said": the clause that this aside hangs on."""
    texts = lowered(tree)[1]
    below = tree.subtree(verb)
    first = below[0] + (tree.tokens[below[0]].upos == "PUNCT")
    pairs = {texts[i] for i in range(first, min(first + 1, verb))} | {
        " ".join(texts[i : i + 2]) for i in range(first, verb)
    }
    if not pairs & speech.as_marks or tree.tokens[verb].head == verb:
        return set()
    return set(tree.subtree(tree.tokens[verb].head)) - set(below)


def _after_quote(tree: Tree, verb: int) -> bool:
    """Whether a quotation closes right before the verb ("…», a lancé X")."""
    start = _start(tree, verb)
    return any(tree.tokens[i].text in CLOSE | STRAIGHT for i in range(max(0, start - 2), start))


def _interrupting(tree: Tree, verb: int, timed: set[int]) -> int | None:
    """The speaker of an aside between commas, where the sentence goes on behind it ("X, a dit Y, a fermé …")."""
    speaker = _behind(tree, verb, timed)
    if speaker is None or any(k > verb for k in tree.kids(verb, "ccomp")):
        return None
    return speaker if _goes_on(tree, verb, max(phrase(tree, speaker))) else None


def _behind(tree: Tree, verb: int, timed: set[int]) -> int | None:
    """The noun phrase behind an inverted verb, times and places stepped over ("…, a dit jeudi à Oslo le roi")."""
    tokens, start = tree.tokens, _start(tree, verb)
    if start == 0 or tokens[start - 1].upos != "PUNCT":
        return None
    i = verb + 1
    while i < len(tokens):
        token = tokens[i]
        if (token.upos in {"PUNCT", "ADV"} and token.text not in {":", ".", ";"}) or i in timed:
            i += 1
        elif token.upos == "ADP":
            i = token.head + 1 if token.head > i and token.head < i + 5 else i + 2
        elif token.upos in {"DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON"} and tree.feat(i, "PronType") not in {
            "Rel",
            "Int",
        }:
            return _noun_from(tree, i, verb + 1)
        else:
            return None
    return None


def _subject(tree: Tree, verb: int) -> int | None:
    """Who speaks: the subject, a passive's agent, the antecedent of "qui", or the subject of the verb it leans on."""
    agents = tree.kids(verb, "obl:agent")
    passive = bool(tree.kids(verb, "aux:pass", "nsubj:pass"))
    if passive:
        return agents[0] if agents else None
    subjects = [k for k in tree.kids(verb, "nsubj") if not tree.is_rel(k, "expl")]
    subjects += [k for a in tree.kids(verb, "aux") for k in tree.kids(a, "nsubj")]
    if len(subjects) > 1 and subjects[-1] > verb and tree.tokens[max(0, _start(tree, verb) - 1)].text == ",":
        subjects = subjects[-1:]  # "X, a indiqué Y, …": the parser gave both to the verb
    for s in subjects:
        if tree.feat(s, "PronType") == "Rel" and tree.is_rel(verb, "acl"):
            return tree.tokens[verb].head
        return s
    head = tree.tokens[verb].head
    if head == verb:
        return None
    if tree.is_rel(verb, "conj") and not tree.kids(verb, "cc"):
        return None
    if tree.is_rel(verb, "conj", "xcomp") or (
        tree.is_rel(verb, "advcl") and tree.feat(verb, "VerbForm") in {"Part", "Ger"}
    ):
        return _subject(tree, head) if tree.tokens[head].upos in {"VERB", "AUX"} else None
    if (
        tree.is_rel(verb, "acl")
        and tree.feat(verb, "VerbForm") in {"Part", "Ger"}
        and tree.feat(verb, "Tense") != "Past"
    ):
        return head
    return None


def _start(tree: Tree, verb: int) -> int:
    """The first token of the verb with its auxiliaries and clitics."""
    return min([verb, *tree.kids(verb, "aux", "expl")])


def _aside(tree: Tree, verb: int, speaker: int) -> set[int]:
    """What an inverted or parenthetic speech verb comments on: "…, a déclaré X", "…, X said", "…, X says, …"."""
    tokens = tree.tokens
    inverted = speaker > verb
    start = _start(tree, verb) if inverted else min([_start(tree, verb), *phrase(tree, speaker)])
    if start == 0 or tokens[start - 1].upos != "PUNCT" or tokens[start - 1].text in {":", ".", ";"}:
        return set()
    if any(tree.is_rel(k, "ccomp") and k > verb for k in tree.children[verb]):
        return set()
    if not inverted and not tree.is_rel(verb, "parataxis") and not _loose(tree, verb, start):
        return set()
    aside = _aside_words(tree, verb, speaker, start)
    last = max(aside)
    told = range(_turn(tree, start), _sentence_end(tree, last))
    if _goes_on(tree, verb, last):
        return {i for i in told if i not in aside}
    return {i for i in told if i < start}


def _goes_on(tree: Tree, verb: int, last: int) -> bool:
    """Whether the sentence that an aside interrupts goes on behind it ("X, a dit Y, a fermé …")."""
    tokens = tree.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].upos != "PUNCT":
        return False
    after = last + 2
    while (
        after < len(tokens) - 1
        and tokens[after].upos in {"ADV", "PUNCT", "PRON"}
        and tree.feat(after, "PronType") != "Rel"
    ):
        after += 1
    if tree.feat(after, "VerbForm") == "Fin" and tree.feat(after, "PronType") != "Rel":
        return True
    above = tokens[verb].head
    return tree.is_rel(verb, "parataxis") and any(
        i > last and tokens[i].upos != "PUNCT" and tokens[i].head == above for i in tree.children[above]
    )


def _aside_words(tree: Tree, verb: int, speaker: int, start: int) -> set[int]:
    """The words of the aside itself: from its first token to the end of the speaker's phrase."""
    words = {*phrase(tree, speaker), verb, start}
    return set(range(min(words), max(words) + 1))


def _loose(tree: Tree, verb: int, start: int) -> bool:
    """Whether a verb with its subject before it only ends the sentence after a comma ("…, the minister said.")."""
    if any(k < start for k in tree.kids(verb, "ccomp", "parataxis", "dep", "obj")):
        return True
    if tree.kids(verb, "mark", "cc", "obj", "xcomp") or not tree.is_rel(verb, "ccomp", "conj", "advcl", "dep", "appos"):
        return False
    return all(tree.tokens[i].upos not in {"VERB", "AUX", "SCONJ"} for i in range(verb + 1, len(tree.tokens)))


def _turn(tree: Tree, start: int) -> int:
    """Where the words that an aside at `start` comments on begin: after the last full stop outside quotation marks."""
    for i in range(start - 2, -1, -1):
        if tree.tokens[i].text in {".", ";"} and tree.tokens[i].upos == "PUNCT":
            inside = any(tree.tokens[k].text in OPEN for k in range(i)) and not any(
                tree.tokens[k].text in CLOSE for k in range(i)
            )
            if not inside:
                return i + 1
    return 0


def _after_colon(tree: Tree, verb: int) -> set[int]:
    """Quoted words after "says:"; or a quotation right behind the verb."""
    for i in range(verb + 1, len(tree.tokens) - 1):
        text = tree.tokens[i].text
        if text == ":":
            return set(range(i + 1, len(tree.tokens)))
        if text in {".", ";", "?"}:
            break
    return set()


def _quoted(tree: Tree, i: int) -> bool:
    return any(tree.tokens[k].text in OPEN | CLOSE | STRAIGHT for k in tree.subtree(i))


def _formula_frame(tree: Tree, first: int, length: int, is_self: bool, speech: Speech) -> Frame | None:
    """ "selon X", "according to X": X must be somebody or something that speaks."""
    at = first + length - 1 if is_self else first + length
    if at >= len(tree.tokens):
        return None
    head = _noun_from(tree, at, first)
    lemma = lowered(tree)[0][head]
    if lemma in speech.unspoken or tree.tokens[head].upos not in {"NOUN", "PROPN", "PRON", "ADJ", "X"}:
        return None
    if tree.feat(head, "PronType") in {"Rel", "Int", "Dem"}:
        return None
    own = {*range(first, at), *tree.subtree(head)}
    return Frame(speaker=head, scope=frozenset(_told(tree, head, first) - own), rule="according-to", kind="according")


def _noun_from(tree: Tree, at: int, first: int) -> int:
    """The head of the noun phrase that starts at token `at`."""
    node = at
    for _ in range(8):
        head = tree.tokens[node].head
        if head == node or head < first or not tree.is_rel(node, *INSIDE_NOUN):
            break
        node = head
    return node


def _told(tree: Tree, head: int, first: int) -> set[int]:
    """What a formula covers: the clause it hangs on; the whole sentence where it opens or closes it."""
    tokens = tree.tokens
    last = max(tree.subtree(head))
    opens = all(tokens[i].upos in {"PUNCT", "CCONJ", "ADV"} for i in range(first))
    closes = all(tokens[i].upos == "PUNCT" for i in range(last + 1, len(tokens)))
    node = head
    for _ in range(20):
        above = tokens[node].head
        if above == node or (
            node != head and (tree.is_rel(node, "ccomp", "parataxis") or tokens[node].rel == "acl:relcl")
        ):
            break
        node = above
    if opens or (closes and first and tokens[first - 1].upos == "PUNCT"):
        if tree.is_rel(node, "ccomp", "parataxis") and opens:
            return set(range(_sentence_end(tree, last)))
        return set(range(_turn(tree, first) if closes else 0, _sentence_end(tree, last) if opens else first))
    return set(tree.subtree(node))


def _sentence_end(tree: Tree, start: int) -> int:
    """The place after the next full stop (glued sentences are told apart)."""
    for i in range(start + 1, len(tree.tokens)):
        if tree.tokens[i].text in {".", ";"} and tree.tokens[i].upos == "PUNCT":
            return i
    return len(tree.tokens)


# --- headlines ----------------------------------------------------------------------------------------------


def _headline_frames(tree: Tree, world: World) -> list[Frame]:
    """ "X : « … »", "…: minister", "… - Kremlin", "… (police)"; only where no full stop ends the sentence."""
    tokens = tree.tokens
    if len(tokens) < 4:
        return []
    colons = [i for i, t in enumerate(tokens) if t.text == ":"]
    if colons and 0 < colons[0] < len(tokens) - 2 and tokens[colons[0] + 1].text in OPEN | STRAIGHT:
        return _tail_frame(tree, range(colons[0]), range(colons[0] + 1, len(tokens)), "headline-speaker")
    if tokens[-1].text in {".", "!", "?", "…"} or any(t.text == "." for t in tokens):
        return []
    if tokens[-1].text == ")":
        opened = [i for i, t in enumerate(tokens) if t.text == "("]
        if opened and opened[-1] > 3 and tree.sentence.block != "caption":
            return _tail_frame(tree, range(opened[-1] + 1, len(tokens) - 1), range(opened[-1]), "headline-parenthesis")
        return []
    marks = [i for i, t in enumerate(tokens) if t.text in DASHES or t.text == ":"]
    if marks and marks[-1] > 1:
        return _tail_frame(tree, range(marks[-1] + 1, len(tokens)), range(marks[-1]), "headline-tail")
    return _glued_frame(tree, world)


def _tail_frame(tree: Tree, speaker: range, scope: range, rule: str) -> list[Frame]:
    """The frame of a short noun phrase beside a headline; nothing if it has a verb or is no name or role."""
    words = [i for i in speaker if tree.tokens[i].upos != "PUNCT"]
    if not 0 < len(words) <= LONGEST_TAIL or any(tree.tokens[i].upos in {"VERB", "AUX", "NUM", "SCONJ"} for i in words):
        return []
    heads = [i for i in words if tree.tokens[i].head not in speaker or tree.tokens[i].head == i]
    if len(heads) != 1 or tree.tokens[heads[0]].upos not in {"NOUN", "PROPN"} or tree.case(heads[0]):
        return []
    return [Frame(speaker=heads[0], scope=frozenset(scope), rule=rule, kind="headline", only=tuple(words))]


def _glued_frame(tree: Tree, world: World) -> list[Frame]:
    """A speaker glued to a headline's last word ("… sur le Chili-Ruiz"): what stands before is a name by itself."""
    last = len(tree.tokens) - 1
    word = tree.tokens[last]
    before, hyphen, tail = word.text.rpartition("-")
    if not hyphen or not tail[:1].isupper() or world.lookup(word.text) or not world.lookup(before):
        return []
    if any(entry.kind in PLACES for entry in world.lookup(tail)) and not world.person(tail):
        return []
    glued = Span(word.end - len(tail), word.end)
    return [Frame(speaker=last, scope=frozenset(range(last)), rule="headline-glued", kind="headline", glued=glued)]


def _solid(tree: Tree, head: int, words: list[int], speech: Speech) -> int:
    """The noun of a speaker's phrase, where the parser took an adjective for its head."""
    texts = lowered(tree)[1]
    beside = set(tree.kids(head, "amod")) if tree.tokens[head].upos in {"NOUN", "PROPN", "PRON"} else set(words)
    return next((i for i in words if i in beside and texts[i] in speech.channel_nouns), head)


def _channel(tree: Tree, frame: Frame, speech: Speech) -> str | None:
    """By what channel: the speaker's own noun or name, else what the speech verb names ("dans un communiqué")."""
    own = _channel_of(tree, frame.speaker, speech)
    if own is not None or frame.verb is None:
        return own
    for k in tree.kids(frame.verb, "obl", "obj", "iobj", "nmod"):
        if k == frame.speaker or k in frame.scope:
            continue
        found = _channel_of(tree, k, speech)
        if found is not None:
            return found
    for k in tree.kids(frame.speaker, "acl"):  # "cité par l'agence"
        for a in tree.kids(k, "obl"):
            found = _channel_of(tree, a, speech)
            if found is not None:
                return found
    return None


def _channel_of(tree: Tree, i: int, speech: Speech) -> str | None:
    lemmas, texts = lowered(tree)
    if tree.tokens[i].upos == "PROPN" or texts[i] in speech.channel_names:
        name = [i, *tree.kids(i, "flat")]
        for words in (name, [k for k in tree.subtree(i) if tree.tokens[k].upos not in {"DET", "ADP", "PUNCT"}]):
            found = speech.channel_names.get(" ".join(texts[k] for k in words))
            if found is not None:
                return found
    for k in tree.kids(i, "nmod", "compound", "appos", "flat"):  # "conférence de presse", "l'agence Reuters"
        pair = f"{lemmas[i]} {tree.case(k)} {lemmas[k]}" if tree.case(k) else f"{lemmas[k]} {lemmas[i]}"
        if pair in speech.channel_nouns:
            return speech.channel_nouns[pair]
    return speech.channel_nouns.get(lemmas[i]) or speech.channel_nouns.get(texts[i])


# --- phrases and quotations ---------------------------------------------------------------------------------


def phrase(tree: Tree, head: int) -> list[int]:
    """The tokens of a speaker's phrase as written: no adposition before it, no clause or aside behind it."""
    found, queue = [head], [head]
    while queue:
        node = queue.pop()
        for k in tree.children[node]:
            if node == head and tree.is_rel(
                k, "case", "parataxis", "advcl", "cop", "nsubj", "aux", "mark", "cc:preconj"
            ):
                continue
            if tree.tokens[k].rel == "acl:relcl" or (node == head and tree.is_rel(k, "acl") and _far(tree, head, k)):
                continue
            if node == head and tree.is_rel(k, "ccomp", "obl", "conj") and tree.tokens[k].upos in {"VERB", "AUX"}:
                continue
            found.append(k)
            queue.append(k)
    kept = sorted(found)
    while (
        kept[-1] + 1 < len(tree.tokens)
        and tree.tokens[kept[-1]].upos in {"NOUN", "ADJ", "PROPN"}
        and (tree.tokens[kept[-1] + 1].upos == "PROPN" and tree.tokens[kept[-1] + 1].text[:1].isupper())
    ):
        kept.append(kept[-1] + 1)  # a name that the parser did not join to its title
    kept += _named_behind(tree, kept[-1]) if tree.tokens[head].upos == "NOUN" else []
    while (
        kept
        and kept[-1] != head
        and tree.tokens[kept[-1]].upos in {"PUNCT", "CCONJ"}
        and tree.tokens[kept[-1]].text != ")"
    ):
        kept.pop()
    while kept and kept[0] != head and tree.tokens[kept[0]].upos in {"PUNCT", "CCONJ", "ADV", "SCONJ", "ADP"}:
        kept.pop(0)
    return kept


def _named_behind(tree: Tree, last: int) -> list[int]:
    """A name between commas right behind a title ("la ministre, Ada Ruiz,"), if the parser left it out."""
    tokens = tree.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].text != ",":
        return []
    end = last + 2
    while end < len(tokens) and tokens[end].upos == "PROPN":
        end += 1
    closed = end == len(tokens) or tokens[end].upos == "PUNCT"
    return list(range(last + 1, end)) if closed and end > last + 2 else []


def _far(tree: Tree, head: int, participle: int) -> bool:
    """Whether a participle is set off by a comma."""
    return any(tree.tokens[k].text == "," for k in range(head, participle))


def _quotes(trees: Sequence[Tree]) -> dict[int, list[tuple[Quote, int, int]]]:
    """Quotations by sentence: pairs of marks, also over sentences; a straight mark toggles within its paragraph."""
    found: dict[int, list[tuple[Quote, int, int]]] = {}
    parts: list[tuple[int, int, int]] = []
    opened: int | None = None
    block: int | None = None

    def close() -> None:
        quote = Quote(tuple(parts))
        for number, first, last in parts:
            found.setdefault(number, []).append((quote, first, last))
        parts.clear()

    straight = False
    for tree in trees:
        number = tree.sentence.number
        if tree.sentence.paragraph != block:
            if straight:
                opened, straight = None, False
                parts.clear()
            block = tree.sentence.paragraph
        start = 0 if opened is not None else None
        for i, token in enumerate(tree.tokens):
            if opened is None and (token.text in OPEN or token.text in STRAIGHT):
                opened, start, straight = i, i, token.text in STRAIGHT
            elif opened is not None and (token.text in CLOSE or (straight and token.text in STRAIGHT)):
                parts.append((number, start or 0, i + 1))
                close()
                opened, start = None, None
        if opened is not None and tree.tokens:
            parts.append((number, start or 0, len(tree.tokens)))
            if len(parts) > 12:  # a mark that was never closed
                opened = None
                parts.clear()
    return found


def _touches(frame: Frame, first: int, last: int) -> bool:
    """Whether a frame comments on tokens of a quotation's part."""
    return any(first <= i < last for i in frame.scope)


def _covers(tree: Tree, first: int, last: int) -> bool:
    """Whether a quotation is the sentence's own main clause, not some words of it."""
    root = next((i for i, t in enumerate(tree.tokens) if t.head == i), None)
    return root is not None and first <= root < last
