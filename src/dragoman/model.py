"""The values that pass between the stages: frozen, keyword-only, unknown is None. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A side of an event or a visit, as its reports agree on it; `reports` counts those that name it."""

    text: str
    name: str | None = None
    country: str | None = None  # as Actor
    sectors: tuple[str, ...] = ()
    office: str | None = None
    id: str | None = None  # Wikidata id
    reports: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What the reports of one event do not agree on: a field, and each value with the reports that give it."""

    field: str  # when | place | actors | recipients | toll:dead …
    values: tuple[tuple[str, tuple[str, ...]], ...]  # (value in words, report ids), most reports first


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A tie between two events, and why it was made."""

    kind: str  # planned | denied | supposed | recalled | actual: what the *other* event is to this one
    event: str
    rule: str
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened (or is planned, denied, recalled …: `status`), merged from the reports of it."""

    id: str
    type: str  # PLOVER event type
    concept: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: str | None = None  # as Report; only None counts as something that happened in the record's own time
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    reciprocal: bool = False
    hedged: bool = False  # no report tells it as sure
    place: Place | None = None  # without span
    when: When | None = None  # when it happened; without span
    planned: str | None = None
    cameo: str | None = None
    goldstein: float | None = None
    plover_score: float | None = None
    confidence: float = 0.5
    reports: tuple[str, ...] = ()  # ids, sorted
    documents: int = 1
    outlets: int = 1
    lineages: int = 1  # independent tellings: copies of one text count once
    reported_first: date | None = None  # when it was told: days of publication
    reported_last: date | None = None
    coded: datetime | None = None  # when we coded its first report (UTC)
    said_by: tuple[str, ...] = ()  # names of those who say so; empty: told in the outlets' own voice
    coder: str = "dragoman"  # or the data set that it was imported from
    evidence: str | None = None  # the words of the report that tells it best
    differences: tuple[Difference, ...] = ()
    links: tuple[Link, ...] = ()
    because: tuple[Reason, ...] = ()  # why its reports are one event; spans are None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What a visit rests on: reports of the press, or a line of a register."""

    kind: str  # press | register
    name: str  # the outlet, or the register
    document: str | None = None  # id of the document, or of the register's line
    url: str | None = None
    published: date | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One person's stay in another country, as far as our documents and registers tell."""

    id: str
    visitor: Party
    host: str  # ISO 3166-1 alpha-3
    status: str | None = None  # None and historical took place; future, hypothetical, negation did not (yet)
    place: str | None = None  # town or towns
    first: date | None = None
    last: date | None = None  # the last day that `first` may mean, where precision is not day and the end is not told
    precision: str | None = None  # day | month | year: of `first`
    ended: bool = False  # whether `last` is the day on which the visit ended
    purpose: str | None = None
    met: tuple[Party, ...] = ()
    events: tuple[str, ...] = ()
    backing: tuple[Backing, ...] = ()
    confidence: float = 0.5
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One thing that a record could see through: an outlet's documents or a register, and its days."""

    kind: str  # press | register
    name: str
    entries: int  # documents, or lines of the register
    first: date | None = None
    last: date | None = None
    scope: str | None = None  # of a register: whose visits it lists
    lists: tuple[tuple[str | None, str | None, int], ...] = ()  # of a register: (country, office, their visits)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCheck:
    """A claim about history held against the record."""

    claim: Claim
    verdict: str  # supported | contradicted | cannot tell
    why: str  # in words, the arithmetic included
    for_it: tuple[Visit | Event, ...] = ()
    against_it: tuple[Visit | Event, ...] = ()
    coverage: tuple[Covered, ...] = ()
    unseen: tuple[str, ...] = ()  # what the record could not have seen, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period of a series: a direction of a dyad, what was done, how much of it was told.

    Intervals are of 95 %. A mean is None where nothing with a score happened: unknown, not 0.
    """

    source: str  # who acts: ISO 3166-1 alpha-3
    target: str
    first: date  # the period's first day
    last: date  # and its last
    events: int
    types: tuple[tuple[str, int], ...] = ()  # PLOVER type → events
    quads: tuple[tuple[str, int], ...] = ()  # verbal cooperation … material conflict → events
    plover_score: float | None = None  # mean
    plover_low: float | None = None
    plover_high: float | None = None
    plover_scored: int = 0  # events that have one
    plover_spread: float | None = None  # their standard deviation; None below two
    goldstein: float | None = None  # mean
    goldstein_low: float | None = None
    goldstein_high: float | None = None
    goldstein_scored: int = 0
    goldstein_spread: float | None = None
    reports: int = 0
    documents: int | None = None  # all documents of the period, whatever they tell; None: the volume was not asked
    rate_low: float | None = None  # of the number of events, as if Poisson; None where no document could have told any
    rate_high: float | None = None
    caution: str | None = None  # why the period says little: no or few documents, or not the whole of it was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One power's dealings with a country beside those of the other powers asked, in one period and direction."""

    source: str
    target: str
    power: str  # whichever of the two is the power
    first: date  # of the period, or of the whole span where `whole`
    last: date
    whole: bool  # whether this is the line of totals
    events: int
    share: float | None = None  # of the events of all the powers asked; None where there are none
    share_low: float | None = None
    share_high: float | None = None
    plover_score: float | None = None
    plover_low: float | None = None
    plover_high: float | None = None
    ratio: float | None = None  # events here : events of the base (the first power asked); None for the base itself
    ratio_low: float | None = None
    ratio_high: float | None = None  # None with a low: no upper end (the base has no event)
    difference: float | None = None  # its mean PLOVER score less the base's
    difference_low: float | None = None
    difference_high: float | None = None
    caution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that changed between two countries and is worth a look, and why it fired."""

    kind: str  # first | return | visit | expulsion | rupture | jump | drop | turn
    source: str
    target: str
    day: date
    why: str
    strength: float  # 0 to 1: larger is rarer
    events: tuple[str, ...] = ()  # ids, in the order of their days
    rule: str = ""
