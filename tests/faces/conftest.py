"""A call of the command line, as the tests of all commands make it."""

from __future__ import annotations

import sys

import pytest

from dragoman.faces import cli


@pytest.fixture
def typed(monkeypatch, capfdbinary):
    """A call of `dragoman` with words; gives exit code, what it printed, what it said beside."""

    def call(*words, stdin=None):
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, words)])
        if stdin is not None:
            import io

            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = cli.main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call
