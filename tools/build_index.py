"""Makes src/dragoman/data/lookup.tsv, which finds rows of cities.tsv and officials.tsv by name without reading all.

    uv run python tools/build_index.py        # after build_cities.py or build_officials.py

First section: folded name, rows ("c12" of cities.tsv, "C12" with the mark ^ and "x12" with ~, "o7" of officials.tsv).
After an empty line: first piece of names of several pieces, bit mask of their lengths.
"""

from __future__ import annotations

from dragoman.world import DATA


def main() -> None:
    names: dict[str, list[str]] = {}
    for table, letter in (("cities", "c"), ("officials", "o")):
        for number, line in enumerate((DATA / f"{table}.tsv").read_text("utf-8").splitlines()):
            for key in line.partition("\t")[0].split("|") if number else ():
                mark = {"^": "C", "~": "x"}.get(key[:1], letter)
                names.setdefault(key.lstrip("^~"), []).append(f"{mark}{number}")
    lengths: dict[str, int] = {}
    for key in names:
        first, _, rest = key.partition(" ")
        if rest:
            lengths[first] = lengths.get(first, 0) | 1 << rest.count(" ") + 1
    lines = [f"{key}\t{' '.join(rows)}" for key, rows in sorted(names.items())]
    lines += ["", *(f"{first}\t{mask}" for first, mask in sorted(lengths.items()))]
    (DATA / "lookup.tsv").write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
