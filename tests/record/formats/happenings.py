"""Events and tellings for the tests of formats, made up."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import strategies as st

from dragoman import ontology
from dragoman.model import Actor, Document, Event, Party, Place, Report, Span, Voice, When
from dragoman.record.formats import Exported, Telling

COUNTRIES = ("KEN", "PER", "ROU", "TLS", "KOS", "PSE", "COD", "USA", "UNO", "EUR", "IGO", "NGO", "MNC", "R-SAHEL")
TOWNS = (("Nairobi", "KEN"), ("Lima", "PER"), ("Dili", "TLS"), ("Dallas", "USA"), ("Gaza", "PSE"), ("Kenya", "KEN"))
SENTENCE = "Der peruanische Minister traf Ann Weller in Nairobi."


@st.composite
def parties(draw: st.DrawFn) -> Party:
    country = draw(st.sampled_from((*COUNTRIES, None)))
    sectors = draw(st.lists(st.sampled_from(sorted(ontology.SECTORS)), max_size=3, unique=True))
    return Party(text=f"somebody of {country}", country=country, sectors=tuple(sectors))


@st.composite
def events(draw: st.DrawFn) -> Event:
    """An event as merging makes it; type, mode, contexts and CAMEO code belong together, as ours do."""
    type = draw(st.sampled_from(sorted(ontology.TYPES)))
    mode = draw(st.sampled_from((None, *ontology.TYPES[type].modes)))
    contexts = tuple(draw(st.lists(st.sampled_from(sorted(ontology.CONTEXTS)), max_size=2, unique=True)))
    code = ontology.cameo(type, mode, contexts)
    name, country = draw(st.sampled_from(TOWNS))
    day = draw(st.dates(date(1979, 1, 1), date(2026, 12, 31)))
    actors = draw(st.lists(parties(), max_size=3))
    return Event(
        id=f"{draw(st.integers(0, 2**64 - 1)):016x}",
        type=type,
        mode=mode,
        contexts=contexts,
        concept="made-up",
        cameo=code.code if code else None,
        goldstein=code.goldstein if code else None,
        plover_score=ontology.plover_score(type, mode),
        actors=tuple(actors),
        recipients=tuple(draw(st.lists(parties(), min_size=0 if actors else 1, max_size=2))),
        reciprocal=draw(st.booleans()) if len(actors) > 1 else False,
        place=draw(
            st.sampled_from((None, Place(text=name, span=None, name=name, country=country, lat=1.5, lon=-2.25)))
        ),
        when=When(first=day, last=day, precision="day", basis="stated"),
        reports=("r1",),
        reported_first=day,
    )


def event(**parts: object) -> Event:
    """A visit of a Peruvian minister to Kenya; `parts` change it."""
    day = date(2024, 3, 5)
    whole: dict[str, object] = {
        "id": "0123456789abcdef",
        "type": "CONSULT",
        "mode": "visit",
        "concept": "visit",
        "cameo": "042",
        "goldstein": 1.9,
        "plover_score": 4.0,
        "contexts": ("military",),
        "actors": (Party(text="the Peruvian defence minister", country="PER", sectors=("GOV",), office="defence"),),
        "recipients": (Party(text="Nairobi", name="Kenya", country="KEN", sectors=("GOV",)),),
        "place": Place(text=None, span=None, name="Nairobi", country="KEN", lat=-1.28, lon=36.82, geonames=184745),
        "when": When(first=day, last=day, precision="day", basis="stated"),
        "reports": ("a" * 16,),
        "reported_first": date(2024, 3, 6),
        "coded": datetime(2024, 3, 6, 10, 15),
        "evidence": SENTENCE,
    }
    return Event(**{**whole, **parts})  # type: ignore[arg-type]


def telling(**parts: object) -> Telling:
    """The report of that visit; `parts` change it."""
    whole: dict[str, object] = {
        "id": "a" * 16,
        "document": "d" * 16,
        "sentence": 1,
        "type": "CONSULT",
        "mode": "visit",
        "concept": "visit",
        "cameo": "042",
        "goldstein": 1.9,
        "plover_score": 4.0,
        "evidence": Span(100, 100 + len(SENTENCE)),
        "trigger": Span(124, 128),
        "actors": (Actor(text="Minister", span=Span(116, 124), country="PER", sectors=("GOV",)),),
        "said_by": Voice(text="Ann Weller", span=Span(130, 140), name="Ann Weller", sectors=("JRN",)),
    }
    document = Document(
        id="d" * 16,
        text="",
        lang="de",
        title="Besuch",
        outlet="The Example Herald",
        url="https://www.example.org/visit",
        published=date(2024, 3, 6),
        published_precision="day",
        published_basis="given",
    )
    return Telling(report=Report(**{**whole, **parts}), document=document, evidence=SENTENCE)  # type: ignore[arg-type]


def item(**parts: object) -> Exported:
    """The visit with its one telling."""
    return Exported(event=event(**parts), told=(telling(),))
