"""Private persons by their role, not by their name: who is one, and what stands in the name's place."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from dragoman.lines import claim_from, relation_from
from dragoman.model import Actor, Coding, Difference, Document, Event, Party, Report, Voice
from dragoman.record.register import registered
from dragoman.world import NON_STATES

Named = TypeVar("Named", Actor, Party, Voice)

# Sectors of public life: who acts in one of them is named.
PUBLIC = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "OPP", "PRM", "PTY", "REB", "SPY"})
STRUCK = "█"  # in the place of each character of a private person's name
_OUTLETS = frozenset({"agency", "press", "tv"})  # channels whose voice is an outlet
_BODIES = NON_STATES - {"KOS"}
_WORD = re.compile(r"[^\W\d_](?:[^\s,;:()«»“”\"]*[^\W_])?", re.UNICODE)
_PARTICLE = 4  # letters: longer words in small letters are no part of a name ("bin", "von", "della" is one too many)


def private(one: Actor | Party | Voice) -> bool:
    """Whether this is a person without office, in no sector of public life, and not in the world's register.

    Nothing tells a person from a body for sure, so a name counts as a person's where it looks like one ("Ann Lee"; a
    single name only with a sector). It is better to hide the name of a small body than to tell that of a person.
    """
    if one.country in _BODIES or not PUBLIC.isdisjoint(one.sectors):
        return False
    if one.channel in _OUTLETS if isinstance(one, Voice) else one.office or one.id:
        return False
    return bool(_names(one))


def by_role(one: Named) -> Named:
    """The same, without name where it is a private person's: "journalist (KEN)". Voices inside a voice too."""
    if isinstance(one, Voice) and one.says:
        one = replace(one, says=tuple(by_role(v) for v in one.says))
    if not private(one):
        return one
    words = role_words(one.sectors, one.country)
    return replace(one, text=words, name=None)


def role_words(sectors: tuple[str, ...], country: str | None) -> str:
    """What a private person is called: the role of its first sector, and the country."""
    from dragoman.record.formats.codes import role

    return f"{role(sectors)} ({country})" if country else role(sectors)


def report_by_role(report: Report) -> Report:
    """A report whose private persons, voices too, stand by their role."""
    return replace(
        report,
        actors=tuple(by_role(a) for a in report.actors),
        recipients=tuple(by_role(a) for a in report.recipients),
        said_by=by_role(report.said_by) if report.said_by else None,
    )


def coding_by_role(coding: Coding) -> tuple[Coding, tuple[str, ...]]:
    """What was coded of a document, private persons by their role; and their names, to be struck from its quotes.

    The text itself stays as it is: spans point into it, and its hash tells the document.
    """
    names = _distinct_names(_everybody(coding))
    if not names:
        return coding, ()
    document = replace(coding.document, title=struck(coding.document.title or "", names) or None)
    relations = (
        replace(r, a=by_role(r.a), b=by_role(r.b), said_by=by_role(r.said_by) if r.said_by else None)
        for r in coding.relations
    )
    claims = (
        replace(
            c,
            who=struck(c.who, names) if c.who else c.who,
            since_actor=by_role(c.since_actor) if c.since_actor else None,
            said_by=by_role(c.said_by) if c.said_by else None,
        )
        for c in coding.claims
    )
    reports = tuple(report_by_role(r) for r in coding.reports)
    return Coding(document=document, reports=reports, relations=tuple(relations), claims=tuple(claims)), names


def line_by_role(line: str) -> str:
    """A line of a tie or claim (JSON) with the names of private persons struck out, one character for one."""
    record = json.loads(line)
    told = Coding(
        document=Document(id=record["document"], text=""),
        relations=(relation_from(record),) if record["kind"] == "relation" else (),
        claims=(claim_from(record),) if record["kind"] == "claim" else (),
    )
    names = _distinct_names(_everybody(told))
    return struck(line, names) if names else line


def _everybody(coding: Coding) -> Iterator[Actor | Voice]:
    """All parties and voices of a document."""
    for report in coding.reports:
        yield from (*report.actors, *report.recipients)
        yield from _voices(report.said_by)
    for relation in coding.relations:
        yield from (relation.a, relation.b)
        yield from _voices(relation.said_by)
    for claim in coding.claims:
        yield from (claim.since_actor,) if claim.since_actor else ()
        yield from _voices(claim.said_by)


def event_by_role(event: Event, reports: Iterable[Report] = ()) -> Event:
    """An event whose private persons stand by their role, in its evidence and differences too.

    The reports, if given, tell who the voices in `said_by` are; a voice that they do not know is judged by its name.
    """
    told = tuple(reports)
    names = private_names(event, told)
    if not names:
        return event
    hidden = [v for r in told for v in _voices(r.said_by) if private(v)]
    voices = {word: by_role(v).text for v in hidden for word in (v.name, v.text) if word}
    said = tuple(dict.fromkeys(voices.get(s) or _bare(s) for s in event.said_by))
    return replace(
        event,
        actors=tuple(by_role(p) for p in event.actors),
        recipients=tuple(by_role(p) for p in event.recipients),
        said_by=said,
        evidence=struck(event.evidence, names) if event.evidence else event.evidence,
        differences=tuple(
            Difference(field=d.field, values=tuple((struck(v, names), ids) for v, ids in d.values))
            for d in event.differences
        ),
    )


def private_names(event: Event, reports: Iterable[Report] = ()) -> tuple[str, ...]:
    """The names of private persons that an event and its reports tell, the longest first."""
    everybody: list[Actor | Party | Voice] = [*event.actors, *event.recipients]
    for report in reports:
        everybody += (*report.actors, *report.recipients, *_voices(report.said_by))
    return _distinct_names(everybody, (said for said in event.said_by if _bare(said) != said))


def _distinct_names(everybody: Iterable[Actor | Party | Voice], more: Iterable[str] = ()) -> tuple[str, ...]:
    """The names of the private persons among many, the longest first."""
    found = {*more, *(name for one in everybody if private(one) for name in _names(one))}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def struck(text: str, names: Collection[str]) -> str:
    """The text with each of the names, whole or by its last word alone, blacked out; its length stays."""
    if not text or not names:
        return text
    return _pattern(tuple(names)).sub(lambda found: STRUCK * len(found[0]), text)


@lru_cache(maxsize=2000)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    forms = {form for name in names for form in (name, name.split()[-1])}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def _voices(voice: Voice | None) -> tuple[Voice, ...]:
    return () if voice is None else (voice, *voice.says)


@lru_cache(maxsize=100_000)
def _bare(name: str) -> str:
    """A voice of which only the name is known, by its role where the name looks like a private person's."""
    words = _WORD.findall(name)
    if len(words) < 2 or not _looks_personal(name, ()) or registered(name, None):
        return name
    return role_words((), None)


def _names(one: Actor | Party | Voice) -> tuple[str, ...]:
    """The names of persons that nobody knows, in a party's name, or in its words where it has none."""
    if one.name:
        unknown = _looks_personal(one.name, one.sectors) and not registered(one.name, one.country)
        return (one.name,) if unknown else ()
    return tuple(n for n in _runs(one.text) if not registered(n, one.country))


@lru_cache(maxsize=100_000)
def _looks_personal(name: str, sectors: tuple[str, ...]) -> bool:
    """Whether a name is made as persons' names are: words with a capital, small particles between, no acronym."""
    words = _WORD.findall(name)
    high = [w for w in words if w[0].isupper()]
    if any(c.isdigit() for c in name) or not high or all(w.isupper() for w in high):
        return False
    if any(len(w) > _PARTICLE for w in words if not w[0].isupper()):
        return False
    return len(high) > 1 or bool(sectors)


@lru_cache(maxsize=100_000)
def _runs(text: str) -> tuple[str, ...]:
    """The stretches of two or more words with a capital ("le boulanger Jean Dupont" → "Jean Dupont")."""
    runs, run = [], list[re.Match[str]]()
    for word in (*_WORD.finditer(text), None):
        joined = word is not None and word[0][0].isupper() and (not run or word.start() - run[-1].end() == 1)
        if not joined and run:
            runs.append(run)
            run = []
        if word is not None and word[0][0].isupper():
            run.append(word)
    names = (text[r[0].start() : r[-1].end()] for r in runs if len(r) > 1)
    return tuple(name for name in names if _looks_personal(name, ()))
