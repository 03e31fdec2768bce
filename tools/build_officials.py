"""Makes src/dragoman/data/officials.tsv: persons in politics to 2014, with country, sector and time, no office told.

    uv run python tools/build_officials.py Phoenix.Countries.actors.txt

The facts come from the actor dictionary of PETRARCH2 (openeventdata, January 2014, MIT), made from cabinet lists: the
months are rough. Only full names of two words and more are taken; who stands in holders.tsv is left out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from dragoman.world import DATA, fold
from dragoman.world.petrarch import SECTORS, name_of, records

# The roles taken; dragoman.world.petrarch knows more.
ROLES = {"GOV", "MIL", "JUD", "LEG", "COP", "SPY", "OPP", "REB", "ELI", "MED", "BUS"}
NOT_NAMES = re.compile(r"MINIST|PRESIDENT|SECRETAR|GOVERN|OFFICE|DEPART|COUNCIL|COMMITTEE|EMBASS|ARMY|FORCES|PARTY|"
                       r"BANK|COURT|POLICE|UNION|FRONT|COMMISSION|AGENCY|AUTHORIT|ASSEMBL|PARLIAMENT|SENAT|CONGRESS|KING_|"
                       r"AMBASSAD|LEADER|CHIEF|GENERAL|REPUBLIC|MOVEMENT|ORGANI|SERVICE|NATIONAL|DEMOCRA")  # fmt: skip


def main() -> None:
    known = {fold(n) for line in (DATA / "holders.tsv").read_text("utf-8").splitlines()[1:]
             for n in (line.split("\t")[1], *line.split("\t")[8].split("|")) if n}  # fmt: skip
    countries = {line.split("\t")[0] for line in (DATA / "countries.tsv").read_text("utf-8").splitlines()[1:]}
    lines: dict[str, None] = {}
    for record in records(Path(sys.argv[1]).read_text("utf-8", errors="replace").splitlines()):
        names = [name_of(f) for f in record.phrases if not NOT_NAMES.search(f.upper())]
        names = [n for n in names if len(n.split()) > 1 and re.fullmatch(r"[A-Za-z .'-]{6,40}", n)]
        dated = [c for c in record.codes if c.code[3:6] in ROLES and c.code[:3] in countries and (c.first or c.last)]
        if not names or not dated or any(fold(n) in known for n in names):
            continue
        keys = "|".join(dict.fromkeys(k for k in map(fold, names) if len(k.split()) > 1 and len(k) > 6))
        for c in dated[:4]:
            if (c.last or "9999") >= "1990" and keys:
                sector = SECTORS[c.code[3:6]]
                lines[f"{keys}\t{names[0]}\t{c.code[:3]}\t{sector}\t{c.first}\t{c.last}"] = None
    text = "\n".join(["keys\tname\tcountry\tsectors\tfirst\tlast", *sorted(lines), ""])
    (DATA / "officials.tsv").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
