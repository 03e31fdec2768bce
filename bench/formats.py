"""How fast events go out and rows come in: made-up events, every format, one core.

python bench/formats.py [EVENTS]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from dragoman import ontology
from dragoman.model import Actor, Document, Event, Party, Place, Report, Span, When
from dragoman.record.formats import EXPORTS, IMPORTS, Exported, Imported, Telling, export, read

COUNTRIES = ("DZA", "EUR", "FRA", "IGO", "KEN", "PER", "ROU", "UNO", "USA")
SECTORS = (("GOV",), ("MIL",), ("GOV", "MIL"), (), ("REB",))
CODES = [code for code, entry in ontology.CAMEO.items() if entry.type]
SENTENCE = "The Peruvian defence minister met his Kenyan colleague."


def party(chance: random.Random) -> Party:
    country = chance.choice(COUNTRIES)
    name = chance.choice(("Ann Weller", "Kenya", None))  # a third are private persons
    return Party(text=f"minister of {country}", name=name, country=country, sectors=chance.choice(SECTORS))


def item(n: int, chance: random.Random) -> Exported:
    """An event with one telling; three events a page."""
    code, id = chance.choice(CODES), f"{chance.getrandbits(64):016x}"
    entry, day, page = ontology.CAMEO[code], date(2020, 1, 1) + timedelta(days=chance.randrange(900)), n // 3
    document = Document(
        id=f"{page:016x}", text="", outlet="Example", published=day, url=f"https://www.example.org/{page}/a-visit"
    )
    report = Report(
        id=id, document=document.id, sentence=2, type=entry.type or "", mode=entry.mode, concept="visit",
        evidence=Span(10, 10 + len(SENTENCE)), trigger=Span(40, 43),
        actors=(Actor(text="minister", span=Span(32, 40), country="PER"),),
    )  # fmt: skip
    event = Event(
        id=id, type=entry.type or "", mode=entry.mode, concept="visit", cameo=code, goldstein=entry.goldstein,
        actors=(party(chance),), recipients=(party(chance),), contexts=entry.contexts, reports=(report.id,),
        place=Place(text="Nairobi", span=None, name="Nairobi", country="KEN", lat=-1.3, lon=36.8, geonames=184745),
        when=When(first=day, last=day, precision="day", basis="stated"), reported_first=day, evidence=SENTENCE,
    )  # fmt: skip
    return Exported(event=event, told=(Telling(report=report, document=document, evidence=SENTENCE),))


def main() -> None:
    chance = random.Random(4)
    items = [item(n, chance) for n in range(int(sys.argv[1]) if len(sys.argv) > 1 else 30_000)]
    print(f"{len(items)} events\nformat        out/s      in/s")
    with tempfile.TemporaryDirectory() as folder:
        for form in EXPORTS:
            path, start = Path(folder) / form, time.perf_counter()
            with path.open("wb") as out:
                export(form, items, out)
            out_rate = len(items) / (time.perf_counter() - start)
            print(f"{form:10} {out_rate:8.0f} {rate_in(form, path) if form in IMPORTS else '':>9}")


def rate_in(form: str, path: Path) -> str:
    start = time.perf_counter()
    rows = sum(len(one.coding.reports) for one in read(form, path) if isinstance(one, Imported))
    return f"{rows / (time.perf_counter() - start):.0f}"


if __name__ == "__main__":
    main()
