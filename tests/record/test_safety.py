"""What must not go wrong with a record: killed programs, two writers, full disks, strange files, lost servers.

DRAGOMAN_KILLS says how many programs are killed, SIZE how large their additions are.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import BusyError, RecordError
from dragoman.record import queries
from dragoman.record.duckdb import DuckFile
from dragoman.record.postgres import Postgres
from dragoman.record.queries import Wanted
from dragoman.record.store import Coded, Store
from tests.record import happenings
from tests.record.server import PASSWORD

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "20"))
SIZE = 4  # documents a batch
DAY = date(2020, 10, 1)
root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can play another user, or mount a small disk")
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def batch(number: int) -> list[Coded]:
    """The documents of the n-th addition; they share happenings with those of others."""
    day = DAY + timedelta(number // 4)
    made = [happenings.visit] * (SIZE - 1) + [happenings.raid]
    return [
        tell(day, outlet=f"Outlet {n}", title=f"Batch {number}, {n}", url=f"https://news.example/{number}/{n}")
        for n, tell in enumerate(made)
    ]


def check(path: Path) -> int:
    """How many batches a record holds; each must be whole, each report in one event, each event in step."""
    store = Store(DuckFile(path))
    try:
        titles = [t for (t,) in store.ready().query("select title from document")]
        assert len(titles) == len(set(titles))
        numbers = sorted({int(t.split()[1].rstrip(",")) for t in titles})
        assert numbers == list(range(len(numbers)))
        assert len(titles) == SIZE * len(numbers)
        found = queries.events(store.database, Wanted(status="all"))
        told = sorted(r for e in found for r in e.reports)
        assert told == sorted(r for (r,) in store.database.query("select id from report where event is not null"))
        assert len(told) == len(titles)
        counted = store.database.query("select e.reports, count(*) from event e join report r on r.event = e.id "
                                       "group by e.id, e.reports")  # fmt: skip
        assert all(said == held for said, held in counted)
        assert store.database.query("select count(*) from report_key where report not in (select id from report)") == [
            (0,)
        ]
        return len(numbers)
    finally:
        store.database.close()


@contextmanager
def child(work: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """Another process that does some work, writing to the pipe that it is given; its id, and our end of the pipe."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        try:
            work(theirs)
        except BaseException as problem:
            os.write(theirs, f"{type(problem).__name__}: {problem}\n".encode())
        finally:
            os._exit(0)
    os.close(theirs)
    try:
        yield pid, ours
    finally:
        os.close(ours)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _add_for_ever(path: Path, first: int) -> Callable[[int], None]:
    def work(pipe: int) -> None:
        store, chance = Store(DuckFile(path)), random.Random(first)
        for number in range(first, first + 10_000):
            store.add(batch(number))
            os.write(pipe, b"%d\n" % number)
            if chance.random() < 0.2:
                store.database.run("checkpoint")
            elif chance.random() < 0.1:
                store.database.release()

    return work


@posix
def test_killed_in_the_midst_of_adding_every_acknowledged_document_is_there_once(tmp_path):
    path, chance, held = tmp_path / "press.duckdb", random.Random(4), 0
    Store(DuckFile(path)).ready().close()
    for _ in range(KILLS):
        with child(_add_for_ever(path, held)) as (pid, pipe):
            said = os.read(pipe, 1)
            time.sleep(chance.uniform(0.0, 0.6))
            os.kill(pid, signal.SIGKILL)
            while more := os.read(pipe, 65_536):
                said += more
        acknowledged = int(said.split(b"\n")[-2]) + 1
        held = check(path)
        assert held in (acknowledged, acknowledged + 1)
        assert Store(DuckFile(path, read_only=True)).known([]) == set()


@posix
def test_second_writer_waits_is_told_who_has_the_record_and_goes_on_after(tmp_path):
    path = tmp_path / "press.duckdb"

    def hold(pipe: int) -> None:
        store = Store(DuckFile(path))
        store.add(batch(0))
        os.write(pipe, b"open\n")
        time.sleep(2.0)
        store.database.close()
        time.sleep(30)

    with child(hold) as (pid, pipe):
        assert os.read(pipe, 5) == b"open\n"
        start = time.monotonic()
        for read_only in (False, True):
            with pytest.raises(BusyError, match=rf"press\.duckdb: another program .*PID {pid}.*try again"):
                Store(DuckFile(path, wait=0.3, read_only=read_only)).known([])
        assert time.monotonic() - start < 1.9
        store = Store(DuckFile(path, wait=20.0))
        assert store.add(batch(1)).documents == SIZE
        store.database.close()
    assert check(path) == 2


def _fill(store: Store) -> tuple[int, str]:
    """Add until it fails: how many batches were acknowledged, and what was said."""
    for number in range(10_000):
        try:
            store.add(batch(number))
        except RecordError as problem:
            return number, str(problem)
    raise AssertionError("no disk is that large")


@root
def test_full_disk_is_said_and_loses_nothing(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        store = Store(DuckFile(disk / "press.duckdb"))
        acknowledged, said = _fill(store)
        store.database.close()
        assert "press.duckdb: the disk is full; what was not yet acknowledged is not in the record" in said
        assert check(disk / "press.duckdb") == acknowledged > 0
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        store = Store(DuckFile(disk / "press.duckdb"))
        assert store.add(batch(acknowledged)).documents == SIZE
        store.database.close()
        assert check(disk / "press.duckdb") == acknowledged + 1
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@posix
def test_file_that_may_not_grow_is_said_and_loses_nothing(tmp_path):
    path = tmp_path / "press.duckdb"

    def fill(pipe: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
        acknowledged, said = _fill(Store(DuckFile(path)))
        os.write(pipe, f"{acknowledged}\n{said}".encode())

    with child(fill) as (_, pipe):
        acknowledged, said = _all(pipe).split("\n", 1)
    assert "may not grow further" in said
    assert check(path) == int(acknowledged) > 0
    store = Store(DuckFile(path))
    assert store.add(batch(int(acknowledged))).documents == SIZE
    store.database.close()


def _as_nobody(work: Callable[[], object]) -> str:
    """What somebody without rights gets: a value or an error."""

    def play(pipe: int) -> None:
        os.setgroups([])
        os.setgid(65_534)
        os.setuid(65_534)
        os.write(pipe, repr(work()).encode())

    with child(play) as (_, pipe):
        return _all(pipe)


def _all(pipe: int) -> str:
    said = b""
    while more := os.read(pipe, 65_536):
        said += more
    return said.decode()


@root
@posix
def test_file_and_folder_that_may_only_be_read_are_said_and_can_be_read(tmp_path_factory):
    folder = Path("/tmp") / f"dragoman-{os.getpid()}-safety"
    folder.mkdir()
    try:
        path = folder / "press.duckdb"
        store = Store(DuckFile(path))
        store.add(batch(0))
        store.database.close()
        path.chmod(0o444)
        may_not = "RecordError: {}: you may not read, or not write, this file or its folder; nothing was changed"
        assert _as_nobody(lambda: Store(DuckFile(path)).add(batch(1))).startswith(may_not.format(path))
        new = folder / "new.duckdb"
        assert _as_nobody(lambda: Store(DuckFile(new)).add(batch(1))).startswith(may_not.format(new))
        count = "select count(*) from document"
        assert _as_nobody(lambda: Store(DuckFile(path, read_only=True)).ready().query(count)) == f"[({SIZE},)]"
        assert check(path) == 1
    finally:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


def test_record_opened_to_be_read_refuses_to_be_changed(store):
    store.add(batch(0))
    event = queries.events(store.database, Wanted())[0].id
    store.database.close()
    if isinstance(store.database, DuckFile):
        only_read = Store(DuckFile(store.database.path, read_only=True))
    else:
        only_read = Store(Postgres(store.database._dsn, read_only=True))
    try:
        for change in (lambda: only_read.add(batch(1)), lambda: only_read.withdraw(event)):
            with pytest.raises(RecordError, match="the record is read-only; nothing was written"):
                change()
        assert len(queries.events(only_read.database, Wanted())) == 2
    finally:
        only_read.database.close()


def test_record_of_a_newer_dragoman_is_left_alone(store):
    store.add(batch(0))
    store.database.run("insert into migration values (99, 'later', now()::timestamp)")
    with pytest.raises(RecordError, match=r"a newer dragoman wrote this record \(tables 99; this one knows \d+\)"):
        Store(store.database).add(batch(1))
    assert store.database.query("select count(*) from document") == [(SIZE,)]


def test_database_of_something_else_is_left_alone(database):
    database.run("create table event (name varchar)")
    database.run("insert into event values ('a wedding')")
    with pytest.raises(RecordError, match=r"is no record of dragoman's, but has tables of the same names \(event\)"):
        Store(database).add(batch(0))
    assert database.query("select * from event") == [("a wedding",)]


def test_empty_duckdb_file_becomes_a_record(tmp_path):
    duckdb.connect(str(tmp_path / "press.duckdb")).close()
    with pytest.raises(RecordError, match="holds no record; dragoman record add"):
        Store(DuckFile(tmp_path / "press.duckdb", read_only=True)).known([])
    store = Store(DuckFile(tmp_path / "press.duckdb"))
    assert store.add(batch(0)).documents == SIZE
    store.database.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Kenya and Uganda sign a treaty. " * 200, "is not a DuckDB file, so it holds no record; nothing was changed"),
        (b"", "is not a DuckDB file"),
        (b"SQLite format 3\0" + bytes(4080), "is an SQLite file, not a DuckDB file"),
        (None, "is a folder; give a file in it"),
    ],
    ids=["text", "empty", "sqlite", "folder"],
)
def test_file_that_is_no_duckdb_file_is_left_alone(tmp_path, content, said):
    path = tmp_path / "press.duckdb"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(RecordError, match=f"press.duckdb: {said}"):
        Store(DuckFile(path)).add(batch(0))
    assert content is None or path.read_bytes() == content


@pytest.mark.parametrize("wound", ["cut short", "damaged"])
def test_wounded_file_is_said(tmp_path, wound):
    path = tmp_path / "press.duckdb"
    store = Store(DuckFile(path))
    store.add(batch(0))
    store.database.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:5_000] if wound == "cut short" else whole[:12_400] + bytes(4_000) + whole[16_400:])
    with pytest.raises(RecordError, match=f"press.duckdb: the file is {wound}; nothing was changed"):
        Store(DuckFile(path)).add(batch(1))


def test_missing_file_and_folder_are_said(tmp_path):
    with pytest.raises(RecordError, match="there is no such record; dragoman record add"):
        Store(DuckFile(tmp_path / "press.duckdb", read_only=True)).known([])
    with pytest.raises(RecordError, match=r"the folder .* does not exist"):
        Store(DuckFile(tmp_path / "nowhere" / "press.duckdb")).known([])


def test_server_that_is_not_there_is_said(server):
    with pytest.raises(RecordError, match=r"127.0.0.1:9/press: cannot connect: .*no server answers there"):
        Store(Postgres("postgresql://postgres@127.0.0.1:9/press")).known([])


def test_wrong_password_is_said_and_not_shown(server):
    for password in ("guess", ""):
        with pytest.raises(RecordError, match="give the password in the URL, in PGPASSWORD or in") as caught:
            Store(Postgres(server.url(user="keyed", password=password))).known([])
        assert "guess" not in str(caught.value)
    right = Postgres(server.url(user="keyed", password=PASSWORD))
    assert right.query("select 1") == [(1,)]
    assert PASSWORD not in right.url
    right.close()


def test_database_that_is_not_there_is_said_with_the_way_to_make_it(server):
    with pytest.raises(RecordError, match='database "press" does not exist; make it: createdb press'):
        Store(Postgres(server.url(database="press"))).known([])


def test_server_that_goes_away_loses_nothing_that_was_acknowledged(server):
    store = Store(Postgres(server.fresh()))
    store.add(batch(0))
    server.stop()
    try:
        with pytest.raises(RecordError, match="the server went away; what was not yet acknowledged"):
            store.add(batch(1))
        with pytest.raises(RecordError, match="cannot connect"):
            store.add(batch(1))
    finally:
        server.start()
    assert store.add([*batch(0), *batch(1)]).documents == SIZE
    assert store.database.query("select count(*) from document") == [(2 * SIZE,)]
    store.database.close()


def test_two_writers_on_a_server_lose_and_double_nothing(server):
    url, failed = server.fresh(), []
    made = [batch(n) for n in range(8)]

    def write(order: list[int]) -> None:
        store = Store(Postgres(url))
        try:
            for number in order:
                store.add(made[number])
        except RecordError as problem:
            failed.append(problem)
        finally:
            store.database.close()

    writers = [threading.Thread(target=write, args=(order,)) for order in ([*range(8)], [*range(7, -1, -1)])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    both, one = Store(Postgres(url)), Store(Postgres(server.fresh()))
    for some in made:
        one.add(some)
    found, expected = (queries.events(s.ready(), Wanted(status="all")) for s in (both, one))
    from tests.record.test_store import event_without_moment

    assert [event_without_moment(e) for e in found] == [event_without_moment(e) for e in expected]
    assert both.database.query("select count(*) from document") == [(8 * SIZE,)]
    both.database.close()
    one.database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_interrupted_addition_leaves_the_record_as_it_was(store, monkeypatch):
    from dragoman.record import store as module

    store.add(batch(0))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "retie", interrupt)
        with pytest.raises(KeyboardInterrupt):
            store.add(batch(1))
    assert store.database.query("select count(*) from document") == [(SIZE,)]
    assert store.add(batch(1)).documents == SIZE
