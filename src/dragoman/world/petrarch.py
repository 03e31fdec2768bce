"""Actor dictionaries of PETRARCH and TABARI: names, and codes that hold for a time."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import InputError
from dragoman.world.imports import Account, Row, opened

# CAMEO role -> PLOVER sector; roles that PLOVER has no use for are left out.
SECTORS = {"GOV": "GOV", "MIL": "MIL", "JUD": "JUD", "LEG": "LEG", "COP": "COP", "SPY": "SPY", "OPP": "OPP",
           "REB": "REB", "INS": "REB", "SEP": "REB", "RAD": "REB", "UAF": "UAF", "CRM": "CRM", "ELI": "ELI",
           "MED": "JRN", "BUS": "BUS", "PTY": "PTY", "CVL": "CVL", "EDU": "EDU", "REL": "REL", "LAB": "LAB",
           "PRM": "PRM"}  # fmt: skip
# CAMEO's groups that are no country -> PLOVER's codes.
_GROUPS = {"IGO": "IGO", "NGO": "NGO", "NGM": "NGO", "MNC": "MNC", "IMG": "IMG", "UNO": "UNO", "EEC": "EUR",
           "KSV": "KOS", "ROM": "ROU", "TMP": "TLS", "ZAR": "COD"}  # fmt: skip
_SMALL = {"al", "el", "bin", "ben", "ibn", "de", "da", "do", "dos", "van", "von", "der", "den", "di", "du", "la", "e",
          "y", "ould", "ag", "wa"}  # fmt: skip
_CODE = re.compile(r"\[\s*([A-Z0-9~]*)\s*([<>]?)\s*(\d{6,8})?\s*(?:-\s*(\d{6,8}))?\s*\]")
_ANY_CODE = re.compile(r"\[[^\]]*\]?")
_SHORT = 5  # letters of a single word that is taken for an acronym


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code, and the days between which it holds as ISO dates of month or year; both empty: always."""

    code: str
    first: str = ""
    last: str = ""


@dataclass(slots=True)
class Record:
    """One entry of a dictionary: its phrases as written, the codes, and what could not be read."""

    line: int
    phrases: list[str] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def records(lines: Iterable[str], *, pivot: int = 15) -> Iterator[Record]:
    """The entries; a two-digit year below the pivot is of this century, the others of the last."""
    record: Record | None = None
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].partition(";")[0].rstrip()
        if not text.strip() or text.lstrip().startswith(("<!--", "!")):
            continue
        if text[0] not in "+\t " or record is None:
            if record is not None:
                yield record
            record = Record(number)
        _read(record, text, number, pivot)
    if record is not None:
        yield record


def _read(record: Record, text: str, number: int, pivot: int) -> None:
    """Adds the phrase and the codes of one line to its record."""
    phrase = text.split("[")[0].strip().lstrip("+").strip()
    if phrase:
        record.phrases.append(phrase)
    for found in _ANY_CODE.findall(text):
        match = _CODE.fullmatch(found)
        if match is None or not match[1] or (match[2] and not match[3]):
            record.faults.append(f"line {number}: {found}")
            continue
        code, limit, first, last = match.groups()
        start, end = (day(d, pivot=pivot) if d else "" for d in (first, last))
        record.codes.append(Code(code=code, first="" if limit == "<" else start, last=start if limit == "<" else end))


def day(text: str, *, pivot: int = 15) -> str:
    """An ISO date of "040309" or "20040309", as precise as it can be trusted: a month, or a year."""
    if len(text) == 6:
        text = ("20" if int(text[:2]) < pivot else "19") + text
    year, month = int(text[:4]), int(text[4:6])
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else f"{year:04d}"


def name_of(phrase: str) -> str:
    """A name as people write it, from "SERGEY_V._LAVROV_"."""
    parts = phrase.replace("_", " ").split()
    if len(parts) == 1 and len(parts[0]) <= _SHORT and parts[0].isalpha():
        return parts[0]  # an acronym, as far as capital letters tell
    return " ".join(p.lower() if p.lower() in _SMALL and i else "-".join(x.capitalize() for x in p.split("-"))
                    for i, p in enumerate(parts))  # fmt: skip


def actors(path: Path, countries: Container[str], account: Account, *, pivot: int = 15) -> Iterator[Row]:
    """Rows of the users' actors table; an entry with dated codes and two words and more is taken for a person."""
    seen = False
    with opened(path) as lines:
        for record in records(lines, pivot=pivot):
            seen = True
            for fault in record.faults:
                account.skip("a code that cannot be read", fault)
            names = list(dict.fromkeys(n for n in map(name_of, record.phrases) if n))
            if not names or not record.codes:
                account.skip("no name" if not names else "no code", f"line {record.line}")
                continue
            yield from _rows(record, names, countries, account)
    if not seen:
        raise InputError(f"{path}: no entry found; a PETRARCH dictionary has lines like NAME_ [KENGOV]")


def _rows(record: Record, names: list[str], countries: Container[str], account: Account) -> Iterator[Row]:
    dated = any(c.first or c.last for c in record.codes)
    person = dated and len(names[0].split()) > 1
    for code in sorted(record.codes, key=lambda c: not (c.first or c.last)):  # the default comes last
        where = f"line {record.line}: {names[0]} [{code.code}]"
        country, sectors = split_code(code.code, countries)
        if country is None:
            account.skip("a code without a country or group known here", where)
        elif code.first and code.last and code.last < code.first[: len(code.last)]:
            account.skip("ends before it begins", where)
        elif not sectors and country not in _GROUPS.values():
            account.skip("a country, town or role without a sector of PLOVER", where)
        elif person and not (code.first or code.last):
            account.skip("a person's code without dates", where)
        else:
            rough = {4: "year", 7: "month"}[min(len(d) for d in (code.first, code.last) if d)] if dated and (
                code.first or code.last) else ""  # fmt: skip
            yield {"names": "|".join(names).replace("\t", " "), "kind": "person" if person else "organisation",
                   "country": country, "sectors": "|".join(sectors), "office": "official" if person else "",
                   "first": code.first, "last": code.last, "precision": rough if person else "",
                   "sure": "no" if person else ""}  # fmt: skip


def split_code(code: str, countries: Container[str]) -> tuple[str | None, tuple[str, ...]]:
    """The country (or PLOVER's code of a group) and the sectors of a CAMEO actor code, as far as PLOVER has them."""
    head, rest = code[:3], code[3:]
    country = _GROUPS.get(head) or (head if head in countries else None)
    triples = [rest[i : i + 3] for i in range(0, len(rest), 3)]
    if country is not None and head in ("IMG", "IGO", "NGO", "NGM") and triples and triples[0] not in SECTORS:
        triples = triples[1:]  # a region or a religion, as in IMGMOSALQ
    return country, tuple(dict.fromkeys(SECTORS[t] for t in triples if t in SECTORS))
