"""Hold the coder to its floors: `make score` fails where a score falls below bench/floors.toml.

    python bench/score.py                             score, and compare with the floors
    python bench/score.py --raise                     lift the floors to what is reached (never lowers one)
    python bench/score.py --lower fr_dev.event.f1=0.48 --because "…"     the only way to lower one

A score is named by its gold file, then its place in `dragoman evaluate --json`: fr_dev.event.precision. Names that end
in `alarm_share`, `forbidden` or `rows` are ceilings. Gold files that are not beside this checkout are left out, and
said to be. The clusters (bench/merging.py) are the project's own.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.faces.evaluate import evaluate

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
GOLD = HERE.parent.parent / "shared" / "gold"
CEILINGS = ("alarm_share", "forbidden", "rows")
CLUSTERS = ("tune", "watch")  # halves of tests/clusters, in the place of a gold file
SLACK = 1e-9


def main(arguments: list[str]) -> int:
    """Score and compare; 0 if every floor holds."""
    options = _options(arguments)
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    if options.lower:
        return _lower(options, floors)
    failed = 0
    for file, wanted in floors["gold"].items():
        if wanted["file"] in CLUSTERS:
            record = _merged(wanted["file"])
        elif not (GOLD / wanted["file"]).is_file():
            print(f"{file}: left out, no gold set at {GOLD / wanted['file']}")
            continue
        else:
            record = evaluate(GOLD / wanted["file"]).as_record()
        for name, floor in list(_leaves(wanted["floor"])):
            failed += _compare(f"{file}.{name}", _at(record, name), floor)
            if options.lift:
                _set(wanted["floor"], name, _better(name, floor, _at(record, name)))
    if options.lift:
        _write(floors)
    print(f"{failed} below the floor" if failed else "every floor holds")
    return 1 if failed else 0


def _merged(half: str) -> dict[str, Any]:
    """What merging reaches on one half of the clusters (bench/merging.py)."""
    sys.path.insert(0, str(HERE))
    import merging

    return dict(merging.reached(half))


def _compare(name: str, got: float, floor: float) -> bool:
    """Print one score beside its floor; True where it fails."""
    ceiling = name.endswith(CEILINGS)
    bad = got > floor + SLACK if ceiling else got < floor - SLACK
    print(f"{'FAILS' if bad else 'holds'}  {name:40s} {got:8.4f}   {'at most' if ceiling else 'at least'} {floor:.4f}")
    return bad


def _better(name: str, floor: float, got: float) -> float:
    return min(floor, got) if name.endswith(CEILINGS) else max(floor, int(got * 1000) / 1000)


def _lower(options: argparse.Namespace, floors: dict[str, Any]) -> int:
    """Set a floor lower, with the reason kept in the file."""
    if not options.because:
        print("lowering a floor takes a reason: --because '…'")
        return 2
    name, _, value = options.lower.partition("=")
    file, _, rest = name.partition(".")
    old = _at(floors["gold"][file]["floor"], rest)
    _set(floors["gold"][file]["floor"], rest, float(value))
    entry = {"floor": name, "from": old, "to": float(value), "day": date.today().isoformat()}
    floors.setdefault("lowered", []).append(entry | {"because": options.because})
    _write(floors)
    return 0


def _leaves(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, float]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{before}{key}.")
        else:
            yield before + key, float(value)


def _at(table: Any, name: str) -> float:
    for key in name.split("."):
        table = table[key]
    return float(table)


def _set(table: dict[str, Any], name: str, value: float) -> None:
    *way, last = name.split(".")
    for key in way:
        table = table[key]
    table[last] = value


def _write(floors: dict[str, Any]) -> None:
    lines = [line for line in FLOORS.read_text("utf-8").splitlines() if line.startswith("#")]
    for file, wanted in floors["gold"].items():
        lines += ["", f"[gold.{file}]", f'file = "{wanted["file"]}"', f"[gold.{file}.floor]"]
        lines += [f"{name} = {value:g}" for name, value in _leaves(wanted["floor"])]
    for entry in floors.get("lowered", ()):
        pairs = (f"{k} = {v:g}" if isinstance(v, float) else f'{k} = "{v}"' for k, v in entry.items())
        lines += ["", "[[lowered]]", *pairs]
    FLOORS.write_text("\n".join(lines) + "\n", "utf-8")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is reached")
    parser.add_argument("--lower", metavar="NAME=VALUE", help="lower one floor; needs --because")
    parser.add_argument("--because", metavar="REASON", help="why a floor is lowered; kept in floors.toml")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
