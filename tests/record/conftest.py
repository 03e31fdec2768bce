"""Stores to test on: each test that asks for `database` or `store` runs on DuckDB and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.record import Database
from dragoman.record.duckdb import DuckFile
from dragoman.record.postgres import Postgres
from dragoman.record.store import Store
from tests.record import server as servers

Maker = Callable[[], Database]


@pytest.fixture(scope="session")
def server() -> Iterator[servers.Server]:
    """A PostgreSQL server for this session; the test is skipped where none is installed."""
    pytest.importorskip("psycopg", reason="no psycopg: pip install 'dragoman[postgres]'")
    bin = servers.binaries()
    if bin is None:
        pytest.skip("no PostgreSQL server is installed (Debian, Ubuntu: apt install postgresql)")
    running = servers.Server(bin)
    yield running
    running.close()


@pytest.fixture(params=["duckdb", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    """Makes empty databases of one kind."""
    made: list[Database] = []

    def make() -> Database:
        if request.param == "duckdb":
            made.append(DuckFile(tmp_path / f"record-{len(made)}.duckdb", wait=0.5))
        else:
            made.append(Postgres(request.getfixturevalue("server").fresh()))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def database(empty: Maker) -> Database:
    return empty()


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)
