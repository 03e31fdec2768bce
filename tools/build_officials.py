"""Makes src/dragoman/data/officials.tsv: persons in politics to 2014, with country, sector and time, no office told.

    uv run python tools/build_officials.py Phoenix.Countries.actors.txt

The facts come from the actor dictionary of PETRARCH2 (openeventdata, January 2014, MIT), made from cabinet lists: the
months are rough. Only full names of two words and more are taken; who stands in holders.tsv is left out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from dragoman.world import DATA, fold

# CAMEO role -> PLOVER sector; roles that PLOVER has no use for are left out.
SECTORS = {"GOV": "GOV", "MIL": "MIL", "JUD": "JUD", "LEG": "LEG", "COP": "COP", "SPY": "SPY", "OPP": "OPP",
           "REB": "REB", "ELI": "ELI", "MED": "JRN", "BUS": "BUS"}  # fmt: skip
SMALL = {"al", "el", "bin", "ben", "ibn", "de", "da", "do", "dos", "van", "von", "der", "den", "di", "du", "la", "e",
         "y", "ould", "ag", "wa"}  # fmt: skip
CODE = re.compile(r"\[([A-Z]{3})([A-Z]{3})?[A-Z]*\s*([<>]?)\s*(\d{6,8})?(?:-(\d{6,8}))?\s*\]")
NOT_NAMES = re.compile(r"MINIST|PRESIDENT|SECRETAR|GOVERN|OFFICE|DEPART|COUNCIL|COMMITTEE|EMBASS|ARMY|FORCES|PARTY|"
                       r"BANK|COURT|POLICE|UNION|FRONT|COMMISSION|AGENCY|AUTHORIT|ASSEMBL|PARLIAMENT|SENAT|CONGRESS|KING_|"
                       r"AMBASSAD|LEADER|CHIEF|GENERAL|REPUBLIC|MOVEMENT|ORGANI|SERVICE|NATIONAL|DEMOCRA")  # fmt: skip


def day(text: str) -> str:
    """An ISO date of "040309" or "20040309", as precise as it can be trusted: a month, or a year."""
    if len(text) == 6:
        text = ("20" if int(text[:2]) < 15 else "19") + text
    year, month = int(text[:4]), int(text[4:6])
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else f"{year:04d}"


def name_of(word: str) -> str:
    """A name as people write it, from "SERGEY_V._LAVROV_"."""
    parts = [p for p in word.strip("_ ").split("_") if p]
    return " ".join(p.lower() if p.lower() in SMALL and i else "-".join(x.capitalize() for x in p.split("-"))
                    for i, p in enumerate(parts))  # fmt: skip


def blocks(text: str) -> Iterator[tuple[list[str], list[re.Match[str]]]]:
    """(written forms, codes) of each entry."""
    forms: list[str] = []
    codes: list[re.Match[str]] = []
    for line in text.splitlines():
        line = line.partition("#")[0].rstrip()
        if not line.strip():
            continue
        if line[0] not in "+\t ":
            if forms:
                yield forms, codes
            forms, codes = [], []
        word = line.split("[")[0].strip().lstrip("+")
        if word:
            forms.append(word)
        codes += CODE.finditer(line)
    yield forms, codes


def main() -> None:
    known = {fold(n) for line in (DATA / "holders.tsv").read_text("utf-8").splitlines()[1:]
             for n in (line.split("\t")[1], *line.split("\t")[8].split("|")) if n}  # fmt: skip
    countries = {line.split("\t")[0] for line in (DATA / "countries.tsv").read_text("utf-8").splitlines()[1:]}
    lines: dict[str, None] = {}
    for forms, codes in blocks(Path(sys.argv[1]).read_text("utf-8", errors="replace")):
        names = [name_of(f) for f in forms if not NOT_NAMES.search(f.upper())]
        names = [n for n in names if len(n.split()) > 1 and re.fullmatch(r"[A-Za-z .'-]{6,40}", n)]
        dated = [c for c in codes if c[2] in SECTORS and c[1] in countries and (c[4] or c[3])]
        if not names or not dated or any(fold(n) in known for n in names):
            continue
        keys = "|".join(dict.fromkeys(k for k in map(fold, names) if len(k.split()) > 1 and len(k) > 6))
        for code in dated[:4]:
            first, last = day(code[4]) if code[4] else "", day(code[5]) if code[5] else ""
            if code[3] == "<":
                first, last = "", first
            if (last or "9999") >= "1990" and keys:
                lines[f"{keys}\t{names[0]}\t{code[1]}\t{SECTORS[code[2]]}\t{first}\t{last}"] = None
    text = "\n".join(["keys\tname\tcountry\tsectors\tfirst\tlast", *sorted(lines), ""])
    (DATA / "officials.tsv").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
