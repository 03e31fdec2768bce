"""A document coded by hand, for the tests of everything that shows or scores codings."""

from __future__ import annotations

from datetime import date

from dragoman.model import (
    Actor,
    Claim,
    Coding,
    Defect,
    Document,
    Place,
    Reason,
    Relation,
    Report,
    Span,
    Voice,
    When,
)

TEXT = (
    "La ministre kényane des Affaires étrangères s'est rendue jeudi à Kampala, une première depuis 2012.\n\n"
    "Selon un communiqué de la présidence ougandaise, les deux pays, alliés de la Tanzanie, "
    "ont signé un accord ; « utile ».\n\nLire la suite »"
)


def span(words: str, start: int = 0) -> Span:
    """Where the words stand in TEXT."""
    at = TEXT.index(words, start)
    return Span(at, at + len(words))


def actor(words: str, **more: object) -> Actor:
    return Actor(text=words, span=span(words), **more)  # type: ignore[arg-type]


DAY = date(2024, 5, 3)
KENYA = actor("La ministre kényane des Affaires étrangères", country="KEN", sectors=("GOV",), office="foreign-minister")
UGANDA = actor("Kampala", country="UGA", sectors=("GOV",))
VOICE = Voice(
    text="un communiqué de la présidence ougandaise",
    span=span("un communiqué de la présidence ougandaise"),
    country="UGA",
    sectors=("GOV",),
    channel="communiqué",
)
VISIT = Report(
    id="r1",
    document="d1",
    sentence=0,
    type="CONSULT",
    concept="visit",
    evidence=span(TEXT.split("\n\n")[0]),
    trigger=span("rendue"),
    mode="visit",
    contexts=("diplomatic",),
    actors=(KENYA,),
    recipients=(UGANDA,),
    place=Place(
        text="Kampala", span=span("Kampala"), name="Kampala", country="UGA", lat=0.31, lon=32.58, geonames=232422
    ),
    when=When(first=date(2024, 5, 2), last=date(2024, 5, 2), precision="day", basis="relative", span=span("jeudi")),
    cameo="042",
    goldstein=1.9,
    plover_score=4.0,
    confidence=0.9,
    because=(
        Reason(field="mode", rule="fr/visit/se-rendre", span=span("rendue")),
        Reason(field="when", rule="fr/date/weekday", span=span("jeudi")),
        Reason(field="status", rule="fr/status/past"),
    ),
)
SIGNED = Report(
    id="r2",
    document="d1",
    sentence=1,
    type="SUPPORT",
    concept="sign",
    evidence=span(TEXT.split("\n\n")[1]),
    trigger=span("signé"),
    actors=(
        actor("les deux pays", country="KEN", sectors=("GOV",)),
        actor("les deux pays", country="UGA", sectors=("GOV", "MIL")),
    ),
    reciprocal=True,
    hedged=True,
    when=When(first=DAY, last=DAY, precision="day", basis="published"),
    said_by=VOICE,
    cameo="057",
    goldstein=8.0,
    plover_score=5.0,
)
CODING = Coding(
    document=Document(
        id="d1",
        text=TEXT,
        lang="fr",
        title="Nairobi et Kampala se parlent",
        published=DAY,
        published_precision="day",
        published_basis="given",
        defects=(Defect(kind="navigation", span=span("Lire la suite »"), repair="left out", sure=1.0),),
    ),
    reports=(VISIT, SIGNED),
    relations=(
        Relation(
            id="t1",
            document="d1",
            sentence=1,
            type="ally",
            a=actor("les deux pays", country="KEN"),
            b=actor("la Tanzanie", country="TZA"),
            evidence=span("alliés de la Tanzanie"),
            said_by=VOICE,
            because=(Reason(field="type", rule="fr/tie/ally", span=span("alliés")),),
        ),
    ),
    claims=(
        Claim(
            id="c1",
            document="d1",
            sentence=0,
            kind="first-since",
            evidence=span("une première depuis 2012"),
            about="r1",
            type="CONSULT",
            mode="visit",
            from_country="KEN",
            to_country="UGA",
            since=When(first=date(2012, 1, 1), last=date(2012, 12, 31), precision="year", basis="stated"),
        ),
    ),
)
EMPTY = Coding(document=Document(id="d2", text="Il pleut."))
