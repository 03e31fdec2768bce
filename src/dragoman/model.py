"""The values that pass between the stages: frozen, keyword-only, unknown is None. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of the document's original text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The words the span points at."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a field has its value: the rule, and the words it rests on."""

    field: str
    rule: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """A wound of the page: what was found, where, what was done about it, how sure (0 to 1)."""

    kind: str
    span: Span
    repair: str
    sure: float
    into: int | None = None  # where torn-out words belong: an offset of the original text


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph-like piece of a document.

    `reading` is the text that is parsed; `offsets[i]` is the place of its character i in the original text. None where
    the two are the same. Words put back from elsewhere keep their own, distant, offsets.
    """

    kind: str  # headline | body | caption | byline | dateline | standfirst | navigation | date | heading | fragment
    span: Span
    reading: str
    offsets: tuple[int, ...] | None = None

    @property
    def coded(self) -> bool:
        """Whether the block's sentences are coded."""
        return self.kind in {"headline", "body", "caption", "standfirst", "heading"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page of news. All offsets are characters of `text` as it was given."""

    id: str
    text: str
    lang: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    published_precision: str | None = None  # day | month | year
    published_basis: str | None = None  # given | page | caption | inferred
    blocks: tuple[Block, ...] = ()
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A UD word. Words of one contracted form (du = de + le) share the form's characters."""

    text: str
    lemma: str
    upos: str
    feats: str  # UD features, "Mood=Ind|Tense=Fut", "" when none
    head: int  # index of the head in the sentence; its own index at the root
    rel: str  # UD relation, with subtype
    start: int  # characters of the original text
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A parsed sentence; `entities` are (first token, last token + 1, label PER|LOC|ORG|MISC)."""

    number: int  # in the document, from 0
    span: Span
    block: str  # the block's kind
    tokens: tuple[Token, ...]
    entities: tuple[tuple[int, int, str], ...] = ()
    paragraph: int = 0  # number of the block in the document


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who can act. `country` is ISO 3166-1 alpha-3 or a PLOVER code (IGO, UNO, R-SAHEL …); None is unknown."""

    text: str
    span: Span
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()  # PLOVER sectors, the primary one first
    office: str | None = None  # id of data/offices.tsv
    id: str | None = None  # Wikidata id


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where; `stated` is False for a place that was inferred. Degrees WGS 84; `geonames` is a GeoNames id."""

    text: str | None
    span: Span | None
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    stated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When: first and last day (both in), the precision of the words, and what they rest on."""

    first: date
    last: date
    precision: str  # day | week | month | season | year | decade | interval
    basis: str  # stated | relative | published
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who says it: a speaker or outlet, and by what channel."""

    text: str
    span: Span
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    channel: str | None = None  # speech | communiqué | agency | press | tweet | interview | witness …
    says: tuple[Voice, ...] = ()  # the voice inside the voice: "X, quoted by agency Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one sentence says that somebody did to somebody."""

    id: str
    document: str
    sentence: int
    type: str  # PLOVER event type
    concept: str
    evidence: Span
    trigger: Span
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: str | None = None  # None: actual; historical | future | hypothetical | negation | habitual
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    reciprocal: bool = False
    hedged: bool = False  # told in the conditional of rumour, "allegedly"
    place: Place | None = None
    when: When | None = None
    said_by: Voice | None = None
    planned: str | None = None  # the PLOVER type that an AGREE promises
    cameo: str | None = None
    goldstein: float | None = None
    plover_score: float | None = None
    confidence: float = 0.5
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A standing tie that a text states: a is `type` of b."""

    id: str
    document: str
    sentence: int
    type: str  # ally | partner | former_colonial_power | dispute | reluctance | growing_influence …
    a: Actor
    b: Actor
    evidence: Span
    polarity: int = 1  # 1 stated, -1 denied
    since: When | None = None
    said_by: Voice | None = None
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement about history (first, first since, first in N years, last, highest-level), with its scope."""

    id: str
    document: str
    sentence: int
    kind: str  # first | first-since | first-in | last | nth | highest | unprecedented
    evidence: Span
    about: str | None = None  # id of the report it is about
    type: str | None = None  # PLOVER type of what is counted
    mode: str | None = None
    who: str | None = None  # the role or person counted, in the text's words
    office: str | None = None  # office id, where the claim is on office-holders
    from_country: str | None = None
    to_country: str | None = None
    since: When | None = None  # "since February 2006"
    since_actor: Actor | None = None  # "since Donald Rumsfeld"
    years: float | None = None  # "in nearly fifteen years"
    approximate: str | None = None  # less | more | about
    ordinal: int | None = None
    implies: str | None = None  # id of the historical report it implies
    said_by: Voice | None = None
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """All that was coded from one document."""

    document: Document
    reports: tuple[Report, ...] = ()
    relations: tuple[Relation, ...] = ()
    claims: tuple[Claim, ...] = ()
