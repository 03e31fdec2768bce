"""Codings made by hand, for tests of the record: what an article says, without a parser."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import date, timedelta

from dragoman import ontology
from dragoman.model import Actor, Claim, Coding, Document, Place, Reason, Relation, Report, Span, Voice, When
from dragoman.record.store import Coded

NAMES = {"USA": "United States", "DZA": "Algeria", "FRA": "France", "KEN": "Kenya", "UGA": "Uganda", "IND": "India",
         "NPL": "Nepal", "CHL": "Chile", "PER": "Peru", "VNM": "Vietnam"}  # fmt: skip
CONCEPTS = {("CONSULT", "visit"): "visit", ("ASSAULT", None): "attack", ("ACCUSE", None): "accuse",
            ("AGREE", None): "agree", ("PROTEST", None): "protest"}  # fmt: skip

PADDING = ["", " while the harvest went on in the hills of the north and boats lay idle on the wide river"]
DEEDS = [("CONSULT/visit", "visited"), ("ASSAULT", "shelled"), ("ACCUSE", "blamed"), ("AGREE", "invited")]


def report(
    text: str, sentence: int, start: int, end: int, *, kind: str, sides: tuple[str, str], day: date | None,
    status: str | None = None, person: str | None = None, office: str | None = None, place: str | None = None,
    said_by: str | None = None, document: str = "", planned: str | None = None,
) -> Report:  # fmt: skip
    """A report of one sentence of a text; `kind` is "CONSULT/visit" or "ASSAULT"."""
    type, _, mode = kind.partition("/")
    span = Span(start, end)
    key = f"{document}|{sentence}|{start}|{end}|{kind}"
    source, target = sides
    return Report(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        document=document,
        sentence=sentence,
        type=type,
        mode=mode or None,
        concept=CONCEPTS.get((type, mode or None), type.lower()),
        evidence=span,
        trigger=Span(start, min(end, start + 4)),
        status=status,
        actors=(Actor(text=person or NAMES.get(source, source), span=span, name=person, country=source,
                      sectors=("GOV",), office=office),),
        recipients=(Actor(text=NAMES.get(target, target), span=span, country=target, sectors=("GOV",)),),
        place=Place(text=NAMES.get(place, place), span=span, country=place) if place else None,
        when=When(first=day, last=day, precision="day", basis="stated", span=span) if day else None,
        said_by=Voice(text=said_by, span=span, name=said_by, channel="speech") if said_by else None,
        planned=planned,
        plover_score=ontology.plover_score(type, mode or None),
        confidence=0.8,
        because=(Reason(field="type", rule="test", span=span),),
    )  # fmt: skip


def article(
    *sentences: tuple[str, dict], id: str = "", outlet: str | None = "Daily", lang: str = "en", title: str = "News",
    published: date = date(2020, 10, 2), url: str | None = None, relations: bool = False, coder: str = "dragoman",
) -> Coded:  # fmt: skip
    """An article of sentences, each with the arguments of `report` that it is coded with; {} codes nothing."""
    text = " ".join(words for words, _ in sentences)
    id = id or hashlib.sha256(f"{outlet}{title}{text}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
    reports, start = [], 0
    for number, (words, coded) in enumerate(sentences):
        if coded:
            reports.append(report(text, number, start, start + len(words), document=id, **coded))
        start += len(words) + 1
    document = Document(id=id, text=text, lang=lang, title=title, outlet=outlet, url=url, published=published,
                        published_precision="day", published_basis="given")  # fmt: skip
    claims = _claims(id, text, reports) if relations else ()
    ties = _ties(id, text) if relations else ()
    coding = Coding(document=document, reports=tuple(reports), relations=ties, claims=claims)
    return Coded(coding=coding, coder=coder, version="test")


def _claims(id: str, text: str, reports: Sequence[Report]) -> tuple[Claim, ...]:
    return (Claim(id=f"claim-{id}", document=id, sentence=0, kind="first", evidence=Span(0, len(text)),
                  about=reports[0].id if reports else None, type="CONSULT", who="minister"),)  # fmt: skip


def _ties(id: str, text: str) -> tuple[Relation, ...]:
    side = Actor(text=text[:5], span=Span(0, 5), country="FRA")
    return (Relation(id=f"tie-{id}", document=id, sentence=0, type="ally", a=side, b=side,
                     evidence=Span(0, len(text))),)  # fmt: skip


def visit(
    day: date, source: str = "USA", target: str = "DZA", *, who: str = "Ada Hill", aside: str = "", **more
) -> Coded:
    """An article that tells of one visit."""
    words = f"{who} of {NAMES[source]} visited {NAMES[target]} on {day:%d %B %Y} for talks on water{aside}."
    coded = {"kind": "CONSULT/visit", "sides": (source, target), "day": day, "person": who, "place": target,
             **{k: more.pop(k) for k in ("status", "office", "said_by") if k in more}}  # fmt: skip
    more.setdefault("published", day + timedelta(days=1))
    return article((words, coded), **more)


def raid(day: date, source: str = "KEN", target: str = "UGA", **more) -> Coded:
    """An article that tells of one attack."""
    words = f"Troops of {NAMES[source]} shelled a post of {NAMES[target]} on {day:%d %B %Y} near the lake."
    coded = {"kind": "ASSAULT", "sides": (source, target), "day": day, "place": target,
             **{k: more.pop(k) for k in ("status", "said_by") if k in more}}  # fmt: skip
    more.setdefault("published", day + timedelta(days=1))
    return article((words, coded), **more)


def news(count: int, seed: int = 1) -> list[Coded]:
    """Articles of several outlets on happenings that they share, some told twice in one article."""
    chance = random.Random(seed)
    codes = sorted(NAMES)
    made: dict[str, Coded] = {}
    while len(made) < count:
        day = date(2020, 10, 1) + timedelta(days=chance.randrange(12))
        source, target = chance.sample(codes[:4], 2)
        sentences = []
        for kind, verb in chance.sample(DEEDS, 2):
            ending = chance.choice(["again", "at dawn", "late"]) + chance.choice(PADDING)
            words = f"{NAMES[source]} {verb} {NAMES[target]} on {day:%d %B} {ending}."
            status = chance.choice([None, None, None, "future", "negation", "historical"])
            planned = "CONSULT" if kind == "AGREE" else None
            if planned and status:
                status = "future"
            sentences.append((words, {"kind": kind, "sides": (source, target), "day": day, "place": target,
                                      "status": status, "planned": planned}))  # fmt: skip
        outlet = chance.choice(["Daily", "Echo", "Herald", "Post"])
        published = day + timedelta(days=chance.randrange(2))
        one = article(*sentences, outlet=outlet, published=published, title=f"{verb} {chance.randrange(3)}")
        made[one.coding.document.id] = one
    return list(made.values())
