"""How fast a record takes reports and answers, from 10,000 reports to a million, on one core.

    taskset -c 0 python bench/scale.py [--sizes 10000,100000,1000000] [--url postgresql://…] [--profile]

The codings are made up, but shaped like news: ten years in the order of time, dyads and deeds by Zipf's law, 1 to 8
reports of a happening over a dozen outlets, sentences of some 180 characters with reasons, texts of some 1,500, one
text in five a copy of another outlet's, some plans, denials and memories. Only the record's time is counted, not the
making. Each size starts an empty record; questions are asked after it was opened anew (cold), then five times more.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from dragoman import ontology
from dragoman.model import Actor, Coding, Document, Place, Reason, Report, Span, Voice, When
from dragoman.record import Database, queries
from dragoman.record.cells import cells
from dragoman.record.queries import Wanted
from dragoman.record.store import Coded, Store

ROOT = Path(__file__).parent.parent
FIRST, DAYS = date(2011, 1, 1), 3653
BATCH = 4_000  # documents an addition
CODES = """USA RUS CHN FRA GBR DEU ISR IRN SYR TUR UKR IND PAK DZA EGY SAU JPN KOR PRK LBY MAR TUN MLI NER TCD CMR NGA
    CIV SEN KEN ETH SDN ZAF COD RWA UGA IRQ YEM QAT ARE LBN JOR AFG VNM THA IDN PHL AUS CAN MEX BRA ARG CHL COL VEN CUB
    ITA ESP POL GRC""".split()  # noqa: SIM905
TYPES = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
         "COERCE", "ASSAULT"}  # fmt: skip
OUTLETS = [f"Outlet {letter}" for letter in "ABCDEFGHIJKL"]


class Maker:
    """Makes articles, day by day, always the same ones."""

    def __init__(self, reports: int) -> None:
        self._chance = random.Random(7)
        self._per_day = reports / DAYS
        self._words = _vocabulary()
        self._weights = list(itertools.accumulate(1 / (n + 3) for n in range(len(self._words))))
        self._dyads = self._zipf([(a, b) for a in CODES for b in CODES if a != b])
        self._deeds = self._zipf(_kinds())
        self._people = {code: [f"{_name(self._chance)} {_name(self._chance)}" for _ in range(6)] for code in CODES}

    def articles(self) -> Iterator[Coded]:
        """All articles in the order of time."""
        waiting: dict[int, list[tuple]] = {}
        owed = 0.0
        for number in range(DAYS):
            owed += self._per_day
            while owed > 0:
                happening = self._happening(FIRST + timedelta(number))
                told = min(8, 1 + int(self._chance.expovariate(0.5)))
                owed -= told
                for _ in range(told):
                    waiting.setdefault(number + self._chance.choice((0, 0, 1, 1, 2)), []).append(happening)
            yield from self._paper(FIRST + timedelta(number), waiting.pop(number, []))

    def _paper(self, day: date, happenings: list[tuple]) -> Iterator[Coded]:
        self._chance.shuffle(happenings)
        last: Coded | None = None
        while happenings:
            size = self._chance.choice((1, 2, 3, 3, 4, 5))
            if last is not None and self._chance.random() < 0.2:
                size = len(last.coding.reports)
                yield self._copy(last)
            else:
                last = self._article(day, happenings[:size])
                yield last
            del happenings[:size]

    def _happening(self, day: date) -> tuple:
        chance = self._chance
        (source, target), deed = self._drawn(self._dyads), self._drawn(self._deeds)
        status = chance.choices((None, "future", "historical", "negation"), (84, 8, 6, 2))[0]
        shift = {"future": chance.randrange(2, 30), "historical": -chance.randrange(300, 6000)}.get(status or "", 0)
        person = chance.choice(self._people[source]) if chance.random() < 0.5 else None
        core = self._sentence(9)
        return source, target, deed, status, day + timedelta(shift), person, core

    def _article(self, day: date, happenings: list[tuple]) -> Coded:
        chance, parts, spans, at = self._chance, [], [], 0
        for happening in happenings:
            for words in (f"{happening[-1]} {self._sentence(15)}.", self._sentence(25) + "."):
                spans.append((at, at + len(words)))
                parts.append(words)
                at += len(words) + 1
        parts.append(self._sentence(60))
        text, outlet = " ".join(parts), chance.choice(OUTLETS)
        id = f"{chance.getrandbits(64):016x}"
        document = Document(id=id, text=text, lang=chance.choice(("fr", "fr", "en")), title=self._sentence(9),
                            outlet=outlet, url=f"https://news.example/{id}", published=day,
                            published_precision="day", published_basis="given")  # fmt: skip
        reports = tuple(_report(id, 2 * n, spans[2 * n], text, h, day) for n, h in enumerate(happenings))
        return Coded(coding=Coding(document=document, reports=reports), version="bench")

    def _copy(self, one: Coded) -> Coded:
        """The same words in another outlet."""
        id, old = f"{self._chance.getrandbits(64):016x}", one.coding.document
        outlet = self._chance.choice([o for o in OUTLETS if o != old.outlet])
        document = replace(old, id=id, outlet=outlet, url=f"https://other.example/{id}", title=self._sentence(9))
        reports = tuple(replace(r, id=f"{id}{n}", document=id) for n, r in enumerate(one.coding.reports))
        return replace(one, coding=Coding(document=document, reports=reports))

    def _sentence(self, words: int) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=words))

    def _zipf(self, values: list) -> tuple[list, list[float]]:
        shuffled = self._chance.sample(values, len(values))
        return shuffled, list(itertools.accumulate(1 / (n + 5) for n in range(len(shuffled))))

    def _drawn(self, law: tuple[list, list[float]]):
        return self._chance.choices(law[0], cum_weights=law[1])[0]


def _report(document: str, sentence: int, at: tuple[int, int], text: str, happening: tuple, day: date) -> Report:
    source, target, (concept, type, mode), status, when, person, _ = happening
    span = Span(*at)
    words = [Span(span.start + 10 * n, span.start + 10 * n + 9) for n in range(6)]
    actor = Actor(text=person or source, span=words[0], name=person, country=source, sectors=("GOV",),
                  office="foreign-minister" if person else None)  # fmt: skip
    other = Actor(text=target, span=words[1], country=target, sectors=("GOV",))
    cameo = _cameo(type, mode)
    return Report(
        id=f"{document}{sentence}",
        document=document,
        sentence=sentence,
        type=type,
        mode=mode,
        concept=concept,
        evidence=span,
        trigger=words[2],
        contexts=("diplomatic",),
        status=status,
        actors=(actor,),
        recipients=(other,),
        place=Place(text=target, span=words[3], name=None, country=target),
        when=When(first=when, last=when, precision="day", basis="published" if status is None and at[1] % 5 < 3 else
                  "relative", span=words[4]),
        said_by=Voice(text="agency", span=words[5], name="The Agency", channel="agency") if sentence == 2 else None,
        cameo=cameo.code if cameo else None,
        goldstein=cameo.goldstein if cameo else None,
        plover_score=ontology.plover_score(type, mode),
        confidence=0.7,
        because=tuple(
            Reason(field=field, rule=f"rule.of-{field}", span=w)
            for field, w in zip(("type", "actors", "recipients", "place", "when", "status"), words, strict=True)
        ),
    )


@cache
def _cameo(type: str, mode: str | None) -> ontology.CameoCode | None:
    return ontology.cameo(type, mode, (), planned=None, hint=None)


@cache
def _vocabulary() -> list[str]:
    """Words of both languages, the same in each run."""
    words: dict[str, None] = {}
    for lang in ("fr", "en"):
        for line in (ROOT / "src/dragoman/packs" / lang / "forms.tsv").read_text("utf-8").splitlines()[1:]:
            words.update(dict.fromkeys(w for w in line.replace("\t", " ").split() if w.isalpha() and len(w) > 2))
    return random.Random(3).sample(sorted(words), min(len(words), 12_000))


def _name(chance: random.Random) -> str:
    return "".join(chance.choice("bdklmnrst") + chance.choice("aeiou") for _ in range(3)).title()


def _kinds() -> list[tuple[str, str, str | None]]:
    """Concepts with their type and mode; visits are among the most frequent."""
    lines = (ROOT / "src/dragoman/data/concepts.tsv").read_text("utf-8").splitlines()
    names = lines[0].split("\t")
    found = [dict(zip(names, line.split("\t"), strict=False)) for line in lines[1:]]
    known = [r for r in found if r["type"] in TYPES and r["mode"] != "by-content"]
    return [(r["concept"], r["type"], r["mode"] or None) for r in known]


QUESTIONS: dict[str, Callable[[Database], object]] = {
    "dyad series": lambda db: cells(db, sources=["USA"], targets=["DZA"], since=None, until=None, by="month"),
    "visits": lambda db: queries.backing(db, [e.id for e in queries.travels(db, "USA", "DZA")]),
    "list with text": lambda db: queries.events(
        db, Wanted(country="FRA", types=("CONSULT", "AGREE"), since=date(2015, 1, 1), text=_asked(2), limit=50)
    ),
    "text alone": lambda db: queries.events(db, Wanted(text=_asked(2), limit=50)),
    "count": lambda db: queries.count_events(db, Wanted(between=("USA", "RUS"))),
}


def _asked(words: int) -> str:
    return " ".join(_vocabulary()[60 : 60 + words])  # each in one event of eight or so


def measure(size: int, url: str | None, *, profile: bool) -> None:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scale.duckdb"
        store = Store(_database(url, path))
        seconds, cpu, added, documents, slowest = _fill(store, size, profile=profile)
        store.database.close()
        store = Store(_database(url, path))
        cold, warm = {}, {}
        for name, ask in QUESTIONS.items():
            cold[name] = _timed(ask, store.ready())
            store.database.close()
        for name, ask in QUESTIONS.items():
            warm[name] = statistics.median(_timed(ask, store.ready()) for _ in range(5))
        events = queries.counts(store.ready())["event"]
        store.database.close()
        mb = path.stat().st_size / 1e6 if path.is_file() else 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{added:,} reports, {documents:,} documents, {events:,} events: {seconds:.1f} s, "
          f"{added / seconds:,.0f} reports/s ({cpu:.1f} CPU-s, {added / cpu:,.0f}/CPU-s); "
          f"slowest addition {slowest:.1f} s; file {mb:,.0f} MB; peak {peak:,.0f} MB")  # fmt: skip
    for name in QUESTIONS:
        print(f"  {name:15} {1000 * cold[name]:7.0f} ms cold {1000 * warm[name]:7.0f} ms")
    sys.stdout.flush()


def _fill(store: Store, size: int, *, profile: bool) -> tuple[float, float, int, int, float]:
    store.ready()
    made, added, documents, seconds, cpu, slowest = Maker(size).articles(), 0, 0, 0.0, 0.0, 0.0
    profiler = _profiler() if profile else None
    while some := list(itertools.islice(made, BATCH)):
        gc.collect()
        if profiler:
            profiler.enable()
        start, used = time.perf_counter(), time.process_time()
        added += store.add(some).reports
        taken, cpu = time.perf_counter() - start, cpu + time.process_time() - used
        if profiler:
            profiler.disable()
        documents, seconds, slowest = documents + len(some), seconds + taken, max(slowest, taken)
        if documents % (20 * BATCH) == 0:
            print(f"    {added:,} reports, {added / seconds:,.0f}/s, this addition {taken:.2f} s", file=sys.stderr)
    if profiler:
        profiler.disable()
        import pstats

        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(30)
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("cumtime").print_stats("dragoman", 60)
    return seconds, cpu, added, documents, slowest


def _profiler():
    import cProfile

    return cProfile.Profile()


def _timed(ask: Callable[[Database], object], database: Database) -> float:
    start = time.perf_counter()
    ask(database)
    return time.perf_counter() - start


def _database(url: str | None, path: Path) -> Database:
    if url:
        from dragoman.record.postgres import Postgres

        return Postgres(url)
    from dragoman.record.duckdb import DuckFile

    return DuckFile(path)


def main() -> None:
    """Measure each size."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--sizes", default="10000,100000,1000000")
    words.add_argument("--url", help="an empty PostgreSQL database; for one size")
    words.add_argument("--profile", action="store_true")
    asked = words.parse_args()
    for size in map(int, asked.sizes.split(",")):
        measure(size, asked.url, profile=asked.profile)


if __name__ == "__main__":
    main()
