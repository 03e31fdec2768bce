"""kill -9 in the midst of adding to a record of some size, again and again: what is left, and how soon it opens.

    python bench/safety.py [--kills 20] [--batch 200]

Another process adds batches of made-up articles (bench/scale.py) to one DuckDB file, and says when each is done; it is
killed at a random moment, also while it commits or puts the file in order. After each kill the file is opened: every
acknowledged document must be there once, no batch in part, each report in one event. tests/record/test_safety.py does
the same with small batches at every run of the tests.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from scale import Maker

from dragoman.record.duckdb import DuckFile
from dragoman.record.store import Coded, Store
from dragoman.record.told import identity


def batches(size: int) -> list[list[Coded]]:
    """The additions, the same in each process."""
    made = Maker(1_000_000).articles()
    return [list(itertools.islice(made, size)) for _ in range(120)]


def kill_one(path: Path, made: list[list[Coded]], first: int, after: float) -> int:
    """Let a process add from a batch on, and kill it; how many batches it acknowledged."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        store = Store(DuckFile(path))
        for number in range(first, len(made)):
            store.add(made[number])
            os.write(theirs, b".")
            if number % 7 == 3:
                store.database.release()
        os._exit(0)
    os.close(theirs)
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    said = b""
    while more := os.read(ours, 4096):
        said += more
    os.close(ours)
    return len(said)


def batches_held(path: Path, made: list[list[Coded]]) -> tuple[int, float]:
    """How many batches the record holds, each whole and once; the seconds that opening it took."""
    start = time.perf_counter()
    store = Store(DuckFile(path))
    ids = {i for (i,) in store.ready().query("select id from document")}
    opened = time.perf_counter() - start
    number = 0
    while number < len(made) and identity(made[number][0].coding.document) in ids:
        number += 1
    expected = {identity(c.coding.document) for some in made[:number] for c in some}
    assert ids == expected, "a batch is there in part"
    lost = store.database.query(
        "select count(*) from report where event is null or event not in (select id from event)"
    )
    wrong = store.database.query(
        "select count(*) from (select e.id from event e left join report r on r.event = e.id group by e.id, e.reports "
        "having count(r.id) <> e.reports) as w"
    )
    assert (lost, wrong) == ([(0,)], [(0,)]), "events and reports are not in step"
    store.database.close()
    return number, opened


def main() -> None:
    """Kill so many, and print what was found."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--kills", type=int, default=20)
    words.add_argument("--batch", type=int, default=200)
    asked = words.parse_args()
    made, chance, held = batches(asked.batch), random.Random(11), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "press.duckdb"
        Store(DuckFile(path)).ready().close()
        for number in range(1, asked.kills + 1):
            acknowledged = held + kill_one(path, made, held, chance.uniform(0.3, 3.0))
            now, opened = batches_held(path, made)
            said, there = acknowledged * asked.batch, now * asked.batch
            print(f"kill {number:2}: {said:6} documents acknowledged, {there:6} there, opened in {opened:.2f} s")
            assert now in (acknowledged, acknowledged + 1), "an acknowledged document is lost"
            held = now
    print(f"{asked.kills} kills: the file opened each time, nothing acknowledged was lost or doubled, no batch in part")


if __name__ == "__main__":
    main()
