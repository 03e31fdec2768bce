"""Short words for values, as the table, `explain` and `evaluate` show them."""

from __future__ import annotations

from dragoman.model import Actor, Claim, Document, Place, Relation, Report, Voice, When


def actor_label(actor: Actor) -> str:
    """Who: "Mark Esper (USA GOV)"; the words of the text where no name is known; "?" for an unknown country."""
    codes = " ".join((actor.country or "?", *actor.sectors))
    return f"{actor.name or one_line(actor.text)} ({codes})"


def actors_label(actors: tuple[Actor, ...]) -> str:
    """Several actors, each once."""
    return ", ".join(dict.fromkeys(actor_label(a) for a in actors))


def sides_label(report: Report) -> str:
    """Who did it to whom: "A → B"; "A ↔ B" for what all the parties did together."""
    if report.reciprocal:
        parties = dict.fromkeys(actor_label(a) for a in (*report.actors, *report.recipients))
        return " ↔ ".join(parties) if len(parties) > 1 else f"{next(iter(parties), '?')} ↔ ?"
    recipients = actors_label(report.recipients)
    return (actors_label(report.actors) or "?") + (f" → {recipients}" if recipients else "")


def type_label(report: Report) -> str:
    """Type and mode: "CONSULT/visit"; what an AGREE promises after a plus."""
    label = f"{report.type}/{report.mode}" if report.mode else report.type
    return f"{label} +{report.planned}" if report.planned else label


def status_label(report: Report) -> str:
    """Status, and whether it is hearsay."""
    return " ".join(filter(None, (report.status or "actual", "rumoured" if report.hedged else None)))


def iso(when: When) -> str | None:
    """The date, as precise as it is known: 2020-10-01, 2006-02, 1997; None for what is no single day, month or year."""
    length = {"day": 10, "month": 7, "year": 4}.get(when.precision)
    if length is None or when.first.isoformat()[:length] != when.last.isoformat()[:length]:
        return None
    return when.first.isoformat()[:length]


def when_label(when: When | None) -> str:
    """The date or the interval; "≈" marks the page's own date, taken for want of a better."""
    if when is None:
        return ""
    label = iso(when) or f"{when.first.isoformat()} – {when.last.isoformat()}"
    return f"≈ {label}" if when.basis == "published" else label


def place_label(place: Place | None) -> str:
    """Where; brackets mark a place that is inferred."""
    if place is None:
        return ""
    label = place.name or place.text or place.country or ""
    if place.country and place.country != label:
        label = f"{label} ({place.country})"
    return label if place.stated else f"[{label}]"


def voice_label(voice: Voice | None) -> str:
    """Who says it, and by what channel."""
    if voice is None:
        return ""
    label = voice.name or one_line(voice.text)
    if voice.channel and voice.channel.casefold() not in label.casefold():
        label = f"{label} ({voice.channel})"
    return " < ".join([label, *(voice_label(v) for v in voice.says)])


def relation_label(relation: Relation) -> str:
    """The tie in a few words: "DZA ally RUS"."""
    a, b = (x.country or x.name or one_line(x.text) for x in (relation.a, relation.b))
    denied = "not " if relation.polarity < 0 else ""
    return f"{a} {denied}{relation.type.replace('_', ' ')} {b}"


def claim_label(claim: Claim) -> str:
    """The claim in a few words, with its scope."""
    count = f"{claim.kind} no. {claim.ordinal}" if claim.kind == "nth" and claim.ordinal else claim.kind
    what = "/".join(filter(None, (claim.type, claim.mode)))
    way = " → ".join(filter(None, (claim.from_country, claim.to_country)))
    parts = [count, what, claim.who or claim.office or "", way]
    if claim.since or claim.since_actor:
        day = (iso(claim.since) or claim.since.first.isoformat()) if claim.since else ""
        since = [actor_label(claim.since_actor) if claim.since_actor else "", day]
        parts.append("since " + ", ".join(filter(None, since)))
    if claim.years is not None:
        about = {"less": "nearly ", "more": "over ", "about": "about "}.get(claim.approximate or "", "")
        parts.append(f"in {about}{claim.years:g} years")
    return " · ".join(filter(None, parts))


def document_label(document: Document, name: str | None = None) -> str:
    """The document in one line: title, file name or id, language, date and what the date rests on."""
    day = "no date"
    if document.published:
        length = {"month": 7, "year": 4}.get(document.published_precision or "day", 10)
        day = f"{document.published.isoformat()[:length]} ({document.published_basis or 'given'})"
    return " · ".join((document.title or name or document.id, document.lang or "language unknown", day))


def one_line(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def shorten(text: str, length: int = 160) -> str:
    """The text in one line, cut in the middle where it is longer."""
    text = one_line(text)
    half = (length - 3) // 2
    return text if len(text) <= length else f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
