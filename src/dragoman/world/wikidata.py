"""Office-holders from Wikidata: a JSON dump (P39, "position held"), or the JSON result of a query."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from dragoman.errors import InputError
from dragoman.world.imports import Account, Row, opened

_CHUNK = 1 << 16
_PRECISION = {9: (4, "year"), 10: (7, "month"), 11: (10, "day")}
# (label of an office, ISO code of its country or None) -> (office id, country); None: an office not known here
Resolve = Callable[[str, str | None], "tuple[str, str] | None"]
Json = dict[str, Any]


def actors(path: Path, resolve: Resolve, account: Account, *, langs: tuple[str, ...] = ("en", "fr")) -> Iterator[Row]:
    """Rows of the users' actors table from either kind of file."""
    with opened(path) as stream:
        head = stream.read(4000)
    if not head.strip():
        raise InputError(f"{path}: the file is empty")
    return _query(path, resolve, account) if _is_query(head) else _dump(path, resolve, account, langs)


def _is_query(head: str) -> bool:
    """Whether a file begins like a query's result, and not like entities."""
    return '"bindings"' in head or ('"claims"' not in head and '"labels"' not in head and '"type"' not in head)


# -- a dump ----------------------------------------------------------------------------------------------------


def _dump(path: Path, resolve: Resolve, account: Account, langs: tuple[str, ...]) -> Iterator[Row]:
    """Two passes: first what the offices and countries are, then who held them."""
    codes: dict[str, str] = {}
    offices: dict[str, tuple[list[str], list[str]]] = {}
    for entity, _ in _entities(path, Account()):
        claims = entity.get("claims") or {}
        if iso := _strings(claims.get("P298")):
            codes[entity["id"]] = iso[0]
        elif "P39" not in claims and any(p in claims for p in ("P1001", "P17", "P2389", "P279")):
            places = [q for p in ("P1001", "P17") for q in _items(claims.get(p))]
            offices[entity["id"]] = (list(_labels(entity, langs)), places)
    known: dict[str, tuple[str, str] | None] = {}
    for entity, line in _entities(path, account):
        names = list(dict.fromkeys(_labels(entity, langs)))
        for claim in (entity.get("claims") or {}).get("P39", ()):
            where = f"line {line}: {entity.get('id')}"
            position = next(iter(_items([claim])), None)
            if position is None or not names:
                account.skip("a claim without an office, or a person without a label", where)
                continue
            places = [q for p in ("P1001", "P17") for q in _items(claim.get("qualifiers", {}).get(p))]
            key = f"{position} {places}"
            if key not in known:
                labels, countries = offices.get(position, ([], []))
                isos = [codes[q] for q in (*places, *countries) if q in codes]
                found = (resolve(label, iso) for label in labels for iso in (*isos, None))
                known[key] = next((f for f in found if f), None)
            yield from _row(names, known[key], claim, account, f"{where} {position}", str(entity["id"]))


def _row(names: list[str], office: tuple[str, str] | None, claim: Json, account: Account, where: str, id: str
         ) -> Iterator[Row]:  # fmt: skip
    """The row of one claim, if its office is known."""
    if office is None:
        account.skip("an office or country that is not known here, or not in the file", where)
    elif claim.get("rank") == "deprecated":
        account.skip("a claim that Wikidata deprecates", where)
    else:
        ends = [_time(claim.get("qualifiers", {}).get(p)) for p in ("P580", "P582")]
        yield from _term(names, office, ends, account, where, id)


def _term(names: list[str], office: tuple[str, str], ends: list[tuple[str, str]], account: Account, where: str,
          id: str) -> Iterator[Row]:  # fmt: skip
    (first, rough), (last, rougher) = ends
    if not first and not last:
        account.skip("no dates", where)
    elif first and last and last < first[: len(last)]:
        account.skip("ends before it begins", where)
    else:
        order = ("day", "month", "year")
        yield {"names": "|".join(n.replace("|", "/") for n in names), "kind": "person", "office": office[0],
               "country": office[1], "first": first, "last": last, "wikidata": id, "sure": "yes",
               "precision": max((rough or "day", rougher or "day"), key=order.index)}  # fmt: skip


def _entities(path: Path, account: Account) -> Iterator[tuple[Json, int]]:
    """(entity, line) of a dump with one entity a line; a line that is no JSON is skipped and told."""
    with opened(path) as lines:
        for number, line in enumerate(lines, 1):
            text = line.strip().rstrip(",")
            if text in ("", "[", "]"):
                continue
            try:
                entity = json.loads(text)
                if not isinstance(entity, dict) or not isinstance(entity.get("id"), str):
                    raise ValueError("no entity")
                yield entity, number
            except ValueError:
                account.skip("a line that is no entity in JSON", f"line {number}")


def _labels(entity: Json, langs: tuple[str, ...]) -> Iterator[str]:
    """Labels, then aliases, in the languages asked for."""
    for table in ("labels", "aliases"):
        for lang in langs:
            values = (entity.get(table) or {}).get(lang) or ()
            yield from (v["value"] for v in ([values] if isinstance(values, dict) else values))


def _values(claims: Any) -> Iterator[Any]:
    """The values of claims, or of qualifiers."""
    for claim in claims or ():
        snak = claim.get("mainsnak", claim)
        value = (snak.get("datavalue") or {}).get("value")
        if value is not None:
            yield value


def _items(claims: Any) -> list[str]:
    return [v["id"] for v in _values(claims) if isinstance(v, dict) and "id" in v]


def _strings(claims: Any) -> list[str]:
    return [v for v in _values(claims) if isinstance(v, str)]


def _time(claims: Any) -> tuple[str, str]:
    """(ISO date as precise as told, precision) of a time; empty where none is told."""
    value = next((v for v in _values(claims) if isinstance(v, dict) and "time" in v), None)
    return ("", "") if value is None else _cut(str(value["time"]), int(value.get("precision", 11)))


def _cut(time: str, precision: int) -> tuple[str, str]:
    """A date cut to its precision; centuries and years before our era tell nothing here."""
    if precision not in _PRECISION or time.startswith("-"):
        return "", ""
    length, name = _PRECISION[precision]
    text = time.lstrip("+")[:length]
    while text.endswith("-00"):
        text, name = text[:-3], "month" if len(text) == 10 else "year"
    return text, name


# -- the result of a query ---------------------------------------------------------------------------------------


def _query(path: Path, resolve: Resolve, account: Account) -> Iterator[Row]:
    """Rows of a result with the columns person, personLabel, positionLabel, countryCode, start, end and others."""
    number = 0
    with opened(path) as stream:
        for number, cells in enumerate(_objects(stream, path), 1):
            row = {k: str(v.get("value", "") if isinstance(v, dict) else v) for k, v in cells.items() if v}
            where = f"row {number}: {row.get('personLabel', '?')}"
            if not row.get("personLabel") or not (row.get("positionLabel") or row.get("office")):
                account.skip("no personLabel, or neither positionLabel nor office", where)
                continue
            office = resolve(row.get("office") or row["positionLabel"], row.get("countryCode"))
            if office is None:
                account.skip("an office or country that is not known here", f"{where}, {row.get('positionLabel')}")
                continue
            ends = [_cut(row[e], int(row.get(f"{e}Precision", 11))) if row.get(e) else ("", "")
                    for e in ("start", "end")]  # fmt: skip
            names = [row["personLabel"], *filter(None, row.get("aliases", "").split("|"))]
            yield from _term(names, office, ends, account, where, row.get("person", "").rpartition("/")[2])
    if not number:
        raise InputError(f"{path}: neither entities nor rows of a query's result in JSON; see docs/world.md")


def _objects(stream: TextIO, path: Path) -> Iterator[Json]:
    """The objects of the result's list, one by one, without reading the file as a whole."""
    decoder, text = json.JSONDecoder(), stream.read(_CHUNK)
    start = text.find("[", max(0, text.find('"bindings"')))
    text, done = text[start + 1 :], start < 0
    while not done:
        text = text.lstrip().lstrip(",").lstrip()
        if text.startswith("]"):
            return
        try:
            found, end = decoder.raw_decode(text)
        except ValueError:
            more = stream.read(_CHUNK)
            if not more:
                raise InputError(f"{path}: the result breaks off, or is no JSON, at {text[:60]!r}") from None
            text += more
            continue
        yield found
        text = text[end:] or stream.read(_CHUNK)
