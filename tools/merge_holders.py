"""Adds the rows of a fragment to src/dragoman/data/holders.tsv, in its order and without doubles.

    .venv/bin/python tools/merge_holders.py ministers.tsv [--replace] [--check]

A fragment has the header line of holders.tsv and any of its rows, in any order (cells at a line's end may be left out).
Running it twice changes nothing, so keep the fragment until your work has landed. On a git conflict in holders.tsv:

    git checkout --ours src/dragoman/data/holders.tsv       # in a rebase "ours" is main's file
    .venv/bin/python tools/merge_holders.py FRAGMENT.tsv    # the same fragment again, with --replace if you used it
    git add src/dragoman/data/holders.tsv && git rebase --continue

- The table's order is country, office, first, person. Spellings and surnames are joined in the person's first row.
- A row whose person holds the office of that country in the table already, at that time, is refused (the rest is
  added, the exit code is 1). With --replace it takes the place of the rows that it overlaps, dates, precision, sure.
- A row whose person begins with "-" takes the row away that has its person, country, office and first.
- A person who is in the table under another slug (same country, same name or spelling) is refused: use the slug shown.
- Without a fragment the table is brought into its order. --check writes nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.world import DATA, fold

TABLE = DATA / "holders.tsv"
COLUMNS = ("person", "name", "country", "office", "first", "last", "precision", "sure", "spellings", "surnames",
           "wikidata")  # fmt: skip
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|")
_SLUG = re.compile(r"-?[a-z0-9]+(-[a-z0-9]+)*")
_NO_END = "9999"

Row = dict[str, str]


def main() -> int:
    """Merges the fragments; says what was added, replaced, taken away and refused."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("fragments", nargs="*", type=Path)
    cli.add_argument("--replace", action="store_true", help="rows take the place of those they overlap")
    cli.add_argument("--check", action="store_true", help="write nothing")
    options = cli.parse_args()
    table, _ = read(TABLE)
    refused: list[str] = []
    for path in options.fragments:
        rows, faults = read(path)
        table, counts, problems = merge(table, rows, replace=options.replace)
        refused += [f"{path}: {p}" for p in (*faults, *problems)]
        print(f"{path}: {len(rows)} rows; " + ", ".join(f"{n} {what}" for what, n in counts.items()))
    text = written(ordered(table))
    if text != TABLE.read_text("utf-8"):
        print("holders.tsv changes" if options.check else f"holders.tsv: {len(table)} rows written")
        if not options.check:
            TABLE.write_text(text, "utf-8")
    print("\n".join(refused), end="\n" if refused else "")
    return 1 if refused else 0


def read(path: Path) -> tuple[list[Row], list[str]]:
    """The rows of a table, and what is wrong with those that were left out."""
    lines = path.read_text("utf-8").split("\n")
    if tuple(lines[0].split("\t")) != COLUMNS:
        sys.exit(f"{path}: the first line must be the header of holders.tsv: {' '.join(COLUMNS)} (tabs between)")
    rows, faults = [], []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if not line.strip():
            continue
        row = dict(zip(COLUMNS, [c.strip() for c in cells] + [""] * len(COLUMNS), strict=False))
        fault = f"{len(cells)} columns" if len(cells) > len(COLUMNS) else _fault(row)
        if fault:
            faults.append(f"line {number}, {row['name']}: {fault}")
        else:
            rows.append(row)
    return rows, faults


def _fault(row: Row) -> str | None:
    """What is wrong with a row taken by itself."""
    if not _SLUG.fullmatch(row["person"]):
        return f"person {row['person']!r} must be a slug like mark-esper"
    if row["person"].startswith("-"):
        return None
    if not all(_DATE.fullmatch(row[end]) for end in ("first", "last")):
        return f"first {row['first']!r}, last {row['last']!r}: dates are 2006, 2006-02 or 2006-02-11"
    if row["last"] and row["last"] < row["first"][: len(row["last"])]:
        return f"ends {row['last']}, begins {row['first']}"
    if row["precision"] not in ("day", "month", "year") or row["sure"] not in ("yes", "no"):
        return f"precision {row['precision']!r} must be day, month or year, sure {row['sure']!r} yes or no"
    known = (*_ids("countries"), "IGO", "UNO", "EUR", "NGO", "MNC", "IMG", "ISM")
    if row["country"] not in known or row["office"] not in _ids("offices"):
        return f"unknown country {row['country']!r} or office {row['office']!r}"
    return None


def _ids(table: str, _known: dict[str, frozenset[str]] = {}) -> frozenset[str]:  # noqa: B006 - a cache
    if table not in _known:
        lines = (DATA / f"{table}.tsv").read_text("utf-8").splitlines()[1:]
        _known[table] = frozenset(line.split("\t")[0] for line in lines)
    return _known[table]


def merge(
    table: Iterable[Row], fragment: Iterable[Row], *, replace: bool = False
) -> tuple[list[Row], dict[str, int], list[str]]:
    """(the table with the fragment's rows, how many were added and so on, why the others were refused)."""
    rows = {_key(row): dict(row) for row in table}
    named = {name: row for row in rows.values() for name in _names(row)}
    counts = dict.fromkeys(("added", "replaced", "taken away", "there already", "refused"), 0)
    refused = []
    heirless: dict[str, Row] = {}  # rows taken away whose spellings wait for their person's next row
    for row in fragment:
        if row["person"].startswith("-"):
            gone = rows.pop(_key(row | {"person": row["person"][1:]}), None)
            counts["taken away" if gone else "there already"] += 1
            if gone:
                heir = next((r for r in rows.values() if r["person"] == gone["person"]), None)
                _join(heir or heirless.setdefault(gone["person"], gone), gone)
            continue
        problem = _stranger(named, row)
        old = [] if problem else list(_overlapping(rows.values(), row))
        if old == [rows.get(_key(row))] and _facts(old[0]) == _facts(row):
            _join(rows[_key(row)], row)
            counts["there already"] += 1
        elif problem or (old and not replace):
            dates = " and ".join(f"{o['first']} to {o['last'] or 'now'}" for o in old)
            refused.append(f"{row['name']}, {row['country']} {row['office']} {row['first']}: " +
                           (problem or f"is in the table from {dates} (--replace takes its place)"))  # fmt: skip
            counts["refused"] += 1
        else:
            new = dict(row)
            if row["person"] in heirless:
                _join(new, heirless.pop(row["person"]))
            for other in old:
                _join(new, rows.pop(_key(other)))
            rows[_key(new)] = new
            counts["replaced" if old else "added"] += 1
    return ordered(rows.values()), counts, refused


def _key(row: Row) -> tuple[str, str, str, str]:
    return row["country"], row["office"], row["first"], row["person"]


def _facts(row: Row) -> tuple[str, ...]:
    return row["last"], row["precision"], row["sure"]


def _overlapping(rows: Iterable[Row], row: Row) -> Iterator[Row]:
    """The rows that tell the same term: same person, country and office, and some time in common."""
    for other in rows:
        if all(other[c] == row[c] for c in ("person", "country", "office")) and (
            other["first"] == row["first"] or (_before(other["first"], row["last"]) and
                                               _before(row["first"], other["last"]))):  # fmt: skip
            yield other


def _before(first: str, last: str) -> bool:
    """Whether a term that begins so begins before one that ends so is over, as far as both dates tell."""
    length = min(len(first), len(last or _NO_END))
    return first[:length] < (last or _NO_END)[:length]


def _stranger(named: dict[tuple[str, str], Row], row: Row) -> str | None:
    """Whether the person is in the table under another slug, or the slug is another's."""
    own = named.setdefault(("", row["person"]), row)
    if own["name"] != row["name"] and not _names(own) & _names(row) - {("", row["person"])}:
        return f"the slug {row['person']} is {own['name']}'s ({own['country']}): use another, or add the spelling"
    for name in _names(row):
        other = named.setdefault(name, row)
        if other["person"] != row["person"] and not row["person"].startswith(other["person"]):
            return f"looks like {other['name']}, whose slug is {other['person']}: use it, or another spelling"
    return None


def _names(row: Row) -> set[tuple[str, str]]:
    """Under what a person is known: the slug, and each folded name within the country."""
    return {("", row["person"]), *((row["country"], fold(f)) for f in (row["name"], *_split(row["spellings"])))}


def _join(row: Row, more: Row) -> None:
    """Adds spellings, surnames and the Wikidata id of another row of the person."""
    for column in ("spellings", "surnames"):
        forms = [*_split(row[column]), *_split(more[column])]
        marked = {form[1:] for form in forms if form.startswith("~")}  # the mark wins
        row[column] = "|".join(dict.fromkeys("~" + f.lstrip("~") if f.lstrip("~") in marked else f for f in forms))
    if more["name"] != row["name"] and more["name"] not in _split(row["spellings"]):
        row["spellings"] = "|".join((*_split(row["spellings"]), more["name"]))
    row["wikidata"] = row["wikidata"] or more["wikidata"]


def ordered(rows: Iterable[Row]) -> list[Row]:
    """The rows in the table's order: one name per person, all spellings and surnames in the person's first row."""
    done: dict[str, Row] = {}
    out = []
    for row in sorted(rows, key=_key):
        top = done.setdefault(row["person"], row)
        if top is not row:
            _join(top, row)
            row["spellings"] = row["surnames"] = row["wikidata"] = ""
            row["name"] = top["name"]
        out.append(row)
    return out


def written(rows: Iterable[Row]) -> str:
    """The table's text."""
    lines = ["\t".join(row[c] for c in COLUMNS) for row in rows]
    return "\n".join(["\t".join(COLUMNS), *lines, ""])


def _split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


if __name__ == "__main__":
    sys.exit(main())
