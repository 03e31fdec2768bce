"""How far holders.tsv agrees with REIGN's register of effective leaders: name, and both dates within a month.

    .venv/bin/python tools/score_leaders.py ../shared/registers/reign/leaderlist_3_21.csv [--all] [--since 1990]

A term of the register agrees where this table has somebody of that name in that country, in offices that follow each
other without a break, one of which begins and one of which ends within a month of the register's term, as far as our
row tells the day. REIGN names the one who has the power, so two more kinds of dates count: those at which somebody
stood in for the leader or took turns with him (the number of these is told apart), and, for the first leader of a
state, any begin before the register does (it counts a state from its independence). Every other term is listed with
what tools/leaders_explained.tsv says about it; --all lists those too that are explained. The exit code is 1 where a
difference has no explanation, or an explanation no difference.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path

from dragoman.world import DATA, first_day, fold, last_day
from dragoman.world.names import sound

EXPLAINED = Path(__file__).with_name("leaders_explained.tsv")
HEADS = frozenset({"head-of-state", "head-of-government", "king", "supreme-leader", "junta", "co-head-of-state",
                   "palestinian-leader", "acting-leader", "party-leader", "governor", "vice-president", "crown-prince",
                   "commander", "parliament-speaker"})  # fmt: skip
# Whoever holds one of these, or the same office, while another is in power interrupts that other's term.
STAND_INS = frozenset({"acting-leader", "junta", "supreme-leader", "breakaway-leader", "party-leader"})
# Codes under which our table tells a state of the register at another time.
ONE_STATE = {"SUN": "RUS", "SCG": "SRB", "YUG": "SRB"}
END = date(2021, 3, 31)  # the register's last month; who has no end was in power then
# Correlates of War abbreviations that REIGN uses -> ISO 3166-1 alpha-3; those that are the same in both are left out.
_CODES = """
CZE=CSK GDR=DDR YUG=SRB YPR=YMD BHM=BHS HAI=HTI TRI=TTO BAR=BRB GRN=GRD SLU=LCA SVG=VCT AAB=ATG SKN=KNA
GUA=GTM SAL=SLV COS=CRI PAR=PRY URU=URY UKG=GBR IRE=IRL NTH=NLD FRN=FRA MNC=MCO SWZ=CHE SPN=ESP POR=PRT
GMY=DEU CZR=CZE SLO=SVK SNM=SMR MAC=MKD CRO=HRV BOS=BIH SLV=SVN BUL=BGR MLD=MDA ROM=ROU LAT=LVA LIT=LTU
GRG=GEO SWD=SWE DEN=DNK ICE=ISL CAP=CPV EQG=GNQ GAM=GMB MAA=MRT NIR=NER CDI=CIV GUI=GIN BFO=BFA SIE=SLE
TOG=TGO CAO=CMR NIG=NGA CEN=CAF CHA=TCD CON=COG DRC=COD BUI=BDI TAZ=TZA ANG=AGO MZM=MOZ ZAM=ZMB ZIM=ZWE
MAW=MWI SAF=ZAF LES=LSO BOT=BWA SWA=SWZ MAG=MDG MAS=MUS SEY=SYC MOR=MAR ALG=DZA LIB=LBY SUD=SDN LEB=LBN
KUW=KWT BAH=BHR UAE=ARE OMA=OMN YAR=YEM TAJ=TJK KYR=KGZ KZK=KAZ MON=MNG TAW=TWN ROK=KOR BHU=BTN BNG=BGD
MYA=MMR SRI=LKA MAD=MDV NEP=NPL THI=THA CAM=KHM DRV=VNM MAL=MYS SIN=SGP PHI=PHL INS=IDN ETM=TLS AUL=AUS
NEW=NZL VAN=VUT SOL=SLB FIJ=FJI TON=TON NAU=NRU MSI=MHL PAL=PLW AUS=AUT HON=HND MNG=MNE BRU=BRN
"""
_SMALL = frozenset(("al", "el", "ath", "as", "at", "an", "ad", "bin", "ibn", "ould", "ben", "de", "da", "dos", "van",
                    "jr", "sr", "ii", "iii", "iv"))  # fmt: skip
ISO = dict(pair.split("=") for pair in _CODES.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A time in power; each end lies between two days."""

    name: str
    country: str
    first: tuple[date, date]
    last: tuple[date, date]
    office: str = ""
    founding: bool = False  # the register's first of its state

    def reaches(self, other: Term) -> bool:
        """Whether the two have a day in common."""
        return self.first[0] <= other.last[1] and other.first[0] <= self.last[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Names and terms of one person in one country."""

    names: tuple[str, ...]
    terms: tuple[Term, ...]


def main() -> int:
    """Prints the numbers and the differences."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("register", type=Path)
    cli.add_argument("--since", type=int, default=1990)
    cli.add_argument("--all", action="store_true", help="list explained differences too")
    options = cli.parse_args()
    explained, ours = explanations(), persons()
    counts: Counter[str] = Counter()
    for key, term in register(options.register, since=options.since):
        verdict, note = compare(term, ours.get(term.country, []))
        counts.update(("terms", verdict))
        told(verdict, note, key, term, explained.pop(key, None), counts, all_of_them=options.all)
    for key in explained:
        print(f"explained, but not in the register: {' '.join(key)}")
    terms, agree = counts["terms"], counts["agrees"] + counts["agrees with a stand-in"]
    print(f"{terms} terms from {options.since}: {agree} agree in name and both dates ({100 * agree / terms:.1f} %), "
          f"{counts['agrees with a stand-in']} of them by the dates of a stand-in; {counts['dates']} differ in dates, "
          f"{counts['nobody']} in the name, {counts['unexplained']} without explanation")  # fmt: skip
    return 1 if counts["unexplained"] or counts["stale"] or explained else 0


def told(verdict: str, note: str, key: tuple[str, ...], term: Term, why: str | None, counts: Counter[str], *,
         all_of_them: bool) -> None:  # fmt: skip
    """Prints one difference, and counts it where it has no explanation."""
    if verdict.startswith("agrees"):
        if why is not None:
            print(f"agrees, though it is explained: {' '.join(key)}: {why}")
            counts["stale"] += 1
        return
    counts["unexplained"] += why is None
    if why is None or all_of_them:
        print(f"{verdict}: {' '.join(key)} ({span(term)}): {note}{f' [{why}]' if why else ''}")


def register(path: Path, *, since: int) -> list[tuple[tuple[str, str, str], Term]]:
    """(key of the explanations, term) of each row that reaches into the year `since`."""
    states: set[str] = set()
    found: list[tuple[tuple[str, str, str], Term]] = []
    rows = list(csv.DictReader(path.read_bytes().decode("latin-1").splitlines()))
    for row in sorted(rows, key=lambda r: (int(r["syear"]), int(r["smonth"]), int(r["sdate"]))):
        state, leader = row["stateabb"], " ".join(_mended(row["leader"]).split())
        start = date(int(row["syear"]), int(row["smonth"]), int(row["sdate"]))
        end = (END, date.max)
        if row["eyear"]:
            month = f"{int(row['eyear'])}-{int(row['emonth']):02d}"
            end = (first_day(month) or END, last_day(month) or END)
        new = state not in states
        term = Term(name=leader, country=ISO.get(state, state), first=(start, start), last=end, founding=new)
        states.add(state)
        found.append(((state, leader, start.isoformat()), term))
    return [(key, _whole(term, found)) for key, term in found if term.last[1].year >= since]


def _whole(term: Term, rows: list[tuple[tuple[str, str, str], Term]]) -> Term:
    """A term with the rows of the same leader that go on from it (the register splits some)."""
    for _, other in rows:
        if other.name == term.name and other.country == term.country and other is not term:
            if other.first[0] <= term.first[0] <= _plus(other.last[1], 1):
                return replace(other, last=term.last)
            if term.first[0] <= other.first[0] <= _plus(term.last[1], 1):
                return replace(term, last=other.last)
    return term


def _mended(name: str) -> str:
    """A name whose UTF-8 was partly read as Latin-1."""
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return name.replace("\x85", "a")


def persons() -> dict[str, list[Person]]:
    """By country, who held offices there that may be those of its leader."""
    names: dict[str, dict[str, None]] = {}
    terms: dict[tuple[str, str], list[Term]] = {}
    lines = (DATA / "holders.tsv").read_text("utf-8").splitlines()
    header = lines[0].split("\t")
    for row in (dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]):
        forms = (row["name"], *row["spellings"].split("|"), *row["surnames"].replace("~", "").split("|"))
        names.setdefault(row["person"], {}).update(dict.fromkeys(filter(None, forms)))
        if row["office"] in HEADS | STAND_INS:
            first = (first_day(row["first"]) or date.min, last_day(row["first"]) or date.max)
            last = (first_day(row["last"]) or date(2021, 3, 1), last_day(row["last"]) or date.max)
            country = ONE_STATE.get(row["country"], row["country"])
            terms.setdefault((country, row["person"]), []).append(
                Term(name=row["name"], country=country, office=row["office"], first=first, last=last)
            )
    found: dict[str, list[Person]] = {}
    for (country, person), held in terms.items():
        known = Person(names=tuple(names[person]), terms=tuple(sorted(held, key=lambda t: t.first)))
        found.setdefault(country, []).append(known)
    return found


def compare(term: Term, people: list[Person]) -> tuple[str, str]:
    """("agrees", "agrees with a stand-in", "dates" or "nobody", what this table has)."""
    namesakes = [p for p in people if likeness(term.name, p.names)]
    spells = [s for p in namesakes for s in _spells(p.terms)]
    if any(_fits(term, spell, spell) for spell in spells):
        return "agrees", ""
    for person in namesakes:
        others = [t for p in people if p not in namesakes for t in p.terms]
        for spell in _spells(person.terms):
            between = [t for t in others if _interrupts(t, spell)]
            firsts = [Term(name="", country="", first=t.last, last=t.last) for t in between]
            lasts = [Term(name="", country="", first=t.first, last=t.first) for t in between]
            if _fits(term, [*spell, *firsts], [*spell, *lasts]):
                return "agrees with a stand-in", ""
    if namesakes:
        return "dates", "; ".join(f"{t.name} {t.office} {span(t)}" for p in namesakes for t in p.terms)
    there = [t for p in people for t in p.terms if t.reaches(term)]
    return "nobody", "we have " + ("; ".join(f"{t.name} {t.office} {span(t)}" for t in there) or "no one")


def _fits(term: Term, firsts: Iterable[Term], lasts: Iterable[Term]) -> bool:
    """Whether the term begins with one and ends with one of ours (or began before its state did)."""
    begins = any(_near(term.first, t.first) or (term.founding and t.first[0] <= term.first[0]) for t in firsts)
    return begins and any(_near(term.last, t.last) for t in lasts)


def _interrupts(other: Term, spell: Iterable[Term]) -> bool:
    """Whether another's term lies within a spell, as stand-in, rival or in turns."""
    offices = {t.office for t in spell}
    return (other.office in STAND_INS or other.office in offices) and any(other.reaches(t) for t in spell)


def _spells(terms: Iterable[Term]) -> list[list[Term]]:
    """Terms grouped by whether they follow each other within a month."""
    spells: list[list[Term]] = []
    for term in terms:
        if spells and term.first[0] <= _plus(max(t.last[1] for t in spells[-1])):
            spells[-1].append(term)
        else:
            spells.append([term])
    return spells


def likeness(name: str, ours: Iterable[str]) -> bool:
    """Whether a name of the register is one of a person's: a full name, or a surname, in some spelling."""
    words = _words(name)
    for form in ours:
        own = _words(form)
        if not own or not words:
            continue
        short, long = sorted((words, own), key=len)
        if _all_in(short, long) and (len(short) > 1 or _same(short[-1], long[-1]) or len(long) > 1):
            return True
    return False


def _all_in(short: list[str], long: list[str]) -> bool:
    return all(any(_same(a, b) for b in long) for a in short)


def _same(a: str, b: str) -> bool:
    """Whether two words of a name are spellings of one."""
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    if len(a) < 4 or len(b) < 4:
        return False
    return sound(a) == sound(b) or SequenceMatcher(None, a, b).ratio() > 0.8


def _words(name: str) -> list[str]:
    bare = re.sub(r"\(.*?\)|[^\w\s'’-]", " ", name)
    return [w for w in fold(bare).split() if w not in _SMALL] or fold(bare).split()


def _near(a: tuple[date, date], b: tuple[date, date]) -> bool:
    """Whether two times that lie between two days each can be within a month of each other."""
    return a[0] <= _plus(b[1]) and b[0] <= _plus(a[1])


def _plus(day: date, days: int = 31) -> date:
    return day + timedelta(days) if day < date(9000, 1, 1) else day


def span(term: Term) -> str:
    """A term as people read it."""
    first, last = (str(a) if a == b else "now" if b == date.max else f"{a}/{b}" for a, b in (term.first, term.last))
    return f"{first} to {last}"


def explanations() -> dict[tuple[str, str, str], str]:
    """(country, leader, start) -> why this table differs."""
    if not EXPLAINED.exists():
        return {}
    rows = (line.split("\t") for line in EXPLAINED.read_text("utf-8").splitlines()[1:])
    return {(row[0], row[1], row[2]): row[3] for row in rows}


if __name__ == "__main__":
    sys.exit(main())
