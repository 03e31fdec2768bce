"""A report in the making, and the sentence with all that coding it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dragoman.coding.actors import Cast, Party
from dragoman.coding.dates import times
from dragoman.coding.match import Matcher, Trigger
from dragoman.coding.status import Status
from dragoman.coding.tree import Tree
from dragoman.coding.voice import Voices
from dragoman.model import Actor, Document, Place, Reason, Span, Voice, When
from dragoman.pack import Pack
from dragoman.world import NON_STATES

POLITICAL_KINDS = frozenset({"country", "government", "office", "organisation", "group", "demonym", "region"})
PRIVATE = frozenset({"CVL", "BUS", "MED", "EDU", "JRN", "REL", "AGR", "LAB", "REF", "CRM", "SOC", "UNK"})
DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION"})  # done by somebody to somebody, and told as a noun
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
ACTORS = frozenset({"actor"})
DUTY = "must"  # the concept of what somebody says that another must do
ORGANISED = frozenset({"LAB", "SOC", "REL"})  # unions, associations, churches of a country act in politics
NEAR_TWIN = 8  # words between two triggers of one act ("se rend en visite à")


@dataclass(slots=True, kw_only=True)
class Draft:
    """A report in the making."""

    trigger: Trigger
    type: str
    mode: str | None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    reciprocal: bool = False
    status: Status = field(default_factory=lambda: Status(value=None, hedged=False, reasons=()))
    planned: str | None = None
    when: When | None = None
    place: Place | None = None
    said_by: Voice | None = None
    content: tuple[int, ...] = ()
    instrument: bool = False  # the subject is the means ("airstrikes"), and nobody need be named
    certainty: float = 0.8
    reasons: list[Reason] = field(default_factory=list)


class Scene:
    """One sentence with all that coding it needs."""

    def __init__(
        self, number: int, tree: Tree, cast: Cast, voices: Voices | None, pack: Pack, document: Document
    ) -> None:
        self.number, self.tree, self.cast, self.voices = number, tree, cast, voices
        self.pack, self.document = pack, document
        self.published: date | None = document.published
        self.precision = document.published_precision
        self._parties: dict[tuple[int, bool], tuple[Party, ...]] = {}
        self.matcher = Matcher(tree, pack.lexicon, self.is_kind, cast.set_phrases(number) | self.dates())

    def dates(self) -> frozenset[int]:
        """The tokens of times: "March 27" is no march."""
        return frozenset(
            k for t in times(self.tree, self.pack, None) for k in range(t.start_token, t.end_token)
            if self.tree.tokens[k].upos in {"PROPN", "NUM"}
        )  # fmt: skip

    def parties(self, head: int, *, inside: bool = False) -> tuple[Party, ...]:
        """Who the phrase headed by a token stands for; with `inside`, who is named in it when it is itself nobody."""
        key = (head, inside)
        if key not in self._parties:
            found = self.cast.parties(self.number, head)
            if not found and inside:
                found = tuple(p for p in self.cast.inside(self.number, head) if self.owns(p) and p.kind != "region")
            self._parties[key] = found
        return self._parties[key]

    def named(self) -> frozenset[int]:
        """The tokens inside parties' names: "Ligue" in "Ligue arabe" is no word of sport."""
        spans = [p.actor.span for p in self.cast.mentions(self.number)]
        return frozenset(
            i for i, t in enumerate(self.tree.tokens) if any(s.start <= t.start and t.end <= s.end for s in spans)
        )

    def owns(self, party: Party) -> bool:
        """Whether a party inside a phrase is its owner or doer ("le raid israélien", "de Trump"), not its place."""
        if party.head >= 0 and self.tree.feat(party.head, "Poss") == "Yes":
            return False
        case = self.tree.case(party.head) if party.head >= 0 else ""
        lexicon = self.pack.lexicon
        if case in self.pack.agents.small.origin:  # "a request from Lima", "goods from Chile"
            return True
        return not case or case in lexicon.genitive or case in lexicon.agent or case in lexicon.linking

    def is_kind(self, token: int, kinds: frozenset[str]) -> bool:
        """Whether the phrase headed by a token is such a party (the tests after "@" in a unit's needs)."""
        found = self.parties(token) or (self.parties(token, inside=True) if kinds == ACTORS else ())
        if not found and self.tree.feat(token, "Poss") == "Yes":
            found = tuple(p for p in self.cast.possessor(self.number, token) if p.actor.country)
        if not found and self.tree.tokens[token].upos == "ADJ":
            head = self.tree.tokens[token].head
            found = tuple(p for p in self.cast.inside(self.number, head) if p.head == token)
        for kind in kinds:
            if kind == "place":
                if found and any(p.actor.country and p.kind != "person" for p in found):
                    return True
                if self.pack.world.place(self.tree.tokens[token].text) is not None:
                    return True
            elif kind == "actor":
                if any(p.kind != "place" or p.actor.country for p in found):
                    return True
            elif kind == "country":
                if any(p.kind in {"country", "government", "place"} and p.actor.country for p in found):
                    return True
            elif kind == "person":
                if any(p.kind in {"person", "office", "name", "role"} for p in found):
                    return True
            elif any(p.kind == kind for p in found):
                return True
        return False


def political(party: Party) -> bool:
    """Whether a party makes a happening political: a state, an organisation, an armed group, an office-holder."""
    if party.kind in {"pronoun", "name"}:
        return bool(party.actor.country or party.actor.sectors)
    if party.actor.sectors and party.actor.sectors[0] not in PRIVATE:
        return True
    if party.actor.country and ORGANISED.intersection(party.actor.sectors):
        return True
    if party.actor.country in NON_STATES - {"MNC"} and not party.actor.sectors and party.political:
        return True  # the head of an organisation, by name
    plain = party.kind == "role" and not party.actor.sectors  # "a Chinese ship"
    return (plain or party.kind in POLITICAL_KINDS) and party.actor.country not in {None, "MNC"}


def speaker_of(voice: Voice) -> Party:
    """The speaker as a party."""
    actor = Actor(text=voice.text, span=voice.span, name=voice.name, country=voice.country, sectors=voice.sectors)
    return Party(actor=actor, head=-1, kind="person", reasons=())


def trigger_span(scene: Scene, trigger: Trigger) -> Span:
    """The words of a trigger; its far-off parts are left out."""
    near = [trigger.token, *(w for w in trigger.words if abs(w - trigger.token) <= NEAR_TWIN)]
    return scene.tree.span(near)


def aimed_at(scene: Scene, verb: int) -> bool:
    """Whether a verb only tells the purpose of another act: "déployés pour combattre les rebelles"."""
    tree = scene.tree
    return (
        tree.is_rel(verb, "advcl") and tree.mark(verb) in scene.pack.lexicon.purpose and not scene.matcher.finite(verb)
    )


def befallen(tree: Tree, k: int) -> bool:
    """Whether a participle tells what has happened to a known noun: "demande que les deux Grecs arrêtés à Lima …"."""
    token = tree.tokens[k]
    past = tree.feat(k, "VerbForm") == "Part" and tree.feat(k, "Tense") == "Past"
    return token.rel == "acl" and past and any(tree.feat(d, "Definite") == "Def" for d in tree.kids(token.head, "det"))


def content_tokens(scene: Scene, head: int) -> list[int]:
    """The tokens of a content, without what it takes for granted (relative clauses, "après …")."""
    tree, given = scene.tree, scene.pack.lexicon.presupposing
    found, queue = [head], [head]
    while queue:
        for k in tree.children[queue.pop()]:
            known = tree.tokens[k].rel == "acl:relcl" or befallen(tree, k)
            if known or tree.case(k) in given or tree.mark(k) in given:
                continue
            found.append(k)
            queue.append(k)
    return found
